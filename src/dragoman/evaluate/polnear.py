"""PolNeAR: news articles with every source, cue and content marked by hand, in BRAT's standoff format.

A folder holds ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann``. An annotation is a list of lines: ``T`` a stretch
of text with its label and offsets (several pieces parted by semicolons), ``E`` an attribution that names its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.model.document import Document
from dragoman.model.record import Record
from dragoman.model.span import Bounds

PARTS = {"Source": "source", "Cue": "cue", "Content": "content", "Content2": "content"}
DAY_IN_NAME = re.compile(r"_(\d{4}-\d\d-\d\d)_")


@dataclass(frozen=True, slots=True)
class GoldAttribution(Record):
    """One attribution as annotated: the pieces of its source (none where the text names none), cue and content."""

    source: tuple[Bounds, ...]
    cue: tuple[Bounds, ...]
    content: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and its annotations: one tuple of attributions an annotator, in the order of their names."""

    name: str
    document: Document
    readings: tuple[tuple[GoldAttribution, ...], ...]


def read_polnear(folder: Path) -> tuple[GoldArticle, ...]:
    """Read a folder of PolNeAR, in the order of names; a text without any annotation is left out.

    Raises:
        UsageError: no such folders, no annotated text, or a line that breaks the format (named with file and line).
    """
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        message = f"{folder}: no text/*.txt in this folder"
        raise UsageError(message)
    found = []
    for path in texts:
        files = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        files = [file for file in files if "_" not in file.stem.removeprefix(f"{path.stem}_")]
        if files:
            text = _text(path)
            day = DAY_IN_NAME.search(path.name)
            document = Document(text=text, published=day.group(1) if day else None)
            found.append(
                GoldArticle(path.stem, document, tuple(tuple(read_brat(file, text)) for file in files))
            )
    if not found:
        message = f"{folder}: no text has an annotation attributions/NAME_ANNOTATOR.ann"
        raise UsageError(message)
    return tuple(found)


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8"
        raise UsageError(message) from error


def read_brat(path: Path, text: str) -> Iterator[GoldAttribution]:
    """Yield the attributions of one annotation of ``text``; one without cue or content is left out.

    Parts that are named but nowhere marked count as absent, as in the set itself.

    Raises:
        UsageError: a line with offsets that are no numbers or lie outside of the text.
    """
    marked: dict[str, tuple[Bounds, ...]] = {}
    events = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        name, _, rest = line.partition("\t")
        if name.startswith("T") and "\t" in rest:
            marked[name] = _pieces(rest.split("\t")[0], len(text), f"{path}:{number}")
        elif name.startswith("E"):
            events.append(rest)
    for event in events:
        parts: dict[str, tuple[Bounds, ...]] = {"source": (), "cue": (), "content": ()}
        for role in event.split():
            label, _, name = role.partition(":")
            if label in PARTS:
                parts[PARTS[label]] += marked.get(name, ())
        if parts["cue"] and parts["content"]:
            yield GoldAttribution(**parts)


def _pieces(label_and_offsets: str, length: int, where: str) -> tuple[Bounds, ...]:
    _, _, offsets = label_and_offsets.partition(" ")
    pieces = []
    for piece in offsets.split(";"):
        numbers = piece.split()
        if len(numbers) != 2 or not all(number.isdecimal() for number in numbers):  # noqa: PLR2004 - start and end
            message = f"{where}: offsets must be two whole numbers, they are {piece!r}"
            raise UsageError(message)
        start, end = map(int, numbers)
        if not start <= end <= length:
            message = f"{where}: {start}-{end} is outside of the text of {length} characters"
            raise UsageError(message)
        pieces.append(Bounds(start, end))
    return tuple(pieces)
