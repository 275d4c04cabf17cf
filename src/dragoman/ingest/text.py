"""Plain text: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.ingest.encoding import decode_any
from dragoman.ingest.job import Item, Job, Source, read_bounded
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.original import unchanged


def decode(data: bytes) -> str:
    """Return the text of bytes: UTF-8, what a byte order mark says, or what they look like.

    Raises:
        SkipError: empty, binary, or in an encoding that could not be told.
    """
    return decode_any(data)[0]


def read_text(source: Source, job: Job) -> Iterator[Item]:
    """Yield the file as one article.

    Raises:
        SkipError: empty, binary, or too long for one article.
    """
    del job
    data = read_bounded(source.file)
    text, encoding = decode_any(data, [source.charset])
    yield Item(source.name, source.settled(Metadata()).document(text), unchanged(data, encoding, text))
