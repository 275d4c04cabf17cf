"""Dates as pages, feeds, mails and tables write them, to ISO dates and date-times; nothing is made up.

A date that can be read in two ways (``03/04/2023``) is no date, and a time without a zone stays without.
"""

from __future__ import annotations

import calendar
import functools
import re
from datetime import UTC, date, datetime, timedelta, timezone

from dragoman.ingest.metadata import is_published
from dragoman.knowledge.tables import DATA, read_table

# Longer strings are no dates. Characters.
LONGEST = 120
# Seconds, and thousandths of them, since 1970: from 1990 to 2100. Other whole numbers are no dates.
EPOCH = (631_152_000, 4_102_444_800)
FIRST_YEAR, LAST_YEAR = 1700, 2100

MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAYS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4})(?!\d)"),
    re.compile(r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=$|T?(?:\d{4}|\d{6})(?:Z|$))"),
    # The asctime of C: Wed Sep 13 08:00:00 2023
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})\s+[\d:]+\s+(?:[A-Z]{{3,4}}\s+)?(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
)  # fmt: skip
_TIME = re.compile(
    r"(?<![\d:+-])(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?\s*(?:\(?(?P<zone>[+-]\d{2}:?\d{2}|[+-]\d{2}\b|[A-Za-z]{1,5}\b)\)?)?",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"\b(?P<hour>\d{1,2})\s*(?P<half>[ap])\.?m\b\.?\s*(?:\(?(?P<zone>[A-Z]{2,5})\b)?", re.IGNORECASE
)
_PACKED_TIME = re.compile(r"^T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z)?$")
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?$")
_AFTER_ZONE = re.compile(r"(?:GMT|UTC)\s*[+-]\s?\d{1,2}(?::?\d{2})?")


@functools.cache
def _zones() -> dict[str, str]:
    rows = read_table(DATA / "text" / "zones.tsv", ("name", "offset"))
    return {row["name"]: row["offset"] for row in rows}


def iso_date(words: object) -> str | None:
    """Return a date or date-time as ISO writes it (``2023-09-13T08:00:00+02:00``), or None if it is none.

    ``words`` may be a string, or a number of seconds or thousandths since 1970.
    """
    if isinstance(words, bool) or not isinstance(words, str | int | float):
        return None
    text = " ".join(str(words).split()) if not isinstance(words, str) or len(words) <= LONGEST else ""
    if is_published(text):
        return text
    if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
        return _from_epoch(float(text))
    for pattern in _DAYS:
        if (match := pattern.search(text)) and (day := _day(match)) is not None:
            return _with_time(day, text[: match.start()], text[match.end() :], match.group())
    return None


def _from_epoch(seconds: float) -> str | None:
    seconds = seconds / 1000 if seconds > EPOCH[1] else seconds
    if not EPOCH[0] <= seconds <= EPOCH[1]:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        year = int(parts["year"])
        if "first" in parts:
            first, second = int(parts["first"]), int(parts["second"])
            if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004 - either may be the month
                return None
            day, month = (first, second) if second <= 12 else (second, first)  # noqa: PLR2004
        else:
            day, month = int(parts["day"]), 0
            month = MONTHS.get(parts["month"][:3].lower()) or int(parts["month"])
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except (ValueError, TypeError):
        return None


def _with_time(day: date, before: str, after: str, whole: str) -> str:
    """Return the day with the time that stands beside it, if one does."""
    match = (
        _PACKED_TIME.search(after) or _TIME.search(after) or _HOUR.search(after)
        or _TIME.search(before) or _HOUR.search(before) or _TIME.search(whole)
    )  # fmt: skip
    if match is None:
        return day.isoformat()
    parts = match.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    later = _AFTER_ZONE.search(match.string[match.start() :])
    zone = later.group() if later else (parts.get("zone") or _trailing(after))
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(zone))
        return moment.isoformat()
    except (ValueError, OverflowError):
        return day.isoformat()


def _trailing(after: str) -> str:
    """Return a zone that stands at the end, apart from its time (``08:00:00 Z``)."""
    last = after.rsplit(maxsplit=1)[-1] if after.split() else ""
    return last if last.upper() in _zones() else ""


def _zone(words: str) -> timezone | None:
    words = words.upper().replace(" ", "")
    words = _zones().get(words, words)
    if (match := _OFFSET.fullmatch(words)) is None:
        return None
    sign, hours, minutes = match.groups()
    if int(hours) > 14 or int(minutes or 0) > 59:  # noqa: PLR2004 - no zone is further off
        return None
    return timezone((1 if sign == "+" else -1) * timedelta(hours=int(hours), minutes=int(minutes or 0)))
