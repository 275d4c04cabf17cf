"""Events: what one or more reports are about."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.actor import Actor
from dragoman.model.document import Document
from dragoman.model.place import PlaceSpan
from dragoman.model.quantity import Quantity
from dragoman.model.record import Record
from dragoman.model.report import Mentions, Report
from dragoman.model.span import Bounds, Note
from dragoman.model.when import TimeSpan

CONFLICT_FIELDS = ("date", "place", "quantity", "actor", "recipient", "factuality")


@dataclass(frozen=True, slots=True)
class ConflictValue(Record):
    """One of several values of a field: which reports give it, and on whose word.

    ``said_by`` names sources; ``the article`` stands for the outlet itself. Of the value ``denied`` of ``factuality`` a
    report may be one of another event: that in which the claim as a whole was denied ("India denied it").
    """

    value: str
    reports: tuple[str, ...]
    said_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict(Record):
    """A field of an event on which its reports disagree; ``field`` is one of `CONFLICT_FIELDS`."""

    field: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, slots=True)
class SourceCount(Record):
    """How many documents, outlets and independent sources stand behind an event."""

    documents: int
    outlets: int
    independent: int


@dataclass(frozen=True, slots=True)
class Event(Record):
    """One event with the ids of its reports. The other fields are those of its best report."""

    id: str
    reports: tuple[str, ...]
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad: int
    goldstein: float | None
    intensity: float | None
    symmetric: bool
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    time: TimeSpan | None
    place: PlaceSpan | None
    factuality: str
    quantities: tuple[Quantity, ...]
    confidence: float
    sources: SourceCount
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class CodedDocument(Record):
    """Everything read from one document; `dragoman.code` returns it."""

    document: Document
    sentences: tuple[Bounds, ...]
    reports: tuple[Report, ...]
    mentions: Mentions
    events: tuple[Event, ...]
    notes: tuple[Note, ...]
