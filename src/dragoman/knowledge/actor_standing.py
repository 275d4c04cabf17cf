"""Checks across the rows of the actor tables: two holders of one office, and names with two owners.

What is so in the world and no fault ("three presidents of Bosnia") stands in ``settled.tsv``, with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from dragoman.knowledge.phrases import phrase_tokens, plain
from dragoman.knowledge.tables import Row

# Tables whose names stand side by side in a text: nothing but the state tells two owners apart.
BODIES = ("organisations.tsv", "groups.tsv", "media.tsv")
OVERLAP, NAME = "overlap", "name"
# The year of birth at the end of an id.
NAMESAKE = re.compile(r"-\d{4}$")


def settled(rows: Iterable[Row], about: str) -> dict[str, str]:
    """Return the keys of ``settled.tsv`` for one kind of check, with their reasons."""
    return {row["key"]: row["reason"] for row in rows if row["about"] == about}


def together(one: Row, other: Row) -> bool:
    """Say whether two terms run at the same time; the day, month or year of a handover is not.

    Terms with an unknown start are left alone. An empty end is still running.
    """
    first, second = sorted((one, other), key=lambda row: row["from"])
    if not first["from"]:
        return False
    length = min(len(first["to"]), len(second["from"]))
    return not first["to"] or first["to"][:length] > second["from"][:length]


def check_overlaps(tables: Mapping[str, Sequence[Row]]) -> Iterator[tuple[Row, str]]:
    """Yield terms of an office that one person holds at a time, where two people of a state have it at once."""
    single = _single_offices(tables["reference-words.tsv"])
    known = settled(tables["settled.tsv"], OVERLAP)
    offices: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables["people.tsv"]:
        if row["role"] in single:
            offices[row["country"], row["role"]].append(row)
    for (country, role), rows in offices.items():
        if f"{country} {role}" in known:
            continue
        for one, other in combinations(rows, 2):
            pair = " ".join((country, role, *sorted((one["id"], other["id"]))))
            if together(one, other) and pair not in known:
                what = "another term" if one["id"] == other["id"] else f"{one['name']}, line {one.line},"
                told = f"{country} {role}: {what} runs at the same time; if so, add “{pair}” to settled.tsv"
                yield other, told


def _single_offices(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(role for row in rows if row["class"] == "single_office" for role in row.items("words"))


def check_names(tables: Mapping[str, Sequence[Row]]) -> Iterator[tuple[Row, str]]:
    """Yield names with two owners of equal standing, whom neither state nor date tells apart.

    Bodies of one state; people who share a name and hold such an office at the same time; words for two states.
    """
    known = settled(tables["settled.tsv"], NAME)
    for names, owner, apart in (
        (_names(tables, BODIES), "id", lambda one, other: one["country"] != other["country"]),
        (_names(tables, ("people.tsv",)), "id", _people_apart),
        (_state_words(tables["countries.tsv"]), "code", lambda _one, _other: False),
    ):
        for tokens, rows in names.items():
            if " ".join(tokens) not in known:
                yield from _rivals(tokens, rows, owner, apart)


def _people_apart(one: Row, other: Row) -> bool:
    """Say whether an office or a date tells two people of one name apart; a year in an id says that there are two."""
    declared = any(NAMESAKE.search(row["id"]) for row in (one, other))
    return declared or one["role"] != other["role"] or not together(one, other)


def _rivals(
    tokens: tuple[str, ...], rows: Sequence[Row], owner: str, apart: Callable[[Row, Row], bool]
) -> Iterator[tuple[Row, str]]:
    for one, other in combinations(rows, 2):
        same_table = one.file == other.file and owner == "id" and one.file.name != "people.tsv"
        if one[owner] != other[owner] and not same_table and not apart(one, other):
            name = " ".join(tokens)
            told = f"{one[owner]}, {one.file.name}:{one.line}"
            yield other, f"the name {name!r} belongs also to {told}, and nothing tells them apart"
            return


def _names(tables: Mapping[str, Sequence[Row]], of: Iterable[str]) -> dict[tuple[str, ...], list[Row]]:
    return _by_name((row, (row["name"], *row.items("aliases"))) for table in of for row in tables[table])


def _state_words(rows: Iterable[Row]) -> dict[tuple[str, ...], list[Row]]:
    lists = ("aliases", "adjectives", "people", "capitals")
    return _by_name(
        (row, (row["name"], *(word for each in lists for word in row.items(each)))) for row in rows
    )


def _by_name(named: Iterable[tuple[Row, Sequence[str]]]) -> dict[tuple[str, ...], list[Row]]:
    """Return the rows by the tokens of their names, accents left out; the case counts."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row, names in named:
        for tokens in {tuple(plain(token) for token in phrase_tokens(name)) for name in names}:
            found[tokens].append(row)
    return {tokens: rows for tokens, rows in found.items() if len(rows) > 1}
