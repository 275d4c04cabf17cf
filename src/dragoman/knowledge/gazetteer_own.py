"""A user's own places, read beside the index: ``places.tsv`` in the folder of own tables.

Its columns are those of ``data/places/facilities.tsv``; ``kind`` may also be ``town`` or a kind of region or water.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.knowledge.gazetteer_sources import COLUMNS, WATER_KINDS, Entry, number
from dragoman.knowledge.place_words import PLACES, place_words
from dragoman.knowledge.tables import read_table

FILE = "places.tsv"
TOWN = "town"
REGION_KINDS = frozenset({"region", "continent", "line", "pass", "peak", "borough"})


def own_places(folder: Path | None) -> Iterator[Entry]:
    """Yield the places of ``places.tsv`` in a user's folder; none where it has no such file.

    Raises:
        KnowledgeError: a broken line, an unknown kind, or a place without coordinates.
    """
    if folder is None or not (folder / FILE).exists():
        return
    words = place_words(PLACES)
    for row in read_table(folder / FILE, COLUMNS):
        kind = _kind(row["kind"], words.classes)
        lat, lon = number(row, "lat", 90), number(row, "lon", 180)
        if not kind or lat is None or lon is None or not row["name"]:
            problem = "needs a name, coordinates, and as kind town, a facility's, a region's or a water's"
            raise row.fail(problem)
        short = words.strip(row["name"], row["kind"]) if kind == "facility" else None
        yield Entry(
            name=row["name"], aliases=row.items("aliases"), short=(short,) if short else (), kind=kind,
            feature="PPL" if kind == "city" else row["kind"], lat=lat, lon=lon, country=row["country"] or None,
            admin1=row["admin1"] or None, own=True,
        )  # fmt: skip


def _kind(kind: str, facilities: dict[str, tuple[str, ...]]) -> str:
    if kind == TOWN:
        return "city"
    if kind in REGION_KINDS:
        return "region"
    if kind in WATER_KINDS:
        return "water"
    return "facility" if kind in facilities else ""
