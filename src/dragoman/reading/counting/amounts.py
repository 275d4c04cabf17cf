"""Amounts: numbers with their bounds and ranges, and vague ones, before it is known what they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.quantities import Phrases, QuantityWords
from dragoman.reading.article import Token
from dragoman.reading.numbers import HYPHENS, read_number

RANGE_LINKS = frozenset({"to", "-", "–", "—", "or"})
DASHES = frozenset({"-", "–", "—"})
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """An amount at tokens ``first`` to ``last`` (excluded); ``number`` is its last token in figures or words.

    ``dashed`` marks a range with a dash and ``tied`` that a hyphen ties the amount to the next word
    ("five-nation"). ``vague`` amounts have no number.
    """

    first: int
    last: int
    number: int
    low: float
    high: float | None
    dashed: bool = False
    tied: bool = False
    vague: bool = False


def phrase_at[T](tokens: Sequence[Token], i: int, end: int, phrases: Phrases[T]) -> tuple[T, int] | None:
    """Return the value of the longest phrase that starts at token ``i``, and the token after it."""
    if i >= end:
        return None
    for phrase in phrases.get(tokens[i].lower, ()):
        length = len(phrase.tokens)
        if i + length <= end and all(tokens[i + n].lower == word for n, word in enumerate(phrase.tokens)):
            return phrase.value, i + length
    return None


def amount_at(tokens: Sequence[Token], i: int, end: int, words: QuantityWords) -> Found | None:
    """Return the amount that starts at token ``i``, with the words that bound it; None when there is none.

    "More than 200" and "at least 200" are low 200 without a high; "up to 50" and "fewer than 50" are 0 to 50;
    "about 100" is 100 to 100; "20 to 30" is 20 to 30.
    """
    bound, at = "exact", i
    while (before := phrase_at(tokens, at, end, words.bounds)) is not None:
        bound = before[0] if before[0] != "exact" else bound
        at = before[1]
    between = tokens[at].lower in {"between", "from"} if at < end else False
    found = _counted(tokens, at + between, end, words, between=between)
    if found is None or (between and found.high == found.low):
        return None
    if after := phrase_at(tokens, found.last, end, words.bounds_after):
        bound = after[0] if after[0] != "exact" else bound
        found = replace(found, last=after[1])
    return _bounded(replace(found, first=i), bound)


def _bounded(found: Found, bound: str) -> Found:
    if bound == "low":
        return replace(found, high=None)
    if bound == "high":
        return replace(found, low=0.0)
    return found


def _counted(
    tokens: Sequence[Token], i: int, end: int, words: QuantityWords, *, between: bool
) -> Found | None:
    """Read a vague amount, a number, or a range of numbers."""
    if i >= end:
        return None
    if vague := phrase_at(tokens, i, end, words.vague):
        amount, last = vague
        return Found(i, last, last - 1, amount.low, amount.high, vague=True)
    joined = _joined_range(tokens[i].lower, i)
    if joined:
        return joined
    number = _signed_number(tokens, i, end, words)
    if number is None:
        return None
    value, last = number
    found = Found(i, last, last - 1, value, value, tied=last < end and tokens[last].lower in HYPHENS)
    link = last
    if link + 1 < end and (tokens[link].lower in RANGE_LINKS or (between and tokens[link].lower == "and")):
        upper = _signed_number(tokens, link + 1, end, words)
        if upper is not None and (low := _scaled_low(tokens, value, upper[0], upper[1], words)) < upper[0]:
            tied = upper[1] < end and tokens[upper[1]].lower in HYPHENS
            return Found(
                i, upper[1], upper[1] - 1, low, upper[0], dashed=tokens[link].lower in DASHES, tied=tied
            )
    return found


def _signed_number(
    tokens: Sequence[Token], i: int, end: int, words: QuantityWords
) -> tuple[float, int] | None:
    """Read a number, stepping over a currency sign before it ("$3 million")."""
    if i >= end:
        return None
    at = i + 1 if tokens[i].tag == "$" and i + 1 < end else i
    number = read_number(tokens, at, end, words.numbers)
    return (number.value, number.last) if number else None


def _scaled_low(tokens: Sequence[Token], low: float, high: float, last: int, words: QuantityWords) -> float:
    """Give the lower number of a range the scale that only the upper one has ("20 to 30 thousand")."""
    scale = words.numbers.scale.get(tokens[last - 1].lower) or words.numbers.suffix.get(
        tokens[last - 1].lower
    )
    return low * scale if scale and low < THOUSAND and low * scale <= high else low


def _joined_range(lower: str, i: int) -> Found | None:
    """Read a range that the parser left in one token ("20–30")."""
    for dash in DASHES:
        left, found, right = lower.partition(dash)
        if found and left.isdecimal() and right.isdecimal() and int(left) < int(right):
            return Found(i, i + 1, i, float(left), float(right), dashed=True)
    return None
