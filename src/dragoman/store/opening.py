"""Opening a store: the file, its version, and one clear line about whatever stands in the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import StoreError
from dragoman.store.migrations import LATEST, MIGRATIONS, migrate
from dragoman.store.schema import TABLES, VERSION_TABLE

if TYPE_CHECKING:
    import duckdb

# What DuckDB may take while it writes a batch. Set by hand: an article of 16 MB with 300,000 names needs some half of it.
WRITING_MEMORY = "1GB"
# What it may keep of the store between two batches. Without this it keeps all that it has written, up to the limit above;
# with it, memory was the same after 400 and after 2,300 articles, and writing as quick.
KEPT_MEMORY = "64MB"

# Parts of DuckDB's messages, and what to tell a person instead; the first that fits.
_PLAIN = (
    (("lock on file", "conflicting lock"), "another program is using this store; try again when it is done"),
    (("not a valid duckdb",), "is not a dragoman store"),
    (
        ("newer version", "version number"),
        "was written by another version of DuckDB; install the version that dragoman asks for",
    ),
    (
        ("no space left", "file too large", "disk quota", "could not write all bytes", "out of disk"),
        "the disk is full; what was written before is kept, so make room and run the same command again",
    ),
    (
        ("permission denied", "read-only file system", "operation not permitted"),
        "may not be written here; look at the rights of the file and its folder, or name another with --db",
    ),
    (("no such file",), "cannot be made here; name a file in another folder with --db"),
    (
        ("out of memory",),
        "there is not enough memory to write this batch; what was written before is kept",
    ),
)


# What a step adds: a table, or a column of one.
MAKES = re.compile(r'(?:CREATE TABLE|ALTER TABLE) "?(?P<table>\w+)"?(?: ADD COLUMN "?(?P<column>\w+)"?| ?\()')


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open the file, or say in one line why it cannot be opened."""
    import duckdb  # noqa: PLC0415 - costs a tenth of a second; reading without a store must not pay it

    _look(path, read_only=read_only)
    try:
        connection = duckdb.connect(str(path), read_only=read_only)
        if not read_only:
            connection.execute(f"SET memory_limit = '{WRITING_MEMORY}'")
    except duckdb.Error as error:
        raise StoreError(why(path, str(error))) from error
    return connection


def let_go(connection: duckdb.DuckDBPyConnection) -> None:
    """Let DuckDB give back the memory in which it keeps pages of the store, so that memory stays flat."""
    import duckdb  # noqa: PLC0415

    try:
        connection.execute(f"SET memory_limit = '{KEPT_MEMORY}'")
    except duckdb.Error:
        # What it cannot do without is more than that, such as the keys of a very large store: it keeps those.
        return
    finally:
        connection.execute(f"SET memory_limit = '{WRITING_MEMORY}'")


def _look(path: Path, *, read_only: bool) -> None:
    """Tell what can be told without DuckDB."""
    try:
        there, folder, parent = path.exists(), path.is_dir(), path.parent.is_dir()
    except OSError as error:
        message = f"{path}: cannot be opened: {error.strerror}"
        raise StoreError(message) from error
    if folder:
        message = f"{path}: is a folder; name a file for the store in it"
        raise StoreError(message)
    if read_only and not there:
        message = f"{path}: there is no store here; make one with: dragoman ingest FILE --db {path}"
        raise StoreError(message)
    if path.parent.exists() and not parent:
        message = f"{path}: {path.parent} is a file, not a folder"
        raise StoreError(message)
    if not parent:
        message = f"{path}: the folder {path.parent} does not exist; make it first"
        raise StoreError(message)


def why(path: Path, words: str) -> str:
    """Return one line about an error of DuckDB."""
    small = words.lower()
    for parts, plain in _PLAIN:
        if any(part in small for part in parts):
            return f"{path}: {plain}"
    return f"{path}: cannot be opened or written: {' '.join(words.split())}"


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
    """Do the steps that the store lacks, all in one transaction; check that it holds what its version says.

    Raises:
        StoreError: of another program, of a newer dragoman, half brought up to date by other means, or older and to be read
            only.
    """
    version = _version(connection, path)
    if version > LATEST:
        message = f"{path}: was written by a newer dragoman (store version {version}, this one knows {LATEST}); upgrade"
        raise StoreError(message)
    if version < LATEST:
        if read_only:
            message = f"{path}: is empty or of an older dragoman; bring it up to date with: dragoman ingest FILE --db {path}"
            raise StoreError(message)
        _refuse_half(connection, path, version)
        transaction(connection, path, lambda: _migrate(connection, version))
    _refuse_lacking(connection, path)


def _version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Return the version of the store, 0 of an empty file."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if tables and VERSION_TABLE not in tables:
        message = f"{path}: is a DuckDB file of another program, not a dragoman store"
        raise StoreError(message)
    if not tables:
        return 0
    row = connection.execute(f"SELECT max(version) FROM {VERSION_TABLE}").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _refuse_half(connection: duckdb.DuckDBPyConnection, path: Path, version: int) -> None:
    """Refuse a store that has parts of a step which it does not say it has done."""
    there = _columns(connection)
    pending = [statement for step in MIGRATIONS[version:] for statement in step if isinstance(statement, str)]
    for made in filter(None, map(MAKES.match, pending)):
        table, column = made["table"], made["column"]
        if table in there and (column is None or column in there[table]):
            message = (
                f"{path}: is half brought up to date (version {version}, but it has {table}{f'.{column}' if column else ''} "
                "already); nothing was changed: go back to a backup, or move it away and ingest again"
            )
            raise StoreError(message)


def _refuse_lacking(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a store that lacks a table or column of its version."""
    there = _columns(connection)
    for table in TABLES:
        lacking = {column.name for column in table.columns} - there.get(table.name, set())
        if lacking:
            lacks = f"{table.name}.{min(lacking)}" if table.name in there else f"the table {table.name}"
            message = (
                f"{path}: is damaged or half brought up to date (version {LATEST}, but it lacks {lacks}); nothing was "
                "changed: go back to a backup, or move it away and ingest again"
            )
            raise StoreError(message)


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Return the names of the columns of each table."""
    found: dict[str, set[str]] = {}
    query = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    for table, column in connection.execute(query).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _migrate(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS {VERSION_TABLE} (version INTEGER PRIMARY KEY, applied TIMESTAMP)"
    )
    for number, _ in enumerate(migrate(connection, MIGRATIONS[version:]), version + 1):
        connection.execute(f"INSERT INTO {VERSION_TABLE} VALUES (?, now()::TIMESTAMP)", [number])


def transaction[T](connection: duckdb.DuckDBPyConnection, path: Path, work: Callable[[], T]) -> T:
    """Do the work in one transaction; nothing of it stays when it fails."""
    import duckdb  # noqa: PLC0415

    try:
        connection.execute("BEGIN")
        result = work()
        connection.execute("COMMIT")
    except duckdb.Error as error:
        _rollback(connection)
        raise StoreError(why(path, str(error))) from error
    except BaseException:
        _rollback(connection)
        raise
    return result


def _rollback(connection: duckdb.DuckDBPyConnection) -> None:
    """Undo the open transaction, where the failure has not undone it or closed the store already."""
    import duckdb  # noqa: PLC0415

    try:
        connection.execute("ROLLBACK")
    except duckdb.Error:
        return
