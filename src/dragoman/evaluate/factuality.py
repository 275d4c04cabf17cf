"""Event words that people have rated: readers of the two kinds of set, by what PATH is.

Numbers from −3 to +3 in JSON Lines, as the sets UW, UDS-IH2 and MEANTIME come: a text of words parted by single
blanks, and targets with a span of words and a ``label``. Or a folder of TimeML files with the polarity of events.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import SkipError, UsageError
from dragoman.evaluate.timeml import find_timeml, read_timeml
from dragoman.model.record import Record

# What each label counts in numbers: the scale of the sets; the middle ones were given with the task.
NUMBERS: Mapping[str, float] = {
    "actual": 3.0, "planned": 1.0, "possible": 0.75, "hypothetical": 0.0, "demanded": 0.0, "denied": -3.0,
}  # fmt: skip
HIGHEST = 3.0
NEGATIVE, POSITIVE = "NEG", "POS"


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


def read_polarities(path: Path) -> tuple[tuple[Rated, ...], tuple[str, ...]]:
    """Read the TimeML files (``*.tml``) of a folder and those below it; also the names of files left out.

    Left out are files with more denied events than others: somebody turned the polarity round there (a fifth of
    what TempEval-3 has of AQUAINT), and "said" is marked as not said.

    Raises:
        UsageError: no such file, or one is no TimeML.
    """
    files = find_timeml(path)
    found = [_polarities(file, str(file.relative_to(path))) for file in files]
    turned = [one.name for one in found if _is_turned(one)]
    return tuple(one for one in found if not _is_turned(one)), tuple(turned)


def _is_turned(one: Rated) -> bool:
    denied = sum(event.polarity == NEGATIVE for event in one.events)
    return denied > len(one.events) - denied


def _polarities(path: Path, name: str) -> Rated:
    try:
        file = read_timeml(path)
    except SkipError as error:
        message = f"{path}: {error}"
        raise UsageError(message) from error
    spans = {
        one.attributes.get("eid", ""): one
        for one in file.marked
        if one.tag == "EVENT" and one.end > one.start
    }
    events = []
    for made in file.instances:
        event, polarity = spans.get(made.get("eventID", "")), made.get("polarity", "")
        if event is not None and polarity in {NEGATIVE, POSITIVE}:
            modal = made.get("modality", "").lower()
            modality = "" if modal == "none" else modal
            events.append(RatedEvent(event.start, event.end, polarity=polarity, modality=modality))
    return Rated(name, file.text, tuple(events))
