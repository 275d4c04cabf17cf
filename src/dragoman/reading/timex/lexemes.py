"""Lexemes: the words of a sentence as the grammar of times sees them, each with a one-letter code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.knowledge.times import Calendar
from dragoman.reading.article import Article, Sentence, Token
from dragoman.reading.numbers import HYPHENS, read_number

# One letter a class, so that the grammar is regular expressions over a short string.
CODES = {
    "month": "M", "abbreviation": "m", "weekday": "W", "unit": "U", "units": "V", "period": "p", "moment": "o",
    "season": "E", "daypart": "K", "day": "R", "reference": "G", "shift": "L", "anaphor": "F", "way": "B", "part": "J",
    "part_of": "j", "each": "X", "set": "S", "times": "x", "meridiem": "z", "zone": "@", "approx": "g", "vague": "Q",
    "number": "N", "the": "T", "a": "A", "of": "f", "on": "n", "to": "t", "and": "&", "or": "|", "comma": ",",
    "hyphen": "-", "own": "P", "fiscal": "c", "ended": "e", "holiday": "H", "full": "u", "apart": "b", "recent": "r", "more": "+", "long": "l", "old": "y", "era": "q",
    "none": ".", "fiscal_year": "C", "quarter": "k",
    "day_number": "D", "year": "Y", "ordinal": "O", "decade": "d", "clock": "Z", "date": "I", "other": ".",
}  # fmt: skip
# A sentence without one of these holds no time expression.
ANCHORS = frozenset("MmWUVEKRGSYdZIHzOpCkq")

YEAR = re.compile(r"(1[0-9]|20)\d\d$")
DECADE = re.compile(r"((?:1[0-9]|20)\d)0'?s$")
SHORT_DECADE = re.compile(r"'?(\d)0'?s$")
PART_YEAR = re.compile(r"(early|mid|late)-((?:1[0-9]|20)\d\d)$")
FISCAL_YEAR = re.compile(r"fy['-]?((?:20|19)?\d\d)$")
QUARTER = re.compile(r"([qh])([1-4])$")
PART_DECADE = re.compile(r"(early|mid|late)-((?:1[0-9]|20)?\d0s)$")
ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)$")
CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::[0-5]\d)?(?:([ap])\.?m\.?)?$")
SHORT_CLOCK = re.compile(r"(1[0-2]|0?[1-9])([ap])\.?m\.?$")
WIRE_CLOCK = re.compile(r"([01]\d|2[0-3])([0-5]\d)(?:gmt|utc|edt|est|z)$")
FOUR_FIGURES = re.compile(r"([01]\d|2[0-3])([0-5]\d)$")
ISO_DATE = re.compile(r"((?:1[0-9]|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?:t.*)?$")
DAY_FIRST = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.((?:1[0-9]|20)?\d\d)$")
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]((?:1[0-9]|20)?\d\d)$")
PACKED = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])$")
MONTH_DAY = re.compile(r"([a-z]{3,4}\.)(\d{1,2})$")
PARTS = {"early": "START", "mid": "MID", "late": "END"}
# Two-digit years from here on are of the last century.
PIVOT = 50
MONTHS = 12
LAST_DAY = 31
NIGHT = 24


@dataclass(frozen=True, slots=True)
class Lexeme:
    """Tokens ``first`` to ``last`` (excluded) read as one word of the grammar, with its value."""

    code: str
    first: int
    last: int
    value: str = ""
    number: float = 0.0


def lex(article: Article, sentence: Sentence, calendar: Calendar) -> list[Lexeme]:
    """Return the lexemes of a sentence, in order, without gaps; empty when it can hold no time."""
    found: list[Lexeme] = []
    i = sentence.first
    while i < sentence.last:
        lexeme = _numeric(article.tokens, i, sentence.last, calendar) or _worded(
            article.tokens, i, sentence.last, calendar
        )
        found.append(lexeme)
        i = lexeme.last
    return found if any(lexeme.code in ANCHORS for lexeme in found) else []


def _worded(tokens: tuple[Token, ...], i: int, end: int, calendar: Calendar) -> Lexeme:
    """Read token ``i`` by the word tables, the longest entry first."""
    token = tokens[i]
    for word in calendar.words.get(token.lower, ()):
        length = len(word.tokens)
        if i + length > end or not word.allows(token.tag):
            continue
        if length == 1 or tuple(other.lower for other in tokens[i : i + length]) == word.tokens:
            number = float(word.value) if word.kind in {"number", "times"} else 0.0
            return Lexeme(CODES[word.kind], i, i + length, word.value, number)
    return Lexeme(".", i, i + 1)


def _numeric(tokens: tuple[Token, ...], i: int, end: int, calendar: Calendar) -> Lexeme | None:
    """Read a number, ordinal, year, decade, clock time or written date at token ``i``."""
    lower = tokens[i].lower
    numbers = calendar.numbers
    if lower in numbers.ordinal and not (
        lower == "second" and tokens[i].tag == "NN" and _counted(tokens, i, calendar)
    ):
        return Lexeme("O", i, i + 1, number=numbers.ordinal[lower])
    if lower in numbers.decade:
        return Lexeme("d", i, i + 1, str(190 + numbers.decade[lower] // 10))
    if lower[0].isdigit() or lower[0] == "'" or lower[-1].isdigit() or lower[-1] == "s":
        written = _zoned(tokens, i, end, calendar) or _written(tokens, i, end)
        if written:
            return written
    number = read_number(tokens, i, end, numbers)
    if number is None:
        return None
    if number.value in {19, 20} and number.last < end and not lower[0].isdigit():
        rest_at = number.last + (tokens[number.last].lower in HYPHENS)
        rest = read_number(tokens, rest_at, end, numbers) if rest_at < end else None
        if rest is not None and rest.value in range(10, 100) and not tokens[rest_at].lower[0].isdigit():
            return Lexeme("Y", i, rest.last, number=number.value * 100 + rest.value)
    short = number.last == i + 1 and lower.isdigit() and len(lower) <= 2 and 1 <= number.value <= LAST_DAY  # noqa: PLR2004
    return Lexeme("D" if short else "N", i, number.last, number=number.value)


def _zoned(tokens: tuple[Token, ...], i: int, end: int, calendar: Calendar) -> Lexeme | None:
    """Read "0630 GMT": four figures before a time zone."""
    match = FOUR_FIGURES.match(tokens[i].lower)
    if match is None or i + 1 >= end:
        return None
    if all(word.kind != "zone" for word in calendar.words.get(tokens[i + 1].lower, ())):
        return None
    return Lexeme("Z", i, i + 1, f"{match[1]}:{match[2]}")


def _counted(tokens: tuple[Token, ...], i: int, calendar: Calendar) -> bool:
    """Say whether the "second" at ``i`` is the unit: after a number or "a", "per", "every"."""
    if i == 0:
        return False
    before = tokens[i - 1].lower
    return before in {"a", "per", "every", "each"} or before in calendar.numbers.small


def _written(tokens: tuple[Token, ...], i: int, end: int) -> Lexeme | None:
    """Read a token in figures, or figures parted by hyphens or quotes."""
    lower = tokens[i].lower
    if lower == "'" and i + 1 < end and (match := SHORT_DECADE.match(tokens[i + 1].lower)):
        return Lexeme("d", i, i + 2, f"19{match[1]}")
    if (
        lower == "'"
        and i + 1 < end
        and re.match(r"\d\d$", tokens[i + 1].lower)
        and tokens[i + 1].start == tokens[i].end
    ):
        return Lexeme("Y", i, i + 2, number=_full_year(tokens[i + 1].lower))
    if YEAR.match(lower):
        return _year(tokens, i, end)
    return _round(lower, i) or _clock(lower, i) or _date(lower, i)


def _round(lower: str, i: int) -> Lexeme | None:
    """Read what names a round of time or its number: ``1990s``, ``mid-1996``, ``FY23``, ``Q3``, ``12th``."""
    if match := DECADE.match(lower):
        return Lexeme("d", i, i + 1, match[1])
    if match := PART_YEAR.match(lower):
        return Lexeme("Y", i, i + 1, PARTS[match[1]], float(match[2]))
    if match := FISCAL_YEAR.match(lower):
        return Lexeme("C", i, i + 1, str(_full_year(match[1])))
    if match := QUARTER.match(lower):
        return Lexeme("k", i, i + 1, match[1].upper(), float(match[2]))
    if match := PART_DECADE.match(lower):
        decade = match[2][:-2] if len(match[2]) > 3 else f"19{match[2][0]}"  # noqa: PLR2004 - "90s" has three letters
        return Lexeme("d", i, i + 1, f"{decade} {PARTS[match[1]]}")
    if match := SHORT_DECADE.match(lower):
        return Lexeme("d", i, i + 1, f"19{match[1]}")
    if match := ORDINAL.match(lower):
        return Lexeme("O", i, i + 1, lower, float(match[1]))
    return None


def _year(tokens: tuple[Token, ...], i: int, end: int) -> Lexeme:
    """Read four figures: part of ``2023-09-12`` in pieces, a decade ("1980 's"), or a year."""
    joined = "".join(token.lower for token in tokens[i : i + 5])
    if i + 5 <= end and re.match(r"\d{4}-\d{2}-\d{2}$", joined) and (date := _date(joined, i)):
        return Lexeme("I", i, i + 5, date.value)
    lower = tokens[i].lower
    if (
        i + 1 < end
        and tokens[i + 1].lower == "'s"
        and lower[-1] == "0"
        and tokens[i - 1].lower in {"the", "early", "late", "-", "mid"}
    ):
        return Lexeme("d", i, i + 2, lower[:3])
    return Lexeme("Y", i, i + 1, number=float(lower))


def _clock(lower: str, i: int) -> Lexeme | None:
    if match := CLOCK.match(lower):
        if "." in match[0][:3] and not match[3]:
            return None
        return Lexeme("Z", i, i + 1, _time(int(match[1]), match[2], match[3] or ""))
    if match := SHORT_CLOCK.match(lower):
        return Lexeme("Z", i, i + 1, _time(int(match[1]), "", match[2]))
    if match := WIRE_CLOCK.match(lower):
        return Lexeme("Z", i, i + 1, f"{match[1]}:{match[2]}")
    return None


def _time(hour: int, minute: str, half: str) -> str:
    """Return ``22:00`` from 10 and "p"; minutes are left out when the text leaves them out."""
    if half == "p" and hour < MONTHS:
        hour += 12
    if half == "a" and hour == MONTHS:
        hour = 0
    return f"{hour:02d}:{minute}" if minute else f"{hour:02d}"


def _date(lower: str, i: int) -> Lexeme | None:
    """Read a date in figures: year first, or with full stops day first, or with slashes month first."""
    if match := ISO_DATE.match(lower) or PACKED.match(lower):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := DAY_FIRST.match(lower):
        year, month, day = _full_year(match[3]), int(match[2]), int(match[1])
    elif match := SLASHED.match(lower):
        year, month, day = _full_year(match[3]), int(match[1]), int(match[2])
        if month > MONTHS:
            month, day = day, month
    else:
        return None
    if not (1 <= month <= MONTHS and 1 <= day <= LAST_DAY):
        return None
    return Lexeme("I", i, i + 1, f"{year:04d}-{month:02d}-{day:02d}")


def _full_year(figures: str) -> int:
    year = int(figures)
    if len(figures) > 2:  # noqa: PLR2004 - more than two figures say the century
        return year
    return year + (1900 if year >= PIVOT else 2000)
