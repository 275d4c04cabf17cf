"""PDF: the text of its pages as one article."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from dragoman.errors import SkipError
from dragoman.ingest.job import Item, Job, Source, read_bounded
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.original import Original, Piece
from dragoman.ingest.pdf_pages import SECONDS
from dragoman.model.span import Note

MEDIA_TYPES = ("application/pdf", "application/x-pdf")
# Bytes; scanned books are longer, and hold no text.
LONGEST_PDF = 64 * 1024 * 1024
HEADER = b"%PDF-"
# Where a header may begin, as other readers allow. Bytes.
HEADER_WITHIN = 1024
HYPHEN = re.compile(r"(?<=[a-z])-[ \t]*\n(?=[a-z])")
NO_LETTER = re.compile(r"[\ud800-\udfff\0]")


def is_pdf(head: bytes) -> bool:
    """Say whether a file begins like a PDF."""
    return HEADER in head[:HEADER_WITHIN]


def read_pdf(source: Source, job: Job) -> Iterator[Item]:
    """Yield the text of the pages as one article; words parted at the end of a line are joined.

    The day it was made is no day of publishing, so the article is undated unless the caller knows better.

    Raises:
        SkipError: damaged, locked, without text (a scan), or it takes too long or too much memory.
    """
    del job
    data = read_bounded(source.file, LONGEST_PDF, "one PDF")
    answer = _ask(data)
    if "error" in answer:
        raise SkipError(answer["error"])
    whole = "".join(f"{NO_LETTER.sub(chr(0xFFFD), page)}\f" for page in answer["pages"])
    if not whole.strip():
        message = "holds no text; a scanned PDF must be read by a text recognition program first"
        raise SkipError(message)
    text, pieces = _joined(whole)
    notes = (Note(len(text), len(text), "", "truncated"),) if answer["cut"] else ()
    known = source.settled(Metadata(title=_title(answer["title"])))
    original = Original(media_type="application/pdf", encoding=None, data=data, pieces=pieces)
    yield Item(source.name, known.document(text), original, notes)


def _ask(data: bytes) -> dict[str, Any]:
    """Let a process of its own read the pages, in bounded time and memory.

    Raises:
        SkipError: it did not end well.
    """
    command = [sys.executable, "-m", "dragoman.ingest.pdf_pages"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * SECONDS, check=True)  # noqa: S603 - our own
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        message = f"is a PDF that takes more than {SECONDS} seconds or too much memory"
        raise SkipError(message) from error
    return answer


def _joined(whole: str) -> tuple[str, tuple[Piece, ...]]:
    """Return the text with parted words joined and pages parted by blank lines, and where its pieces stood."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at, start = 0, 0
    for match in re.finditer(rf"{HYPHEN.pattern}|\f", whole):
        piece = whole[start : match.start()]
        parts += [piece, "\n\n" if match.group() == "\f" else ""]
        if piece:
            pieces.append((at, at + len(piece), start))
        at += len(piece) + len(parts[-1])
        start = match.end()
    text = "".join(parts).rstrip()
    kept = tuple((a, min(b, len(text)), c) for a, b, c in pieces if a < len(text))
    return text, kept


def _title(words: str | None) -> str | None:
    """Return a PDF's title, unless it is the name of the file it was made from."""
    title = " ".join((words or "").split())
    return (
        None
        if not title or re.search(r"\.\w{2,5}$|^untitled|^microsoft word", title, re.IGNORECASE)
        else title
    )
