from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.cues import load_cues
from dragoman.model.actor import Actor
from dragoman.model.document import Document
from dragoman.reading.article import ActorMention, Article, Saying, Sentence, Token, TokenRange
from dragoman.reading.attribution import attribution_stage, find_attributions
from dragoman.reading.quotes import quoted
from dragoman.reading.speech.choice import load_attributor

CASES = Path(__file__).parent / "attribution_cases.tsv"
NOBODY = "-"


def cases() -> list[tuple[str, list[str]]]:
    """Return the texts of the table with the sayings wanted of each."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["text"], [part for part in (row["sayings"] or "").split(" ;; ") if part]) for row in rows]


def find_sayings(article: Article) -> tuple[Saying, ...]:
    """Return the sayings of the article."""
    return find_attributions(article, load_cues(), load_attributor())[0]


def told(article: Article, saying: Saying) -> str:
    """Return a saying in the notation of the table."""
    source, cue = saying.source, saying.cue
    kind = source.kind if source and source.kind != "unknown" else NOBODY
    return " | ".join(
        [
            article.span(source.tokens.first, source.tokens.last).text if source else NOBODY,
            article.span(cue.first, cue.last).text if cue else NOBODY,
            " / ".join(article.span(*piece).text for piece in saying.content),
            kind,
            saying.stance,
            saying.kind,
        ]
    )


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_sayings_are_found_as_in_the_table(
    text: str, wanted: list[str], parse_text: Callable[[str], Article]
) -> None:
    article = parse_text(text)
    assert [told(article, saying) for saying in find_sayings(article)] == wanted


def test_quotes_in_the_next_paragraph_belong_to_the_last_speaker(
    parse_text: Callable[[str], Article],
) -> None:
    article = parse_text('"We met," the minister said.\n\n"They agreed to stop the war."')
    last = find_sayings(article)[-1]
    assert last.cue is None
    assert told(article, last).startswith('the minister | - | "They agreed to stop the war."')


def test_the_source_carries_the_most_telling_actor(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("The state news agency TASS said talks had failed.")
    head = next(token.i for token in article.tokens if token.text == "TASS")
    agency = Actor("TASS", "RUSMED", "RUS", "MED", "rus.tass")
    state = Actor("Russia", "RUS", "RUS", None, None)
    mentions = (
        ActorMention(TokenRange(0, head + 1, head), (state,), "role", 0.5),
        ActorMention(TokenRange(head, head + 1, head), (agency,), "name", 0.9),
    )
    saying = find_sayings(replace(article, actors=mentions))[0]
    assert saying.source is not None
    assert (saying.source.actor, saying.source.kind) == (agency, "agency")


def test_the_outer_saying_holds_the_cue_of_the_inner_one(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("According to the newspaper, the ministry said that the rebels had left.")
    outer, inner = find_sayings(article)
    assert inner.cue is not None
    assert any(first <= inner.cue.head < last for first, last in outer.content)


def test_the_stage_gives_sayings() -> None:
    stage = attribution_stage()
    assert stage.gives == ("sayings", "attitudes")
    assert stage.run(Article(Document(text=""))) == {"sayings": (), "attitudes": ()}


def marked(words: list[str]) -> Article:
    """Return an unparsed one-sentence article of the words."""
    text, tokens = " ".join(words), []
    for i, word in enumerate(words):
        start = len(" ".join(words[:i])) + bool(i)
        lower = word.replace("“", '"').replace("”", '"')
        tokens.append(
            Token(i, start, start + len(word), word, lower, lower, "X", "XX", "dep", 0, "", False, 0)  # noqa: FBT003
        )
    sentence = Sentence(0, 0, len(words), 0, len(text), 0)
    below = tuple(range(1, len(words)))
    return Article(Document(text=text), tuple(tokens), (below, *(() for _ in below)), sentences=(sentence,))


@given(st.lists(st.sampled_from(["“", "”", '"', "word"]), min_size=1, max_size=12))
def test_quotes_never_overlap_and_begin_and_end_with_marks(words: list[str]) -> None:
    article = marked(words)
    quotes = quoted(article)
    assert all(first < last for first, last in quotes)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(quotes))
    assert all(article.tokens[i].lower == '"' for first, last in quotes for i in (first, last - 1))
