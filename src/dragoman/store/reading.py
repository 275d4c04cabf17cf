"""Typed reading: rows of a store back as records, a few hundred at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError
from dragoman.model.actor import ActorSpan
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument, Event
from dragoman.model.report import Mentions, Report
from dragoman.model.restore import restore
from dragoman.model.span import Bounds, Note, Span
from dragoman.store.query import Filters, conditions
from dragoman.store.search import stems_of
from dragoman.store.versions import SUPERSEDED
from dragoman.store.writing import Failure

if TYPE_CHECKING:
    import duckdb

# Rows fetched at once: keeps memory flat over any number of rows.
FETCH = 500


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the store, the family of copies it belongs to, and how much was read from it.

    ``supersedes`` is the id of the text that stood at the same address before, or null.
    """

    document: Document
    family: str
    reports: int
    events: int
    supersedes: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of the document, with ``family``, the two counts and ``supersedes``."""
        return {
            **self.document.to_dict(), "family": self.family, "reports": self.reports, "events": self.events,
            "supersedes": self.supersedes,
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
    made = conditions(filters, _stems(connection, filters.text))
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
    made = conditions(filters, _stems(connection, filters.text))
    query = f"SELECT record, document, event FROM reports {made.where()} ORDER BY first_day NULLS LAST, document, number"
    for record, document, event in _rows(connection, query, made.values):
        yield StoredReport(restore(Report, json.loads(record)), document, event)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilters:
    """Which documents to list; what is None does not matter.

    ``outlet``: part of its name. ``since``, ``until``: ISO dates of publication, both included. ``text``: words that title
    and text have all of, in any form and order. ``all_versions``: also texts that another at the same address has replaced.
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    all_versions: bool = False


def read_documents(
    connection: duckdb.DuckDBPyConnection, filters: DocumentFilters
) -> Iterator[StoredDocument]:
    """Yield the documents in the order they were written."""
    query = f"""
        SELECT document, family, supersedes,
            (SELECT count(*) FROM reports WHERE reports.document = documents.id),
            (SELECT count(*) FROM events WHERE events.document = documents.id)
        FROM documents
        WHERE ($outlet IS NULL OR contains(lower(outlet), lower($outlet)))
            AND ($since IS NULL OR published >= $since::DATE)
            AND ($until IS NULL OR published <= $until::DATE)
            AND ($stems IS NULL OR list_has_all(stems, $stems::VARCHAR[]))
            AND ($all_versions OR id NOT IN {SUPERSEDED})
        ORDER BY run, published NULLS LAST, id
    """
    values = {
        "outlet": filters.outlet, "since": filters.since, "until": filters.until,
        "stems": _stems(connection, filters.text), "all_versions": filters.all_versions,
    }  # fmt: skip
    for record, family, supersedes, reports, events in _rows(connection, query, values):
        yield StoredDocument(restore(Document, json.loads(record)), family, reports, events, supersedes)


def _stems(connection: duckdb.DuckDBPyConnection, words: str | None) -> list[str] | None:
    return None if words is None else stems_of(connection, words)


def read_coded(connection: duckdb.DuckDBPyConnection, *, all_versions: bool) -> Iterator[CodedDocument]:
    """Yield everything that was read from each document, as it was written, in the order it was."""
    query = f"""
        SELECT document, sentences, mentions, notes,
            (SELECT list(record ORDER BY number) FROM reports WHERE reports.document = documents.id),
            (SELECT list(record ORDER BY number) FROM events WHERE events.document = documents.id)
        FROM documents WHERE $all_versions OR id NOT IN {SUPERSEDED}
        ORDER BY run, published NULLS LAST, id
    """
    for document, sentences, mentions, notes, reports, events in _rows(
        connection, query, {"all_versions": all_versions}
    ):
        yield CodedDocument(
            restore(Document, json.loads(document)),
            tuple(restore(Bounds, each) for each in json.loads(sentences)),
            tuple(restore(Report, json.loads(each)) for each in reports or ()),
            restore(Mentions, json.loads(mentions)),
            tuple(restore(Event, json.loads(each)) for each in events or ()),
            tuple(restore(Note, each) for each in json.loads(notes)),
        )


def read_mentions(connection: duckdb.DuckDBPyConnection) -> Iterator[StoredMentions]:
    """Yield the newest version of every document with the actors that it names, in the order they were written."""
    query = (
        "SELECT document, sentences, mentions->'actors' FROM documents "
        f"WHERE id NOT IN {SUPERSEDED} ORDER BY run, published NULLS LAST, id"
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
