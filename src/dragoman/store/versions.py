"""Versions of an article: texts that stood at one address one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

HTTP = re.compile(r"(?i:https?)://(?P<host>[^/?#]+)(?P<rest>.*)", re.DOTALL)

# Documents that another has taken the place of.
SUPERSEDED = "(SELECT supersedes FROM documents WHERE supersedes IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class Version:
    """A document at an address, and the number of this text there."""

    document: str
    number: int


def address_of(url: str | None) -> str | None:
    """Return what the versions of an article have in common: the url without scheme, its host in small letters.

    Query and fragment stay, for many outlets tell articles apart by them.
    """
    url = (url or "").strip()
    match = HTTP.fullmatch(url)
    if match is None:
        return url or None
    return match["host"].lower() + (match["rest"] or "/")


def newest(connection: duckdb.DuckDBPyConnection, addresses: Iterable[str]) -> dict[str, Version]:
    """Return the newest document at each of the addresses that the store knows."""
    found = connection.execute(
        "SELECT address, arg_max(id, version), max(version) FROM documents "
        "WHERE address IN (SELECT unnest(?::VARCHAR[])) GROUP BY address",
        [list(addresses)],
    )
    return {address: Version(document, number) for address, document, number in found.fetchall()}
