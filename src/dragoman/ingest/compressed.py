"""Files packed with gzip or bzip2: what is in them is read as if it were not packed.

Not xz: a few bytes of it may ask for gigabytes of memory, and Python's reader of such files cannot refuse.
"""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from dragoman.errors import SkipError
from dragoman.ingest.job import Item, Job, Source
from dragoman.ingest.streams import Counted, Unpacked, buffered, look

GZIP, BZIP2 = b"\x1f\x8b", b"BZh"
SUFFIXES = (".gz", ".bz2", ".tgz")
MEDIA_TYPES = ("application/gzip", "application/x-gzip", "application/x-bzip2")


def is_packed(head: bytes) -> bool:
    """Say whether a file begins like one of these."""
    return head.startswith((GZIP, BZIP2))


def read_packed(source: Source, job: Job) -> Iterator[Item]:
    """Yield the articles of what is packed.

    Raises:
        SkipError: it unpacks to far more than its size, or is damaged.
    """
    head, file = look(source.file, 8)
    packed = cast("BinaryIO", Counted(file))
    path = source.path.lower()
    for suffix in SUFFIXES:
        path = path.removesuffix(suffix)
    try:
        unpacking = _open(head, packed)
    except (OSError, EOFError, ValueError) as error:
        message = f"is packed and damaged ({error})"
        raise SkipError(message) from error
    inner = replace(source, file=buffered(Unpacked(unpacking, packed)), path=path, media_type=None)
    yield from job.inside(source, inner)


def _open(head: bytes, file: BinaryIO) -> BinaryIO:
    return cast(
        "BinaryIO", bz2.BZ2File(file) if head.startswith(BZIP2) else gzip.GzipFile(fileobj=file, mode="rb")
    )
