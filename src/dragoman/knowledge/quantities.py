"""How amounts are worded: bounds, vague amounts, currencies, counted nouns; see ``data/quantities/README.md``."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.tables import DATA, Row, read_table
from dragoman.knowledge.times import NumberWords, load_calendar

BOUNDS = frozenset({"low", "high", "exact", "low_after", "high_after", "exact_after"})
NOUN_KINDS = frozenset({
    "percent", "same_plural", "people_word", "casualty_verb", "toll", "numbered", "time_unit", "measure",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase[T]:
    """Words in a row and what they stand for."""

    tokens: tuple[str, ...]
    value: T


@dataclass(frozen=True, slots=True)
class Amount:
    """What a vague amount is taken to be; ``high`` is null when open."""

    low: float
    high: float | None


type Phrases[T] = Mapping[str, tuple[Phrase[T], ...]]


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """All knowledge about quantities; phrases are by first token, longest first."""

    numbers: NumberWords
    bounds: Phrases[str]
    bounds_after: Phrases[str]
    vague: Phrases[Amount]
    currencies: Phrases[str]
    nouns: Mapping[str, frozenset[str]]


def _phrases[T](pairs: list[tuple[str, T]]) -> Phrases[T]:
    by_first: dict[str, list[Phrase[T]]] = defaultdict(list)
    for words, value in pairs:
        tokens = tuple(words.split())
        by_first[tokens[0]].append(Phrase(tokens, value))
    return {
        first: tuple(sorted(found, key=lambda one: -len(one.tokens))) for first, found in by_first.items()
    }


def _amount(row: Row) -> Amount:
    try:
        low, high = float(row["low"]), float(row["high"]) if row["high"] else None
    except ValueError as error:
        problem = "low and high must be numbers"
        raise row.fail(problem) from error
    if high is not None and high < low:
        problem = "high is below low"
        raise row.fail(problem)
    return Amount(low, high)


def _kinds(path: Path, known: frozenset[str]) -> list[tuple[str, str]]:
    found = []
    for row in read_table(path, ("words", "kind")):
        if row["kind"] not in known:
            problem = f"unknown kind {row['kind']!r}"
            raise row.fail(problem)
        found += [(words, row["kind"]) for words in row.items("words")]
    return found


@functools.cache
def load_quantities(folder: Path = DATA / "quantities") -> QuantityWords:
    """Read all tables about quantities.

    Raises:
        KnowledgeError: a line that breaks the format, named by file and line.
    """
    bounds = _kinds(folder / "bounds.tsv", BOUNDS)
    nouns: dict[str, set[str]] = defaultdict(set)
    for words, kind in _kinds(folder / "nouns.tsv", NOUN_KINDS):
        nouns[kind].add(words)
    vague = [
        (words, _amount(row))
        for row in read_table(folder / "vague.tsv", ("words", "low", "high"))
        for words in row.items("words")
    ]
    currencies = [
        (words, row["code"])
        for row in read_table(folder / "currencies.tsv", ("words", "code"))
        for words in row.items("words")
    ]
    return QuantityWords(
        load_calendar().numbers,
        _phrases([pair for pair in bounds if not pair[1].endswith("_after")]),
        _phrases([(words, kind.removesuffix("_after")) for words, kind in bounds if kind.endswith("_after")]),
        _phrases(vague), _phrases(currencies), {kind: frozenset(words) for kind, words in nouns.items()},
    )  # fmt: skip
