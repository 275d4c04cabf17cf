"""Speech: who says what, through whom."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.record import Record
from dragoman.model.span import Span

SOURCE_KINDS = (
    "outlet",
    "agency",
    "official",
    "organisation",
    "expert",
    "witness",
    "document",
    "anonymous",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class Source(Span):
    """One link of an attribution chain: the words of the source, what it is, and the cue word."""

    name: str | None
    code: str | None
    kind: str
    cue: str


@dataclass(frozen=True, slots=True)
class Attribution(Record):
    """A source, the cue that ties it to what it says, and the pieces of what it says.

    ``kind`` is direct (quoted), indirect, or mixed. As in PolNeAR, a source or cue may be absent.
    """

    source: Source | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
