from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.knowledge.lexicon import NOT_AN_EVENT, Lexicon, load_lexicon
from dragoman.model.document import Document
from dragoman.reading.article import Article
from dragoman.reading.triggers import find_triggers, support_verb, triggers_stage, undergoers

Read = Callable[..., Article]
Parse = Callable[[str], Article]
CASES = Path(__file__).parent / "triggers_cases.tsv"


def cases() -> list[tuple[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["sentence"], row["triggers"]) for row in rows]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def at(article: Article, word: str) -> int:
    """Return the position of a word."""
    return next(token.i for token in article.tokens if token.text == word)


@pytest.mark.parametrize(("sentence", "wanted"), cases())
def test_triggers_are_found_as_in_the_table(
    sentence: str, wanted: str, *, read: Read, lexicon: Lexicon
) -> None:
    article = read(sentence)
    told = [
        f"{article.span(t.tokens.first, t.tokens.last).text} {lexicon.by_id[t.entry].event_type}"
        for t in article.triggers
    ]
    assert ("; ".join(told) or "-") == wanted


@pytest.mark.parametrize(
    ("sentence", "noun", "verb"),
    [
        ("Iran and Iraq held talks.", "talks", "held"),
        ("Talks were held by Iran.", "Talks", "held"),
        ("The attack took place on Monday.", "attack", "took"),
        ("Iran gave help and advice.", "advice", "gave"),
        ("Iran watched talks.", "talks", None),
        ("Talks of Iran were watched.", "Iran", None),
    ],
)
def test_the_verb_that_only_carries_a_noun_is_found(
    sentence: str, noun: str, verb: str | None, *, parse_text: Parse, lexicon: Lexicon
) -> None:
    article = parse_text(sentence)
    found = support_verb(article, at(article, noun), lexicon)
    assert (article.tokens[found].text if found is not None else None) == verb


def test_what_a_verb_is_done_to_does_not_depend_on_voice(parse_text: Parse) -> None:
    active, passive = parse_text("Iran shelled the town."), parse_text("The town was shelled by Iran.")
    for article in (active, passive):
        assert [article.tokens[i].text for i in undergoers(article, at(article, "shelled"))] == ["town"]


def test_words_in_names_do_not_trigger(read: Read) -> None:
    assert read("The Attack Act and the Sanctions Committee are old.").triggers == ()


def test_the_carrying_verb_is_no_trigger_of_its_own(read: Read) -> None:
    article = read("Turkey launched an attack on Syria.")
    (trigger,) = article.triggers
    assert trigger.support == at(article, "launched")


def test_triggers_stand_in_order_and_end_in_their_head(read: Read) -> None:
    article = read("Iran attacked Iraq, met Syria, thanked Egypt and held talks with Oman.")
    heads = [trigger.tokens.head for trigger in article.triggers]
    assert heads == sorted(heads)
    assert all(trigger.tokens.last - 1 == trigger.tokens.head for trigger in article.triggers)


def test_no_trigger_has_an_entry_that_means_no_event(read: Read, lexicon: Lexicon) -> None:
    article = read("The army struck a deal, a tree and a chord. Iran met Iraq.")
    assert all(lexicon.by_id[trigger.entry].event_type != NOT_AN_EVENT for trigger in article.triggers)


def test_an_article_without_words_has_no_triggers(lexicon: Lexicon) -> None:
    assert find_triggers(Article(Document(text="")), lexicon) == ()


def test_the_stage_gives_triggers(lexicon: Lexicon) -> None:
    assert triggers_stage(lexicon).gives == ("triggers",)
