"""The gazetteer: which places a name may mean, with their coordinates.

It is one SQLite file in the user's cache, built once from packaged open data and our own lists
(see `dragoman.knowledge.gazetteer_build`) and opened read-only.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import StopError
from dragoman.knowledge.gazetteer_build import build_index, cache_folder, index_name, labels_of
from dragoman.knowledge.gazetteer_own import own_places
from dragoman.knowledge.gazetteer_sources import Entry
from dragoman.knowledge.place_names import fold

# Most candidates returned for one name, the most populous first. Names such as "San Antonio" have
# hundreds; an article that means one beyond the 80th does so too rarely to pay for scoring them all.
MOST_CANDIDATES = 80
# Names whose candidates are kept in memory; a candidate list takes about 2 kB, so this is about 40 MB.
REMEMBERED_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean.

    ``lat`` and ``lon`` are WGS 84 degrees, null for a region too vague to have a centre; ``country`` is
    ISO 3166-1 alpha-3 or null; ``admin1`` the first-level division's English name; ``feature`` a
    GeoNames feature code or a facility's class; ``kind`` one of facility, city, admin1, country,
    region, water. ``match`` says how the name fits: main, alias, or short (a facility's name
    without the word that says what it is, "Vostochny" for "Vostochny Cosmodrome"). ``own`` says that
    the place stands in our reviewed lists.
    """

    name: str
    geonames_id: int | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    feature: str
    population: int
    kind: str
    match: str = "main"
    own: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """Where an outlet is from: degrees of its town, country as ISO 3166-1 alpha-3."""

    lat: float
    lon: float
    country: str


_FIND = """
    SELECT place.name, geonames_id, lat, lon, country, admin1, feature, population, kind, match, own
    FROM label JOIN place ON place.id = label.place
    WHERE label.name = ?
    ORDER BY kind = 'facility' DESC, kind = 'country' DESC, own DESC, population DESC, place.id
    LIMIT ?
"""


class Gazetteer:
    """Looks names up in the index; open one with `open_gazetteer`."""

    def __init__(self, path: Path, more: Iterable[Entry] = ()) -> None:
        """Open the index file at ``path`` read-only; ``more`` places come before its own.

        Raises:
            StopError: the file is no index of places.
        """
        try:
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            phrases = self._connection.execute("SELECT name FROM phrase").fetchall()
            demonyms = self._connection.execute("SELECT word, country FROM demonym").fetchall()
            outlets = self._connection.execute("SELECT address, lat, lon, country FROM outlet").fetchall()
            endings = self._connection.execute("SELECT ending, country FROM ending").fetchall()
        except sqlite3.Error as error:
            message = f"{path}: not a usable index of places ({error}); delete it and run again"
            raise StopError(message) from error
        self.path = path
        self._more, spelled = _more(more)
        self._phrases = _by_first_word([*(name for (name,) in phrases), *spelled])
        self._demonyms: dict[str, str] = dict(demonyms)
        self._endings: dict[str, str] = dict(endings)
        self._outlets = {address: Home(lat, lon, country) for address, lat, lon, country in outlets}
        self._find = functools.lru_cache(maxsize=REMEMBERED_NAMES)(self._read)

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that ``name`` may mean: facilities first, then by population; () for none."""
        return self._find(fold(name))

    def phrases(self, first: str) -> tuple[tuple[str, ...], ...]:
        """Return the names of facilities, regions and waters, as folded words, that begin with the word ``first``.

        The longest come first. These are looked for in the text itself, whatever its entity labels say.
        """
        return self._phrases.get(first, ())

    def country_of(self, demonym: str) -> str | None:
        """Return the country (ISO alpha-3) whose people or adjective ``demonym`` is ("Russian": RUS), or None."""
        return self._demonyms.get(fold(demonym))

    def country_of_ending(self, ending: str) -> str | None:
        """Return the country (ISO alpha-3) that an address on the network ends in ("ru": RUS), or None."""
        return self._endings.get(ending)

    def home_of(self, outlet: str) -> Home | None:
        """Return where a local outlet is from, by its address ("www.ajc.com"), or None."""
        return self._outlets.get(outlet.casefold().removeprefix("www."))

    def close(self) -> None:
        """Close the index file."""
        self._connection.close()

    def _read(self, folded: str) -> tuple[Candidate, ...]:
        rows = self._connection.execute(_FIND, (folded, MOST_CANDIDATES))
        found = tuple(Candidate(*(*row[:-1], bool(row[-1]))) for row in rows)
        return (*self._more.get(folded, ()), *found)


def _more(entries: Iterable[Entry]) -> tuple[dict[str, list[Candidate]], list[str]]:
    """Return a user's places by folded name, and those names that are looked for in the text itself."""
    found: dict[str, list[Candidate]] = {}
    spelled = []
    for entry in entries:
        for label, match in dict(labels_of(entry)).items():
            found.setdefault(label, []).append(
                Candidate(
                    entry.name, entry.geonames_id, entry.lat, entry.lon, entry.country, entry.admin1,
                    entry.feature, entry.population, entry.kind, match, own=True,
                )
            )  # fmt: skip
            if entry.kind != "city" and match != "short":
                spelled.append(label)
    return found, spelled


def _by_first_word(names: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(name.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(all_, key=len, reverse=True)) for first, all_ in found.items()}


def open_gazetteer(notice: Callable[[str], None] | None = None, *, own: Path | None = None) -> Gazetteer:
    """Open the index, building it first where this version of the data has none yet (about half a minute).

    ``notice`` is given one line for a person before the building starts. ``own`` is a folder of a user's tables,
    whose ``places.tsv``, if it has one, is read beside the index.

    Raises:
        KnowledgeError: a list under ``data/places``, or the user's, is broken.
        StopError: the cache folder cannot be written, or the file in it is no index.
    """
    path = cache_folder() / index_name()
    if not path.exists():
        if notice is not None:
            notice(f"building the index of places, once, at {path}")
        build_index(path)
    return Gazetteer(path, own_places(own))
