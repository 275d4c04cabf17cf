"""The tables of a store, and the numbered steps that bring an older store up to date.

A step is never changed once released; a new need is a new step at the end. Each row holds a few
typed columns to search by, and the whole record as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.store.watching import WATCHING

VERSION_TABLE = "dragoman_store"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns with their DuckDB types in order, and its key."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    def create(self) -> str:
        """Return the statement that makes the table."""
        columns = ", ".join(f'"{name}" {kind}' for name, kind in self.columns)
        return f"CREATE TABLE {self.name} ({columns}, PRIMARY KEY ({', '.join(self.key)}))"


RUNS = Table("runs", (("id", "BIGINT"), ("started", "TIMESTAMP"), ("reader_version", "VARCHAR")), ("id",))

DOCUMENTS = Table(
    "documents",
    (
        ("id", "VARCHAR"),
        ("run", "BIGINT"),
        ("reader_version", "VARCHAR"),
        ("family", "VARCHAR"),  # the id of the head of its copies, its own when it has none
        ("outlet", "VARCHAR"),
        ("published", "DATE"),
        ("document", "JSON"),
        ("sentences", "JSON"),
        ("mentions", "JSON"),
        ("notes", "JSON"),
    ),
    ("id",),
)

# What reports and events have in common. Lists of codes and names are for searching.
_WHAT = (
    ("event_type", "VARCHAR"),
    ("mode", "VARCHAR"),
    ("cameo", "VARCHAR"),
    ("quad", "INTEGER"),
    ("goldstein", "DOUBLE"),
    ("intensity", "DOUBLE"),
    ("symmetric", "BOOLEAN"),
    ("actor_codes", "VARCHAR[]"),
    ("actor_names", "VARCHAR[]"),
    ("recipient_codes", "VARCHAR[]"),
    ("recipient_names", "VARCHAR[]"),
    ("first_day", "DATE"),
    ("last_day", "DATE"),
    ("place", "VARCHAR"),
    ("country", "VARCHAR"),
    ("lat", "DOUBLE"),
    ("lon", "DOUBLE"),
    ("factuality", "VARCHAR"),
    ("sources", "VARCHAR[]"),  # names and codes of the attribution, and the outlet
    ("confidence", "DOUBLE"),
    ("record", "JSON"),
)

REPORTS = Table(
    "reports",
    (
        ("id", "VARCHAR"),
        ("document", "VARCHAR"),
        ("event", "VARCHAR"),
        ("number", "INTEGER"),  # place in its document, from 0
        ("reader_version", "VARCHAR"),
        *_WHAT,
    ),
    ("id",),
)

EVENTS = Table(
    "events",
    (
        ("id", "VARCHAR"),
        ("document", "VARCHAR"),
        ("number", "INTEGER"),  # place in its document, from 0
        ("reader_version", "VARCHAR"),
        ("independent", "INTEGER"),  # independent sources
        ("conflicts", "INTEGER"),  # fields on which its reports disagree
        *_WHAT,
    ),
    ("id",),
)

FAILURES = Table(
    "failures",
    (("input", "VARCHAR"), ("reason", "VARCHAR"), ("run", "BIGINT")),
    ("input", "reason"),
)

TABLES = (RUNS, DOCUMENTS, REPORTS, EVENTS, FAILURES)

MIGRATIONS: tuple[tuple[str, ...], ...] = (tuple(table.create() for table in TABLES), WATCHING)
LATEST = len(MIGRATIONS)
