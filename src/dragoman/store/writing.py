"""Bulk writing: one transaction a batch, so that a store never holds half of one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.model.event import CodedDocument
from dragoman.store.rows import Row, document_row, event_rows, report_rows
from dragoman.store.schema import DOCUMENTS, EVENTS, FAILURES, REPORTS, RUNS, Table

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was skipped, and why, in one line."""

    input: str
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch added: counts of rows; ``known`` documents were there before and were left alone."""

    documents: int = 0
    reports: int = 0
    events: int = 0
    failures: int = 0
    known: int = 0

    def __add__(self, other: Written) -> Written:
        """Add up two batches."""
        return Written(
            self.documents + other.documents,
            self.reports + other.reports,
            self.events + other.events,
            self.failures + other.failures,
            self.known + other.known,
        )


def write_batch(
    connection: duckdb.DuckDBPyConnection, batch: Sequence[CodedDocument], failures: Sequence[Failure]
) -> Written:
    """Write documents with all that was read from them, and failures; all of it or nothing.

    A document that the store has already (by its id) changes nothing, also when a newer reader
    would read it differently. The caller opens and closes the transaction.
    """
    new = {coded.document.id: coded for coded in batch}
    known = known_documents(connection, list(new))
    fresh = [coded for id_, coded in new.items() if id_ not in known]
    missed = _new_failures(connection, failures)
    if fresh or missed:
        run = _start_run(connection, fresh)
        _insert(connection, DOCUMENTS, [document_row(coded, run=run) for coded in fresh])
        _insert(
            connection,
            FAILURES,
            [{"input": each.input, "reason": each.reason, "run": run} for each in missed],
        )
    reports = [row for coded in fresh for row in report_rows(coded)]
    events = [row for coded in fresh for row in event_rows(coded)]
    _insert(connection, REPORTS, reports)
    _insert(connection, EVENTS, events)
    return Written(len(fresh), len(reports), len(events), len(missed), len(batch) - len(fresh))


def known_documents(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> set[str]:
    """Return those of the document ids that the store has."""
    found = connection.execute("SELECT id FROM documents WHERE list_contains($ids, id)", {"ids": list(ids)})
    return {id_ for (id_,) in found.fetchall()}


def _new_failures(connection: duckdb.DuckDBPyConnection, failures: Sequence[Failure]) -> list[Failure]:
    """Return the failures that are not recorded yet."""
    known = connection.execute(
        "SELECT input, reason FROM failures WHERE list_contains($inputs, input)",
        {"inputs": [failure.input for failure in failures]},
    ).fetchall()
    return [each for each in dict.fromkeys(failures) if (each.input, each.reason) not in set(known)]


def _start_run(connection: duckdb.DuckDBPyConnection, fresh: Sequence[CodedDocument]) -> int:
    """Record that something is written now; return the number of the run."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()
    run = int(last[0]) + 1 if last else 1
    version = fresh[0].document.reader_version if fresh else None
    connection.execute(f"INSERT INTO {RUNS.name} VALUES (?, now()::TIMESTAMP, ?)", [run, version])
    return run


def _insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows in one statement: they travel as JSON, which DuckDB takes apart by the column types."""
    if not rows:
        return
    names = [name for name, _ in table.columns]
    shape = json.dumps(
        [{name: [kind.removesuffix("[]")] if kind.endswith("[]") else kind for name, kind in table.columns}]
    )
    ordered = [{name: row[name] for name in names} for row in rows]
    # A lone surrogate cannot be stored; it becomes a question mark, which keeps all offsets.
    packed = json.dumps(ordered, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    connection.execute(
        f"INSERT INTO {table.name} SELECT row_.* FROM (SELECT unnest(from_json(?::JSON, ?)) AS row_)",
        [packed, shape],
    )
