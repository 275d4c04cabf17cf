"""Actors: who acts and who is acted upon."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.record import Record
from dragoman.model.span import Span


@dataclass(frozen=True, slots=True)
class Actor(Record):
    """A political actor, apart from the words that name it.

    ``country`` is an ISO 3166-1 alpha-3 code, or a PLOVER code for what is no state (IGO, NGO, …).
    ``sector`` is a PLOVER sector (GOV, MIL, …). ``code`` is the two joined: ``PRKGOV``, ``IGOUNO``.
    Each is null when the words do not give it. ``id`` names the entry of the knowledge files.
    """

    name: str | None
    code: str | None
    country: str | None
    sector: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class ActorSpan(Span):
    """An actor together with the words that name it."""

    name: str | None
    code: str | None
    country: str | None
    sector: str | None
    id: str | None
