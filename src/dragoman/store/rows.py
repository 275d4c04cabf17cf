"""Records as rows: the typed columns that a store is searched by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.model.actor import Actor, ActorSpan
from dragoman.model.event import CodedDocument, Event
from dragoman.model.report import Report
from dragoman.store.details import Printed, detail_rows
from dragoman.store.schema import EVENTS, REPORTS, Table
from dragoman.store.versions import address_of

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document stands in a store: the runs that brought and read it, and its place among its versions."""

    run: int
    read_run: int
    version: int = 1
    supersedes: str | None = None


def document_row(coded: CodedDocument, place: Place) -> Row:
    """Return the row of a document; until copies are looked for, each is the head of its own family."""
    document = coded.document
    return {
        "id": document.id,
        "run": place.run,
        "read_run": place.read_run,
        "reader_version": document.reader_version,
        "family": document.id,
        "outlet": document.outlet,
        "published": (document.published or "")[:10] or None,
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "address": address_of(document.url),
        "version": place.version,
        "supersedes": place.supersedes,
        "document": document.to_dict(),
        "sentences": [sentence.to_dict() for sentence in coded.sentences],
        "mentions": coded.mentions.to_dict(),
        "notes": [note.to_dict() for note in coded.notes],
    }


def read_rows(coded: CodedDocument) -> dict[Table, list[Row]]:
    """Return the rows of everything that was read from a document, table by table."""
    reports, events = report_rows(coded), event_rows(coded)
    details = detail_rows(
        Printed(
            id=coded.document.id,
            text=coded.document.text,
            reader_version=coded.document.reader_version,
            sentences=[sentence.to_dict() for sentence in coded.sentences],
            mentions=coded.mentions.to_dict(),
            reports=[row["record"] for row in reports],
            events=[row["record"] for row in events],
        )
    )
    return {REPORTS: reports, EVENTS: events, **details}


def report_rows(coded: CodedDocument) -> list[Row]:
    """Return one row a report, with the event it belongs to."""
    event_of = {report: event.id for event in coded.events for report in event.reports}
    return [
        {
            "id": report.id,
            "document": coded.document.id,
            "event": event_of.get(report.id),
            "number": number,
            "reader_version": coded.document.reader_version,
            "sources": _sources(coded, (report,)),
            "sentence": report.sentence,
            "start": report.start,
            "end": report.end,
            "text": report.text,
            **_what(report),
        }
        for number, report in enumerate(coded.reports)
    ]


def event_rows(coded: CodedDocument) -> list[Row]:
    """Return one row an event."""
    by_id = {report.id: report for report in coded.reports}
    return [
        {
            "id": event.id,
            "document": coded.document.id,
            "number": number,
            "reader_version": coded.document.reader_version,
            "independent": event.sources.independent,
            "conflicts": len(event.conflicts),
            "sources": _sources(coded, tuple(by_id[report] for report in event.reports)),
            **_what(event),
        }
        for number, event in enumerate(coded.events)
    ]


def _what(record: Report | Event) -> Row:
    """Return the columns that reports and events share."""
    time, place = record.time, record.place
    return {
        "event_type": record.event_type,
        "mode": record.mode,
        "cameo": record.cameo,
        "quad": record.quad,
        "goldstein": record.goldstein,
        "intensity": record.intensity,
        "symmetric": record.symmetric,
        "actor_codes": _codes(record.actors),
        "actor_names": _names(record.actors),
        "recipient_codes": _codes(record.recipients),
        "recipient_names": _names(record.recipients),
        "first_day": time.from_[:10] if time and time.from_ else None,
        "last_day": time.to[:10] if time and time.to else None,
        "place": place.name or place.text if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "factuality": record.factuality,
        "confidence": record.confidence,
        "record": record.to_dict(),
    }


def _codes(actors: tuple[Actor, ...] | tuple[ActorSpan, ...]) -> list[str]:
    return [actor.code for actor in actors if actor.code]


def _names(actors: tuple[Actor, ...] | tuple[ActorSpan, ...]) -> list[str]:
    """Return the names of the actors, and their words where a record has them."""
    words = [actor.name for actor in actors] + [
        actor.text for actor in actors if isinstance(actor, ActorSpan)
    ]
    return [word for word in dict.fromkeys(words) if word]


def _sources(coded: CodedDocument, reports: tuple[Report, ...]) -> list[str]:
    """Return the names, words and codes of all sources of the reports, the outlet among them."""
    found = [coded.document.outlet]
    for report in reports:
        for source in report.attribution:
            found += [source.name, source.text, source.code]
    return [word for word in dict.fromkeys(found) if word]
