"""Durations and sets: "three years", "the past few weeks", "every Monday"; and points without a date."""

from __future__ import annotations

from dragoman.reading.timex.dates import at_time
from dragoman.reading.timex.meaning import Meaning, Reading, dated
from dragoman.reading.timex.period import Period, period_of
from dragoman.reading.timex.relative import duration_value, go, past_stretch, split_unit, vague_duration
from dragoman.reading.timex.tense import FUTURE

# Longer durations are kept as values, but have no place in a calendar.
LONGEST = 5000
DATE_UNITS = frozenset({"D", "W", "M", "Y", "E", "C", "Q"})
# "Hours after the vote".
TYING_WORDS = frozenset({"after", "before"})
BARE_PREPOSITIONS = frozenset({"for", "in", "over", "within", "after", "of", "during", "through"})


def duration(reading: Reading) -> Meaning | None:
    """``three years``, ``about two weeks``, ``the past three months``, ``in two days`` (a DATE when to come)."""
    factor, unit = split_unit(reading["unit"].value)
    counted = reading["count"]
    if unit == "H" or (unit in {"Q", "C"} and (counted.code == "A" or reading.has("tie"))):
        return None
    if counted.code == "A" and _is_rate(reading):
        return None
    if counted.code == "Q":
        return Meaning("DURATION", vague_duration(unit))
    half = reading.get("half") or reading.get("half_after")
    if (half is not None and half.value != "H") or _is_age(reading):
        return None
    count = 1.0 if counted.code == "A" else counted.number
    if half is not None:
        count += 0.5
    shift = reading.get("shift")
    value = duration_value(unit, count * factor)
    if count * factor > LONGEST or reading.published is None:
        return Meaning("DURATION", value)
    steps = round(count * factor)
    if shift is not None and shift.code == "L":
        if shift.value == "-1":
            return (
                past_stretch(reading.published, unit, steps) if count == steps else Meaning("DURATION", value)
            )
        return Meaning("DURATION", value, reading.published, go(reading.published, unit, steps))
    if _to_come(reading, unit):
        return dated(Period(unit, period_of(unit, go(reading.published, unit, steps)).first))
    return Meaning("DURATION", value)


def whole(reading: Reading) -> Meaning:
    """``year-long``, ``day-long``: as long as the unit."""
    return Meaning("DURATION", duration_value(reading["unit"].value, 1))


def _is_age(reading: Reading) -> bool:
    """Say whether the years are somebody's age: "6-year-old", "52 years old"."""
    rest = reading.lexemes[reading.match.end() : reading.match.end() + 2]
    codes = "".join(lexeme.code for lexeme in rest)
    return codes.startswith(("y", "-y"))


def _is_rate(reading: Reading) -> bool:
    """Say whether "a year" is a rate ("$2 million a year"): it hangs on an amount before it."""
    token = reading.article.tokens[reading["unit"].first]
    governor = reading.article.tokens[token.head]
    return token.dep == "npadvmod" and governor.i < token.i and governor.pos in {"NUM", "NOUN", "SYM"}


def _to_come(reading: Reading, unit: str) -> bool:
    """Say whether "in two weeks" names a date to come rather than a stretch ("the first in three years")."""
    return reading.preceding == "in" and unit in DATE_UNITS and reading.direction("unit") == FUTURE


def bare_units(reading: Reading) -> Meaning | None:
    """``for weeks``, ``in recent years``, ``the coming months``."""
    unit = reading["unit"].value
    if unit == "WE":
        return None
    if reading.has("recent"):
        return Meaning("DATE", reading["recent"].value)
    if shift := reading.get("shift"):
        return Meaning("DATE", {"-1": "PAST_REF", "1": "FUTURE_REF"}.get(shift.value, "PRESENT_REF"))
    following = reading.following
    tied = following is not None and reading.article.tokens[following].lower in TYING_WORDS
    if reading.preceding not in BARE_PREPOSITIONS and not tied:
        return None
    return Meaning("DURATION", vague_duration(unit))


def repeated(reading: Reading) -> Meaning | None:
    """``every Monday``, ``each year``, ``every two weeks``, ``twice a week``."""
    if weekday := reading.get("weekday"):
        return Meaning("SET", f"XXXX-WXX-{weekday.value}")
    if daypart := reading.get("daypart"):
        return Meaning("SET", f"XXXX-XX-XXT{daypart.value}")
    if month := reading.get("month"):
        return Meaning("SET", f"XXXX-{int(month.value):02d}")
    count = reading.get("count")
    return Meaning("SET", duration_value(reading["unit"].value, count.number if count is not None else 1))


def routine(reading: Reading) -> Meaning | None:
    """``daily``, ``annual``; "the daily Granma" is a newspaper."""
    after = reading.following
    if after is not None and reading.article.tokens[after].pos == "PROPN":
        return None
    return Meaning("SET", reading["set"].value)


def past_or_reference(reading: Reading) -> Meaning | None:
    """``the past`` by itself."""
    word = reading.article.tokens[reading["shift"].first].lower
    return Meaning("DATE", "PAST_REF") if word == "past" and reading.has("the") else None


def reference(reading: Reading) -> Meaning | None:
    """``now``, ``recently``, ``the future``: points without a date."""
    return Meaning("DATE", reading["reference"].value)


def clock(reading: Reading) -> Meaning | None:
    """``10 p.m.``, ``22:30 GMT``, ``noon``: a time of day; its day comes from a date beside it."""
    lexeme, half = reading["clock"], reading.get("half")
    if lexeme.code == "Z":
        value = lexeme.value
        if half is not None and half.value == "PM" and int(value[:2]) < 12:  # noqa: PLR2004 - hours of half a day
            value = f"{int(value[:2]) + 12}{value[2:]}"
    elif lexeme.code == "K":
        if not lexeme.value[0].isdigit():
            return None
        value = lexeme.value
    else:
        hour = int(lexeme.number)
        if half is None or not 1 <= hour <= 12:  # noqa: PLR2004 - hours of half a day
            return None
        value = f"{hour % 12 + 12 if half.value == 'PM' else hour % 12 if half.value == 'AM' else hour:02d}"
    return at_time(None, value if ":" in value else f"{value}:00")


def part_of_day(reading: Reading) -> Meaning | None:
    """``this morning``, ``last night``, ``in the evening``."""
    shift, part = reading.get("shift"), reading["daypart"].value
    if part[0].isdigit():
        return None
    if shift is None:
        anaphoric = reading.before is not None and reading.before.unit == "D"
        if not reading.has("the"):
            return None
        return at_time(reading.before if anaphoric else None, part)
    if shift.code == "F":
        base = reading.before
        day = base.shift(int(shift.value)) if base is not None and base.unit == "D" else None
        return at_time(day, part)
    published = Period("D", reading.published) if reading.published else None
    return at_time(published.shift(int(shift.value)) if published else None, part)
