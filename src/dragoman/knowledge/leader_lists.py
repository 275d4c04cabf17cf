"""Readers of public lists of leaders, whose facts our own table is compared with.

Two layouts are known by their content: the REIGN leader list (a CSV file; effective leaders, month of the end) and
the World Factbook's leaders (a TSV file; chiefs of state and heads of government on the day it was made).
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.phrases import plain
from dragoman.knowledge.tables import DATA, read_table

REIGN, FACTBOOK = "reign", "factbook"
REIGN_COLUMNS = frozenset({"ccode", "leader", "sdate", "smonth", "syear", "emonth", "eyear"})
FACTBOOK_COLUMNS = frozenset({"country", "chief_of_state", "head_of_government"})
OFFICES = {
    "chief_of_state": ("head_of_state", "monarch"),
    "head_of_government": ("head_of_government", "head_of_state", "monarch"),
}
EFFECTIVE = ("head_of_state", "head_of_government", "monarch", "leader")
_SEVERAL = re.compile(r" and |&|/")
_HOLDER = re.compile(r"(?P<name>[^;()]+?)\s*\((?:since|from) (?P<since>[^);]+)\)")
_FACTBOOK_DATES = (("%d %B %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%Y", "%Y"))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a list says: who held one of some roles, from when to when (ISO; an end may be empty: still then).

    ``countries`` are the codes that the list's state may have with us. ``key`` are the words of the name that
    settle who it is. ``place`` is ``file:line``.
    """

    source: str
    place: str
    countries: tuple[str, ...]
    roles: tuple[str, ...]
    name: str
    key: tuple[str, ...]
    start: str
    end: str


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Read a list of leaders of either layout, or all of a folder and those below it.

    Raises:
        UsageError: a file cannot be read, or nothing in a known layout is there.
    """
    paths = (
        sorted(each for each in path.rglob("*") if each.suffix in {".csv", ".tsv"})
        if path.is_dir()
        else [path]
    )
    found = tuple(claim for each in paths for claim in _claims(each, only=not path.is_dir()))
    if not found:
        message = f"{path}: holds no list of leaders in a known layout"
        raise UsageError(message)
    return found


def _claims(path: Path, *, only: bool) -> Iterator[Claim]:
    """Yield the claims of a file; in a folder, files of other layouts are passed over."""
    try:
        text = read_text(path)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise UsageError(message) from error
    reader = csv.DictReader(io.StringIO(text), delimiter="\t" if path.suffix == ".tsv" else ",")
    columns = set(reader.fieldnames or ())
    if columns >= REIGN_COLUMNS:
        yield from _reign(path, reader)
    elif columns >= FACTBOOK_COLUMNS:
        yield from _factbook(path, reader)
    elif only:
        message = f"{path}: its columns are of no known layout"
        raise UsageError(message)


def read_text(path: Path) -> str:
    """Return a list's text, whatever of the two usual encodings it has."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _reign(path: Path, rows: Iterator[Mapping[str, str]]) -> Iterator[Claim]:
    countries = {
        row["number"]: row.items("country")
        for row in read_table(DATA / "comparison/cow.tsv", ("number", "country"))
    }
    for line, row in enumerate(rows, 2):
        start = _iso(row["syear"], row["smonth"], row["sdate"])
        end = _iso(row["eyear"], row["emonth"])
        for name in _SEVERAL.split(row["leader"]):
            words = tuple(word for word in re.split(r"[\s.,]+", name.strip()) if len(word) > 1)
            if words and row["ccode"] in countries:
                place = f"{path.name}:{line}"
                yield Claim(REIGN, place, countries[row["ccode"]], EFFECTIVE, name.strip(), words, start, end)


def _iso(year: str, month: str, day: str = "") -> str:
    """Return an ISO date, as exact as the parts are known."""
    parts = [year.zfill(4)]
    for part in (month, day):
        if not part.isdigit() or not int(part):
            break
        parts.append(part.zfill(2))
    return "-".join(parts) if year.isdigit() else ""


def _factbook(path: Path, rows: Iterator[Mapping[str, str]]) -> Iterator[Claim]:
    codes = country_codes()
    for line, row in enumerate(rows, 2):
        country = state_of(row, codes)
        if country is None:
            continue
        for column, roles in OFFICES.items():
            words = html.unescape(row[column] or "").partition("represented by")[0]
            for holder in _HOLDER.finditer(words):
                name = re.split(r"^(?:and|or)\s|,", holder["name"].strip(" ;,"))[-1].strip()
                key = tuple(
                    word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1 and word.isupper()
                )
                if key:
                    start = _since(holder["since"])
                    yield Claim(FACTBOOK, f"{path.name}:{line}", (country,), roles, name, key, start, "")


def state_of(row: Mapping[str, str], codes: Mapping[str, str]) -> str | None:
    """Return our code of a Factbook row: by its name, else by its capital; None for what is no state of ours."""
    capital = re.split(r"[(;,]", html.unescape(row.get("capital") or ""))[0].strip()
    return codes.get(html.unescape(row["country"]).lower()) or codes.get(f"capital {capital.lower()}")


def country_codes() -> dict[str, str]:
    """Return our codes by names that the Factbook may use, in lower case, and by ``capital`` with its name."""
    codes = {}
    for country in load_actors().countries.values():
        codes.update({f"capital {plain(name).lower()}": country.code for name in country.capitals})
    for country in load_actors().countries.values():
        codes.update({name.lower(): country.code for name in (country.name, *country.aliases)})
    for row in read_table(DATA / "comparison/countries.tsv", ("name", "country")):
        codes[row["name"].lower()] = row["country"]
    return codes


def _since(words: str) -> str:
    """Return the ISO date of "12 May 2021", "May 2021" or "2021"; empty for anything else."""
    for theirs, ours in _FACTBOOK_DATES:
        try:
            return datetime.strptime(words.strip(), theirs).strftime(ours)  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return ""
