"""Measures of place names: which are found, how far from the truth they lie, on the same rules for every system.

A found place answers a gold place when their words overlap, each answers at most one, the same words first. Gold
places without coordinates neither count as missed nor make a found one wrong: nobody can say where they are.
What a set marks as a place counts, also adjectives ("Georgian" in LGL). An answer without coordinates is found
and in the wrong place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from dragoman.evaluate.places import Located
from dragoman.merging.likeness import distance_km
from dragoman.model.record import Record

# How far a place may lie from the gold one: km; customary for such sets (100 miles).
NEAR = 161.0
MISSED, FALSE, FAR = "missed", "false", "far"


@dataclass(frozen=True, slots=True)
class Placed(Record):
    """A gold place and what answers it, or one of the two alone; ``km`` between them, infinite where unknown."""

    article: int
    gold: Located | None
    found: Located | None
    km: float | None

    @property
    def verdict(self) -> str:
        """`MISSED`, `FALSE`, `FAR`, or empty where the place is found and near enough."""
        if self.gold is None or self.found is None:
            return FALSE if self.gold is None else MISSED
        return "" if self.km is not None and self.km <= NEAR else FAR


@dataclass(frozen=True, slots=True)
class PlaceFigures(Record):
    """What is measured on a set; shares from 0 to 1, distances in km.

    ``gold`` places, ``given`` answers to be judged, ``found`` pairs of the two, ``right`` those within `NEAR`.
    ``precision``, ``recall`` and ``f1`` are of finding, ``same_words`` the share of those found with exactly the
    gold's words, ``near`` the share of those found within `NEAR`, ``both`` the F1 of found *and* near,
    ``both_recall`` its recall. ``median_km`` is over all found, answers without coordinates infinitely far.
    """

    articles: int
    gold: int
    given: int
    found: int
    right: int
    precision: float
    recall: float
    f1: float
    same_words: float
    near: float
    both: float
    both_recall: float
    median_km: float | None


def align(article: int, gold: Sequence[Located], found: Iterable[Located]) -> Iterator[Placed]:
    """Yield the pairs of gold and found places of an article, the missed and the false ones."""
    left = sorted(found, key=lambda place: place.start)
    open_: list[Located] = []
    for place in gold:
        same = next((one for one in left if (one.start, one.end) == (place.start, place.end)), None)
        if same is None:
            open_.append(place)
            continue
        left.remove(same)
        yield from _pair(article, place, same)
    for place in open_:
        best = max(left, key=lambda one: _overlap(place, one), default=None)
        if best is None or _overlap(place, best) <= 0:
            if place.lat is not None:
                yield Placed(article, place, None, None)
            continue
        left.remove(best)
        yield from _pair(article, place, best)
    yield from (Placed(article, None, one, None) for one in left)


def _overlap(one: Located, other: Located) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _pair(article: int, gold: Located, found: Located) -> Iterator[Placed]:
    """Yield the pair, unless nobody knows where the gold place is."""
    if gold.lat is None or gold.lon is None:
        return
    apart = math.inf
    if found.lat is not None and found.lon is not None:
        apart = distance_km((gold.lat, gold.lon), (found.lat, found.lon))
    yield Placed(article, gold, found, apart)


def figures(placed: Sequence[Placed], *, articles: int) -> PlaceFigures:
    """Return the figures over all pairs, missed and false places."""
    pairs = [one for one in placed if one.gold is not None and one.found is not None]
    apart = [one.km for one in pairs if one.km is not None]
    gold = sum(one.gold is not None for one in placed)
    given = sum(one.found is not None for one in placed)
    found, right = len(pairs), sum(not one.verdict for one in pairs)
    middle = median(apart) if apart else math.inf
    same = sum(
        one.gold is not None and one.found is not None and one.gold.words == one.found.words for one in pairs
    )
    return PlaceFigures(
        articles=articles, gold=gold, given=given, found=found, right=right, precision=_share(found, given),
        recall=_share(found, gold), f1=_share(2 * found, gold + given), same_words=_share(same, found),
        near=_share(right, found), both=_share(2 * right, gold + given), both_recall=_share(right, gold),
        median_km=round(middle, 1) if math.isfinite(middle) else None,
    )  # fmt: skip


def _share(part: int, of: int) -> float:
    return round(part / of, 4) if of else 0.0
