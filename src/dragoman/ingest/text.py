"""Plain text: one file, one article."""

from __future__ import annotations

import codecs

from dragoman.errors import SkipError

# How a file may begin that is not UTF-8; the longer marks first, as UTF-32's begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, or what its byte order mark says; the mark is left out.

    Raises:
        SkipError: empty, binary, or in an encoding that it does not name.
    """
    mark, encoding = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        message = "is binary, or text that is not UTF-8; convert it to UTF-8 first"
        raise SkipError(message) from error
    if "\0" in text:
        message = "is binary, not text"
        raise SkipError(message)
    if not text.strip():
        message = "is empty"
        raise SkipError(message)
    return text
