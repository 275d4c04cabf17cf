"""Comparing spellings of one name in Latin letters: Choe Son Hui and Cho Sun-hui, Zelensky and Zelenskyy."""

from __future__ import annotations

import functools
import re

from rapidfuzz import fuzz

from dragoman.knowledge.phrases import plain

# Spellings that romanisations of the same sound differ in, longest first; applied in this order.
# Sources: McCune-Reischauer and Revised Romanization, Pinyin and Wade-Giles, BGN/PCGN and ISO 9, Arabic press use.
SPELLINGS = (
    ("shch", "sh"), ("tsch", "ch"), ("dzh", "j"), ("tch", "ch"), ("sch", "sh"), ("hs", "sh"),
    ("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("ck", "k"),
    ("x", "ks"), ("q", "k"), ("w", "v"), ("tz", "ts"),
    ("eo", "o"), ("oe", "o"), ("ae", "e"), ("eu", "u"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("y", "i"), ("ie", "i"), ("iu", "u"), ("ia", "a"), ("j", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_NOT_LETTERS = re.compile(r"[^a-z]+")


# Every name of the tables is asked for again and again; so many hold them all and those of some articles.
@functools.lru_cache(maxsize=1 << 16)
def _folded_words(name: str) -> tuple[str, ...]:
    words = _NOT_LETTERS.sub(" ", plain(name).lower().replace("'", "")).split()
    folded = []
    for word in words:
        for spelling, sound in SPELLINGS:
            word = word.replace(spelling, sound)  # noqa: PLW2901 - the rules build on each other
        folded.append(_DOUBLED.sub(r"\1", word))
    return tuple(folded)


def fold(name: str) -> str:
    """Return a key that most spellings of one name share: lower case, letters only, no hyphens, sounds joined.

    A key is for comparing with other keys; it is not itself a spelling.
    """
    return _DOUBLED.sub(r"\1", "".join(_folded_words(name)))


def similar(one: str, other: str) -> float:
    """Return how alike two spellings sound, from 0 to 1; the order of the words does not count.

    This alone merges different people: role and country must agree too.
    """
    left, right = _folded_words(one), _folded_words(other)
    if not left or not right:
        return 0.0
    straight = fuzz.ratio("".join(left), "".join(right))
    return max(straight, fuzz.ratio("".join(sorted(left)), "".join(sorted(right)))) / 100
