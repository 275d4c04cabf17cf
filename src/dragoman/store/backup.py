"""A copy of a store in one file, made in one go: whole, or not there at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from dragoman.errors import StoreError, UsageError
from dragoman.store.opening import why
from dragoman.store.schema import TABLES, VERSION_TABLE


def copy_store(path: Path, out: Path) -> int:
    """Copy the store at ``path`` to the new file ``out``; return the number of rows.

    It is written under another name first, counted, and then named ``out``; what was deleted leaves no gaps in it.

    Raises:
        UsageError: ``out`` is there already.
        StoreError: the store cannot be read, or the copy cannot be written; nothing is left of it then.
    """
    import duckdb  # noqa: PLC0415

    if out.exists():
        message = f"{out}: is there already; name a new file"
        raise UsageError(message)
    if not out.parent.is_dir():
        message = f"{out}: the folder {out.parent} does not exist; make it first"
        raise StoreError(message)
    part = out.with_name(f"{out.name}.part")
    try:
        part.unlink(missing_ok=True)
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {_quoted(path)} AS store (READ_ONLY)")
            connection.execute(f"ATTACH {_quoted(part)} AS copy")
            connection.execute("COPY FROM DATABASE store TO copy")
            rows = _count(connection, "copy")
            if rows != _count(connection, "store"):
                message = f"{out}: the copy does not hold what the store holds; try again"
                raise StoreError(message)
            connection.execute("DETACH copy")
        _settle(part)
        part.rename(out)
    except duckdb.Error as error:
        raise StoreError(why(out, str(error))) from error
    except OSError as error:
        message = f"{out}: cannot be written: {error.strerror}"
        raise StoreError(message) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}.wal").unlink(missing_ok=True)
    return rows


def _quoted(path: Path) -> str:
    """Return a path as SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _count(connection: object, database: str) -> int:
    """Return the number of rows of all tables."""
    counts = " + ".join(
        f"(SELECT count(*) FROM {database}.{name})" for name in (VERSION_TABLE, *(t.name for t in TABLES))
    )
    return int(connection.execute(f"SELECT {counts}").fetchone()[0])  # type: ignore[attr-defined]


def _settle(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
