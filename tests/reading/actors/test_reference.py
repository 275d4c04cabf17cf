from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.model.document import Document
from dragoman.reading.actors.reference import reference_stage, resolve_references
from dragoman.reading.article import Article

Read = Callable[..., Article]
CASES = Path(__file__).parent / "reference_cases.tsv"
NOBODY = "-"


def cases() -> list[tuple[str, ...]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize(("text", "words", "codes"), cases())
def test_what_refers_back_is_resolved(text: str, words: str, codes: str, *, read: Read) -> None:
    article = read(text)
    start = text.rindex(words)
    spans = [(mention, article.span(mention.tokens.first, mention.tokens.last)) for mention in article.actors]
    found = [mention for mention, span in spans if (span.start, span.text) == (start, words)]
    told = [" ".join(actor.code or "?" for actor in mention.actors) for mention in found]
    assert (told[0] if told else NOBODY) == codes


@pytest.mark.parametrize("words", ["The French president", "Jarvo Bentel", "Macron"])
def test_names_and_roles_with_owners_stay_what_they_are(words: str, read: Read) -> None:
    article = read(f"Chad thanked Mali. {words} left.")
    again = resolve_references(article, load_actors())
    assert again == article.actors


def test_nothing_is_carried_from_one_article_to_the_next(read: Read) -> None:
    read("Chad and Mali met.")
    assert read("They left. Both sides left.").actors == ()


def test_an_antecedent_too_far_back_is_none(read: Read) -> None:
    article = read("Macron left. " + "Rain fell. " * 4 + "He slept.")
    assert [mention for mention in article.actors if mention.how == "pronoun"] == []


def test_a_subject_is_not_the_object_of_its_own_verb(read: Read) -> None:
    article = read("Macron met British Prime Minister Rishi Sunak. Macron thanked him.")
    (pronoun,) = [mention for mention in article.actors if mention.how == "pronoun"]
    assert pronoun.actors[0].code == "GBRGOV"


def test_mentions_stay_in_order(read: Read) -> None:
    article = read("Chad met Mali. Their envoys and both sides thanked its president, and he left.")
    firsts = [mention.tokens.first for mention in article.actors]
    assert firsts == sorted(firsts)


def test_an_empty_article_refers_to_nobody() -> None:
    assert resolve_references(Article(Document(text="")), load_actors()) == ()


def test_the_stage_gives_actors() -> None:
    assert reference_stage(load_actors()).gives == ("actors",)
