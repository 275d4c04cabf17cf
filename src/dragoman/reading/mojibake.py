"""Letters that were decoded wrongly: UTF-8 taken for Windows-1252 ("donâ€™t"), and bytes that were lost.

A stretch is such if its letters are, byte for byte, the UTF-8 of a letter or mark that English text has. What this
accepts: other mixtures of encodings are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LOST = "\ufffd"
# Bytes of UTF-8 for one letter that is not ASCII.
ENCODED = re.compile(r"[\xc2-\xdf][\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|\ufffd+")
SUSPECT = re.compile(r"[\x80-\U0010ffff]{2,}|\ufffd")
# What such letters stand for in English text: Latin letters, punctuation, currencies, letter-like signs. Code points.
PLAUSIBLE = ((0xA0, 0x17F), (0x2010, 0x205E), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x1F300, 0x1FAFF))
# A capital before one of these is a name in quotes ("the “FPÖ”").
QUOTES = frozenset("’”“‘")


def mojibake(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each stretch of wrongly decoded letters."""
    for run in SUSPECT.finditer(text):
        as_bytes = "".join(map(_byte, run.group()))
        for match in ENCODED.finditer(as_bytes):
            if _stands_for_letter(match.group(), run.group()[match.start() : match.end()]):
                yield run.start() + match.start(), run.start() + match.end()


def _byte(letter: str) -> str:
    """Return the byte that a letter is in Windows-1252, as a character of that number; others stay as they are."""
    try:
        return chr(letter.encode("cp1252")[0])
    except UnicodeEncodeError:
        return letter


def _stands_for_letter(as_bytes: str, written: str) -> bool:
    if as_bytes[0] == LOST:
        return True
    try:
        meant = as_bytes.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    plausible = any(low <= ord(meant) <= high for low, high in PLAUSIBLE)
    return plausible and not (len(written) == 2 and written[1] in QUOTES and meant.isupper())  # noqa: PLR2004 - letter and quote
