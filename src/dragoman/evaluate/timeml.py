"""Reading of TimeML files (TimeBank, AQUAINT, TempEval-3): the text, what is marked in it, and the day it was written."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import SkipError, UsageError
from dragoman.model.record import Record

# Elements may be nested so deep; real files have three levels.
DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Marked:
    """An element of the text: its tag, its attributes, and code points of the text."""

    tag: str
    attributes: Mapping[str, str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimemlFile:
    """A file's text, what is marked in it (inner elements first), its MAKEINSTANCE rows, the day it was written (ISO)."""

    name: str
    text: str
    marked: tuple[Marked, ...]
    instances: tuple[Mapping[str, str], ...]
    created: str | None


@dataclass(frozen=True, slots=True)
class Timex(Record):
    """An annotated time expression: code points of the text, its words, ``type`` and ``value`` as in TIMEX3."""

    start: int
    end: int
    text: str
    type: str
    value: str


def find_timeml(path: Path) -> list[Path]:
    """Return the file itself, or every ``*.tml`` of a folder and of those below it, in order of name.

    Raises:
        UsageError: there is none.
    """
    files = sorted(path.rglob("*.tml")) if path.is_dir() else [path]
    if not files or not files[0].exists():
        message = f"{path}: no *.tml in this folder" if path.is_dir() else f"{path}: no such file"
        raise UsageError(message)
    return files


def read_timeml(path: Path) -> TimemlFile:
    """Read one TimeML file.

    Raises:
        SkipError: it cannot be read, or is no TimeML.
    """
    pieces: list[str] = []
    try:
        root = ET.fromstring(path.read_bytes())  # noqa: S314 - expat bounds entities itself since 2.4.1
        marked = tuple(_marked(_text_of(root), pieces, [0], 0))
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise SkipError(message) from error
    except (ET.ParseError, ValueError) as error:
        message = f"no TimeML: {error}"
        raise SkipError(message) from error
    creation = root.find("DCT/TIMEX3")
    created = creation.get("value") if creation is not None else None
    instances = tuple(one.attrib for one in root.iter("MAKEINSTANCE"))
    return TimemlFile(path.name, "".join(pieces), marked, instances, created)


def times_of(file: TimemlFile) -> tuple[Timex, ...]:
    """Return the time expressions of a file, in order."""
    found = [one for one in file.marked if one.tag == "TIMEX3"]
    return tuple(
        Timex(
            one.start,
            one.end,
            file.text[one.start : one.end],
            one.attributes.get("type", ""),
            one.attributes.get("value", ""),
        )
        for one in sorted(found, key=lambda one: (one.start, -one.end))
    )


def _text_of(root: ET.Element) -> ET.Element:
    body = root.find("TEXT")
    if body is None:
        problem = "it has no TEXT"
        raise ValueError(problem)
    return body


def _marked(element: ET.Element, pieces: list[str], at: list[int], depth: int) -> Iterator[Marked]:
    """Gather the words below an element into ``pieces``, count them in ``at``, and yield the elements in it."""
    if depth > DEEPEST:
        problem = f"nested more than {DEEPEST} deep"
        raise ValueError(problem)
    _add(element.text, pieces, at)
    for child in element:
        start = at[0]
        yield from _marked(child, pieces, at, depth + 1)
        yield Marked(child.tag, child.attrib, start, at[0])
        _add(child.tail, pieces, at)


def _add(words: str | None, pieces: list[str], at: list[int]) -> None:
    pieces.append(words or "")
    at[0] += len(words or "")
