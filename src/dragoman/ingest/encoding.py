"""From bytes to text: byte order mark, then UTF-8 where it fits, then what is declared, then detection."""

from __future__ import annotations

import codecs
import functools
from collections.abc import Iterable, Iterator

from dragoman.errors import SkipError
from dragoman.knowledge.tables import DATA, read_table

# How a file may begin that is not UTF-8; the longer marks first, as UTF-32's begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How pictures, programs and documents of old office programs begin: no text, whatever follows.
BINARY = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"RIFF",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"7z\xbc\xaf",
    b"\xfd7zXZ",
    b"Rar!\x1a",
)
# Python knows these as encodings of text, but no page is written in them.
NO_ENCODINGS = frozenset(
    {"unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape", "idna", "punycode",
     "undefined", "utf-7", "mbcs", "oem"}
)  # fmt: skip
# Encodings that a page may name and a browser would take; one that names more is not believed in the rest.
MOST_CLAIMS = 8
# How much is looked at to detect an encoding. Bytes.
DETECTED = 64 * 1024
# A text with few letters that are not ASCII is English or the like, in the encoding of Western Europe: detection, which
# must tell it from a dozen others by a handful of letters, often errs. Share of bytes; set by hand.
FEW, WESTERN = 0.1, "cp1252"
ASCII = bytes(range(128))
# Undecodable bytes may be so many of all before the whole is called binary. Share; a lost byte here and there is
# usual in old archives, and pictures have about half.
LOST = 0.02


@functools.cache
def _meant() -> dict[str, str]:
    rows = read_table(DATA / "text" / "encodings.tsv", ("label", "codec"))
    return {row["label"]: row["codec"] for row in rows}


def codec_of(label: str) -> str | None:
    """Return Python's name of the encoding that a page, mail or server calls so; None if it is none."""
    label = label.strip().strip("\"'").lower()[:40]
    label = _meant().get(label, label)
    try:
        name = codecs.lookup(label).name
        b"".decode(name)  # raises for what decodes to no text
    except (LookupError, ValueError, UnicodeError, TypeError):
        return None
    return None if name in NO_ENCODINGS else name


def marked(data: bytes) -> tuple[bytes, str] | None:
    """Return the byte order mark and the encoding it stands for, or None."""
    return next(((mark, name) for mark, name in MARKS if data.startswith(mark)), None)


def decode_any(data: bytes, declared: Iterable[str | None] = ()) -> tuple[str, str]:
    """Return text and encoding of bytes that should be text; a byte order mark is left out.

    ``declared`` are the names that come with it, the more trusted first. UTF-8 is taken wherever it fits:
    hardly anything else does by chance. What fits nothing is decoded with a mark for each lost byte.

    Raises:
        SkipError: empty, or binary.
    """
    text, encoding = ("\0", "") if data.startswith(BINARY) else _decoded(data, declared)
    if "\0" in text:
        message = "is binary, not text"
        raise SkipError(message)
    if not text.strip():
        message = "is empty"
        raise SkipError(message)
    return text, encoding


def _decoded(data: bytes, declared: Iterable[str | None]) -> tuple[str, str]:
    if (found := marked(data)) is not None:
        mark, encoding = found
        return _lossy(data[len(mark) :], encoding), encoding
    for encoding in _candidates(data, declared):
        try:
            return data.decode(encoding), encoding
        except (UnicodeError, ValueError):
            continue
    return _lossy(data, "utf-8"), "utf-8"


def _candidates(data: bytes, declared: Iterable[str | None]) -> Iterator[str]:
    """Yield encodings to try, the likeliest first; nothing is detected until it must be."""
    if b"\0" in data[:DETECTED]:
        if len(data) % 2 == 0:
            # Text in UTF-16 without its mark: every second byte of Latin text is zero.
            even, odd = data[0:DETECTED:2].count(0), data[1:DETECTED:2].count(0)
            half = len(data[:DETECTED]) / 2
            yield from ["utf-16-le"] * (odd > half / 2 > even * 2) + ["utf-16-be"] * (
                even > half / 2 > odd * 2
            )
        yield "utf-8"
        return
    yield "utf-8"
    claims = [codec for label in declared if label and (codec := codec_of(label))]
    yield from list(dict.fromkeys(claims))[:MOST_CLAIMS]
    if _controls(data[:DETECTED]) <= LOST and len(data[:DETECTED].translate(None, ASCII)) <= FEW * len(
        data[:DETECTED]
    ):
        yield WESTERN
    if (detected := _detect(data[:DETECTED])) is not None:
        yield detected


def _detect(data: bytes) -> str | None:
    """Return the encoding that the bytes look like, or None where they look like none."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only what is not UTF-8 must pay for it

    if _controls(data) > LOST:
        return None
    try:
        best = from_bytes(data, steps=3, chunk_size=1024).best()
    except (ValueError, LookupError, RecursionError):
        return None
    return codec_of(best.encoding) if best is not None else None


def _controls(data: bytes) -> float:
    """Return the share of bytes that text does not have: controls other than tab, line and page breaks, escape."""
    bad = data.translate(None, bytes({*range(32, 256), 9, 10, 11, 12, 13, 27}))
    return len(bad) / max(len(data), 1)


def _lossy(data: bytes, encoding: str) -> str:
    """Decode with a mark for each byte that cannot be.

    Raises:
        SkipError: too many cannot.
    """
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > LOST * len(text) or _controls(data if encoding == "utf-8" else b"") > LOST:
        message = "is binary, or text in an encoding that could not be told"
        raise SkipError(message)
    return text
