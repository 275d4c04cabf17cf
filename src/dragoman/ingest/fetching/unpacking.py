"""The body of an answer: read and unpacked piece by piece, never more than its bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from dragoman.errors import FetchError
from dragoman.ingest.fetching.network import size

# What we ask for; other packings than these are not unpacked.
ACCEPTED = "gzip, deflate"
GZIP = 16 + zlib.MAX_WBITS
# How a further gzip member begins; other bytes after the end are padding, which everybody ignores.
GZIP_MARK = b"\x1f\x8b"
# The first byte of deflate with a frame (RFC 1950): method 8, and a window of up to 32 KB. Servers also
# send it bare (RFC 1951), where a first byte like that is not seen in practice.
FRAMED = tuple(window << 4 | 8 for window in range(8))
# Bytes unpacked at once.
STEP = 256 * 1024


def unpack(pieces: Iterable[bytes], packing: str, limit: int, *, cut: bool = False) -> bytes:
    """Return the body.

    ``packing`` is the Content-Encoding, ``limit`` the most bytes, before and after unpacking. With
    ``cut`` a longer body is cut there.

    Raises:
        FetchError: it is too long, packed in a way we did not ask for, damaged, or breaks off.
    """
    kind = packing.strip().lower()
    if kind in {"", "identity"}:
        unpacked: Iterator[bytes] = _counted(pieces, limit, cut=cut)
    elif kind in {"gzip", "x-gzip", "deflate"}:
        unpacked = _counted(_unpacked(_counted(pieces, limit, cut=cut), kind), limit, cut=cut)
    else:
        message = f"comes packed as {kind[:40]!r}, which was not asked for"
        raise FetchError(message)
    return b"".join(unpacked)


def _counted(pieces: Iterable[bytes], limit: int, *, cut: bool) -> Iterator[bytes]:
    """Yield the pieces up to the bound."""
    left = limit
    for piece in pieces:
        if len(piece) > left:
            if cut:
                yield piece[:left]
                return
            message = f"is longer than {size(limit)}"
            raise FetchError(message)
        left -= len(piece)
        yield piece


def _unpacked(pieces: Iterable[bytes], kind: str) -> Iterator[bytes]:
    """Yield what the pieces unpack to, in steps, so that little is held at once."""
    machine: zlib._Decompress | None = None
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                if machine is None or machine.eof:
                    machine = zlib.decompressobj(_frame(waiting, kind))
                yield machine.decompress(waiting, STEP)
                waiting = machine.unused_data if machine.eof else machine.unconsumed_tail
                if machine.eof and (kind == "deflate" or not waiting.startswith(GZIP_MARK[: len(waiting)])):
                    return
        while machine is not None and not machine.eof and (more := machine.decompress(b"", STEP)):
            yield more
    except zlib.error as error:
        message = f"is damaged: it does not unpack as {kind}"
        raise FetchError(message) from error
    if machine is not None and not machine.eof:
        message = "breaks off"
        raise FetchError(message, passing=True)


def _frame(start: bytes, kind: str) -> int:
    """Return how zlib calls the frame around the packed bytes."""
    if kind != "deflate":
        return GZIP
    return zlib.MAX_WBITS if start[0] in FRAMED else -zlib.MAX_WBITS
