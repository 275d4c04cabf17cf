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

    def is_same(self, other: Actor) -> bool:
        """Say whether both are one: by id, or by the same name and code."""
        if self.id is not None and self.id == other.id:
            return True
        return self.name == other.name and self.code == other.code


@dataclass(frozen=True, slots=True)
class ActorSpan(Span):
    """An actor together with the words that name it."""

    name: str | None
    code: str | None
    country: str | None
    sector: str | None
    id: str | None
