"""Readers of MUC-4: articles on attacks in Latin America, 1988-90, and the answer keys to them.

Layout and meaning of the slots: the set's own ``doc/templ-doc-basic/template-doc-part1.v7``. ``/`` parts alternatives,
``?`` marks what may be left out, ``-`` an empty slot, ``*`` one that does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.model.document import Document

HEADER = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})(?: +\([^)\n]*\))?[ \t]*$", re.MULTILINE)
SLOT = re.compile(r"^(\d{1,2})\. +([A-Z ]+: ?[A-Z ]+?) {2,}(.*)$")
STRING = re.compile(r'"([^"]*)"')
DAY = re.compile(r"(\d{1,2}) ?([A-Z]{3})[A-Z]* ?(\d{2})", re.IGNORECASE)
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
CENTURY = 1900
# Columns before the value of a line that goes on with the slot above.
INDENT = " " * 8
EMPTY = frozenset({"", "-", "*"})
# The dateline stands in this many characters at most.
DATELINE_REACH = 160


@dataclass(frozen=True, slots=True)
class Filler:
    """One line of a slot: acceptable values, the strings after the colon it is said of, whether it may be left out."""

    values: tuple[str, ...]
    strings: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``first`` to ``last``; ``first`` is None for "on or before"."""

    first: date | None
    last: date


@dataclass(frozen=True, slots=True)
class Key:
    """One incident of an article as the answer key has it; ``slots`` are its lines by the slot's number.

    ``optional``: the makers doubted that it belongs there.
    """

    article: str
    number: str
    optional: bool
    slots: dict[int, tuple[Filler, ...]]
    dates: tuple[Interval, ...]
    places: tuple[tuple[str, ...], ...]

    def values(self, slot: int) -> tuple[str, ...]:
        """Return the acceptable values of a slot that holds one filler."""
        return tuple(value for filler in self.slots.get(slot, ()) for value in filler.values)

    def strings(self, *slots: int) -> tuple[str, ...]:
        """Return the words of the text that stand in some slots."""
        return tuple(
            dict.fromkeys(
                text for slot in slots for filler in self.slots.get(slot, ()) for text in filler.strings
            )
        )


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its keys; none when it tells of no incident."""

    id: str
    document: Document
    keys: tuple[Key, ...]


def read_articles(paths: Iterable[Path]) -> list[GoldArticle]:
    """Read texts and keys from files, or from all files of folders; keys are those whose names begin with ``key``.

    Raises:
        UsageError: a file cannot be read, or there are no texts or no keys.
    """
    files = [file for path in paths for file in _files(path)]
    texts = [text for file in files if not file.name.startswith("key") for text in _texts(_read(file))]
    keys: dict[str, list[Key]] = {}
    answered: set[str] = set()
    for file in files:
        if file.name.startswith("key"):
            for id_, key in _keys(_read(file)):
                answered.add(id_)
                if key is not None:
                    keys.setdefault(id_, []).append(key)
    found = [
        GoldArticle(id_, document, tuple(keys.get(id_, ()))) for id_, document in texts if id_ in answered
    ]
    if not found:
        message = f"{', '.join(map(str, paths))}: no MUC-4 texts with answer keys (files named key…) there"
        raise UsageError(message)
    return found


def _files(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="latin-1")
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UsageError(message) from error


def _texts(content: str) -> Iterator[tuple[str, Document]]:
    """Yield id and document of each article; its day is that of the dateline, where there is one."""
    pieces = HEADER.split(content)
    for id_, text in zip(pieces[1::2], pieces[2::2], strict=True):
        body = text.strip("\n")
        published = _day(body[:DATELINE_REACH].partition("--")[0])
        yield id_, Document(text=body, published=published.isoformat() if published else None)


def _keys(content: str) -> Iterator[tuple[str, Key | None]]:
    """Yield the article of each template and its key; None where the article has no incident."""
    lines: list[tuple[int, str]] = []
    for line in content.splitlines():
        slot = SLOT.match(line)
        if slot is not None and slot.group(1) == "0" and lines:
            yield _key(lines)
            lines = []
        if slot is not None:
            lines.append((int(slot.group(1)), slot.group(3).strip()))
        elif lines and line.startswith(INDENT) and line.strip():
            lines.append((lines[-1][0], line.strip()))
    if lines:
        yield _key(lines)


def _key(lines: Sequence[tuple[int, str]]) -> tuple[str, Key | None]:
    id_ = lines[0][1].split()[0]
    number = next((text for slot, text in lines if slot == 1), "*")
    if number.startswith("*"):
        return id_, None
    slots: dict[int, list[Filler]] = {}
    for slot, text in lines[2:]:
        if text not in EMPTY:
            slots.setdefault(slot, []).append(_filler(text))
    dates = next((text for slot, text in lines if slot == 2), "-")  # noqa: PLR2004 - the slot's number
    places = next((text for slot, text in lines if slot == 3), "-")  # noqa: PLR2004
    return id_, Key(
        id_,
        number.split()[0],
        "OPTIONAL" in number,
        {slot: tuple(found) for slot, found in slots.items()},
        tuple(_intervals(dates)),
        tuple(_places(places)),
    )


def _filler(text: str) -> Filler:
    """Return one line of a slot: ``? DEATH / INJURY: "A" / "B"``."""
    optional = text.startswith("?")
    strings = tuple(string for string in STRING.findall(text) if string != "-")
    named = text.partition('"')[0].strip(" ?:()")
    values = tuple(value for part in named.split("/") if (value := part.strip(" ?:()")))
    return Filler(values, strings, optional)


def _day(text: str) -> date | None:
    match = DAY.search(text)
    if match is None or match.group(2).upper() not in MONTHS:
        return None
    try:
        return date(
            CENTURY + int(match.group(3)), MONTHS.index(match.group(2).upper()) + 1, int(match.group(1))
        )
    except ValueError:
        return None


def _intervals(text: str) -> Iterator[Interval]:
    """Yield the acceptable intervals: "3 JAN 90", "- 3 JAN 90", "1 JAN 90 - 3 JAN 90"."""
    for part in text.split("/"):
        days = [day for match in DAY.finditer(part) if (day := _day(match.group())) is not None]
        if not days:
            continue
        until = part.strip(" ?(").startswith("-")
        yield Interval(None if until else days[0], days[-1])


def _places(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the acceptable places, each from the country down to the finest; "A - B" are two of one level."""
    for part in text.split(" / "):
        levels = [level.strip(" ?()") for level in re.sub(r"\s*\([^()]*\)", "", part).split(":")]
        if kept := [level for level in levels if level and level not in EMPTY]:
            yield tuple(kept)
