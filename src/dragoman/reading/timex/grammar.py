"""The grammar of time expressions: regular expressions over lexeme codes, each with the function that reads it.

The codes are those of `CODES`. A rule may decline; then the next shorter match is tried.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dragoman.reading.timex import dates, durations, relative, rounds
from dragoman.reading.timex.meaning import Meaning, Reading

PART = r"(?:T?(?P<part>[JjB])[-f]?)?"
OF_YEAR = r"(?:,?f?T?U?(?P<year>Y)|f?(?P<year_shift>L)(?P<year_unit>U))"
COUNT = r"(?P<count>[NDQYA])(?:[-t|][NDA])?"
WEEKDAY = r"(?:W,?)?"

RULES: tuple[tuple[str, str, Callable[[Reading], Meaning | None]], ...] = (
    ("written date", r"(?:W,?)?(?P<date>I)", dates.written_date),
    ("month day", WEEKDAY + r"J?T?(?P<month>[Mm])T?(?P<day>[DO])(?:[-t](?P<to>D))?" + OF_YEAR + "?", dates.month_day),
    ("day month", WEEKDAY + r"T?(?P<day>[DO])(?:[-t](?P<to>[DO]))?f?T?(?P<month>[Mm])" + OF_YEAR + "?", dates.month_day),
    ("week of a day", r"T?(?P<unit>U)fT?(?P<month>[Mm])T?(?P<day>[DO])(?P<to>)" + OF_YEAR + "?", dates.week_of),
    ("week of a day, day first", r"T?(?P<unit>U)fT?(?P<day>[DO])f?T?(?P<month>[Mm])(?P<to>)" + OF_YEAR + "?", dates.week_of),
    ("part of a day", r"T?(?P<daypart>K)f(?:W,?)?T?(?P<month>[Mm])T?(?P<day>[DO])(?P<to>)" + OF_YEAR + "?", dates.day_of),
    ("part of a day, day first", r"T?(?P<daypart>K)f(?:W,?)?T?(?P<day>[DO])f?T?(?P<month>[Mm])(?P<to>)" + OF_YEAR + "?",
     dates.day_of),
    ("month before month", r"(?P<month>M)(?=[&t|-]M,?(?P<year>Y))(?P<part>)(?P<shift>)(?P<year_shift>)(?P<year_unit>)",
     dates.month),
    ("month", PART + r"(?:T?(?P<shift>[LF]))?(?P<month>M)(?!D)" + OF_YEAR + "?", dates.month),
    ("short month", PART + r"(?P<month>m),?(?P<year>Y)(?P<year_shift>)(?P<year_unit>)(?P<shift>)", dates.month),
    ("year", PART + r"T?(?P<fiscal>c)?U?(?P<year>Y)", dates.year),
    ("worded year", r"T?(?P<unit>U)(?P<count>N)", dates.worded_year),
    ("fiscal year", r"(?P<fiscal>C)", dates.fiscal_year),
    ("double year", r"T?(?P<year>Y)-(?P<day>D)(?!M)", dates.double_year),
    ("year of an era", r"(?P<count>[NY])(?P<era>q)", dates.era_year),
    ("era's year", r"(?P<era>q)(?P<count>[ND])", dates.era_year),
    ("decade", PART + r"T?(?P<decade>d)", dates.decade),
    ("weekday", PART + r"T?(?P<shift>[LF])?(?P<weekday>W)(?P<daypart>K)?(?:(?P<week_shift>L)U)?", dates.weekday),
    ("day", r"[JB]?(?P<day>R)(?P<daypart>K)?", dates.day_from_now),
    ("part of day first", r"(?:J-?)?(?P<daypart>K)(?P<day>R)", dates.day_from_now),
    ("part of weekday", r"T?(?P<daypart>K)fT?(?P<weekday>W)(?P<shift>)(?P<week_shift>)", dates.weekday),
    ("part of weekday first", r"(?:J-?)?(?P<daypart>K)(?P<weekday>W)(?P<shift>)(?P<week_shift>)", dates.weekday),
    ("season", PART + r"(?P<det>T)?(?P<shift>[LF])?(?P<season>E)" + OF_YEAR + "?", rounds.season),
    ("quarter", PART + r"(?:T|L)?(?P<fiscal>c)?-?(?P<nth>O)-?c?-?(?P<unit>U)" + OF_YEAR + "?", rounds.quarter),
    ("year's quarter", r"(?P<year_shift>L)(?P<year_unit>U)Pc?(?P<nth>O)-?(?P<unit>U)(?P<year>)(?P<part>)(?P<fiscal>)",
     rounds.quarter),
    ("year quarter", r"T?(?P<year>Y)c?(?P<nth>O)-?(?P<unit>U)(?P<year_shift>)(?P<year_unit>)(?P<part>)(?P<fiscal>)",
     rounds.quarter),
    ("written quarter", r"(?P<written>k)(?:[,f]?T?(?P<year>Y))?", rounds.written_quarter),
    ("holiday", r"(?P<shift>L)?(?P<holiday>H)" + OF_YEAR + "?", rounds.feast),
    ("ordinal day", r"T(?P<day>O)", rounds.ordinal_day),
    ("shifted", PART + r"(?P<the>T)?(?P<shift>[LF])(?P<unit>U)", relative.shifted),
    ("distance", r"(?:g+(?!Q))?" + COUNT + r"-?(?P<unit>[UV])(?:&A(?P<half>U))?(?P<way>[Bb])", relative.distance),
    ("vague distance", r"(?P<unit>V)(?P<way>[Bb])", relative.vague_distance),
    ("whole", r"(?P<unit>U)-?l", durations.whole),
    ("definite", PART + r"Tu?(?P<unit>U)", relative.definite),
    ("same period", r"TFp", relative.same_period),
    ("the past", r"(?P<the>T)?(?P<shift>L)", durations.past_or_reference),
    ("unit end", r"T?(?P<unit>U)[-P]?(?P<part>J)", relative.definite),
    ("year ago", r"T?(?P<unit>U)-?(?P<way>[Bb])(?:O-?)?(?:U|p)?", relative.year_ago),
    ("duration", r"T?(?:g+(?!Q))?(?P<shift>[LOF])?" + COUNT
     + r"(?:-?&-?A-?(?P<half>U))?\+?(?P<tie>-)?(?P<unit>[UV])(?:&A(?P<half_after>U))?", durations.duration),
    ("units", r"T?(?:(?P<recent>r)|(?P<shift>L))?(?P<unit>V)", durations.bare_units),
    ("repeated", r"(?:xA|X)(?P<count>[NDO])?(?:(?P<unit>[UV])|(?P<weekday>W)|(?P<daypart>K)|(?P<month>M))",
     durations.repeated),
    ("routine", r"(?P<set>S)", durations.routine),
    ("reference", r"(?P<reference>G)", durations.reference),
    ("clock", r"(?P<clock>[DNZK])(?P<half>z)?@*", durations.clock),
    ("part of day", r"[JB]?(?:(?P<shift>[LF])|(?P<the>T))?(?P<daypart>K)", durations.part_of_day),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Reading], Meaning | None]


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Return the compiled rules, in the order in which ties are settled."""
    return tuple(Rule(name, re.compile(pattern), read) for name, pattern, read in RULES)


def matches(codes: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield all matches over a sentence's codes: by start, the longest first, ties in the order of the rules."""
    found = [
        (match.start(), -match.end(), number, rule, match)
        for number, rule in enumerate(rules())
        for match in rule.pattern.finditer(codes)
    ]
    for _, _, _, rule, match in sorted(found, key=lambda item: item[:3]):
        yield rule, match
