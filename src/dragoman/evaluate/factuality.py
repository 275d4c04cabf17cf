"""Event words that people have rated: readers of the two kinds of set, by what PATH is.

Numbers from −3 to +3 in JSON Lines, as the sets UW, UDS-IH2 and MEANTIME come: a text of words parted by single
blanks, and targets with a span of words and a ``label``. Or a folder of TimeML files with the polarity of events.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.model.record import Record

# What each label counts in numbers: the scale of the sets; the middle ones were given with the task.
NUMBERS: Mapping[str, float] = {
    "actual": 3.0, "planned": 1.0, "possible": 0.75, "hypothetical": 0.0, "demanded": 0.0, "denied": -3.0,
}  # fmt: skip
HIGHEST = 3.0
NEGATIVE, POSITIVE = "NEG", "POS"
# The reader of TimeML sees elements nested so deep at most; real files have three levels.
DEEPEST = 50


@dataclass(frozen=True, slots=True)
class RatedEvent(Record):
    """An event word at characters ``start`` to ``end``: its number, or else its polarity and modal word ("" for none)."""

    start: int
    end: int
    number: float = 0.0
    polarity: str = ""
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Rated(Record):
    """A text and its rated events; ``name`` says where it stands (a line, a file)."""

    name: str
    text: str
    events: tuple[RatedEvent, ...]


def read_rated(path: Path) -> tuple[Rated, ...]:
    """Read rated sentences in JSON Lines.

    Raises:
        UsageError: the file cannot be read, holds nothing, or a line is not of the format; names ``file:line``.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise UsageError(message) from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(_rated(f"{path.name}:{number}", json.loads(line)))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            message = f"{path}:{number}: no rated sentence (text, targets with span1 and label): {error}"
            raise UsageError(message) from error
    if not any(one.events for one in found):
        message = f"{path}: holds no rated events"
        raise UsageError(message)
    return tuple(found)


def _rated(name: str, row: Any) -> Rated:  # noqa: ANN401 - what JSON holds
    text = row["text"]
    starts, at = [], 0
    for word in text.split(" "):
        starts.append((at, at + len(word)))
        at += len(word) + 1
    events = []
    for target in row["targets"]:
        first, last = target["span1"]
        number = float(target["label"])
        if not (0 <= first < last <= len(starts) and -HIGHEST <= number <= HIGHEST):
            problem = f"a span {first}-{last} of {len(starts)} words, a label {number}"
            raise ValueError(problem)
        events.append(RatedEvent(starts[first][0], starts[last - 1][1], number))
    return Rated(name, text, tuple(events))


def read_timeml(path: Path) -> tuple[tuple[Rated, ...], tuple[str, ...]]:
    """Read the TimeML files (``*.tml``) of a folder and those below it; also the names of files left out.

    Left out are files with more denied events than others: somebody turned the polarity round there (a fifth of
    what TempEval-3 has of AQUAINT), and "said" is marked as not said.

    Raises:
        UsageError: no such file, or one is no TimeML.
    """
    files = sorted(path.rglob("*.tml"))
    if not files:
        message = f"{path}: no *.tml in this folder"
        raise UsageError(message)
    found = [_timeml(file, str(file.relative_to(path))) for file in files]
    turned = [one.name for one in found if _is_turned(one)]
    return tuple(one for one in found if not _is_turned(one)), tuple(turned)


def _is_turned(one: Rated) -> bool:
    denied = sum(event.polarity == NEGATIVE for event in one.events)
    return denied > len(one.events) - denied


def _timeml(file: Path, name: str) -> Rated:
    try:
        root = ET.parse(file).getroot()  # noqa: S314 - a gold set that the user names; expat bounds entities
        body = _text_of(root)
        pieces: list[str] = []
        spans = dict(_events(body, pieces, [0], 0))
    except (OSError, ET.ParseError, ValueError) as error:
        message = f"{file}: no TimeML: {error}"
        raise UsageError(message) from error
    events = []
    for made in root.iter("MAKEINSTANCE"):
        span, polarity = spans.get(made.get("eventID", "")), made.get("polarity", "")
        if span is not None and polarity in {NEGATIVE, POSITIVE}:
            modal = made.get("modality", "").lower()
            events.append(RatedEvent(*span, polarity=polarity, modality="" if modal == "none" else modal))
    return Rated(name, "".join(pieces), tuple(events))


def _text_of(root: ET.Element) -> ET.Element:
    body = root.find("TEXT")
    if body is None:
        problem = "no TEXT"
        raise ValueError(problem)
    return body


def _events(
    element: ET.Element, pieces: list[str], at: list[int], depth: int
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Collect the words below an element, and yield id and span of each event in it."""
    if depth > DEEPEST:
        problem = "nested too deep"
        raise ValueError(problem)
    start = at[0]
    _add(element.text, pieces, at)
    for child in element:
        yield from _events(child, pieces, at, depth + 1)
        _add(child.tail, pieces, at)
    if element.tag == "EVENT" and at[0] > start:
        yield element.get("eid", ""), (start, at[0])


def _add(words: str | None, pieces: list[str], at: list[int]) -> None:
    pieces.append(words or "")
    at[0] += len(words or "")
