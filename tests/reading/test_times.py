"""Time expressions: a table of cases read by the real parser, and properties over made-up sentences."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge.times import load_calendar
from dragoman.model.document import Document
from dragoman.model.when import PRECISIONS
from dragoman.reading.article import Article, Sentence, Token
from dragoman.reading.stage import check_chain
from dragoman.reading.times import find_times, published_day, published_late, times_stage

TYPES = {"DATE", "TIME", "DURATION", "SET"}


def cases() -> list[list[str]]:
    """Return the rows of the table: sentence, published, and what is to be found (nothing: no time)."""
    lines = Path(__file__).with_name("times_cases.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[2:]]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case[0]} ({case[1]})")
def test_expression_has_the_type_value_and_days_of_the_table(
    case: list[str], parse_text: Callable[[str], Article]
) -> None:
    """Each row names a sentence and one expression that must be found in it, or none."""
    sentence, published, *wanted = case
    article = parse_text(sentence)
    document = replace(article.document, published=None if published == "-" else published)
    found = [mention.time for mention in find_times(replace(article, document=document))]
    told = [(time.text, time.type, time.value or "-", time.from_ or "-", time.to or "-") for time in found]
    if wanted:
        assert tuple(wanted) in told
    else:
        assert told == []


@pytest.mark.parametrize("published", ["1991-02-25", "2000-02-29", "2016-12-31", "2023-09-13", "2026-01-01"])
@pytest.mark.parametrize(("sentence", "to_come"), [
    ("The ministers met on {day}.", False), ("The ministers will meet on {day}.", True),
    ("The army has shelled the town on {day}.", False), ("The rebels plan to march on {day}.", True),
])  # fmt: skip
def test_a_weekday_lies_within_a_week_on_the_side_of_its_tense(
    sentence: str, published: str, *, to_come: bool, parse_text: Callable[[str], Article]
) -> None:
    """The last such day up to the publication, or the next from it on; the day itself counts."""
    base = date.fromisoformat(published)
    for number, name in enumerate(calendar.day_name):
        article = parse_text(sentence.format(day=name))
        (found,) = find_times(replace(article, document=replace(article.document, published=published)))
        day = date.fromisoformat(found.time.from_ or "")
        assert day.weekday() == number
        assert 0 <= (day - base if to_come else base - day).days < 7


@pytest.mark.parametrize(("published", "late"), [
    ("2023-09-13", False), ("2023-09-13T15:00:00Z", True), ("2023-09-13T15:00", True), ("2023-09-13T14:59:00Z", False),
    ("2023-09-13T12:00:00-04:00", True), ("2023-09-13T23:00:00-04:00", False), ("2023-09-13T23:30:00+09:00", False),
    ("2023-09-13T99:00", False), ("0001-01-01T00:00:00+14:00", False),
])  # fmt: skip
def test_late_is_when_the_next_day_has_begun_in_the_east_but_not_where_it_was_published(
    published: str, *, late: bool
) -> None:
    assert published_late(published) is late


def vocabulary() -> list[tuple[str, str]]:
    """Return words with tags: those of the tables, figures, and words of no time."""
    words = [(token, tag) for entries in load_calendar().words.values() for entry in entries
             for token in entry.tokens for tag in (entry.tags or ("NN",))]  # fmt: skip
    figures = ["1", "12", "31", "99", "2023", "0000", "9999", "10:30", "24:00", "2023-02-30", "1st", "40th", "1990s",
               "'", "90s", "20–30", "1e9", "99999999999999999999", "¼", "३", "1,000", "0630", "5bn", "12.5"]  # fmt: skip
    numbers = [
        *load_calendar().numbers.small,
        *load_calendar().numbers.scale,
        *load_calendar().numbers.ordinal,
    ]
    return [*words, *((word, "CD") for word in [*figures, *numbers]), ("met", "VBD"), ("meets", "VBZ"), ("will", "MD"),
            ("have", "VB"), ("to", "TO"), ("meeting", "VBG"), ("war", "NN"), ("ß", "NN")]  # fmt: skip


def build(words: list[tuple[str, str]], heads: list[int], published: str | None) -> Article:
    """Return an article of one sentence; each token hangs on the one that ``heads`` says (cut to the sentence)."""
    tokens, position = [], 0
    for i, (word, tag) in enumerate(words):
        head = heads[i % len(heads)] % len(words)
        head = min(head, i) if head != i else i
        pos = "VERB" if tag.startswith("V") else "AUX" if tag == "MD" else "NOUN"
        dep = "aux" if tag in {"MD", "TO"} else "npadvmod"
        tokens.append(Token(i=i, start=position, end=position + len(word), text=word, lower=word.lower(),
                            lemma=word.lower(), pos=pos, tag=tag, dep=dep, head=head, entity="", entity_start=False,
                            sentence=0))  # fmt: skip
        position += len(word) + 1
    children = tuple(tuple(t.i for t in tokens if t.head == i != t.i) for i in range(len(tokens)))
    document = Document(text=" ".join(word for word, _ in words), published=published)
    sentences = (Sentence(0, 0, len(tokens), 0, len(document.text), 0),)
    return Article(document, tokens=tuple(tokens), children=children, sentences=sentences)


dates = st.one_of(
    st.none(), st.dates().map(date.isoformat), st.sampled_from(["", "yesterday", "2023-02-30", "0001-01-01"])
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(vocabulary()), min_size=1, max_size=14),
    st.lists(st.integers(0, 13), min_size=1),
    dates,
)
def test_any_words_give_times_that_hold_together(
    words: list[tuple[str, str]], heads: list[int], published: str | None
) -> None:
    """Whatever the words, the tree and the date: no crash, spans are the text, from is not after to."""
    article = build(words, heads, published)
    reached = 0
    for mention in find_times(article):
        time = mention.time
        assert article.document.text[time.start : time.end] == time.text != ""
        assert time.start >= reached
        assert mention.tokens.first <= mention.tokens.head < mention.tokens.last
        assert time.type in TYPES
        assert time.precision is None or time.precision in PRECISIONS
        assert time.anchored == (time.from_ is not None) == (time.to is not None)
        if time.from_ is not None and time.to is not None:
            assert date.fromisoformat(time.from_) <= date.fromisoformat(time.to)
        reached = time.end


@given(st.text(max_size=30))
def test_a_publication_date_that_is_none_is_not_made_up(text: str) -> None:
    """Only an ISO date or date-time gives a day."""
    day = published_day(text)
    assert day is None or text.startswith(day.isoformat())


def test_the_stage_declares_its_layers() -> None:
    """The chain of reading can check the stage."""
    check_chain([times_stage()], given=("document", "tokens", "sentences"))
