"""Choosing the year, month or week that the words leave open, by the publication day and the clause's tense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dragoman.reading.timex.period import WEEK, Period, add_days
from dragoman.reading.timex.tense import FUTURE

# Days. A date without a year that the tense would put this far away is taken to lie on the other side when it is
# nearer there than `NEAR`: news writes "Nov. 17" only for days close by. Set on a quarter of TimeBank.
FAR, NEAR = 210, 150


def by_year(
    make: Callable[[int], Period | None], published: date | None, direction: int, *, firm: bool = False
) -> Period | None:
    """Return the period that ``make`` gives for the year that fits the direction; None when undated.

    Past: the last that has begun by the publication day; to come: the first that has not ended by then;
    open: as the past, which is what news tells. Unless the direction is ``firm``, the nearest where that leads far
    away and the other side is near.
    """
    if published is None:
        return None
    offered = [make(published.year + step) for step in (-1, 0, 1)]
    periods = [period for period in offered if period is not None]
    if not periods:
        return None
    nearest = min(periods, key=lambda period: distance(period, published))
    if direction == FUTURE:
        fitting = [period for period in periods if period.last >= published][:1]
    else:
        fitting = [period for period in periods if period.first <= published][-1:]
    if not fitting:
        return nearest
    far = (
        not (firm and direction)
        and distance(fitting[0], published) > FAR
        and distance(nearest, published) < NEAR
    )
    return nearest if far else fitting[0]


def distance(period: Period, day: date) -> int:
    """Return how many days lie between a period and a day; 0 inside."""
    if period.first <= day <= period.last:
        return 0
    return min(abs((period.first - day).days), abs((period.last - day).days))


def weekday_by_tense(weekday: int, published: date, direction: int, *, late: bool = False) -> Period:
    """Return the last such weekday up to the publication day, or the next from it on; ``weekday`` 1 is Monday.

    ``late`` says that the day was nearly over in UTC: then the next day counts too, which it already
    is further east.
    """
    if late and (weekday - published.isoweekday()) % WEEK == 1:
        return Period("D", add_days(published, 1))
    if direction == FUTURE:
        return Period("D", add_days(published, (weekday - published.isoweekday()) % WEEK))
    return Period("D", add_days(published, -((published.isoweekday() - weekday) % WEEK)))


def weekday_by_shift(weekday: int, day: date, steps: int) -> Period:
    """Return the weekday strictly before or after a day, or, with 0, the one of its week (Monday first)."""
    if steps > 0:
        return Period("D", add_days(day, (weekday - day.isoweekday() - 1) % WEEK + 1))
    if steps < 0:
        return Period("D", add_days(day, -((day.isoweekday() - weekday - 1) % WEEK + 1)))
    return Period("D", add_days(day, weekday - day.isoweekday()))
