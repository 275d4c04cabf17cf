"""Text wholly in capitals is read like any other, and every offset stays."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.actors import load_actors
from dragoman.reading.article import Article
from dragoman.reading.capitals import in_ordinary_case, is_capitals

CASES = Path(__file__).parent / "capitals_cases.tsv"
WIRE = """SAN SALVADOR, 3 JAN 90 (AFP) -- [TEXT] TERRORISTS ATTACKED A MILITARY POST IN
SAN MIGUEL YESTERDAY, THE ARMY REPORTED.  TWO SOLDIERS WERE KILLED."""


def cases() -> list[tuple[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["capitals"], row["ordinary"]) for row in rows]


@pytest.mark.parametrize(("capitals", "ordinary"), cases())
def test_capitals_become_ordinary_case(capitals: str, ordinary: str) -> None:
    assert in_ordinary_case(capitals, load_actors()) == ordinary


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("THE ARMY ATTACKED REBELS", True),
        ("ANALYSIS", False),
        ("WORLD NEWS", False),
        ("The Army Attacked Rebels", False),
        ("THE ARMY ATTACKED rebels", False),
        ("1 2 3 4 5", False),
        ("", False),
    ],
)
def test_only_sentences_wholly_in_capitals_count(line: str, wanted: bool) -> None:  # noqa: FBT001 - a table of verdicts
    assert is_capitals(line) is wanted


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("Lu", "Po", "Zs", "Nd")), max_size=60))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(in_ordinary_case(text, load_actors())) == len(text)


def test_letters_that_grow_in_small_case_stay() -> None:
    line = "THE ARMY İN İSTANBUL ATTACKED"
    assert len(in_ordinary_case(line, load_actors())) == len(line)


def test_reports_of_a_wire_in_capitals_have_their_words_in_the_text(read: Callable[..., Article]) -> None:
    article = read(WIRE, published="1990-01-03")
    attacked = next(report for report in article.reports if report.text == "ATTACKED")
    assert [actor.text for actor in attacked.actors] == ["TERRORISTS"]
    assert [source.text for source in attacked.attribution] == ["AFP", "THE ARMY"]
    assert attacked.time is not None
    assert (attacked.time.text, attacked.time.from_) == ("YESTERDAY", "1990-01-02")
    for report in article.reports:
        for span in (report, *report.actors, *report.recipients, *report.attribution):
            assert WIRE[span.start : span.end] == span.text


def test_words_are_those_the_parser_saw_and_spans_those_of_the_text(
    parse_text: Callable[[str], Article],
) -> None:
    article = parse_text(WIRE)
    assert [token.text for token in article.tokens if token.lower == "terrorists"] == ["terrorists"]
    assert all(
        WIRE[token.start : token.end].lower() == token.lower
        for token in article.tokens
        if token.text.isalpha()
    )


def test_a_dateline_is_a_sentence_of_its_own(parse_text: Callable[[str], Article]) -> None:
    article = parse_text(WIRE)
    assert WIRE[article.sentences[0].start : article.sentences[0].end].endswith("[TEXT]")
