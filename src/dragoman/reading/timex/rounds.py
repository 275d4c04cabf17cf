"""Dates by the round of the year: seasons, quarters, halves, centuries, holidays, days of the month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dragoman.reading.timex.choose import by_year, distance
from dragoman.reading.timex.dates import part_of, year_named
from dragoman.reading.timex.lexemes import LAST_DAY
from dragoman.reading.timex.meaning import Meaning, Reading, dated
from dragoman.reading.timex.period import (
    MONTHS_IN,
    Period,
    holiday,
    make_day,
    make_season,
    make_year,
    period_of,
)
from dragoman.reading.timex.tense import FUTURE, PAST

# Words before a season or a day of the month without which it is taken for something else.
SEASON_PREPOSITIONS = frozenset({"in", "by", "since", "until", "during"})
DAY_PREPOSITIONS = frozenset({"on", "of", "until", "by", "since", "from", "to", "before", "after"})
HALVES = 2
# Days; a feast of more is told as a month.
LONG_FEAST = 15
# Ordinals above are not those of a century that news can mean.
LAST_CENTURY = 30
# Days after its end for which a quarter is still the one that figures to come are about.
JUST_OVER = 92


def season(reading: Reading) -> Meaning | None:
    """``this summer``, ``the spring of 2022``, ``last winter``."""
    lexeme = reading["season"]
    year_number, shift = year_named(reading), reading.get("shift")
    if year_number is None and not _is_season(reading):
        return None
    if year_number is not None:
        return dated(make_season(year_number, lexeme.value), part_of(reading))
    if shift is not None and int(shift.value) and reading.published:
        period = by_year(lambda n: make_season(n, lexeme.value), reading.published, int(shift.value))
        if period is not None and period.first <= reading.published <= period.last:
            period = period.shift(int(shift.value))
        return dated(period, part_of(reading))
    found = by_year(lambda n: make_season(n, lexeme.value), reading.published, reading.direction("season"))
    return dated(found, part_of(reading))


def _is_season(reading: Reading) -> bool:
    """Tell a season from "the fall of the city", and from the verbs and names that look like one."""
    following = reading.following
    if following is not None and reading.article.tokens[following].lower == "of":
        return False
    return any(map(reading.has, ("det", "shift", "part"))) or reading.preceding in SEASON_PREPOSITIONS


def quarter(reading: Reading) -> Meaning | None:
    """``the third quarter``, ``last year's first half``, ``the fourth quarter of 1990``, ``the 20th century``."""
    unit, nth = reading["unit"].value, int(reading["nth"].number)
    if unit == "C" and 1 < nth <= LAST_CENTURY:
        return dated(Period("C", date((nth - 1) * 100, 1, 1)), part_of(reading))
    if unit not in {"Q", "H"} or nth > (4 if unit == "Q" else 2):
        return None
    year_number = year_named(reading)

    def in_year(candidate: int) -> Period | None:
        first = make_day(candidate, (nth - 1) * (3 if unit == "Q" else 6) + 1, 1)
        return Period(unit, first) if first else None

    if year_number is not None:
        period = in_year(year_number)
    elif reading.published is None:
        return Meaning("DATE", None) if unit == "Q" else None
    else:
        direction = reading.direction("unit")
        period = by_year(in_year, reading.published, PAST)
        if direction == FUTURE and period is not None and distance(period, reading.published) > JUST_OVER:
            period = by_year(in_year, reading.published, FUTURE)
    found = dated(period, part_of(reading))
    return replace(found, first=None, last=None) if reading.has("fiscal") else found


def written_quarter(reading: Reading) -> Meaning | None:
    """``Q3 2023``, ``H1``; without a year only where the article has a date."""
    lexeme, year_number = reading["written"], reading.get("year")
    unit, nth = lexeme.value, int(lexeme.number)
    if unit == "H" and nth > HALVES:
        return None
    months = MONTHS_IN[unit]

    def in_year(candidate: int) -> Period | None:
        first = make_day(candidate, (nth - 1) * months + 1, 1)
        return Period(unit, first) if first else None

    if year_number is not None:
        return dated(in_year(int(year_number.number)))
    return dated(by_year(in_year, reading.published, reading.direction("written")))


def feast(reading: Reading) -> Meaning | None:
    """``Christmas``, ``Easter 2024``, ``last Thanksgiving``, ``Ramadan`` (of which the table has all days)."""
    name = reading["holiday"].value
    rule = reading.calendar.holidays[name]
    year_number, shift = year_named(reading), reading.get("shift")
    spans = dict(reading.calendar.movable.get(name, ()))

    def in_year(candidate: int) -> Period | None:
        if rule.anchor == "movable":
            first = next((day for day in spans if day.year == candidate), None)
            return Period("D", first) if first else None
        return Period("D", holiday(rule, candidate)) if make_year(candidate) else None

    if rule.anchor == "once":
        return dated(in_year(rule.year))
    if year_number is not None:
        period = in_year(year_number)
    else:
        direction = int(shift.value) if shift is not None else reading.direction("holiday")
        firm = shift is not None or reading.is_firm("holiday")
        period = by_year(in_year, reading.published, direction, firm=firm)
    return _whole(period, spans)


def _whole(period: Period | None, spans: Mapping[date, date]) -> Meaning:
    """Return a feast with all its days, when it has more than one."""
    last = spans.get(period.first, period.first) if period else None
    if period is None or last is None or last == period.first:
        return dated(period)
    precision = "month" if (last - period.first).days > LONG_FEAST else "week"
    return Meaning("DATE", f"{period.value}/{last.isoformat()}", period.first, last, precision)


def ordinal_day(reading: Reading) -> Meaning | None:
    """``the 12th``: of the month named last, else of the month that fits the tense."""
    lexeme = reading["day"]
    number = int(lexeme.number)
    token = reading.article.tokens[lexeme.first]
    if not lexeme.value or not 1 <= number <= LAST_DAY or reading.preceding not in DAY_PREPOSITIONS:
        return None
    if token.head > token.i and reading.article.tokens[token.head].dep != "prep":
        return None
    before = reading.before
    if before is not None and before.unit in {"D", "M"}:
        day = make_day(before.first.year, before.first.month, number)
    elif reading.published is not None:
        step = _month_step(number, reading.published, reading.direction("day"))
        month = period_of("M", reading.published).shift(step).first
        day = make_day(month.year, month.month, number)
    else:
        day = None
    return dated(Period("D", day) if day else None)


def _month_step(number: int, published: date, direction: int) -> int:
    """Return -1, 0 or 1: the month before, of, or after the publication, by the tense."""
    if direction == FUTURE:
        return int(number < published.day)
    return -int(direction == PAST and number > published.day)
