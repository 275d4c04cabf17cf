"""Dates: written days, months, years, decades, weekdays, and parts of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dragoman.reading import tree
from dragoman.reading.timex.choose import by_year, weekday_by_shift, weekday_by_tense
from dragoman.reading.timex.lexemes import Lexeme
from dragoman.reading.timex.meaning import Meaning, Reading, dated
from dragoman.reading.timex.period import Period, add_days, make_day, make_year, period_of

FISCAL = "fiscal"
# Bare figures are taken as a year without further signs between these (round hundreds never are).
LIKELY_YEARS = range(1900, 2060)
YEAR_PREPOSITIONS = frozenset({
    "in", "since", "by", "of", "from", "until", "till", "during", "before", "after", "through", "between", "for", "to",
    "(", "circa", "around", "late", "early", "summer", "spring", "winter", "autumn", "and", "or", "than", ",", "-", "—",
})  # fmt: skip


def _day(value: str) -> Period | None:
    parts = [int(part) for part in value.split("-")]
    day = make_day(parts[0], parts[1], parts[2])
    return Period("D", day) if day else None


def part_of(reading: Reading) -> str:
    """Return ``START``, ``MID`` or ``END`` when the match asks for a part of the period, else nothing."""
    lexeme = reading.get("part")
    return lexeme.value if lexeme is not None and lexeme.code in "Jj" else ""


def year_named(reading: Reading) -> int | None:
    """Return the year that the match names: in figures, or as "last year"; None when it names none."""
    if year := reading.get("year"):
        return int(year.number)
    shift, unit = reading.get("year_shift"), reading.get("year_unit")
    if shift and unit and unit.value == "Y" and reading.published:
        return reading.published.year + int(shift.value)
    return None


def day_of(reading: Reading) -> Meaning | None:
    """``the night of 5 May``, ``the morning of May 5, 2021``: a part of a day that is named."""
    found = month_day(reading)
    return at_time(found.period, reading["daypart"].value) if found and found.period else None


def week_of(reading: Reading) -> Meaning | None:
    """``the week of March 6``: the week that has the day."""
    found = month_day(reading)
    if reading["unit"].value != "W" or found is None or found.period is None:
        return None
    return dated(period_of("W", found.period.first))


def written_date(reading: Reading) -> Meaning | None:
    """``2023-09-12``, ``11/02/89``."""
    period = _day(reading["date"].value)
    return dated(period) if period else None


def month_day(reading: Reading) -> Meaning | None:
    """``Sept. 12``, ``Tuesday, December 3, 1991``, ``12 September``, ``Sept. 12-14``."""
    month, number = int(reading["month"].value), int(reading["day"].number)
    year = year_named(reading)

    def in_year(candidate: int) -> Period | None:
        day = make_day(candidate, month, number)
        return Period("D", day) if day else None

    if make_day(2000, month, number) is None or (reading["day"].code == "O" and _modifies(reading, "month")):
        return None
    if year is not None:
        period = in_year(year)
    else:
        period = by_year(
            in_year, reading.published, reading.direction("month"), firm=reading.is_firm("month")
        )
    end = reading.get("to")
    if period is None or end is None:
        return dated(period)
    last = make_day(period.first.year, month, int(end.number))
    if last is None or last < period.first:
        return dated(period)
    return replace(dated(period), value=f"{period.value}/{last.isoformat()}", last=last)


def _modifies(reading: Reading, name: str) -> bool:
    """Say whether the expression ends in an ordinal that belongs to a following noun ("May third parties")."""
    following = reading.following
    last = reading.lexemes[reading.match.end() - 1]
    return (
        last.code == "O" and following is not None
        and reading.article.tokens[last.first].head == following and reading[name].code != "D"
    )  # fmt: skip


def month(reading: Reading) -> Meaning | None:
    """``September 2023``, ``early September``, ``last March``, ``March of this year``, ``May`` (the month)."""
    number = int(reading["month"].value)
    shift = reading.get("shift")
    year = year_named(reading)
    if year is None and shift is None and _is_person(reading):
        return None

    def in_year(candidate: int) -> Period | None:
        first = make_day(candidate, number, 1)
        return Period("M", first) if first else None

    if year is not None:
        period = in_year(year)
    elif shift is not None:
        period = _shifted_month(reading, shift, number)
    else:
        period = by_year(
            in_year, reading.published, reading.direction("month"), firm=reading.is_firm("month")
        )
    return dated(period, part_of(reading))


def _is_person(reading: Reading) -> bool:
    """Tell "Theresa May" from the month: the name recogniser says so, or a given name stands before it."""
    article, i = reading.article, reading["month"].first
    given = [
        article.tokens[j] for j in tree.children(article, i, "compound") if article.tokens[j].pos == "PROPN"
    ]
    return article.tokens[i].entity == "PERSON" or any(token.i == i - 1 for token in given)


def _shifted_month(reading: Reading, shift: Lexeme, number: int) -> Period | None:
    """Return "last March" (before the current month), "next March", "this March" (of the year)."""
    base = reading.before.first if shift.code == "F" and reading.before else reading.published
    if base is None:
        return None
    steps = int(shift.value)
    year = base.year
    if steps > 0 and number <= base.month:
        year += 1
    if steps < 0 and number >= base.month:
        year -= 1
    first = make_day(year, number, 1)
    return Period("M", first) if first else None


def year(reading: Reading) -> Meaning | None:
    """``2019``, ``the early 1990``, ``mid-1996``, ``fiscal 1990``; bare figures only where they are a year."""
    lexeme = reading["year"]
    number = int(lexeme.number)
    plain = reading.match.end() - reading.match.start() == 1
    if plain and lexeme.last == lexeme.first + 1 and not _is_year(reading, lexeme, number):
        return None
    period = make_year(number)
    if period is None:
        return None
    if reading.has("fiscal"):
        return Meaning("DATE", period.value, precision="year", calendar=FISCAL)
    return dated(period, lexeme.value or part_of(reading))


def worded_year(reading: Reading) -> Meaning | None:
    """``the year two thousand``."""
    number = reading["count"].number
    return dated(make_year(int(number))) if reading["unit"].value == "Y" and number in LIKELY_YEARS else None


def fiscal_year(reading: Reading) -> Meaning:
    """``FY2023``, ``FY24``: which days it has depends on whose year it is, so it has none."""
    return Meaning("DATE", reading["fiscal"].value, precision="year", calendar=FISCAL)


def double_year(reading: Reading) -> Meaning | None:
    """``2023-24``: from one year into the next."""
    number, following = int(reading["year"].number), int(reading["day"].number)
    first, last = make_year(number), make_year(number + 1)
    if first is None or last is None or (number + 1) % 100 != following:
        return None
    return Meaning("DATE", f"{first.value}/{last.value}", first.first, last.last, "year")


def era_year(reading: Reading) -> Meaning | None:
    """``2566 B.E.``, ``Juche 112``: a year of another era, told in ours where the two go together by whole years."""
    shift, _, calendar = reading["era"].value.rpartition(" ")
    period = make_year(int(reading["count"].number) + int(shift)) if shift else None
    return replace(dated(period), precision="year", calendar=calendar)


def _is_year(reading: Reading, lexeme: Lexeme, number: int) -> bool:
    """Tell a year from a count: counts stand before plural nouns, percent signs and the like."""
    token = reading.article.tokens[lexeme.first]
    if not token.text.isdigit():
        return True
    after = reading.following
    tag = reading.article.tokens[after].tag if after is not None else ""
    if tag in {"NNS", "NNPS", "$", "CD"} or (
        after is not None and reading.article.tokens[after].lower in {"%", "percent"}
    ):
        return (
            number in LIKELY_YEARS
            and number % 10 != 0
            and reading.preceding not in {"some", "about", "nearly", "over"}
        )
    if reading.preceding in {
        "$",
        "€",
        "£",
        "no.",
        "number",
        "#",
        "some",
        "about",
        "nearly",
        "least",
        "than",
        "resolution",
    }:
        return False
    if number in LIKELY_YEARS:
        return True
    return reading.preceding in YEAR_PREPOSITIONS and tag not in {"NN", "NNP", "JJ"}


def decade(reading: Reading) -> Meaning | None:
    """``the 1990s``, ``mid-1990s``, ``the '90s``."""
    value, _, glued = reading["decade"].value.partition(" ")
    return dated(Period("E", date(int(value) * 10, 1, 1)), glued or part_of(reading))


def weekday(reading: Reading) -> Meaning | None:
    """``Wednesday``, ``last Wednesday``, ``late Tuesday``, ``Tuesday morning``, ``Monday next week``."""
    number = int(reading["weekday"].value)
    shift, base = reading.get("shift"), reading.published
    if shift is not None and shift.code == "F":
        base = reading.before.first if reading.before else None
    if base is None:
        return _part_of_day(reading, None)
    if week := reading.get("week_shift"):
        period = weekday_by_shift(number, period_of("W", base).shift(int(week.value)).first, 0)
    elif shift is not None:
        period = weekday_by_shift(number, base, int(shift.value))
    else:
        period = weekday_by_tense(number, base, reading.direction("weekday"), late=reading.late)
    return _part_of_day(reading, period)


def day_from_now(reading: Reading) -> Meaning | None:
    """``today``, ``yesterday morning``, ``tonight``; ``overnight`` runs into the next day."""
    steps, *parts = reading["day"].value.split()
    period = Period("D", reading.published).shift(int(steps)) if reading.published else None
    found = _part_of_day(reading, period, parts[0] if parts else "")
    if found.last is None or len(parts) <= 1:
        return found
    return replace(found, last=add_days(found.last, int(parts[1])))


def _part_of_day(reading: Reading, period: Period | None, part: str = "") -> Meaning:
    """Return a DATE, or with a part of the day a TIME."""
    daypart = reading.get("daypart")
    part = daypart.value if daypart is not None else part
    if not part:
        return dated(period)
    return at_time(period, part)


def at_time(period: Period | None, part: str) -> Meaning:
    """Return the TIME of a part of the day (``MO``) or of a clock time (``22:00``) on a day, known or not."""
    precision = "part_of_day" if part.isalpha() else "minute" if ":" in part and part[-2:] != "00" else "hour"
    if period is None or period.unit != "D":
        return Meaning("TIME", f"T{part}" if re.match(r"\d", part) else None, precision=precision)
    value = f"{period.value}T{part}"
    return Meaning("TIME", value, period.first, period.last, precision, period)
