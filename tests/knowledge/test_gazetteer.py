"""Tests of the gazetteer: names, our own lists, and the building of its index."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError, StopError
from dragoman.knowledge.gazetteer import Gazetteer, open_gazetteer
from dragoman.knowledge.gazetteer_build import build_index, cache_folder, index_name
from dragoman.knowledge.gazetteer_sources import Entry, own_entries, town_entries
from dragoman.knowledge.place_names import fold
from dragoman.knowledge.place_words import place_words

PORT = Entry(
    name="Xa Cosmodrome", aliases=("Xa Spaceport",), short=("xa",), lat=51.9, lon=128.3, country="RUS",
    feature="spaceport", kind="facility", own=True,
)  # fmt: skip
TOWN = Entry(name="Xa", lat=44.3, lon=44.2, country="RUS", feature="PPL", population=2_500, kind="city")
CITY = Entry(name="Xá", lat=1.0, lon=2.0, country="BRA", feature="PPL", population=90_000, kind="city")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Gazetteer]:
    build_index(tmp_path / "places.sqlite", (PORT, TOWN, CITY))
    gazetteer = Gazetteer(tmp_path / "places.sqlite")
    yield gazetteer
    gazetteer.close()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def _build(path: Path) -> None:
    build_index(path, (PORT, TOWN, CITY))


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("St. Petersburg", "Saint Petersburg"), ("Deir ez-Zor", "deir ez zor"), ("U.S.", "US"), ("Łódź", "Lodz"),
        ("Sana’a", "Sana'a"), ("İncirlik", "Incirlik"), ("Fort Bragg", "Ft. Bragg"), ("Reykjavík", "REYKJAVIK"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_fold_alike(name: str, same: str) -> None:
    assert fold(name) == fold(same)


@given(st.text(max_size=40))
def test_folding_is_stable_and_never_fails(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(max_size=40))
def test_any_name_may_be_looked_up(name: str) -> None:
    assert isinstance(open_gazetteer().find(name), tuple)


def test_facilities_come_before_towns_and_big_towns_before_small(small: Gazetteer) -> None:
    assert [(place.kind, place.country) for place in small.find("XA")] == [
        ("facility", "RUS"), ("city", "BRA"), ("city", "RUS"),
    ]  # fmt: skip


def test_a_candidate_says_how_the_name_fits(small: Gazetteer) -> None:
    matches = [small.find(name)[0].match for name in ("Xa Cosmodrome", "xa spaceport", "Xa")]
    assert matches == ["main", "alias", "short"]


def test_full_names_of_our_own_places_are_phrases_and_short_ones_are_not(small: Gazetteer) -> None:
    assert set(small.phrases("xa")) == {("xa", "cosmodrome"), ("xa", "spaceport")}
    assert small.phrases("ya") == ()


def test_an_unknown_name_has_no_candidates(small: Gazetteer) -> None:
    assert small.find("Nowhere at all") == small.find("") == ()


def test_the_index_is_whole_and_leaves_nothing_beside_it(small: Gazetteer) -> None:
    assert [path.name for path in small.path.parent.iterdir()] == ["places.sqlite"]


def test_a_build_that_breaks_off_leaves_neither_index_nor_part(tmp_path: Path) -> None:
    def broken() -> Iterator[Entry]:
        yield PORT
        message = "places.tsv:7: broken"
        raise KnowledgeError(message)

    with pytest.raises(KnowledgeError):
        build_index(tmp_path / "places.sqlite", broken())
    assert list(tmp_path.iterdir()) == []


def test_two_processes_may_build_the_same_index_at_once(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    context = multiprocessing.get_context("spawn")
    builders = [context.Process(target=_build, args=(path,)) for _ in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join(30)
    assert [builder.exitcode for builder in builders] == [0, 0]
    assert Gazetteer(path).find("Xa Spaceport")


def test_the_index_cannot_be_written_through_the_gazetteer(small: Gazetteer) -> None:
    with pytest.raises(sqlite3.OperationalError):
        small._connection.execute("DELETE FROM place")  # noqa: SLF001 - the promise is about this very connection


def test_a_file_that_is_no_index_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    path.write_text("not a database")
    with pytest.raises(StopError, match=r"places\.sqlite.*delete it"):
        Gazetteer(path)


def test_a_cache_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StopError, match="DRAGOMAN_CACHE"):
        build_index(tmp_path / "file" / "places.sqlite", (PORT,))


def test_the_cache_folder_is_ours_then_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("DRAGOMAN_CACHE", raising=False)
    assert cache_folder() == tmp_path / "xdg" / "dragoman"
    monkeypatch.setenv("DRAGOMAN_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"


def test_an_index_that_is_there_is_opened_without_a_notice(gazetteer: Gazetteer) -> None:
    told: list[str] = []
    assert open_gazetteer(told.append).path == gazetteer.path
    assert told == []
    assert gazetteer.path.name == index_name()


def test_the_spaceport_outranks_the_village_of_its_name(gazetteer: Gazetteer) -> None:
    first, second = gazetteer.find("Vostochny")
    assert (first.kind, first.country, first.admin1) == ("facility", "RUS", "Amur")
    assert second.kind == "city"


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Ukraine", "country", "UKR"), ("U.S.", "country", "USA"), ("Donbas", "region", "UKR"), ("Calif.", "admin1", "USA"),
        ("Red Sea", "water", None), ("Ramstein Air Base", "facility", "DEU"), ("Hodeidah", "city", "YEM"),
        ("Middle East", "region", None), ("Blagoveshchensk", "city", "RUS"), ("Amur Oblast", "admin1", "RUS"),
    ],
)  # fmt: skip
def test_places_of_every_kind_are_found(
    gazetteer: Gazetteer, name: str, kind: str, country: str | None
) -> None:
    assert any((place.kind, place.country) == (kind, country) for place in gazetteer.find(name))


def test_adjectives_and_peoples_lead_to_their_country(gazetteer: Gazetteer) -> None:
    assert [gazetteer.country_of(word) for word in ("Russian", "Syrians", "Martian")] == ["RUS", "SYR", None]


def test_our_lists_have_no_two_places_of_one_name_and_kind() -> None:
    entries = [*own_entries(), *town_entries()]
    names = [(entry.kind, fold(entry.name)) for entry in entries]
    assert sorted(names) == sorted(set(names))
    assert sum(entry.kind == "facility" for entry in entries) >= 250


def test_every_facility_has_coordinates_and_its_kind_has_words() -> None:
    words = place_words()
    for entry in own_entries():
        if entry.kind == "facility":
            assert entry.lat is not None
            assert words.classes[entry.feature]


def test_a_bad_coordinate_is_named_with_file_and_line(tmp_path: Path) -> None:
    source = Path(own_entries.__globals__["PLACES"])
    for name in ("words.tsv", "regions.tsv", "water.tsv"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    header = "name\taliases\tkind\tlat\tlon\tcountry\tadmin1\tnote\n"
    (tmp_path / "facilities.tsv").write_text(
        header + "Xa Cosmodrome\t\tspaceport\t95\t10\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"facilities\.tsv:2: lat"):
        list(own_entries(tmp_path))
