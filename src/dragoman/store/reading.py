"""Typed reading: rows of a store back as records, a few hundred at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError
from dragoman.model.actor import ActorSpan
from dragoman.model.document import Document
from dragoman.model.event import Event
from dragoman.model.report import Report
from dragoman.model.restore import restore
from dragoman.model.span import Bounds, Span
from dragoman.store.query import Filters, conditions
from dragoman.store.writing import Failure

if TYPE_CHECKING:
    import duckdb

# Rows fetched at once: keeps memory flat over any number of rows.
FETCH = 500


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the store, the family of copies it belongs to, and how much was read from it."""

    document: Document
    family: str
    reports: int
    events: int

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of the document, with ``family`` and the two counts."""
        return {
            **self.document.to_dict(), "family": self.family, "reports": self.reports, "events": self.events,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report of the store, with the ids of its document and of the event it belongs to."""

    report: Report
    document: str
    event: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of the report, with ``document`` and ``event``."""
        return {**self.report.to_dict(), "document": self.document, "event": self.event}


@dataclass(frozen=True, slots=True)
class StoredMentions:
    """A document of the store with its sentences and the actors that it names."""

    document: Document
    sentences: tuple[Bounds, ...]
    actors: tuple[ActorSpan, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report of an event, the document it stands in, and the sentence of it."""

    report: Report
    document: Document
    sentence: Span

    def to_dict(self) -> dict[str, Any]:
        """Return the report, the sentence, and the document without its text."""
        document = self.document.to_dict()
        del document["text"]
        return {"report": self.report.to_dict(), "sentence": self.sentence.to_dict(), "document": document}


def read_events(connection: duckdb.DuckDBPyConnection, filters: Filters) -> Iterator[Event]:
    """Yield the events that pass the filters, by date, the undated last."""
    made = conditions(filters)
    query = f"SELECT record FROM events {made.where()} ORDER BY first_day NULLS LAST, document, number"
    for (record,) in _rows(connection, query, made.values):
        yield restore(Event, json.loads(record))


def read_reports(connection: duckdb.DuckDBPyConnection, filters: Filters) -> Iterator[StoredReport]:
    """Yield the reports that pass the filters, by date, the undated last.

    Raises:
        UsageError: the filters ask for a number of sources, which only events have.
    """
    if filters.min_sources is not None:
        message = "only events have a number of sources: use it with events"
        raise UsageError(message)
    made = conditions(filters)
    query = f"SELECT record, document, event FROM reports {made.where()} ORDER BY first_day NULLS LAST, document, number"
    for record, document, event in _rows(connection, query, made.values):
        yield StoredReport(restore(Report, json.loads(record)), document, event)


def read_documents(
    connection: duckdb.DuckDBPyConnection,
    *,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Iterator[StoredDocument]:
    """Yield the documents in the order they were written; ``outlet`` is part of its name, dates are ISO."""
    query = """
        SELECT document, family, id,
            (SELECT count(*) FROM reports WHERE reports.document = documents.id),
            (SELECT count(*) FROM events WHERE events.document = documents.id)
        FROM documents
        WHERE ($outlet IS NULL OR contains(lower(outlet), lower($outlet)))
            AND ($since IS NULL OR published >= $since::DATE)
            AND ($until IS NULL OR published <= $until::DATE)
        ORDER BY run, published NULLS LAST, id
    """
    for record, family, _, reports, events in _rows(
        connection, query, {"outlet": outlet, "since": since, "until": until}
    ):
        yield StoredDocument(restore(Document, json.loads(record)), family, reports, events)


def read_mentions(connection: duckdb.DuckDBPyConnection) -> Iterator[StoredMentions]:
    """Yield every document with the actors that it names, in the order they were written."""
    query = (
        "SELECT document, sentences, mentions->'actors' FROM documents ORDER BY run, published NULLS LAST, id"
    )
    for document, sentences, actors in _rows(connection, query, {}):
        yield StoredMentions(
            restore(Document, json.loads(document)),
            tuple(restore(Bounds, sentence) for sentence in json.loads(sentences)),
            tuple(restore(ActorSpan, actor) for actor in json.loads(actors)),
        )


def read_event(connection: duckdb.DuckDBPyConnection, id_: str) -> Event:
    """Return the event whose id is, or begins with, ``id_``.

    Raises:
        UsageError: there is none, or more than one.
    """
    query = "SELECT id, record FROM events WHERE starts_with(id, $id) ORDER BY id LIMIT 2"
    found = connection.execute(query, {"id": id_}).fetchall()
    if not id_ or not found:
        message = f"no event {id_!r} in this store; `dragoman events` lists them"
        raise UsageError(message)
    if len(found) > 1 and found[0][0] != id_:
        message = f"more than one event begins with {id_!r}; give more of the id"
        raise UsageError(message)
    return restore(Event, json.loads(found[0][1]))


def read_evidence(connection: duckdb.DuckDBPyConnection, event: Event) -> list[Evidence]:
    """Return the reports of an event, each with where it stands, in the event's order."""
    query = """
        SELECT reports.id, reports.record, documents.document, documents.sentences
        FROM reports JOIN documents ON documents.id = reports.document
        WHERE list_contains($ids, reports.id)
    """
    found = {
        id_: _evidence(json.loads(report), json.loads(document), json.loads(sentences))
        for id_, report, document, sentences in _rows(connection, query, {"ids": list(event.reports)})
    }
    return [found[id_] for id_ in event.reports]


def _evidence(printed: dict[str, Any], document: dict[str, Any], sentences: list[dict[str, int]]) -> Evidence:
    report = restore(Report, printed)
    start, end = sentences[report.sentence]["start"], sentences[report.sentence]["end"]
    return Evidence(report, restore(Document, document), Span(start, end, document["text"][start:end]))


def read_failures(connection: duckdb.DuckDBPyConnection) -> Iterator[Failure]:
    """Yield the inputs that were skipped, in the order they were."""
    for input_, reason in _rows(connection, "SELECT input, reason FROM failures ORDER BY run, input", {}):
        yield Failure(input_, reason)


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: dict[str, Any]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query; each runs on a cursor of its own, so that several may be open."""
    cursor = connection.cursor()
    cursor.execute(query, values)
    while rows := cursor.fetchmany(FETCH):
        yield from rows
