"""The one list of formats. To read another: write its reader in a file of its own, and add a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dragoman.errors import SkipError
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.text import decode
from dragoman.model.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the endings of its files (in lower case), and its reader.

    The reader takes the bytes and what the caller knows of the article, and gives documents; it
    raises `SkipError` for what it cannot read.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, Metadata], Iterable[Document]]


TEXT = Format("plain text", (".txt", ".text", ".md", ""), lambda data, known: [known.document(decode(data))])

FORMATS: tuple[Format, ...] = (TEXT,)


def format_of(suffix: str) -> Format:
    """Return the format of files with this ending (``.txt``).

    Raises:
        SkipError: no format has it.
    """
    for each in FORMATS:
        if suffix.lower() in each.suffixes:
            return each
    known = ", ".join(sorted(suffix for each in FORMATS for suffix in each.suffixes if suffix))
    message = f"is of an unknown format; known endings: {known}, or none for plain text"
    raise SkipError(message)
