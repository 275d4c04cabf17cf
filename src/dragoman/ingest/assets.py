"""Files that are no articles by their ending: pictures, styles, programs, sound; folders and archives are full of them."""

from __future__ import annotations

import functools
import posixpath

from dragoman.knowledge.tables import DATA, read_table


@functools.cache
def _endings() -> frozenset[str]:
    return frozenset(row["ending"] for row in read_table(DATA / "text" / "assets.tsv", ("ending", "what")))


def is_asset(path: str) -> bool:
    """Say whether a file's ending makes it a part of a page rather than an article."""
    return posixpath.splitext(path)[1].lower() in _endings()
