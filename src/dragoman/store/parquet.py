"""A store as Parquet files and back: one folder a table, in it one a month of publication.

``DIR/reports/month=2023-09/*.parquet`` holds the reports of the articles that were published in September 2023, and so for
every table that belongs to documents; ``month=undated`` those of articles without a date. Runs, failures and judgements
belong to no month. ``DIR/dragoman.json`` says which version of the tables these are, and how many rows.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import StoreError, UsageError
from dragoman.store.migrations import LATEST
from dragoman.store.opening import why
from dragoman.store.runs import Run, end, number_of
from dragoman.store.schema import DOCUMENTS, FAILURES, JUDGEMENTS, RUNS, TABLES, WATCH, Table

if TYPE_CHECKING:
    import duckdb

CARD = "dragoman.json"
# What following feeds remembers belongs to its store, and stays there.
CARRIED = tuple(table for table in TABLES if table not in WATCH)
WITHOUT_MONTH = (RUNS, FAILURES, JUDGEMENTS)
MONTH = "coalesce(strftime(published, '%Y-%m'), 'undated')"


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Write the store into a new folder; return the number of rows of each table.

    It is written under another name first, so that a folder that is there is whole.

    Raises:
        UsageError: the folder is there already.
        StoreError: it cannot be written; nothing is left of it then.
    """
    import duckdb  # noqa: PLC0415

    if folder.exists():
        message = f"{folder}: is there already; name a new folder"
        raise UsageError(message)
    part = folder.with_name(f"{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        counts = {table.name: _write(connection, table, part) for table in CARRIED}
        card = {"store_version": LATEST, "rows": counts}
        (part / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        part.rename(folder)
    except duckdb.Error as error:
        raise StoreError(why(folder, str(error))) from error
    except OSError as error:
        message = f"{folder}: cannot be written: {error.strerror}"
        raise StoreError(message) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return counts


def _write(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> int:
    out = _quoted(folder / table.name)
    row = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()
    rows = int(row[0]) if row else 0
    if table in WITHOUT_MONTH:
        (folder / table.name).mkdir()
        single = _quoted(folder / table.name / "all.parquet")
        connection.execute(f"COPY {table.name} TO {single} (FORMAT parquet, COMPRESSION zstd)")
    elif table is DOCUMENTS:
        query = f"SELECT *, {MONTH} AS month FROM documents ORDER BY month, run, published NULLS LAST, id"
        connection.execute(f"COPY ({query}) TO {out} ({_PARTED})")
    elif rows:
        query = f"""SELECT part.*, month FROM {table.name} AS part
            JOIN (SELECT id, run, published, {MONTH} AS month FROM documents) AS whole ON whole.id = part.document
            ORDER BY month, whole.run, published NULLS LAST, whole.id, {", ".join(f'part."{key}"' for key in table.key)}"""
        connection.execute(f"COPY ({query}) TO {out} ({_PARTED})")
    return rows


_PARTED = "FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month)"


def read_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Add what such a folder holds and the store does not; return the number of added rows of each table.

    Documents that the store has, by id, are left alone with all that belongs to them. Into an empty store the runs come
    along under their numbers; into any other, all of it is one run. The caller opens and closes the transaction.

    Raises:
        StoreError: the folder is none of ours, of a newer dragoman, or damaged.
    """
    card = _card(folder)
    row = connection.execute("SELECT count(*) FROM runs").fetchone()
    is_empty = not (row and row[0])
    connection.execute(f"CREATE TEMP TABLE incoming AS SELECT id FROM {_source(folder, DOCUMENTS)} AS documents "
                       "WHERE id NOT IN (SELECT id FROM documents)")  # fmt: skip
    number = None
    if not is_empty and _rows(connection, "incoming"):
        number = number_of(connection, Run("import"), None)
        end(connection, number)
    added = {}
    for table in CARRIED:
        if not card["rows"].get(table.name) or (not is_empty and table in {RUNS, JUDGEMENTS}):
            added[table.name] = 0
            continue
        before = _rows(connection, table.name)
        connection.execute(_insert(table, folder, number))
        added[table.name] = _rows(connection, table.name) - before
    _chain(connection)
    connection.execute("DROP TABLE incoming")
    return added


def _insert(table: Table, folder: Path, number: int | None) -> str:
    """Return the statement that takes over the rows of a table."""
    runs = {"run", "read_run"} if table is DOCUMENTS else {"run"} if table is FAILURES else set[str]()
    columns = ", ".join(
        f'{number} AS "{c.name}"' if number is not None and c.name in runs else f'"{c.name}"'
        for c in table.columns
    )
    source = _source(folder, table)
    if table is RUNS or table is JUDGEMENTS:
        return f"INSERT INTO {table.name} SELECT {columns} FROM {source}"
    if table is FAILURES:
        there = "(input, reason) NOT IN (SELECT (input, reason) FROM failures)"
        return f"INSERT INTO failures SELECT {columns} FROM {source} WHERE {there}"
    key = "id" if table is DOCUMENTS else "document"
    # Old readings name runs that only an empty store can take along.
    none = " AND false" if table.name == "readings" and number is not None else ""
    return f'INSERT INTO {table.name} SELECT {columns} FROM {source} WHERE "{key}" IN (SELECT id FROM incoming){none}'


def _chain(connection: duckdb.DuckDBPyConnection) -> None:
    """Let texts that came in follow those that stood at their address before."""
    connection.execute(
        """
        CREATE TEMP TABLE chains AS
        SELECT id, lag(id) OVER chain AS before, row_number() OVER chain AS number
        FROM documents WHERE address IS NOT NULL
            AND address IN (SELECT address FROM documents WHERE id IN (SELECT id FROM incoming))
        WINDOW chain AS (PARTITION BY address ORDER BY id IN (SELECT id FROM incoming), version)
        """
    )
    connection.execute(
        "UPDATE documents SET supersedes = chains.before, version = chains.number FROM chains "
        "WHERE chains.id = documents.id "
        "AND (supersedes IS DISTINCT FROM chains.before OR version IS DISTINCT FROM chains.number)"
    )
    connection.execute("DROP TABLE chains")


def _card(folder: Path) -> dict[str, dict[str, int]]:
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        version, rows = int(card["store_version"]), dict(card["rows"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = (
            f"{folder}: is no folder that dragoman export parquet has written ({CARD} is missing or damaged)"
        )
        raise StoreError(message) from error
    if version != LATEST:
        message = (
            f"{folder}: holds tables of version {version}, this dragoman knows {LATEST}; export them anew"
        )
        raise StoreError(message)
    return {"rows": rows}


def _source(folder: Path, table: Table) -> str:
    files = "all.parquet" if table in WITHOUT_MONTH else "month=*/*.parquet"
    return f"read_parquet({_quoted(folder / table.name / files)}, hive_partitioning = false)"


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _quoted(path: Path) -> str:
    """Return a path as SQL."""
    return "'" + str(path).replace("'", "''") + "'"
