"""Folding of place names, so that spellings of one name meet."""

from __future__ import annotations

import functools
import re
import unicodedata

# Letters that do not decompose under NFKD, and marks that are written or left out at will.
_UNDECOMPOSED = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ß": "ss", "æ": "ae", "Æ": "AE",
    "œ": "oe", "Œ": "OE", "ı": "i", "ə": "a", "Ə": "A", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H",
    "'": "", "’": "", "‘": "", "ʼ": "", "ʻ": "", "`": "", "´": "", "′": "", ".": "", "ʹ": "",
})  # fmt: skip
_BREAKS = re.compile(r"[\W_]+")
_SHORT_FORMS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}

# Names whose folding is kept in memory, about 2 MB: an article says the same ones again and again.
REMEMBERED = 10_000


@functools.lru_cache(maxsize=REMEMBERED)
def fold(name: str) -> str:
    """Return ``name`` without case, accents, dots, apostrophes and hyphens, abbreviations spelled out.

    "St.-Étienne" and "Saint Etienne" fold to the same; the result is empty for a name without letters.
    """
    plain = name.casefold().translate(_UNDECOMPOSED)
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
        plain = unicodedata.normalize("NFKC", letters.casefold().translate(_UNDECOMPOSED))
    words = _BREAKS.sub(" ", plain).split()
    if len(words) > 1:
        words = [_SHORT_FORMS.get(word, word) for word in words]
    return " ".join(words)
