from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.reading.article import Article, Saying
from dragoman.reading.assemble import to_coded

CASES = Path(__file__).parent / "attitudes_cases.tsv"


def cases() -> list[tuple[str, str]]:
    """Return the rows of the table: text, attitudes."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["text"], row["attitudes"] or "") for row in rows]


def told(article: Article, attitude: Saying) -> str:
    """Return an attitude as the table writes it."""
    source = (
        article.span(attitude.source.tokens.first, attitude.source.tokens.last).text
        if attitude.source
        else "-"
    )
    assert attitude.cue is not None
    cue = article.span(attitude.cue.first, attitude.cue.last).text
    content = " / ".join(article.span(first, last).text for first, last in attitude.content)
    return f"{source} | {cue} | {content}"


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_attitudes_are_found_as_in_the_table(text: str, wanted: str, read: Callable[..., Article]) -> None:
    article = read(text)
    found = article.attitudes
    assert " ;; ".join(told(article, attitude) for attitude in found) == wanted


def test_attitudes_are_told_but_attribute_no_report(read: Callable[..., Article]) -> None:
    article = read("The senator criticised the attack on Iraq by Iran.")
    assert all(report.attribution == () for report in article.reports)
    (attribution,) = to_coded(article, (), reader_version="test").mentions.attributions
    assert attribution.cue is not None
    assert attribution.cue.text == "criticised"
