"""Checks of the actor tables: known codes, unique ids, dates in order, names with one owner."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actor_records import COLUMNS, FLAGS, NUMBERS, begun
from dragoman.knowledge.phrases import phrase_tokens, plain
from dragoman.knowledge.tables import DATA, Row, read_table

OWNERSHIPS = frozenset({"state", "public", "private"})
PREFIXES = {"organisations.tsv": "org.", "groups.tsv": "grp.", "media.tsv": "med."}
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)+")
_NAMESAKE = re.compile(r"-\d{4}$")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class _Known:
    """The codes that rows may use, and where each id and each name was first seen."""

    countries: frozenset[str]
    sectors: frozenset[str]
    roles: frozenset[str]
    ids: dict[str, Row] = field(default_factory=dict)
    owners: dict[tuple[str, ...], Row] = field(default_factory=dict)


def _problem(row: Row, text: str) -> str:
    return str(row.fail(text))


def _read(folder: Path, problems: list[str]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    for name, columns in COLUMNS.items():
        tables[name] = []
        try:
            tables[name].extend(read_table(folder / name, columns))
        except KnowledgeError as error:
            problems.append(str(error))
    return tables


def _known(tables: Mapping[str, list[Row]]) -> _Known:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in tables["codes.tsv"]:
        kinds[row["meaning"].partition(":")[0]].add(row["code"])
    states = {row["code"] for row in tables["countries.tsv"]}
    roles = {row["role"] for row in tables["roles.tsv"] if row["role"]}
    return _Known(
        frozenset(states | kinds["country"]), frozenset(kinds["sector"] | kinds["group"]), frozenset(roles)
    )


def _check_codes(row: Row, known: _Known) -> Iterator[str]:
    if "country" in row.cells and row["country"] not in known.countries:
        yield _problem(row, f"unknown country code {row['country']!r}")
    if row.cells.get("sector") and row["sector"] not in known.sectors:
        yield _problem(row, f"unknown sector {row['sector']!r}")


def _check_id(row: Row, known: _Known) -> Iterator[str]:
    if not _ID.fullmatch(row["id"]):
        yield _problem(row, f"an id is lower-case words joined by dots and hyphens, not {row['id']!r}")
    if not row["id"].startswith(PREFIXES.get(row.file.name, "")):
        yield _problem(row, f"the id must start with {PREFIXES[row.file.name]}")
    first = known.ids.setdefault(row["id"], row)
    if first is not row and (row.file.name != "people.tsv" or first.file != row.file):
        yield _problem(row, f"the id {row['id']} stands already in {first.file.name}:{first.line}")


def _check_owners(row: Row, known: _Known, owner: str) -> Iterator[str]:
    """Complain where a name belongs to two owners of one country within one table.

    People who truly share a name are told apart by a year of birth at the end of an id; that two people share
    an alias ("George Bush") is no fault, the date tells them apart.
    """
    for name in (row["name"], *row.items("aliases")):
        tokens = tuple(plain(token) for token in phrase_tokens(name))
        first = known.owners.setdefault((row.file.name, row.cells.get("country", ""), *tokens), row)
        if first[owner] == row[owner]:
            continue
        namesakes = any(_NAMESAKE.search(one[owner]) for one in (first, row))
        shared_alias = row.file.name == "people.tsv" and name not in {first["name"], row["name"]}
        if not namesakes and not shared_alias:
            yield _problem(row, f"the name {name!r} belongs already to {first[owner]} in line {first.line}")


def _check_dates(row: Row, what: str) -> Iterator[str]:
    dates = [row[column] for column in ("from", "to") if row[column]]
    wrong = [date for date in dates if not _DATE.fullmatch(date)]
    for date in wrong:
        yield _problem(row, f"not an ISO date: {date!r}")
    if row["from"] and row["to"] and not wrong and not begun(row["from"], row["to"]):
        yield _problem(row, f"the {what} ends ({row['to']}) before it begins ({row['from']})")


def _check_members(rows: list[Row], known: _Known) -> Iterator[str]:
    """Complain of unknown organisations and states, wrong dates, and a state that is twice in at one time."""
    seen: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["organisation"] not in known.ids:
            yield _problem(row, f"no organisation has the id {row['organisation']!r}")
        yield from _check_codes(row, known)
        yield from _check_dates(row, "membership")
        earlier = seen[row["organisation"], row["country"]]
        for first in earlier:
            apart = _before(first["to"], row["from"]) or _before(row["to"], first["from"])
            if not apart:
                yield _problem(row, f"{row['country']} is a member at that time already in line {first.line}")
        earlier.append(row)


def _before(end: str, start: str) -> bool:
    """Say whether what ends on ``end`` is over when the other starts; empty ends and starts are open."""
    return bool(end and start) and begun(end, start)


def _check_person(row: Row, known: _Known) -> Iterator[str]:
    if row["role"] and row["role"] not in known.roles:
        yield _problem(row, f"the role {row['role']!r} is in no line of roles.tsv")
    yield from _check_dates(row, "term")
    first = known.ids[row["id"]]
    if first["name"] != row["name"]:
        yield _problem(row, f"{row['id']} has another name in line {first.line}")


def _check_later(row: Row, known: _Known) -> Iterator[str]:
    for item in row.items("later"):
        date, _, sector = item.partition(" ")
        if not _DATE.fullmatch(date) or sector not in known.sectors:
            yield _problem(row, f"later must be an ISO date and a sector, not {item!r}")


def _check_role(row: Row, seen: dict[tuple[str, ...], Row]) -> Iterator[str]:
    words = phrase_tokens(row["words"])
    if not words or row["words"] != row["words"].lower():
        yield _problem(row, "words must be lemmas in lower case")
    if (first := seen.setdefault(words, row)) is not row:
        yield _problem(row, f"{row['words']!r} stands already in line {first.line}")
    if row["number"] not in NUMBERS:
        yield _problem(row, f"number must be one of {', '.join(sorted(NUMBERS))}, not {row['number']!r}")
    if unknown := sorted(set(row["note"].split()) - FLAGS):
        yield _problem(row, f"unknown flags: {', '.join(unknown)}")


def _check_outlet(row: Row, _known: _Known) -> Iterator[str]:
    if row["ownership"] not in OWNERSHIPS:
        yield _problem(
            row, f"ownership must be one of {', '.join(sorted(OWNERSHIPS))}, not {row['ownership']!r}"
        )


def _check_countries(rows: list[Row], known: _Known) -> Iterator[str]:
    seen: dict[str, Row] = {}
    for row in rows:
        if (first := seen.setdefault(row["code"], row)) is not row:
            yield _problem(row, f"the code {row['code']} stands already in line {first.line}")
        if not re.fullmatch(r"[A-Z]{3,4}", row["code"]):
            yield _problem(row, f"not a country code: {row['code']!r}")
        yield from _check_owners(row, known, "code")


def check_actors(folder: Path = DATA / "actors") -> list[str]:
    """Return what is wrong with the actor tables, one ``file:line: problem`` each; empty when all is well.

    A table that breaks its format is read up to the broken line.
    """
    problems: list[str] = []
    tables = _read(folder, problems)
    known = _known(tables)
    problems.extend(_check_countries(tables["countries.tsv"], known))
    extra: dict[str, Callable[[Row, _Known], Iterator[str]]] = {
        "people.tsv": _check_person, "groups.tsv": _check_later, "media.tsv": _check_outlet,
    }  # fmt: skip
    for name in ("people.tsv", "organisations.tsv", "groups.tsv", "media.tsv"):
        for row in tables[name]:
            problems.extend(_check_codes(row, known))
            problems.extend(_check_id(row, known))
            problems.extend(_check_owners(row, known, "id"))
            if name in extra:
                problems.extend(extra[name](row, known))
    problems.extend(_check_members(tables["organisation-members.tsv"], known))
    for row in tables["metonyms.tsv"]:
        problems.extend(_check_codes(row, known))
    people = {row["id"] for row in tables["people.tsv"]}
    strangers = [row for row in tables["family-name-first.tsv"] if row["id"] not in people]
    problems.extend(_problem(row, f"nobody in people.tsv has the id {row['id']!r}") for row in strangers)
    seen: dict[tuple[str, ...], Row] = {}
    for row in tables["roles.tsv"]:
        problems.extend(_check_codes(row, known))
        problems.extend(_check_role(row, seen))
    return problems
