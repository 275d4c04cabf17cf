"""Speech: who says what, through whom, and how they stand to it."""

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
# How a source stands to what it is said to say. ``states`` is plain telling; ``confirms`` and ``admits`` what others said before, the second
# against oneself; ``claims`` what the teller leaves open; ``asks`` also demands; ``declines`` to say anything;
# ``addresses`` is an attitude to something without vouching for it.
STANCES = (
    "states",
    "confirms",
    "admits",
    "claims",
    "denies",
    "warns",
    "fears",
    "hopes",
    "expects",
    "believes",
    "asks",
    "declines",
    "addresses",
)


@dataclass(frozen=True, slots=True)
class Source(Span):
    """One link of an attribution chain: the words of the source, what it is, and the cue word.

    ``stance`` is one of `STANCES`: how this source stands to what the next link, or the report, says. ``cue`` is empty
    where no word ties the source to it: a quote that goes on, an agency in a dateline.
    """

    name: str | None
    code: str | None
    kind: str
    cue: str
    stance: str = "states"


@dataclass(frozen=True, slots=True)
class Attribution(Record):
    """A source, the cue that ties it to what it says, and the pieces of what it says.

    ``kind`` is direct (quoted), indirect, or mixed; ``stance`` one of `STANCES`. As in PolNeAR, a source or cue may be
    absent; ``content`` is empty where a source declines to say anything.
    """

    source: Source | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
    stance: str = "states"
