"""Periods and holidays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.times import HolidayRule, load_calendar
from dragoman.reading.timex.period import PRECISION, add_months, easter, holiday, period_of, third

UNITS = sorted(set(PRECISION) - {"S", "WE"})


@given(st.dates(), st.sampled_from(UNITS))
def test_a_period_holds_the_day_it_is_made_from(day: date, unit: str) -> None:
    """First and last day enclose it, and each third lies inside."""
    period = period_of(unit, day)
    assert period.first <= day <= period.last
    for part in ("START", "MID", "END"):
        first, last = third(period, part)
        assert period.first <= first <= last <= period.last


@given(st.dates(date(1000, 1, 1), date(3000, 1, 1)), st.sampled_from(UNITS), st.integers(-9, 9))
def test_shifting_there_and_back_gives_the_same_period(day: date, unit: str, steps: int) -> None:
    """Steps are whole units."""
    period = period_of(unit, day)
    assert period.shift(steps).shift(-steps) == period


@pytest.mark.parametrize(
    ("year", "day"), [(1998, "04-12"), (2000, "04-23"), (2019, "04-21"), (2023, "04-09")]
)
def test_easter_falls_on_the_known_days(year: int, day: str) -> None:
    """Dates from printed calendars."""
    assert easter(year).isoformat() == f"{year}-{day}"


@pytest.mark.parametrize(
    ("name", "day"),
    [("thanksgiving", "2023-11-23"), ("memorial-day", "2023-05-29"), ("labor-day", "2023-09-04"),
     ("good-friday", "2023-04-07"), ("black-friday", "2023-11-24"), ("mlk-day", "2023-01-16")],
)  # fmt: skip
def test_holidays_fall_on_the_known_days(name: str, day: str) -> None:
    """Dates from printed calendars."""
    assert holiday(load_calendar().holidays[name], 2023).isoformat() == day


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 7), st.sampled_from([-1, 1, 2, 3, 4]))
def test_nth_weekday_is_that_weekday_of_that_month(year: int, month: int, weekday: int, nth: int) -> None:
    """Counted from either end."""
    day = holiday(HolidayRule("weekday", month=month, weekday=weekday, nth=nth), year)
    assert (day.year, day.month, day.isoweekday()) == (year, month, weekday)


def test_months_are_added_without_leaving_the_calendar() -> None:
    """The end of a longer month becomes the end of the shorter, and the calendar's ends hold."""
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(9999, 12, 1), 1) == date.max
    assert add_months(date(1, 1, 1), -1) == date.min
