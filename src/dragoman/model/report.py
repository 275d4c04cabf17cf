"""Reports: one statement in one sentence that an event happened, will, might, or did not."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.actor import ActorSpan
from dragoman.model.place import PlaceSpan
from dragoman.model.quantity import Quantity
from dragoman.model.record import Record
from dragoman.model.speech import Attribution, Source
from dragoman.model.when import TimeMention, TimeSpan

# How the rule of a report begins whose trigger denies a claim as a whole; the words of that claim follow.
DENIES = "denies: "
FACTUALITIES = ("actual", "planned", "possible", "hypothetical", "demanded", "denied")


@dataclass(frozen=True, slots=True)
class Report(Record):
    """One report. ``start``, ``end``, ``text`` are the trigger's words; ``sentence`` an index.

    ``event_type`` and ``mode`` and ``contexts`` are PLOVER's; ``cameo`` a CAMEO code; ``quad``
    GDELT's quad class 1–4; ``goldstein`` −10…10; ``intensity`` the PLOVER score −10…10.
    ``factuality`` is relative to the innermost source; ``attribution`` runs from the outermost
    source in, and is empty when the outlet speaks for itself. ``rules`` says what decided.
    """

    id: str
    sentence: int
    start: int
    end: int
    text: str
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad: int
    goldstein: float | None
    intensity: float | None
    symmetric: bool
    actors: tuple[ActorSpan, ...]
    recipients: tuple[ActorSpan, ...]
    time: TimeSpan | None
    place: PlaceSpan | None
    factuality: str
    attribution: tuple[Source, ...]
    quantities: tuple[Quantity, ...]
    confidence: float
    field_confidence: dict[str, float]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentions(Record):
    """All actors, places, times and attributions of the article, also those in no report."""

    actors: tuple[ActorSpan, ...]
    places: tuple[PlaceSpan, ...]
    times: tuple[TimeMention, ...]
    attributions: tuple[Attribution, ...]
