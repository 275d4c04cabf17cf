from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.reading.article import Article
from dragoman.reading.headlines import is_title_case

Parse = Callable[[str], Article]
CASES = Path(__file__).parent / "headlines_cases.tsv"


def cases() -> list[tuple[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["headline"], row["verbs"]) for row in rows]


@pytest.mark.parametrize(("headline", "verbs"), cases())
def test_the_verbs_of_headlines_are_verbs(headline: str, verbs: str, *, parse_text: Parse) -> None:
    article = parse_text(headline)
    assert " ".join(token.text for token in article.tokens if token.pos == "VERB") == verbs


@pytest.mark.parametrize(
    "line",
    [
        "Kenya Lifts Its Ban on Tea.",
        "KENYA LIFTS ITS BAN ON TEA",
        "Kenya lifts its ban on tea",
        "Kenya",
        '"Kenya Lifts Tea Ban"',
    ],
)
def test_what_is_no_headline_in_title_case(line: str) -> None:
    assert not is_title_case(line)


def test_the_words_and_their_places_stay_as_they_are(parse_text: Parse) -> None:
    text = "Kenya Lifts Its Travel Ban on Chad\n\nKenya thanked Chad."
    article = parse_text(text)
    assert all(text[token.start : token.end] == token.text for token in article.tokens)
    assert [token.text for token in article.tokens][:4] == ["Kenya", "Lifts", "Its", "Travel"]


def test_words_that_the_article_has_in_lower_case_are_no_names(parse_text: Parse) -> None:
    article = parse_text("Zorbing Helps Kenya Win Friends Abroad\n\nPeople who like zorbing are glad.")
    assert article.tokens[0].pos != "PROPN"
