"""Dates by distance: "last year", "two days ago", "the following month", "the end of the year"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dragoman.reading.timex.dates import part_of
from dragoman.reading.timex.lexemes import Lexeme
from dragoman.reading.timex.meaning import Meaning, Reading, dated
from dragoman.reading.timex.period import MONTHS_IN, Period, add_days, add_months, period_of

# Periods coarser than a day that a whole-year distance keeps: "a year earlier" than a quarter is a quarter.
KEPT_UNITS = frozenset({"Q", "H", "M", "S"})
CALENDAR_UNITS = frozenset({"D", "W", "WE", "M", "Q", "H", "Y", "E", "C"})


def split_unit(value: str) -> tuple[int, str]:
    """Return how many of which unit a unit word stands for ("fortnight": 2, ``W``)."""
    return (int(value[0]), value[1:]) if value[:1].isdigit() else (1, value)


def go(day: date, unit: str, steps: int) -> date:
    """Return the day so many units away; units below a day do not move it."""
    if unit in MONTHS_IN:
        return add_months(day, steps * MONTHS_IN[unit])
    return add_days(day, steps * {"D": 1, "W": 7, "WE": 7}.get(unit, 0))


def shifted(reading: Reading) -> Meaning | None:
    """``last year``, ``early next week``, ``the same day``, ``that year``, ``later this month``."""
    shift, unit = reading["shift"], reading["unit"].value
    steps = int(shift.value)
    if unit not in CALENDAR_UNITS:
        return None
    if shift.code == "F" or (unit == "D" and reading.has("the")):
        if unit in {"Q", "H"} and (reading.before is None or reading.before.unit != unit):
            return Meaning("DATE", None)
        base = reading.before.first if reading.before else None
        return dated(period_of(unit, base).shift(steps) if base else None, part_of(reading))
    if unit == "D" and steps:
        return None
    if reading.published is None:
        return dated(None)
    if steps < 0 and reading.has("the") and not reading.has("part"):
        return past_stretch(reading.published, unit, 1)
    found = dated(period_of(unit, reading.published).shift(steps), part_of(reading))
    part = reading.get("part")
    if part is None or part.code != "B" or steps:
        return found
    if part.value.startswith("-"):
        return replace(found, last=reading.published)
    return replace(found, first=reading.published)


def past_stretch(published: date, unit: str, steps: int) -> Meaning:
    """Return "the past three months": a DURATION that ends on the publication day."""
    return Meaning("DURATION", duration_value(unit, steps), go(published, unit, -steps), published)


def duration_value(unit: str, count: float) -> str:
    """Return ``P3Y``, ``PT2H``, ``P1.5M``."""
    factor, unit = split_unit(unit)
    per, unit = {"E": (10, "Y"), "C": (100, "Y"), "Q": (3, "M"), "H": (6, "M")}.get(unit, (1, unit))
    count *= factor * per
    number = f"{count:g}" if abs(count) < 1e6 else str(int(count))  # noqa: PLR2004 - :g goes to exponents
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"


def vague_duration(unit: str) -> str:
    """Return ``PXM``, ``PTXH``: an amount that is not known of a unit."""
    _, unit = split_unit(unit)
    return f"PTX{unit[1:]}" if unit.startswith("T") else f"PX{unit}"


def distance(reading: Reading) -> Meaning | None:
    """``two days ago`` (from the publication), ``a year earlier`` (from the time named before)."""
    factor, unit = split_unit(reading["unit"].value)
    way, count = reading["way"].value, _count(reading.get("count"))
    sign = -1 if way[0] == "-" else 1
    base = _base(reading, way)
    if count is None:
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if base is None or count > 10_000:  # noqa: PLR2004 - beyond any calendar
        return dated(None)
    half = reading.get("half")
    if half is not None and half.value != "H":
        return None
    steps = sign * round(count * factor)
    if half is not None:
        unit, steps = ("M", sign * round((count + 0.5) * 12)) if unit == "Y" else (unit, steps)
    if unit == "Y" and way[1] == "T":
        return replace(_by_years(base, steps), period=None)
    if unit.startswith("T"):
        day = Period("D", base.first)
        return Meaning("TIME", None, day.first, day.last, "hour", day) if base.unit == "D" else dated(None)
    if unit == "Y" and base.unit in KEPT_UNITS:
        return replace(_by_years(base, steps), period=None)
    if unit == "WE":
        unit = "W"
    return dated(Period(unit, period_of(unit, go(base.first, unit, steps)).first))


def vague_distance(reading: Reading) -> Meaning:
    """``months ago``, ``hours later``: how far is not said."""
    return Meaning("DATE", "PAST_REF" if reading["way"].value.startswith("-") else "FUTURE_REF")


def _by_years(base: Period, years: int) -> Meaning:
    """Go so many years from a period: a quarter stays a quarter, a day becomes its year.

    Figures are compared with a year earlier again and again: such a date is none that later words go back to.
    """
    if base.unit not in KEPT_UNITS:
        return dated(period_of("Y", base.first).shift(years))
    return dated(base.shift(years if base.unit == "S" else years * 12 // MONTHS_IN[base.unit]))


def _base(reading: Reading, way: str) -> Period | None:
    """Return what the distance is counted from; a year from a quarter's figures is counted from that quarter."""
    published = Period("D", reading.published) if reading.published else None
    quarter = reading.before is not None and reading.before.unit in {"Q", "H"}
    if way[1] == "D":
        return reading.before if quarter and published and reading["unit"].value == "Y" else published
    return reading.before


def _count(lexeme: Lexeme | None) -> float | None:
    """Return the number, 1 for "a"; None for vague amounts."""
    if lexeme is None or lexeme.code == "A":
        return 1.0
    if lexeme.code == "Q":
        return None
    return lexeme.number


def definite(reading: Reading) -> Meaning | None:
    """``the end of the year``, ``the quarter``, ``year-end``: the one named before, else the current one."""
    unit = reading["unit"].value
    if unit not in CALENDAR_UNITS or unit == "D":
        return None
    before = reading.before
    if reading.has("part"):
        return dated(_current(reading, unit), part_of(reading) or "END")
    if unit in {"Q", "H"}:
        return dated(before if before is not None and before.unit == unit else _reported(reading, unit))
    if unit == "Y" and reading.preceding in {"for", "of", "in", "during"}:
        return dated(before if before is not None and before.unit == "Y" else _current(reading, unit))
    if unit == "WE" and reading.published:
        step = 0 if reading.direction("unit") > 0 or reading.published.weekday() >= 5 else -1  # noqa: PLR2004 - Saturday
        return dated(period_of("WE", reading.published).shift(step))
    return None


def _reported(reading: Reading, unit: str) -> Period | None:
    """Return the quarter or half that news speaks of as "the quarter": the last one that was over."""
    current = _current(reading, unit)
    return current.shift(-1) if current else None


def _current(reading: Reading, unit: str) -> Period | None:
    """Return the unit that holds the publication day."""
    return period_of(unit, reading.published) if reading.published else None


def same_period(reading: Reading) -> Meaning | None:
    """``the latest period``, ``the same period``: the one named before when it is a stretch of business."""
    return dated(
        reading.before if reading.before is not None and reading.before.unit in KEPT_UNITS | {"Y"} else None
    )


def year_ago(reading: Reading) -> Meaning | None:
    """``the year-earlier quarter``, ``year-ago``: the same period a year before."""
    unit = reading["unit"].value
    if unit != "Y" or not reading["way"].value.startswith("-"):
        return None
    if reading.before is not None and reading.before.unit in KEPT_UNITS:
        return replace(_by_years(reading.before, -1), period=None)
    return replace(
        dated(period_of("Y", reading.published).shift(-1) if reading.published else None), period=None
    )
