"""Words and the actor they mean: reader of the ``actor-cases`` format, and its measures.

The set is a table of a peer's own tests, in the peer's scheme of codes. Where a code of theirs means another of
ours, the tables under ``data/`` say which and why; ``data/actor-cases.tsv`` holds a reason for each case that
is not read as the set has it.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.evaluate.records import DATA
from dragoman.knowledge.tables import read_table
from dragoman.model.actor import Actor
from dragoman.model.record import Record

SET = "actor-cases"
COLUMNS = ("case", "actor_text", "context", "date", "gold_country", "gold_code_1", "gold_code_2")
NOT_STATED = re.compile(r"\?+")
# What the cases call the day on which they were run; the latest day that any of them names stands for it.
TODAY = "today"
DATES = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y")
NO_STATE = frozenset({"IGO", "NGO", "MNC", "ISM", "IMG"})


@dataclass(frozen=True, slots=True)
class ActorCase(Record):
    """One case. ``country`` is empty where none is expected, ``sectors`` holds "" for none; both None: not stated.

    ``name`` is the case's, with a number where several have it.
    """

    name: str
    words: str
    context: str
    date: str | None
    country: str | None
    sectors: tuple[str, ...] | None
    expected: str


@dataclass(frozen=True, slots=True)
class CaseOutcome(Record):
    """A case and what was answered; a side that the set does not state is None. ``reason``: why it is not right."""

    case: ActorCase
    actor: Actor
    country_right: bool | None
    sector_right: bool | None
    reason: str

    @property
    def right(self) -> bool:
        """Say whether nothing stated is wrong."""
        return self.country_right is not False and self.sector_right is not False


@dataclass(frozen=True, slots=True)
class CasesResult(Record):
    """How many countries and sectors are right, of those that are stated."""

    cases: int
    countries_right: int
    countries: int
    sectors_right: int
    sectors: int
    outcomes: tuple[CaseOutcome, ...]


def read_cases(path: Path) -> tuple[ActorCase, ...]:
    """Read the cases that have words.

    Raises:
        UsageError: the file cannot be read, lacks a column, has an unknown date, or holds no case.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8")), delimiter="\t"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path}: cannot be read: {error}"
        raise UsageError(message) from error
    if missing := [name for name in COLUMNS if rows and name not in rows[0]]:
        message = f"{path}: no column {missing[0]}"
        raise UsageError(message)
    rows = [row for row in rows if (row.get("actor_text") or "").strip()]
    if not rows:
        message = f"{path}: holds no cases"
        raise UsageError(message)
    dates = [_date(path, row["date"]) for row in rows]
    today = max((date for date in dates if date not in {None, TODAY}), default=None)
    names, seen = Counter(row["case"] for row in rows), Counter[str]()
    cases = []
    for row, date in zip(rows, dates, strict=True):
        seen[row["case"]] += 1
        number = f".{seen[row['case']]}" if names[row["case"]] > 1 else ""
        cases.append(_case(row, row["case"] + number, today if date == TODAY else date))
    return tuple(cases)


def _date(path: Path, words: str) -> str | None:
    words = words.strip()
    if not words or words.lower() == TODAY:
        return words.lower() or None
    for layout in DATES:
        try:
            return datetime.strptime(words, layout).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    message = f"{path}: no date: {words!r}"
    raise UsageError(message)


def _case(row: Mapping[str, str], name: str, date: str | None) -> ActorCase:
    country = None if NOT_STATED.fullmatch(row["gold_country"]) else row["gold_country"]
    second = "" if NOT_STATED.fullmatch(row["gold_code_2"]) else row["gold_code_2"]
    expected = "/".join(filter(None, (country or "-", row["gold_code_1"] or "-", second)))
    sectors = None
    if not NOT_STATED.fullmatch(row["gold_code_1"]):
        first = dict.fromkeys((row["gold_code_1"], *_also_expected(row)))
        sectors = tuple(dict.fromkeys(ours for code in first for ours in _sectors(country, code, second)))
    if country is not None:
        country = _table("older-countries.tsv", "code", "country").get((SET, country), (country,))[0]
    return ActorCase(name, row["actor_text"].strip(), row["context"], date, country, sectors, expected)


def _also_expected(row: Mapping[str, str]) -> list[str]:
    """Return the first codes that the case's own list of expectations names, where it names several."""
    try:
        listed: Any = json.loads(row.get("all_expectations_json") or "[]")
        return [str(code) for what, code in listed if what == "code['code_1']=="]
    except (ValueError, TypeError):
        return []


def _sectors(country: str | None, code: str, second: str) -> tuple[str, ...]:
    """Return our sectors for a code of theirs: by country and code, by both codes, by the code; else itself."""
    table = _table("older-sectors.tsv", "code", "sectors")
    for key in (f"{country} {code}", f"{code} {second}", code or "-"):
        if found := table.get((SET, key)):
            return tuple(sector.strip("-") for sector in found)
    return (code,)


@functools.cache
def _table(name: str, key: str, value: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    rows = read_table(DATA / name, ("set", key, value, "reason"))
    return {(row["set"], row[key]): row.items(value) for row in rows}


def reasons() -> dict[str, str]:
    """Return why a case is not read as the set has it, by its name."""
    rows = read_table(DATA / "actor-cases.tsv", ("case", "whose", "reason"))
    return {row["case"]: f"{row['whose']}: {row['reason']}" for row in rows}


def measure(
    cases: Sequence[ActorCase], resolve: Callable[[str, str, str | None], Actor], done: Callable[[int], None]
) -> CasesResult:
    """Ask for every case and count what is right; ``done`` is told after each."""
    why = reasons()
    outcomes = []
    for case in cases:
        actor = resolve(case.words, case.context, case.date)
        outcomes.append(_outcome(case, actor, why.get(case.name, "")))
        done(1)
    countries = _stated(outcome.country_right for outcome in outcomes)
    sectors = _stated(outcome.sector_right for outcome in outcomes)
    return CasesResult(
        len(cases), sum(countries), len(countries), sum(sectors), len(sectors), tuple(outcomes)
    )


def _stated(values: Iterable[bool | None]) -> list[bool]:
    return [value for value in values if value is not None]


def _outcome(case: ActorCase, actor: Actor, reason: str) -> CaseOutcome:
    """Judge an answer. Where no country is expected, a code for what is no state (NGO) is none."""
    country = actor.country or ""
    if not case.country and country in NO_STATE:
        country = ""
    country_right = None if case.country is None else country == case.country
    sector_right = None if case.sectors is None else (actor.sector or "") in case.sectors
    return CaseOutcome(case, actor, country_right, sector_right, reason)
