"""Whether a store is whole: keys, links between rows, spans against texts, records against their shape, counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.model.document import Document
from dragoman.model.event import Event
from dragoman.model.record import Record
from dragoman.model.report import Mentions, Report
from dragoman.model.restore import restore
from dragoman.store.schema import DOCUMENTS, EVENTS, READ, READINGS, REPORTS, TABLES
from dragoman.store.versions import address_of

if TYPE_CHECKING:
    import duckdb

# Documents whose records are looked at one by one unless all are asked for; the other checks see every row.
SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Fault(Record):
    """Something that is wrong: in which table, in how many rows, and one of them."""

    table: str
    what: str
    rows: int
    example: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.table}: {self.what}: {self.rows} row{'s' * (self.rows != 1)}, such as {self.example}"


def find_faults(connection: duckdb.DuckDBPyConnection, *, everything: bool) -> Iterator[Fault]:
    """Yield what is wrong with a store; of a whole one, nothing."""
    yield from _keys(connection)
    yield from _links(connection)
    yield from _spans(connection)
    yield from _counts(connection)
    yield from _records(connection, everything=everything)


def _found(
    connection: duckdb.DuckDBPyConnection, table: str, what: str, example: str, rest: str
) -> Iterator[Fault]:
    """Yield a fault if the query finds rows; ``example`` is the SQL of what to show of one."""
    row = connection.execute(f"SELECT count(*), min(CAST({example} AS VARCHAR)) {rest}").fetchone()
    if row and row[0]:
        yield Fault(table, what, row[0], row[1])


def _keys(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    for table in TABLES:
        key = ", ".join(f'"{name}"' for name in table.key)
        rest = f"FROM (SELECT {key} FROM {table.name} GROUP BY {key} HAVING count(*) > 1)"
        yield from _found(connection, table.name, f"stand there twice ({key})", f'"{table.key[0]}"', rest)


def _links(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Look for rows that name another which is not there."""
    links = [
        *((table.name, "document", "documents") for table in (*READ, READINGS)),
        ("originals", "document", "documents"), ("reports", "event", "events"), ("conflicts", "event", "events"),
        ("documents", "run", "runs"), ("documents", "read_run", "runs"), ("documents", "supersedes", "documents"),
        ("failures", "run", "runs"), ("readings", "run", "runs"), ("readings", "replaced", "runs"),
    ]  # fmt: skip
    for name, column, there in links:
        rest = f"FROM {name} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {there})"
        yield from _found(connection, name, f"name a {column} that is not in {there}", column, rest)
    rest = """FROM (SELECT id AS event, unnest(from_json(record->'reports', '["VARCHAR"]')) AS report FROM events) AS named
        WHERE NOT EXISTS (SELECT 1 FROM reports WHERE reports.id = named.report AND reports.event = named.event)"""
    yield from _found(connection, "events", "name a report that is not there or not theirs", "event", rest)
    for table in READ:
        rest = f"""FROM {table.name} AS read JOIN documents ON documents.id = read.document
            WHERE read.reader_version IS DISTINCT FROM documents.reader_version"""
        yield from _found(
            connection, table.name, "are of another reader than their document", "read.document", rest
        )


def _spans(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Look for words that do not stand where they are said to stand."""
    for table in READ:
        names = {column.name for column in table.columns}
        if not {"start", "end", "text"} <= names:
            continue
        rest = f"""FROM {table.name} AS read
            JOIN (SELECT id, document->>'text' AS whole FROM documents) AS texts ON texts.id = read.document
            WHERE read."start" IS NOT NULL
                AND substring(whole, read."start" + 1, read."end" - read."start") IS DISTINCT FROM read."text" """
        yield from _found(
            connection, table.name, "have words that do not stand in the text there", "read.document", rest
        )


def _counts(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Look for documents of which the tables by kind hold more or less than the records."""
    per = {
        "sentences": "json_array_length(sentences)",
        "actors": "json_array_length(mentions->'actors')",
        "places": "json_array_length(mentions->'places')",
        "times": "json_array_length(mentions->'times')",
        "attributions": "json_array_length(mentions->'attributions')",
    }
    for name, length in per.items():
        mentions = "" if name == "sentences" else " WHERE owned_by = 'document'"
        rest = f"""FROM (SELECT id, {length} AS told FROM documents) AS whole
            LEFT JOIN (SELECT document, count(*) AS held FROM {name}{mentions} GROUP BY document) AS each
                ON each.document = whole.id
            WHERE coalesce(held, 0) <> told"""
        yield from _found(connection, name, "are not as many as their document tells", "whole.id", rest)
    for table in (REPORTS, EVENTS):
        rest = f"""FROM (SELECT document FROM {table.name} GROUP BY document
            HAVING max(number) + 1 <> count(*) OR count(DISTINCT number) <> count(*)) AS odd"""
        yield from _found(connection, table.name, "are not numbered one after the other", "document", rest)


def _records(connection: duckdb.DuckDBPyConnection, *, everything: bool) -> Iterator[Fault]:
    """Look at whole records: whether they have the shape of this version, and agree with their columns."""
    limit = "" if everything else f"ORDER BY hash(id) LIMIT {SAMPLE}"
    cursor = connection.cursor()
    cursor.execute(f"SELECT id, document, mentions, address FROM documents {limit}")
    for rows in iter(lambda: cursor.fetchmany(100), []):
        for id_, document, mentions, address in rows:
            printed = json.loads(document)
            without_id = {name: value for name, value in printed.items() if name != "id"}
            if (
                "id" not in printed
                or not _is_shaped(Document, without_id)
                or not _is_shaped(Mentions, json.loads(mentions))
            ):
                yield Fault(DOCUMENTS.name, "hold a record of another shape", 1, id_)
            elif restore(Document, printed).id != id_ or printed["id"] != id_:
                yield Fault(DOCUMENTS.name, "have an id that their text and metadata do not give", 1, id_)
            elif address_of(printed["url"]) != address:
                yield Fault(DOCUMENTS.name, "have an address that their url does not give", 1, id_)
        wanted = [id_ for id_, *_ in rows]
        for table, kind in ((REPORTS, Report), (EVENTS, Event)):
            found = connection.execute(
                f"SELECT id, record FROM {table.name} WHERE document IN (SELECT unnest(?::VARCHAR[]))",
                [wanted],
            ).fetchall()
            for id_, record in found:
                printed = json.loads(record)
                if not _is_shaped(kind, printed) or printed["id"] != id_:
                    yield Fault(table.name, "hold a record of another shape or id", 1, id_)


def _is_shaped(kind: type[Record], printed: dict[str, Any]) -> bool:
    """Say whether a printed record is one of this kind: read back, it prints the same."""
    try:
        return _agrees(restore(kind, printed).to_dict(), printed)
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _agrees(again: Any, printed: Any) -> bool:  # noqa: ANN401 - any value of a printed record
    """Say whether what is printed again is what was printed; names that another dragoman has or lacks do not matter."""
    if isinstance(again, dict) and isinstance(printed, dict):
        return all(_agrees(value, printed[name]) for name, value in again.items() if name in printed)
    if isinstance(again, list) and isinstance(printed, list):
        return len(again) == len(printed) and all(map(_agrees, again, printed))
    return bool(again == printed)
