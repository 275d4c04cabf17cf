"""A stream of bytes as lines of text, for formats with a record a line."""

from __future__ import annotations

import io
from typing import TextIO, cast

from dragoman.ingest.encoding import decode_any, marked
from dragoman.ingest.job import Source
from dragoman.ingest.streams import look


def text_stream(source: Source, *, newline: str | None = None) -> TextIO:
    """Return the source as text; the encoding is told from its beginning, and what does not fit is marked.

    Raises:
        SkipError: empty or binary.
    """
    head, file = look(source.file)
    encoding = decode_any(_whole_lines(head), [source.charset])[1]
    if (found := marked(head)) is not None:
        file.read(len(found[0]))
    return cast("TextIO", io.TextIOWrapper(file, encoding=encoding, errors="replace", newline=newline))


def _whole_lines(head: bytes) -> bytes:
    """Cut the beginning after its last line, so that no letter is cut in two."""
    end = head.rfind(b"\n")
    cut = head[: end + 1] if end > 0 else head
    # A line break of UTF-16 is two bytes, and one of UTF-32 four.
    return head[: len(head) // 4 * 4] if b"\0" in head[:4] or marked(head) else cut
