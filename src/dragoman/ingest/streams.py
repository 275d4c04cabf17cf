"""Byte streams that can be looked into before they are read, and that are bounded."""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, TextIO, cast

from dragoman.errors import SkipError

# How much is looked at to tell a format. Bytes; the head of a page with its metadata can be long.
HEAD = 64 * 1024
# What unpacks to more than so many times its size, after the first few MB, is made to harm. Gzip reaches
# about 1,000 on zeros; web archives and tables reach 5 to 30. Set by hand.
BOMB_RATIO = 200
BOMB_FREE = 64 * 1024 * 1024
# What cannot seek and must be able to is copied, in memory up to the first, in all up to the second. Bytes.
SPOOL_MEMORY = 16 * 1024 * 1024
SPOOL_LONGEST = 2 * 1024**3


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        if not self._head:
            data: bytes | memoryview = read_some(self._rest, len(view))
        else:
            data, self._head = self._head[: len(view)], self._head[len(view) :]
        view[: len(data)] = data
        return len(data)


class Counted:
    """Passes reads on, and tells how much has been read; what unpacks needs no more of a stream."""

    def __init__(self, file: BinaryIO) -> None:
        """Start at nothing."""
        self._file = file
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self._file.read(size)
        self._read += len(data)
        return data

    def tell(self) -> int:
        """Return how much has been read."""
        return self._read


class Unpacked(io.RawIOBase):
    """What a packed stream unpacks to; a bomb raises `SkipError`, broken packing too, after what stands before."""

    def __init__(self, unpacking: BinaryIO, packed: BinaryIO) -> None:
        """``unpacking`` gives the bytes, ``packed`` tells how far it has read."""
        self._unpacking, self._packed = unpacking, packed
        self._given = 0
        self._error: SkipError | None = None

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Unpack into a buffer."""
        view = memoryview(cast("bytearray", buffer))
        if self._error is not None:
            raise self._error
        try:
            data = read_some(self._unpacking, len(view))
        except (
            OSError,
            EOFError,
            ValueError,
            ArithmeticError,
            zlib.error,
            zipfile.BadZipFile,
            tarfile.TarError,
        ) as error:
            self._error = SkipError(f"is packed and breaks off or is damaged ({error})")
            raise self._error from error
        self._given += len(data)
        if self._given > BOMB_FREE and self._given > BOMB_RATIO * max(self._packed.tell(), 1):
            message = f"unpacks to more than {BOMB_RATIO} times its size"
            raise SkipError(message)
        view[: len(data)] = data
        return len(data)


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """Return a raw stream with a buffer."""
    return cast("BinaryIO", io.BufferedReader(raw, HEAD))


def look(file: BinaryIO, size: int = HEAD) -> tuple[bytes, BinaryIO]:
    """Return the first bytes, and the stream with them still to come."""
    if file.seekable():
        start = file.tell()
        head = file.read(size)
        file.seek(start)
        return head, file
    pieces: list[bytes] = []
    missing = size
    while missing:
        try:
            piece = read_some(file, missing)
        except SkipError:
            if pieces:  # what stands before is read; the error comes again when it is read on
                break
            raise
        if not piece:
            break
        pieces.append(piece)
        missing -= len(piece)
    head = b"".join(pieces)
    return head, buffered(_Rejoined(head, file))


def read_some(file: BinaryIO, size: int) -> bytes:
    """Return some of the bytes that follow, none at the end; unlike ``read`` it loses none when the stream breaks off."""
    read = getattr(file, "read1", file.read)
    data: bytes = read(size)
    return data


def seekable(file: BinaryIO) -> BinaryIO:
    """Return the stream, or a copy of it, that can seek; large ones lie in a temporary file.

    Raises:
        SkipError: it is too long to be copied.
    """
    if file.seekable():
        return file
    copy = tempfile.SpooledTemporaryFile(SPOOL_MEMORY)  # noqa: SIM115 - it is the result; closed with it
    size = 0
    while piece := file.read(1024 * 1024):
        size += len(piece)
        if size > SPOOL_LONGEST:
            copy.close()
            message = f"is too long: more than {SPOOL_LONGEST // 1024**3} GB"
            raise SkipError(message)
        copy.write(piece)
    copy.seek(0)
    return cast("BinaryIO", copy)


def bounded_lines(file: TextIO, limit: int) -> Iterator[tuple[int, str | None]]:
    """Yield number and text of each line; None in place of one of more than ``limit`` characters."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        if len(line) <= limit:
            yield number, line
            continue
        while line and not line.endswith("\n"):
            line = file.readline(limit)
        yield number, None
