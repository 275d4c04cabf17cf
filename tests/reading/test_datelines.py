"""Agencies are found where a document says whose copy it is, and nowhere else; chains_cases.tsv has the chains."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.document import Document
from dragoman.reading.article import Article
from dragoman.reading.chain import Chain

Read = Callable[..., Article]


def wires(article: Article) -> list[tuple[str, str]]:
    """Return each agency with the first and last word of what it tells."""
    found = []
    for wire in article.wires:
        assert wire.source is not None
        ((first, last),) = wire.content
        told = f"{article.tokens[first].text} … {article.tokens[last - 1].text}"
        found.append((article.span(wire.source.tokens.first, wire.source.tokens.last).text, told))
    return found


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("MOSCOW, July 12 (Reuters) - Troops left.", "Reuters"),
        ("MOSCOW, July 12 (AP) -- Troops left.", "AP"),
        ("WASHINGTON/KUALA LUMPUR (AFP) – Troops left.", "AFP"),
        ("(Reuters) - Troops left.", "Reuters"),
        ("Reuters — Troops left.", "Reuters"),
        ("MOSCOW, January 22. /TASS/. Troops left.", "TASS"),
        ("By Jane Doe, Associated Press\n\nTroops left.", "Associated Press"),
        ("The Associated Press\n\nTroops left.", "The Associated Press"),
        ("Troops left.\n\nSource: Xinhua", "Xinhua"),
        ("Troops left.\n\n(AFP)", "AFP"),
        ("Troops came.\n\nTroops left. — AFP", "AFP"),
    ],
)
def test_places_where_an_agency_tells_all(text: str, agency: str, read: Read) -> None:
    assert [name for name, _ in wires(read(text))] == [agency]


@pytest.mark.parametrize(
    "text",
    [
        "Reuters said troops had left.",
        "The minister spoke to Reuters (and AFP) - then troops left.",
        "MOSCOW, July 12 (BBC) - Troops left.",
        "MOSCOW, July 12 - Troops left.",
        "Troops left.\n\nReporting by Jane Doe; editing by John Roe",
        "Troops left.\n\nThe minister was angry with Reuters.",
        "By Jane Doe\n\nTroops left.",
    ],
)
def test_places_where_it_does_not(text: str, read: Read) -> None:
    assert wires(read(text)) == []


def test_a_dateline_reaches_to_the_next_and_over_the_headline(read: Read) -> None:
    text = "Troops leave\n\nMOSCOW (Reuters) - Troops left.\n\nThey went home.\n\nTOKYO (AP) - Rain fell."
    assert wires(read(text)) == [("Reuters", "Troops … ."), ("AP", "TOKYO … .")]


def test_a_tail_line_tells_nothing_that_a_dateline_tells(read: Read) -> None:
    assert wires(read("MOSCOW (Reuters) - Troops left.\n\n— AFP")) == [("Reuters", "MOSCOW … AFP")]


@given(text=st.text(alphabet="Reuters (AP)/-–.,12 MOSCOW\n", max_size=80))
def test_any_text_is_read(text: str, chain: Chain) -> None:
    (article,) = chain.read([Document(text=text)])
    assert all(wire.source is not None for wire in article.wires)
