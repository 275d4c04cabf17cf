"""Tests of a user's own places, and of what our lists hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.gazetteer import open_gazetteer
from dragoman.knowledge.gazetteer_own import own_places
from dragoman.knowledge.gazetteer_sources import COLUMNS, outlet_rows, own_entries

FEWEST_FACILITIES = 1_500


def table(folder: Path, *rows: str) -> Path:
    lines = ["\t".join(COLUMNS), *rows]
    (folder / "places.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_own_places_come_before_others_of_their_name(tmp_path: Path) -> None:
    rows = ("Camp Blue\tBlue Camp\tbase\t10\t20\tTCD\t\t", "Paris\t\ttown\t11\t21\tTCD\t\t")
    gazetteer = open_gazetteer(own=table(tmp_path, *rows))
    assert [(place.country, place.kind) for place in gazetteer.find("Paris")[:1]] == [("TCD", "city")]
    assert gazetteer.find("blue camp")[0].name == "Camp Blue"
    assert ("camp", "blue") in gazetteer.phrases("camp")


def test_a_folder_without_places_adds_none(tmp_path: Path) -> None:
    assert not list(own_places(tmp_path))
    assert not list(own_places(None))


@pytest.mark.parametrize(
    "row", ["A\t\tcastle\t1\t2\tTCD\t\t", "A\t\ttown\t\t\tTCD\t\t", "A\t\ttown\t95\t2\tTCD\t\t"]
)
def test_a_broken_line_is_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(KnowledgeError, match=r"places\.tsv:2"):
        list(own_places(table(tmp_path, row)))


def test_our_lists_hold_facilities_beyond_airports() -> None:
    facilities = [entry for entry in own_entries() if entry.kind == "facility" and entry.feature != "airport"]
    assert len(facilities) >= FEWEST_FACILITIES
    assert all(entry.lat is not None for entry in facilities)


def test_every_local_outlet_has_its_town() -> None:
    gazetteer = open_gazetteer()
    assert [row["address"] for row in outlet_rows() if gazetteer.home_of(row["address"]) is None] == []
    assert gazetteer.home_of("www.ajc.com") == gazetteer.home_of("AJC.com")
    assert gazetteer.country_of_ending("ru") == "RUS"
    assert gazetteer.country_of_ending("tv") is None
