"""Times, as in TIMEX3 (ISO-TimeML), with the interval of days they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.model.span import Span

PRECISIONS = (
    "minute",
    "hour",
    "part_of_day",
    "day",
    "week",
    "month",
    "season",
    "quarter",
    "year",
    "decade",
    "century",
)


@dataclass(frozen=True, slots=True)
class TimeSpan(Span):
    """When, by the words: first and last day as ISO dates, both included.

    ``from_`` and ``to`` are null and ``anchored`` is false when the text gives no way to know.
    ``precision`` is one of `PRECISIONS`, or null for durations and sets.
    """

    from_: str | None = field(metadata={"key": "from"})
    to: str | None
    precision: str | None
    anchored: bool


@dataclass(frozen=True, slots=True)
class TimeMention(TimeSpan):
    """A time expression of the article.

    ``value`` and ``type`` are those of TIMEX3: ``2023-09-12``, ``P3Y``, ``PAST_REF``; ``DATE``,
    ``TIME``, ``DURATION``, ``SET``. ``value`` is null when it depends on an unknown date. ``calendar`` names the era or
    reckoning where the words are not of the Gregorian calendar (buddhist, juche, minguo, hijri, fiscal); value and days are
    Gregorian all the same, or null.
    """

    value: str | None
    type: str
    calendar: str | None = None
