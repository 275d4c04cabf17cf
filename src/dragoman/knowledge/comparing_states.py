"""Where our words for states and their people differ from the World Factbook's."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.actors import Country, load_actors
from dragoman.knowledge.leader_lists import FACTBOOK, country_codes, read_text, state_of
from dragoman.knowledge.phrases import plain

COLUMNS = {"nationality_adjective": "word", "nationality_noun": "word", "capital": "capital"}
# What stands around a name there: remarks, plurals, brackets.
_REMARK = re.compile(r"\(s\)|\([^)]*\)?|note\b.*|[;,] note.*| in Romanian")
_BETWEEN = re.compile(r"[,;/()]|\bor\b|\band\b")
NO_WORD = frozenset({"na", "none", "plural", "singular", ""})


@dataclass(frozen=True, slots=True)
class StateClaim:
    """A word that the list has for a state or its people, or the name of its capital, and where it says so."""

    place: str
    kind: str
    country: str
    word: str


def state_claims(path: Path) -> Iterator[StateClaim]:
    """Yield the words of a list in the Factbook's layout, or of those in a folder; nothing where there is none."""
    paths = sorted(path.rglob("*.tsv")) if path.is_dir() else [path]
    for each in paths:
        rows = csv.DictReader(io.StringIO(read_text(each)), delimiter="\t")
        if set(rows.fieldnames or ()) >= set(COLUMNS):
            yield from _words_of(each, rows)


def _words_of(path: Path, rows: Iterator[Mapping[str, str]]) -> Iterator[StateClaim]:
    codes = country_codes()
    for line, row in enumerate(rows, 2):
        country = state_of(row, codes)
        for column, kind in COLUMNS.items():
            cell = _REMARK.sub("", html.unescape(row[column] or ""))
            for word in map(str.strip, _BETWEEN.split(cell)):
                if country and word.lower() not in NO_WORD:
                    yield StateClaim(f"{path.name}:{line}", kind, country, word)


def state_differences(path: Path) -> Iterator[tuple[str, str]]:
    """Yield key and words of each word that our table of countries lacks."""
    knowledge = load_actors()
    seen: set[str] = set()
    for claim in state_claims(path):
        country = knowledge.countries[claim.country]
        key = f"{FACTBOOK} {claim.kind} {claim.country} {re.sub(r'[^a-z0-9]+', '-', plain(claim.word).lower()).strip('-')}"
        if key not in seen and not _has(country, claim.word):
            seen.add(key)
            yield key, f"{claim.place}: {claim.country} {claim.word}: ours has no such {claim.kind}"


def _has(country: Country, word: str) -> bool:
    ours = (country.name, *country.aliases, *country.adjectives, *country.people, *country.capitals)
    known = {plain(each).lower() for each in ours}
    return not known.isdisjoint(
        {plain(word).lower(), f"{plain(word).lower()}s", plain(word).lower().removesuffix("s")}
    )
