"""Readings replaced by those of another reader; the old ones are kept aside for a while."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.model.restore import restore
from dragoman.store.inserting import Row, delete, insert
from dragoman.store.rows import Place, document_row
from dragoman.store.runs import Run, end, number_of
from dragoman.store.schema import DOCUMENTS, READ, READINGS
from dragoman.store.writing import insert_read

if TYPE_CHECKING:
    import duckdb

# Documents fetched at once to be read again; bounds memory.
FETCH = 64


@dataclass(frozen=True, slots=True)
class Replaced:
    """What reading anew did: documents read, and those of them in which something else was found."""

    documents: int = 0
    changed: int = 0

    def __add__(self, other: Replaced) -> Replaced:
        """Add up two batches."""
        return Replaced(self.documents + other.documents, self.changed + other.changed)


def replace_batch(
    connection: duckdb.DuckDBPyConnection, batch: Sequence[CodedDocument], run: Run | None
) -> Replaced:
    """Put new readings in the place of those that the documents have; all of it or nothing.

    The caller opens and closes the transaction. Documents that the store does not have are left out.
    """
    new = {coded.document.id: coded for coded in batch}
    old = _present(connection, list(new))
    coded = [each for id_, each in new.items() if id_ in old]
    if not coded:
        return Replaced()
    number = number_of(connection, run or Run("reread"), coded[0].document.reader_version)
    readings = [_reading(old[each.document.id], each, number) for each in coded]
    # A run that reads a document twice keeps what was there before it.
    insert(connection, READINGS, [row for row in readings if row["run"] != number])
    ids = [each.document.id for each in coded]
    connection.execute("DELETE FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))", [ids])
    delete(connection, READ, ids)
    insert(connection, DOCUMENTS, [_row(each, old[each.document.id], number) for each in coded])
    insert_read(connection, coded)
    if run is None:
        end(connection, number)
    return Replaced(len(coded), sum(row["record"] is not None for row in readings))


def _present(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, Row]:
    """Return where each document stands, and its present reading."""
    cursor = connection.execute(
        """
        SELECT id, run, read_run, version, supersedes, family, reader_version,
            (SELECT list(record ORDER BY number) FROM reports WHERE reports.document = documents.id) AS reports,
            (SELECT list(record ORDER BY number) FROM events WHERE events.document = documents.id) AS events
        FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))
        """,
        [ids],
    )
    names = [name for name, *_ in cursor.description or ()]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


def _reading(old: Row, coded: CodedDocument, replaced: int) -> Row:
    """Return the row that keeps the old reading; it names no records when the new one found the same."""
    before = {name: [json.loads(record) for record in old[name] or ()] for name in ("reports", "events")}
    after = {
        "reports": [report.to_dict() for report in coded.reports],
        "events": [event.to_dict() for event in coded.events],
    }
    return {
        "document": coded.document.id,
        "run": old["read_run"],
        "replaced": replaced,
        "reader_version": old["reader_version"],
        "record": None if before == after else before,
    }


def _row(coded: CodedDocument, old: Row, run: int) -> Row:
    """Return the row of the document, in its old place."""
    place = Place(run=old["run"], read_run=run, version=old["version"], supersedes=old["supersedes"])
    return {**document_row(coded, place), "family": old["family"]}


def read_outdated(
    connection: duckdb.DuckDBPyConnection, version: str | None
) -> tuple[int, Iterator[Document]]:
    """Return how many documents were read by another reader than ``version`` (all, when None), and these.

    They come in the order they were written, and are fetched some at a time.
    """
    found = connection.execute(
        "SELECT id FROM documents WHERE $version IS NULL OR reader_version IS DISTINCT FROM $version "
        "ORDER BY run, published NULLS LAST, id",
        {"version": version},
    ).fetchall()
    return len(found), _documents(connection, [id_ for (id_,) in found])


def _documents(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> Iterator[Document]:
    for first in range(0, len(ids), FETCH):
        some = ids[first : first + FETCH]
        rows: list[Any] = connection.execute(
            "SELECT id, document FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))", [some]
        ).fetchall()
        records = {id_: json.loads(record) for id_, record in rows}
        for id_ in some:
            yield restore(Document, records[id_])


def forget(connection: duckdb.DuckDBPyConnection, keep: int) -> None:
    """Delete old readings but those that the last ``keep`` rereads replaced; the caller has the transaction."""
    connection.execute(
        "UPDATE runs SET kept = FALSE WHERE kept AND id IN "
        "(SELECT DISTINCT replaced FROM readings ORDER BY replaced DESC OFFSET ?)",
        [keep],
    )
    connection.execute("DELETE FROM readings WHERE replaced IN (SELECT id FROM runs WHERE NOT kept)")
