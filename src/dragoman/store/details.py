"""A coded document as rows of the tables by kind: sentences, actors, places, times and the rest.

Works on printed records (`Record.to_dict`), so that a store written by an older dragoman, whose records may lack a field,
is brought up to date by the same functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.store.schema import ACTORS, ATTRIBUTIONS, CONFLICTS, PLACES, QUANTITIES, SENTENCES, TIMES, Table

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The records of one document, as printed."""

    id: str
    text: str
    reader_version: str | None
    sentences: Sequence[Row]
    mentions: Row
    reports: Sequence[Row]
    events: Sequence[Row]


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose details: the columns that all of them begin with, and the printed record they stand in."""

    columns: Row
    record: Row
    is_mention: bool = False


def detail_rows(printed: Printed) -> dict[Table, list[Row]]:
    """Return the rows of each of these tables, in the order of the text."""
    owners = list(_owners(printed))
    common = {"document": printed.id, "reader_version": printed.reader_version}
    return {
        SENTENCES: [
            {**common, "number": number, **_cut(printed.text, each)}
            for number, each in enumerate(printed.sentences)
        ],
        ACTORS: [row for owner in owners for row in _actors(owner)],
        PLACES: [row for owner in owners for row in _all(owner, "places", "place")],
        TIMES: [_days(row) for owner in owners for row in _all(owner, "times", "time")],
        ATTRIBUTIONS: [row for owner in owners for row in _attributions(owner)],
        QUANTITIES: [
            row for owner in owners for row in _numbered(owner, owner.record.get("quantities") or ())
        ],
        CONFLICTS: [row for event in printed.events for row in _conflicts(common, event)],
    }


def _owners(printed: Printed) -> Iterator[_Owner]:
    common = {"document": printed.id, "reader_version": printed.reader_version}
    yield _Owner({**common, "owner": printed.id, "owned_by": "document"}, printed.mentions, is_mention=True)
    for kind, records in (("report", printed.reports), ("event", printed.events)):
        for record in records:
            yield _Owner({**common, "owner": record["id"], "owned_by": kind}, record)


def _cut(text: str, bounds: Row) -> Row:
    start, end = bounds["start"], bounds["end"]
    return {"start": start, "end": end, "text": text[start:end]}


def _numbered(owner: _Owner, spans: Sequence[Row], **more: object) -> list[Row]:
    return [{**owner.columns, **more, "number": number, **span} for number, span in enumerate(spans)]


def _all(owner: _Owner, many: str, one: str) -> list[Row]:
    """Return the mentions of a document, or the one of a report or event."""
    if owner.is_mention:
        return _numbered(owner, owner.record[many])
    return _numbered(owner, [owner.record[one]] if owner.record[one] else [])


def _actors(owner: _Owner) -> Iterator[Row]:
    """Yield the actors of one owner; those of events have no words of their own."""
    sides = (
        (("mention", "actors"),) if owner.is_mention else (("actor", "actors"), ("recipient", "recipients"))
    )
    for role, name in sides:
        for row in _numbered(owner, owner.record[name], role=role):
            yield {"start": None, "end": None, "text": None, **row, "entry": row["id"]}


def _days(row: Row) -> Row:
    return {**row, "first_day": (row["from"] or "")[:10] or None, "last_day": (row["to"] or "")[:10] or None}


def _attributions(owner: _Owner) -> list[Row]:
    """Return the sources of a report, the outermost first, or what is said in a document; events have none."""
    if not owner.is_mention:
        return _numbered(owner, owner.record.get("attribution") or ())
    nobody = dict.fromkeys(("start", "end", "text", "name", "code", "kind"))
    return _numbered(
        owner,
        [
            {
                **(said["source"] or nobody),
                "cue": said["cue"] and said["cue"]["text"],
                "stance": said.get("stance"),
                "speech": said["kind"],
                "content": said["content"],
            }
            for said in owner.record["attributions"]
        ],
    )


def _conflicts(common: Row, event: Row) -> Iterator[Row]:
    for conflict in event["conflicts"]:
        for number, value in enumerate(conflict["values"]):
            yield {**common, "event": event["id"], "field": conflict["field"], "number": number, **value}
