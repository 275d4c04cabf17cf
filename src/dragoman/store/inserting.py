"""Rows into tables: they travel to DuckDB as JSON texts, which are taken apart there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.store.schema import DOCUMENTS, SENTENCES, Table
from dragoman.store.search import stems

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]

# Columns that DuckDB makes from others.
MADE = {
    (DOCUMENTS.name, "stems"): stems("concat_ws(' ', row_.title, row_.document->>'text')"),
    (SENTENCES.name, "stems"): stems("row_.text"),
}


# Characters of JSON that travel in one statement; more takes DuckDB several times as much memory.
LONGEST = 4_000_000


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows; values that a row lacks are null, those no column has are left out.

    A lone surrogate cannot be stored; it becomes a question mark, which keeps all offsets.
    """
    given = [column for column in table.columns if (table.name, column.name) not in MADE]
    shape = json.dumps([{column.name: _shape(column.kind) for column in given}])
    values = ", ".join(MADE.get((table.name, c.name), f'row_."{c.name}"') for c in table.columns)
    packed = (
        json.dumps({column.name: row.get(column.name) for column in given}, ensure_ascii=False)
        for row in rows
    )
    for together in _together(packed):
        connection.execute(
            f"INSERT INTO {table.name} SELECT {values} FROM (SELECT unnest(from_json(?::JSON, ?)) AS row_)",
            [f"[{','.join(together)}]".encode("utf-8", "replace").decode("utf-8"), shape],
        )


def _together(packed: Iterable[str]) -> Iterator[list[str]]:
    """Yield lists of packed rows that are not too long together."""
    taken: list[str] = []
    length = 0
    for row in packed:
        taken.append(row)
        length += len(row)
        if length >= LONGEST:
            yield taken
            taken, length = [], 0
    if taken:
        yield taken


def insert_blobs(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows of which a column holds bytes, which JSON cannot carry."""
    if not rows:
        return
    columns = ", ".join(f"unnest(?::{column.kind}[])" for column in table.columns)
    connection.execute(
        f"INSERT INTO {table.name} SELECT {columns}",
        [[row[column.name] for row in rows] for column in table.columns],
    )


def delete(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], documents: Sequence[str]) -> None:
    """Delete what belongs to these documents."""
    for table in tables:
        connection.execute(
            f"DELETE FROM {table.name} WHERE document IN (SELECT unnest(?::VARCHAR[]))", [list(documents)]
        )


def _shape(kind: str) -> str | list[str]:
    """Return a type as ``from_json`` wants it."""
    return [kind.removesuffix("[]")] if kind.endswith("[]") else kind
