"""Reading actor files: names, synonyms after ``+``, and codes that may hold for some years only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dragoman.knowledge.petrarch.phrases import read_phrase
from dragoman.knowledge.petrarch.rows import ActorRow, DatedCode, Found
from dragoman.knowledge.petrarch.source import Line

NAME = re.compile(r"^(?P<name>[^\[\]]*?)\s*(\[(?P<code>[^\[\]]*)\])?\s*$")
RESTRICTION = re.compile(r"\[([^\[\]]*)\]")
# "HOBGOV 19950601 - 19990815", "USR <911226", "ELI > 20130119", "AFG".
DATED = re.compile(
    r"^(?P<code>[^\s<>|,]+)\s*((?P<side>[<>])\s*(?P<day>\d+)|(?P<since>\d+)\s*-\s*(?P<until>\d+))?$"
)
SHORT_DAY, LONG_DAY = 6, 8
# Years of two digits below this belong to the twenty-first century, as in PETRARCH.
PIVOT = 30
# The 31st of February is three days too late; anything later is a slip. Days.
LONGEST_OVERRUN = 3


def read_actors(lines: Iterable[Line], found: Found) -> None:
    """Read one file into ``found``."""
    names: list[str] = []
    codes: list[DatedCode] = []
    first: Line | None = None
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        if text.startswith("["):
            _restriction(line, text, codes, found, open_=first is not None)
            continue
        match = NAME.match(text.removeprefix("+"))
        if match is None or (phrase := _name(match["name"])) is None:
            found.complain(line, "a name, or a code in square brackets, is expected")
            continue
        starts = not text.startswith("+") or first is None
        # Several names one under the other share the codes that follow, unless the next has its own.
        if starts and (codes or match["code"] is not None):
            _close(names, codes, first, found)
            names, codes, first = [], [], None
        names.append(phrase)
        first = first or line
        if match["code"] is not None:
            _restriction(line, f"[{match['code']}]", codes, found, open_=True)
    _close(names, codes, first, found)


def _name(text: str) -> str | None:
    """Return the name for the table; None when it has no words."""
    plain = " ".join(text.strip().strip("_").split())
    return plain if plain and "|" not in plain and read_phrase(plain) else None


def _close(names: list[str], codes: list[DatedCode], line: Line | None, found: Found) -> None:
    if line is None:
        return
    if not codes:
        found.complain(line, "a name without a code")
        return
    found.actors.append(ActorRow(tuple(dict.fromkeys(names)), tuple(codes), line))


def _restriction(line: Line, text: str, codes: list[DatedCode], found: Found, *, open_: bool) -> None:
    """Add the codes of a line; TABARI files have several on one."""
    written = RESTRICTION.findall(text)
    if not open_ or not written:
        found.complain(
            line, "a code without a name" if written else "a code is written [CODE] or [CODE dates]"
        )
        return
    if rest := RESTRICTION.sub("", text).strip():
        found.complain(line, f"what stands beside the code is left out: {' '.join(rest.split())}")
    for code in written:
        try:
            codes.append(read_dated(code.strip()))
        except ValueError as error:
            found.complain(line, str(error))


def read_dated(text: str) -> DatedCode:
    """Read ``HOBGOV 19950601 - 19990815``, ``USR <911226``, ``AFG``.

    Raises:
        ValueError: says in half a sentence what is wrong.
    """
    match = DATED.match(text)
    if match is None:
        problem = f"[{text}] is no code, nor a code with dates"
        raise ValueError(problem)
    if match["side"]:
        day = _day(match["day"])
        return DatedCode(match["code"], *(("", day) if match["side"] == "<" else (day, "")))
    if not match["since"]:
        return DatedCode(match["code"], "", "")
    since, until = _day(match["since"]), _day(match["until"])
    if since > until and len(match["since"]) == SHORT_DAY:
        since = _day(match["since"], earlier=True)
    if since > until:
        problem = f"[{text}] ends before it begins"
        raise ValueError(problem)
    return DatedCode(match["code"], since, until)


def _day(digits: str, *, earlier: bool = False) -> str:
    """Return ``YYMMDD`` or ``YYYYMMDD`` as an ISO date; ``earlier`` takes the century before.

    A month or day of 00 is its first; a day the month does not have is its last.
    """
    if len(digits) == SHORT_DAY:
        century = 2000 if int(digits[:2]) < PIVOT else 1900
        digits = str(century + int(digits[:2]) - (100 if earlier else 0)) + digits[2:]
    problem = f"{digits} is no date like 19950601 or 950601"
    if len(digits) != LONG_DAY:
        raise ValueError(problem)
    year, month, day = int(digits[:4]), max(int(digits[4:6]), 1), max(int(digits[6:]), 1)
    for candidate in range(day, max(day - LONGEST_OVERRUN, 1) - 1, -1):
        try:
            return date(year, month, candidate).isoformat()
        except ValueError:
            continue
    raise ValueError(problem)
