"""Files and standard input as documents; what cannot be read is told and skipped."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import SkipError
from dragoman.ingest.formats import TEXT, format_of
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.original import Original
from dragoman.model.document import Document

STANDARD_INPUT = "-"
# A plain file holds one article; the longest we know of have 1 MB. Bytes; bounds the memory of one.
LONGEST = 16 * 1024 * 1024

OnSkip = Callable[[str, SkipError], None]


@dataclass(frozen=True, slots=True)
class Item:
    """A document, the name of the input it came from, and that input as it was, where it is worth keeping."""

    name: str
    document: Document
    original: Original | None = None


def read_items(names: Iterable[str], known: Metadata, on_skip: OnSkip) -> Iterator[Item]:
    """Yield the documents of the inputs, in order; ``-`` is standard input.

    ``on_skip`` is told the name of an input that cannot be read, and why; the others go on.
    """
    for name in names:
        try:
            found = list(_read(name, known))
        except SkipError as error:
            on_skip(label(name), error)
            continue
        for document in found:
            yield Item(label(name), document)


def label(name: str) -> str:
    """Return how an input is called in messages."""
    return "standard input" if name == STANDARD_INPUT else name


def _read(name: str, known: Metadata) -> Iterable[Document]:
    if name == STANDARD_INPUT:
        return TEXT.read(_bounded(sys.stdin.buffer.read(LONGEST + 1)), known)
    path = Path(name)
    try:
        if path.is_dir():
            message = "is a folder; name the files in it"
            raise SkipError(message)
        if not path.exists():
            message = "no such file"
            raise SkipError(message)
        reader = format_of(path.suffix)
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as error:
        message = f"cannot be read: {os.strerror(error.errno or errno.EIO).lower()}"
        raise SkipError(message) from error
    return reader.read(_bounded(data), known)


def _bounded(data: bytes) -> bytes:
    if len(data) > LONGEST:
        message = f"is too long for one article: more than {LONGEST // 1024**2} MB"
        raise SkipError(message)
    return data
