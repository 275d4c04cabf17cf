"""Chains of sources: outermost first, each link once, none whose words do not cover the report."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.cues import load_cues
from dragoman.model.document import Document
from dragoman.model.speech import SOURCE_KINDS, STANCES, Source
from dragoman.reading.article import Article, Saying, SourceMention, TokenRange
from dragoman.reading.chain import Chain
from dragoman.reading.chains import Chains

CASES = Path(__file__).parent / "chains_cases.tsv"
NOTHING = "-"


def cases() -> list[object]:
    """Return the rows of the table; those with a fault are expected to fail."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [
        pytest.param(
            row["text"].replace("\\n", "\n"),
            row["outlet"] or None,
            row["trigger"],
            row["chain"],
            marks=[pytest.mark.xfail(strict=True, reason=row["fault"])] if row["fault"] else [],
        )
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def told(source: Source) -> str:
    """Return a link in the notation of the table."""
    return f"{source.text} [{source.kind} {source.code or NOTHING} {source.stance} {source.cue or NOTHING}]"


@pytest.mark.parametrize(("text", "outlet", "trigger", "wanted"), cases())
def test_chains_are_as_in_the_table(
    text: str, outlet: str | None, trigger: str, wanted: str, chain: Chain
) -> None:
    document = Document(text=text, published="2024-01-23", outlet=outlet)
    (article,) = chain.read([document])
    found = [report.attribution for report in article.reports if report.text == trigger]
    assert (" > ".join(map(told, found[0])) or NOTHING) == wanted
    for source in found[0]:
        assert text[source.start : source.end] == source.text
        assert source.kind in SOURCE_KINDS
        assert source.stance in STANCES


def said(first: int, last: int, head: int) -> Saying:
    """Return a saying of the token ``head`` with a content and no cue."""
    source = SourceMention(TokenRange(head, head + 1, head), None, "unknown")
    return Saying(source, None, ((first, last),), "indirect", "states")


def chain_of(article: Article, i: int) -> list[str]:
    """Return the words of the chain of a token."""
    return [source.text for source in Chains(article, load_cues(), load_actors()).of(i)]


def test_the_outer_source_comes_first_whatever_the_order_it_was_found_in(
    parse_text: Callable[[str], Article],
) -> None:
    article = parse_text("One two three four five six.")
    outer, inner = said(2, 6, 0), said(4, 6, 2)
    for sayings in ((outer, inner), (inner, outer)):
        assert chain_of(replace(article, sayings=sayings), 5) == ["One", "three"]
    assert chain_of(replace(article, sayings=(outer, inner)), 3) == ["One"]


def test_no_link_is_there_whose_words_do_not_cover_the_token(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("One two three four five six.")
    sayings = (said(2, 4, 0), said(4, 6, 1))
    assert [chain_of(replace(article, sayings=sayings), i) for i in range(6)] == [
        [], [], ["One"], ["One"], ["two"], ["two"]
    ]  # fmt: skip


def test_the_same_words_are_one_link(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("Police said police said it.")
    sayings = (said(2, 5, 0), said(4, 5, 2))
    assert chain_of(replace(article, sayings=sayings), 4) == ["Police"]
