"""Periods: days, weeks, months, quarters, seasons, years, decades, centuries, and steps between them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from dragoman.knowledge.times import HolidayRule

# Months in one period, for the units that are whole numbers of months.
MONTHS_IN = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}
PRECISION = {"D": "day", "W": "week", "WE": "week", "M": "month", "Q": "quarter", "H": "quarter", "S": "season",
             "Y": "year", "E": "decade", "C": "century"}  # fmt: skip
# First month of each season on the northern half of the globe, meteorological (as news uses them).
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SEASON_LENGTH = 3
# Months from the first day at which the thirds of a period begin and end.
THIRDS = {"Q": (0, 1, 2, 3), "S": (0, 1, 2, 3), "H": (0, 2, 4, 6), "Y": (0, 4, 8, 12), "E": (0, 36, 84, 120),
          "C": (0, 396, 804, 1200)}  # fmt: skip
SATURDAY = 5
WEEK = 7


@dataclass(frozen=True, slots=True)
class Period:
    """A period of one unit (a key of `PRECISION`), by its first day; ``season`` is a TIMEX3 code."""

    unit: str
    first: date
    season: str = ""

    @property
    def last(self) -> date:
        """Return the last day, included."""
        if self.unit == "D":
            return self.first
        if self.unit in {"W", "WE"}:
            return add_days(self.first, 6 if self.unit == "W" else 1)
        length = SEASON_LENGTH if self.unit == "S" else MONTHS_IN[self.unit]
        following = add_months(self.first, length)
        return add_days(following, -1) if following > self.first else date.max

    @property
    def value(self) -> str:
        """Return the TIMEX3 value, such as ``2023-09``, ``2023-W37``, ``2023-Q3``, ``199``."""
        year = f"{self.first.year:04d}"
        match self.unit:
            case "D":
                return self.first.isoformat()
            case "W" | "WE":
                iso = self.first.isocalendar()
                return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.unit == "WE" else "")
            case "M":
                return f"{year}-{self.first.month:02d}"
            case "Q" | "H":
                return f"{year}-{self.unit}{(self.first.month - 1) // MONTHS_IN[self.unit] + 1}"
            case "S":
                return f"{year}-{self.season}"
            case "E":
                return year[:3]
            case "C":
                return year[:2]
        return year

    def shift(self, steps: int) -> Period:
        """Return the period so many units later (earlier when negative); seasons go by years."""
        if self.unit in {"D", "W", "WE"}:
            return Period(self.unit, add_days(self.first, steps * (1 if self.unit == "D" else WEEK)))
        months = 12 if self.unit == "S" else MONTHS_IN[self.unit]
        return Period(self.unit, add_months(self.first, steps * months), self.season)


def add_days(day: date, days: int) -> date:
    """Return the day so many days later; stops at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where it has none; stops at the ends."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if year > MAXYEAR:
        return date.max
    if year < MINYEAR:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_of(unit: str, day: date) -> Period:
    """Return the period of that unit which holds the day."""
    if unit == "D":
        return Period(unit, day)
    if unit in {"W", "WE"}:
        return Period(unit, add_days(day, -day.weekday() + (SATURDAY if unit == "WE" else 0)))
    if unit in {"E", "C"}:
        length = 10 if unit == "E" else 100
        return Period(unit, date(max(day.year - day.year % length, 1), 1, 1))
    length = MONTHS_IN[unit]
    return Period(unit, date(day.year, (day.month - 1) // length * length + 1, 1))


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when there is none such (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def make_year(year: int) -> Period | None:
    """Return the year as a period; None outside the calendar."""
    return Period("Y", date(year, 1, 1)) if MINYEAR <= year <= MAXYEAR else None


def make_season(year: int, season: str) -> Period | None:
    """Return a season; winter belongs to the year in which it begins."""
    return Period("S", date(year, SEASON_MONTH[season], 1), season) if MINYEAR <= year <= MAXYEAR else None


def third(period: Period, part: str) -> tuple[date, date]:
    """Return the first, middle or last third (``START``, ``MID``, ``END``) of a period.

    Thirds end where people would cut: a year after April and August, a month after the 10th and 20th, a decade
    after three and seven years. Weeks and shorter are cut by days.
    """
    n = ("START", "MID", "END").index(part)
    if cuts := THIRDS.get(period.unit):
        marks = [add_months(period.first, months) for months in cuts]
    elif period.unit == "M":
        marks = [period.first, *(add_days(period.first, days) for days in (10, 20)), add_days(period.last, 1)]
    else:
        days = (period.last - period.first).days + 1
        marks = [add_days(period.first, days * cut // 3) for cut in range(4)]
    return marks[n], max(add_days(marks[n + 1], -1), marks[n])


def easter(year: int) -> date:
    """Return Western Easter Sunday (the anonymous Gregorian computus)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, left = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, rest = divmod(of_century, 4)
    weekday = (32 + 2 * left + 2 * quarter - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: HolidayRule, year: int) -> date:
    """Return the day on which a holiday falls in a year."""
    if rule.anchor == "easter":
        return add_days(easter(year), rule.shift)
    if rule.anchor in {"fixed", "once"}:
        return date(year, rule.month, rule.day)
    first, days = calendar.monthrange(year, rule.month)
    if rule.nth > 0:
        day = 1 + (rule.weekday - 1 - first) % WEEK + WEEK * (rule.nth - 1)
    else:
        day = days - (first + days - 1 - (rule.weekday - 1)) % WEEK
    return add_days(date(year, rule.month, day), rule.shift)
