"""Runs: each time that something was written. One that was stopped or killed goes on under its old number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dragoman.model.record import Record

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Run:
    """What a run is called and what it was asked to read, as a hash; it gets its number with its first batch."""

    kind: str = "ingest"
    inputs: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRun(Record):
    """A run of the store: its number, what it was, its times (UTC, ISO), how many documents it brought and read."""

    id: int
    kind: str
    reader_version: str | None
    started: str
    ended: str | None
    documents: int
    read: int


def number_of(connection: duckdb.DuckDBPyConnection, run: Run, reader_version: str | None) -> int:
    """Return the number of the run, after noting that it starts; an unfinished one with the same inputs goes on.

    A run that was begun by another reader does not go on: what each run read is told apart by it.
    """
    unfinished = _unfinished(connection, run)
    if unfinished is not None and unfinished[1] in {None, reader_version}:
        connection.execute(
            "UPDATE runs SET reader_version = coalesce(reader_version, ?) WHERE id = ?",
            [reader_version, unfinished[0]],
        )
        return unfinished[0]
    last = connection.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()
    number = int(last[0]) + 1 if last else 1
    connection.execute(
        "INSERT INTO runs (id, started, reader_version, kind, inputs, kept) VALUES (?, ?, ?, ?, ?, TRUE)",
        [number, _now(), reader_version, run.kind, run.inputs],
    )
    return number


def end(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Note that a run is done."""
    connection.execute("UPDATE runs SET ended = ? WHERE id = ? AND ended IS NULL", [_now(), number])


def _now() -> datetime:
    """Return the time, UTC, as DuckDB's TIMESTAMP has it: without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def end_unfinished(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Note that a run is done which was stopped after its last batch, and found nothing more to write."""
    unfinished = _unfinished(connection, run)
    if unfinished is not None:
        end(connection, unfinished[0])


def _unfinished(connection: duckdb.DuckDBPyConnection, run: Run) -> tuple[int, str | None] | None:
    """Return number and reader of the last run, if it has the same kind and inputs and was not ended."""
    row = connection.execute(
        "SELECT id, reader_version FROM runs "
        "WHERE id = (SELECT max(id) FROM runs) AND kind = ? AND inputs = ? AND ended IS NULL",
        [run.kind, run.inputs],
    ).fetchone()
    return (int(row[0]), row[1]) if row else None


def read_runs(connection: duckdb.DuckDBPyConnection) -> list[StoredRun]:
    """Return all runs, the first first."""
    query = """
        SELECT runs.id, kind, runs.reader_version, started, ended,
            (SELECT count(*) FROM documents WHERE documents.run = runs.id),
            (SELECT count(*) FROM documents WHERE documents.read_run = runs.id)
                + (SELECT count(*) FROM readings WHERE readings.run = runs.id)
        FROM runs ORDER BY runs.id
    """
    return [_run(row) for row in connection.execute(query).fetchall()]


def _run(row: tuple[Any, ...]) -> StoredRun:
    id_, kind, version, started, ended, documents, read = row
    return StoredRun(
        id_, kind, version, started.isoformat(timespec="seconds"),
        ended.isoformat(timespec="seconds") if ended else None, documents, read,
    )  # fmt: skip
