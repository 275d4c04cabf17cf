"""Bulk writing: one transaction a batch, so that a store never holds half of one."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dragoman.model.event import CodedDocument
from dragoman.store.inserting import Row, insert, insert_blobs
from dragoman.store.rows import Place, document_row, read_rows
from dragoman.store.runs import Run, end, number_of
from dragoman.store.schema import DOCUMENTS, FAILURES, ORIGINALS, READ
from dragoman.store.versions import Version, address_of, newest

if TYPE_CHECKING:
    import duckdb

# zlib's own middle level: more takes three times as long for some 2 % less, on saved news pages.
COMPRESSION = 6


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was skipped, and why, in one line."""

    input: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOriginal:
    """What a document was read from, as it was; ``pieces`` map its text to the decoded original.

    A piece is (start in the text, end in the text, start in the decoded original), in code points.
    """

    document: str
    media_type: str
    encoding: str | None
    data: bytes
    pieces: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch added: counts of rows.

    ``known`` documents were there before and were left alone; ``versions`` of the added documents took the place of
    another at the same address.
    """

    documents: int = 0
    reports: int = 0
    events: int = 0
    failures: int = 0
    known: int = 0
    versions: int = 0

    def __add__(self, other: Written) -> Written:
        """Add up two batches."""
        return Written(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Written)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is written together; ``originals`` of documents that are known already are left out."""

    coded: Sequence[CodedDocument] = ()
    failures: Sequence[Failure] = ()
    originals: Sequence[StoredOriginal] = ()


def write_batch(connection: duckdb.DuckDBPyConnection, batch: Batch, run: Run | None) -> Written:
    """Write documents with all that was read from them, and failures; all of it or nothing.

    A document that the store has already (by its id) changes nothing, also when a newer reader
    would read it differently. The caller opens and closes the transaction. Without a run, the batch is one by itself.
    """
    new = {coded.document.id: coded for coded in batch.coded}
    known = known_documents(connection, list(new))
    fresh = [coded for id_, coded in new.items() if id_ not in known]
    missed = _new_failures(connection, batch.failures)
    if not fresh and not missed:
        return Written(known=len(batch.coded))
    version = fresh[0].document.reader_version if fresh else None
    number = number_of(connection, run or Run(), version)
    documents = _document_rows(connection, fresh, number)
    insert(connection, DOCUMENTS, documents)
    insert(
        connection,
        FAILURES,
        [
            {"input": each.input, "reason": each.reason, "run": number, "reader_version": version}
            for each in missed
        ],
    )
    _insert_originals(connection, batch.originals, {coded.document.id: coded for coded in fresh})
    reports, events = insert_read(connection, fresh)
    if run is None:
        end(connection, number)
    return Written(
        len(fresh), reports, events, len(missed), len(batch.coded) - len(fresh),
        sum(row["supersedes"] is not None for row in documents),
    )  # fmt: skip


def known_documents(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> set[str]:
    """Return those of the document ids that the store has."""
    if not ids:
        return set()
    found = connection.execute(
        "SELECT id FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]
    )
    return {id_ for (id_,) in found.fetchall()}


def insert_read(connection: duckdb.DuckDBPyConnection, coded: Iterable[CodedDocument]) -> tuple[int, int]:
    """Insert everything that was read from the documents; return the numbers of reports and events."""
    made = [read_rows(each) for each in coded]
    for table in READ:
        insert(connection, table, [row for rows in made for row in rows[table]])
    return tuple(sum(len(rows[table]) for rows in made) for table in READ[1:3])  # type: ignore[return-value]


def _document_rows(
    connection: duckdb.DuckDBPyConnection, fresh: Sequence[CodedDocument], run: int
) -> list[Row]:
    """Return the rows of new documents; each is the newest text at its address, in the order they come."""
    addresses = [address_of(coded.document.url) for coded in fresh]
    latest = newest(connection, [address for address in dict.fromkeys(addresses) if address])
    rows = []
    for coded, address in zip(fresh, addresses, strict=True):
        before = latest.get(address) if address else None
        number = before.number + 1 if before else 1
        supersedes = before.document if before else None
        rows.append(document_row(coded, Place(run=run, read_run=run, version=number, supersedes=supersedes)))
        if address:
            latest[address] = Version(coded.document.id, number)
    return rows


def _insert_originals(
    connection: duckdb.DuckDBPyConnection,
    originals: Iterable[StoredOriginal],
    fresh: dict[str, CodedDocument],
) -> None:
    """Insert the originals of new documents, compressed, one a document."""
    wanted = {each.document: each for each in originals if each.document in fresh}
    insert_blobs(
        connection,
        ORIGINALS,
        [
            {
                "document": id_,
                "media_type": each.media_type,
                "encoding": each.encoding,
                "size": len(each.data),
                "data": zlib.compress(each.data, COMPRESSION),
                "pieces": "[" + ",".join(f"[{start},{end},{at}]" for start, end, at in each.pieces) + "]",
                "reader_version": fresh[id_].document.reader_version,
            }
            for id_, each in wanted.items()
        ],
    )


def _new_failures(connection: duckdb.DuckDBPyConnection, failures: Sequence[Failure]) -> list[Failure]:
    """Return the failures that are not recorded yet."""
    if not failures:
        return []
    known = connection.execute(
        "SELECT input, reason FROM failures WHERE input IN (SELECT unnest(?::VARCHAR[]))",
        [[failure.input for failure in failures]],
    ).fetchall()
    there = set(known)
    return [each for each in dict.fromkeys(failures) if (each.input, each.reason) not in there]
