"""Reading of TimeML files (TimeBank, AQUAINT, TempEval-3): text, day of creation, time expressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from dragoman.errors import SkipError, UsageError
from dragoman.model.record import Record


@dataclass(frozen=True, slots=True)
class Timex(Record):
    """An annotated time expression: code points of the text, its words, ``type`` and ``value`` as in TIMEX3."""

    start: int
    end: int
    text: str
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class TimemlDocument:
    """A file's text, the day it was written (ISO, None where the file has none), and its times in order."""

    name: str
    text: str
    created: str | None
    times: tuple[Timex, ...]


def find_timeml(path: Path) -> list[Path]:
    """Return the file itself, or every ``*.tml`` of a folder and of those below it, in order of name.

    Raises:
        UsageError: there is none.
    """
    files = sorted(path.rglob("*.tml")) if path.is_dir() else [path]
    if not files or not files[0].exists():
        message = f"{path}: no TimeML here (a file, or a folder of *.tml)"
        raise UsageError(message)
    return files


def read_timeml(path: Path) -> TimemlDocument:
    """Read one TimeML file.

    Raises:
        SkipError: it cannot be read, or is no TimeML.
    """
    try:
        root = ET.fromstring(path.read_bytes())  # noqa: S314 - expat bounds entities itself since 2.4.1
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise SkipError(message) from error
    except ET.ParseError as error:
        message = f"no TimeML: {error}"
        raise SkipError(message) from error
    body = root.find("TEXT")
    if body is None:
        message = "no TimeML: it has no TEXT"
        raise SkipError(message)
    pieces: list[str] = []
    times = tuple(_timexes(body, pieces))
    creation = root.find("DCT/TIMEX3")
    created = creation.get("value") if creation is not None else None
    return TimemlDocument(path.name, "".join(pieces), created, times)


def _timexes(element: ET.Element, pieces: list[str]) -> Iterator[Timex]:
    """Gather the text below an element into ``pieces`` and yield the times in it."""
    pieces.append(element.text or "")
    for child in element:
        start = sum(map(len, pieces))
        yield from _timexes(child, pieces)
        if child.tag == "TIMEX3":
            words = "".join(pieces)[start:]
            yield Timex(start, start + len(words), words, child.get("type", ""), child.get("value", ""))
        pieces.append(child.tail or "")
