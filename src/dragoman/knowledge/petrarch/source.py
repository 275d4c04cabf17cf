"""Lines of PETRARCH files: comments taken off, places kept, faults collected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import UsageError

# Comments in the manner of HTML, also with a blank after the exclamation mark, as some files have it.
OPENING = re.compile(r"<!\s*--")
CLOSING = "-->"
# A code in square brackets, and what may follow as a comment: "#" of Python, ";" of the older KEDS files.
BRACKETED = re.compile(r"\[[^\[\]]*\]")
REMARK = re.compile(r"[#;]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its comments. ``text`` keeps the white space before it; ``number`` counts from 1."""

    file: str
    number: int
    text: str

    @property
    def source(self) -> str:
        """Where it stands, as ``file:line``."""
        return f"{self.file}:{self.number}"


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be used, or not in full, and why."""

    line: Line
    why: str

    def __str__(self) -> str:
        """Return ``file:line: what is wrong``."""
        return f"{self.line.source}: {self.why}"


def read_lines(path: Path) -> tuple[Line, ...]:
    """Read a file in UTF-8, or in Latin-1 where it is none.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UsageError(message) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return tuple(lines_of(text, path.name))


def lines_of(text: str, file: str) -> Iterator[Line]:
    """Yield every line of the text without its comments; a line of comment only is left out.

    Blank lines stay, for in verb files they part lists.
    """
    inside = False
    for number, raw in enumerate(text.split("\n"), 1):
        kept, inside = _without_markup(raw.rstrip("\r"), inside=inside)
        plain = _without_remark(kept).rstrip()
        if plain.strip() or not raw.strip():
            yield Line(file, number, plain)


def _without_markup(text: str, *, inside: bool) -> tuple[str, bool]:
    """Return the text without HTML comments, and whether one is still open at its end."""
    kept = ""
    while text:
        if inside:
            _, closing, text = text.partition(CLOSING)
            inside = not closing
            continue
        opening = OPENING.search(text)
        if opening is None:
            return kept + text, False
        kept, text, inside = kept + text[: opening.start()], text[opening.end() :], True
    return kept, inside


def _without_remark(text: str) -> str:
    """Return the text up to "#" or ";"; within brackets these are part of a code ("[###]")."""
    covered = [match.span() for match in BRACKETED.finditer(text)]
    for match in REMARK.finditer(text):
        if not any(start <= match.start() < end for start, end in covered):
            return text[: match.start()]
    return text
