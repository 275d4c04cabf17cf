"""Numbers in digits and in words: the shared vocabulary of the stages that read times and quantities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.knowledge.times import NumberWords
from dragoman.reading.article import Token

DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?$")
FRACTION = re.compile(r"([1-9])/([2-9])$")
GLUED = re.compile(r"(\d[\d,]*(?:\.\d+)?)([a-z]{1,3})$")
HUNDRED = 100
HYPHENS = frozenset({"-", "‐", "‑"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: its value, and the token after its last."""

    value: float
    last: int


def read_number(tokens: Sequence[Token], i: int, end: int, words: NumberWords) -> Number | None:
    """Read the longest number that starts at token ``i`` and ends before ``end``; None when there is none.

    Digits may be followed by a fraction ("2 1/2") and by scales ("1.5 million", "5bn"); words add up ("two hundred and fifty-six").
    Accepted not to do: two numbers in words side by side are cut where they stop making one number.
    """
    lower = tokens[i].lower
    if DIGITS.match(lower):
        value, j = float(lower.replace(",", "")), i + 1
        if j < end and (part := FRACTION.match(tokens[j].lower)) and int(part[1]) < int(part[2]):
            return _scaled(tokens, value + int(part[1]) / int(part[2]), j + 1, end, words)
        if j < end and tokens[j].lower in words.suffix and tokens[j].start == tokens[j - 1].end:
            value, j = value * words.suffix[tokens[j].lower], j + 1
        return _scaled(tokens, value, j, end, words)
    if (glued := GLUED.match(lower)) and glued[2] in words.suffix and DIGITS.match(glued[1]):
        return Number(float(glued[1].replace(",", "")) * words.suffix[glued[2]], i + 1)
    if lower in words.small or lower in words.teen or lower in words.tens or lower in words.scale:
        return _spelled(tokens, i, end, words)
    return None


def _scaled(tokens: Sequence[Token], value: float, j: int, end: int, words: NumberWords) -> Number:
    """Multiply by the scales that follow, over a hyphen too ("2.5-million")."""
    while j < end:
        k = j + 1 if tokens[j].lower in HYPHENS and j + 1 < end else j
        if tokens[k].lower not in words.scale:
            break
        value, j = value * words.scale[tokens[k].lower], k + 1
    return Number(value, j)


def _spelled(tokens: Sequence[Token], i: int, end: int, words: NumberWords) -> Number:
    """Add up number words from token ``i`` on."""
    total, current, room, j, last = 0, 0, HUNDRED * 10, i, i
    while j < end:
        lower = tokens[j].lower
        if lower in words.scale:
            scale = words.scale[lower]
            current = max(current, 1) * scale
            if scale > HUNDRED:
                total, current, room = total + current, 0, HUNDRED * 10
            else:
                room = scale
        elif (value := _below_hundred(lower, words)) is not None and value < room:
            current, room = current + value, _room(lower, words)
        elif not (last == j and _joins(tokens, j, end, words)):
            break
        else:
            j += 1
            continue
        j = last = j + 1
    return Number(float(total + current), last)


def _below_hundred(lower: str, words: NumberWords) -> int | None:
    for kind in (words.small, words.teen, words.tens):
        if lower in kind:
            return kind[lower]
    return None


def _room(lower: str, words: NumberWords) -> int:
    """Return below what a next word may still be added: units after tens, nothing after units."""
    return 10 if lower in words.tens else 0


def _joins(tokens: Sequence[Token], j: int, end: int, words: NumberWords) -> bool:
    """Say whether the token is an inner "and" or hyphen of a spelled number."""
    if j + 1 >= end:
        return False
    before, after = tokens[j - 1].lower, tokens[j + 1].lower
    if tokens[j].lower in HYPHENS:
        return after in words.scale or (before in words.tens and after in words.small)
    return tokens[j].lower == "and" and before in words.scale and _below_hundred(after, words) is not None
