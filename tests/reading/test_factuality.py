from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from dragoman.knowledge.cues import load_cues
from dragoman.model.document import Document
from dragoman.model.report import FACTUALITIES
from dragoman.reading.article import Article, TokenRange, Trigger
from dragoman.reading.factuality import factuality_stage, judge
from dragoman.reading.modality import Verdict, within

CASES = Path(__file__).parent / "factuality_cases.tsv"


def cases() -> list[tuple[str, str, str, str]]:
    """Return the rows of the table: text, event word, label, cue."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["text"], row["event"], row["label"], row["cue"]) for row in rows]


def position(article: Article, word: str) -> int:
    """Return the token with that text."""
    return next(token.i for token in article.tokens if token.text == word)


@pytest.mark.parametrize(("text", "event", "label", "cue"), cases())
def test_events_are_judged_as_in_the_table(
    text: str, event: str, label: str, cue: str, parse_text: Callable[[str], Article]
) -> None:
    article = parse_text(text)
    fact = judge(article, position(article, event), load_cues())
    assert (fact.factuality, fact.cue.text if fact.cue else "-") == (label, cue)


def test_a_noun_with_a_light_verb_is_judged_by_the_verb(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("The leaders will hold talks.")
    fact = judge(article, position(article, "talks"), load_cues(), support=position(article, "hold"))
    assert fact.factuality == "planned"


def test_the_stage_gives_one_judgement_a_trigger_in_order(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("They met but did not agree.")
    met, agree = position(article, "met"), position(article, "agree")
    triggers = tuple(Trigger(TokenRange(i, i + 1, i), "test", None) for i in (agree, met))
    facts = factuality_stage().run(replace(article, triggers=triggers))["facts"]
    assert [fact.factuality for fact in facts] == ["denied", "actual"]
    assert factuality_stage().run(Article(Document(text=""))) == {"facts": ()}


@pytest.mark.parametrize(("outer", "inner"), list(product(FACTUALITIES, FACTUALITIES)))
def test_nested_labels_are_labels_and_actual_changes_nothing(outer: str, inner: str) -> None:
    label = within(Verdict(outer, 0, "outer"), Verdict(inner, 1, "inner")).label
    assert label in FACTUALITIES
    if "actual" in {outer, inner}:
        assert label == (inner if outer == "actual" else outer)


def test_one_cue_is_not_counted_twice() -> None:
    negation = Verdict("denied", 3, "no")
    assert within(negation, negation) == negation


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Kenya prepares Friday's summit in Nairobi.", "planned"),
        ("Kenya left Monday's summit in Nairobi.", "actual"),
        ("Kenya left the summit on Friday.", "actual"),
    ],
)
def test_a_noun_dated_after_the_article_is_planned(
    text: str, label: str, read: Callable[..., Article]
) -> None:
    article = read(text, published="2024-01-23")
    times = [(mention.time.text, mention.time.from_) for mention in article.times]
    assert judge(article, position(article, "summit"), load_cues()).factuality == label, times
