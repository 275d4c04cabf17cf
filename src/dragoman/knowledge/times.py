"""Words for days, units and numbers, holidays and verb classes; see ``data/times/README.md``."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.knowledge.tables import DATA, Row, read_table

WORD_CLASSES = frozenset({
    "month", "abbreviation", "weekday", "unit", "units", "period", "moment", "season", "daypart", "day", "reference",
    "shift", "anaphor", "way", "part", "part_of", "each", "set", "times", "meridiem", "zone", "approx", "vague",
    "number", "the", "a", "of", "on", "to", "and", "or", "comma", "hyphen", "own", "fiscal", "ended", "holiday", "full", "apart", "recent", "more", "long", "old", "era", "none",
})  # fmt: skip
NUMBER_KINDS = frozenset({"small", "teen", "tens", "scale", "suffix", "ordinal", "decade"})
VERB_CLASSES = frozenset({"reporting", "scheduled", "plan", "implicative"})
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class TimeWord:
    """One reading of some words: tokens, class, value, and the Penn tags the first token may have."""

    tokens: tuple[str, ...]
    kind: str
    value: str
    tags: tuple[str, ...]

    def allows(self, tag: str) -> bool:
        """Say whether a first token with this Penn tag may be read so."""
        return not self.tags or tag in self.tags


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """When a holiday falls: month and day, or the nth weekday of a month, or days from Easter, or as tabled.

    ``anchor`` is ``fixed``, ``weekday``, ``easter``, ``once`` (a day of one ``year``) or ``movable``. ``weekday`` is 1 (Monday) to 7; ``nth`` counts from 1,
    or -1 for the last; ``shift`` is in days.
    """

    anchor: str
    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 0
    shift: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Number words by their kind: value of each word."""

    small: dict[str, int]
    teen: dict[str, int]
    tens: dict[str, int]
    scale: dict[str, int]
    suffix: dict[str, int]
    ordinal: dict[str, int]
    decade: dict[str, int]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All knowledge about times.

    ``words`` is by first token, longest first; ``movable`` has first and last day of the feasts that follow the moon.
    """

    words: dict[str, tuple[TimeWord, ...]]
    holidays: dict[str, HolidayRule]
    numbers: NumberWords
    verbs: dict[str, frozenset[str]]
    movable: dict[str, tuple[tuple[date, date], ...]]


def _number(row: Row, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        problem = f"{text!r} is not a whole number"
        raise row.fail(problem) from error


def _words(path: Path) -> list[TimeWord]:
    found = []
    for row in read_table(path, ("words", "class", "value", "tags")):
        if row["class"] not in WORD_CLASSES:
            problem = f"unknown class {row['class']!r}"
            raise row.fail(problem)
        if not row.items("words"):
            problem = "no words"
            raise row.fail(problem)
        found += [
            TimeWord(tuple(words.split()), row["class"], row["value"], row.items("tags"))
            for words in row.items("words")
        ]
    return found


def _holiday(row: Row) -> HolidayRule:
    first, *rest = row["date"].split()
    if first == "movable" and not rest:
        return HolidayRule("movable")
    if first == "easter" and len(rest) <= 1:
        return HolidayRule("easter", shift=_number(row, rest[0]) if rest else 0)
    if rest and rest[0] in WEEKDAYS and len(rest) in {2, 3}:
        shift = _number(row, rest[2]) if len(rest) > 2 else 0  # noqa: PLR2004 - the optional third word
        weekday = WEEKDAYS.index(rest[0]) + 1
        return HolidayRule(
            "weekday", _number(row, first), weekday=weekday, nth=_number(row, rest[1]), shift=shift
        )
    *years, month, day = ["", *first.split("-")] if first.count("-") in {1, 2} else ["", "", ""]
    if rest or not month:
        problem = f"{row['date']!r} is no date: see the README"
        raise row.fail(problem)
    year = _number(row, years[-1]) if years[-1] else 0
    return HolidayRule("once" if year else "fixed", _number(row, month), _number(row, day), year=year)


def _movable(path: Path, known: Collection[str]) -> dict[str, tuple[tuple[date, date], ...]]:
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in read_table(path, ("id", "first", "last")):
        try:
            days = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        except ValueError as error:
            raise row.fail(str(error)) from error
        if days[1] < days[0] or row["id"] not in known:
            problem = "ends before it begins" if row["id"] in known else f"unknown feast {row['id']!r}"
            raise row.fail(problem)
        found[row["id"]].append(days)
    return {feast: tuple(sorted(days)) for feast, days in found.items()}


def _numbers(path: Path) -> NumberWords:
    kinds: dict[str, dict[str, int]] = {kind: {} for kind in NUMBER_KINDS}
    for row in read_table(path, ("words", "kind", "value")):
        if row["kind"] not in NUMBER_KINDS:
            problem = f"unknown kind {row['kind']!r}"
            raise row.fail(problem)
        kinds[row["kind"]].update(dict.fromkeys(row.items("words"), _number(row, row["value"])))
    return NumberWords(**kinds)


def _verbs(path: Path) -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = defaultdict(set)
    for row in read_table(path, ("lemma", "class")):
        if row["class"] not in VERB_CLASSES:
            problem = f"unknown class {row['class']!r}"
            raise row.fail(problem)
        classes[row["lemma"]].add(row["class"])
    return {lemma: frozenset(found) for lemma, found in classes.items()}


@functools.cache
def load_calendar(folder: Path = DATA / "times") -> Calendar:
    """Read all tables about times.

    Raises:
        KnowledgeError: a line that breaks the format, named by file and line.
    """
    found = _words(folder / "words.tsv")
    holidays = {}
    for row in read_table(folder / "holidays.tsv", ("words", "id", "date")):
        holidays[row["id"]] = _holiday(row)
        found += [TimeWord(tuple(words.split()), "holiday", row["id"], ()) for words in row.items("words")]
    by_first: dict[str, list[TimeWord]] = defaultdict(list)
    for word in found:
        by_first[word.tokens[0]].append(word)
    longest_first = {
        first: tuple(sorted(words, key=lambda word: -len(word.tokens))) for first, words in by_first.items()
    }
    moving = {name for name, rule in holidays.items() if rule.anchor == "movable"}
    return Calendar(
        longest_first, holidays, _numbers(folder / "numbers.tsv"), _verbs(folder / "verbs.tsv"),
        _movable(folder / "movable.tsv", moving),
    )  # fmt: skip
