"""Places smaller than a state as owners: "Lahore police", "the Madras High Court", "the mayor of Kisumu"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from dragoman.knowledge.gazetteer import Candidate, Gazetteer
from dragoman.knowledge.phrases import NameEntry
from dragoman.reading.actors.names import DIRECTIONS, NameHit, span_of
from dragoman.reading.actors.roles import RoleHit
from dragoman.reading.article import Article

LOCAL = frozenset({"point", "city", "region"})
# A town that only stands before a role ("the Madras High Court") and has no label of a place must be at least
# this big, and this much bigger than its namesakes abroad. Inhabitants and a ratio; set on a list of courts.
KNOWN_TOWN = 100_000
LEAD = 4.0
# The recogniser's labels of what may be a place.
LABELS = frozenset({"GPE", "LOC", "FAC"})
# A name before a role has at most so many words ("Khyber Pakhtunkhwa police"). Words.
LONGEST = 3


def place_names(article: Article, used: AbstractSet[int]) -> list[NameHit]:
    """Return the places of the layer ``places`` as names of the states they lie in, but for those on ``used`` tokens."""
    return [
        NameHit(place.tokens, _entry(place.place.country))
        for place in article.places
        if place.place.precision in LOCAL
        and article.tokens[place.tokens.head].lower not in DIRECTIONS
        and place.place.country
        and used.isdisjoint(range(place.tokens.first, place.tokens.last))
    ]


def town_before(
    article: Article, role: RoleHit, gazetteer: Gazetteer, states: Counter[str]
) -> NameHit | None:
    """Return the town or division whose name stands right before a role, as part of the role's own name, or None."""
    for first in _starts(article, role):
        words = " ".join(token.text for token in article.tokens[first : role.tokens.first])
        country = _country(gazetteer.find(words), states)
        if country is not None:
            return NameHit(span_of(article, first, role.tokens.first), _entry(country))
    return None


def _entry(country: str) -> NameEntry:
    return NameEntry("place", country, cased=True)


def _starts(article: Article, role: RoleHit) -> Iterator[int]:
    """Yield where a name right before the role may begin, the longest first."""
    first = role.tokens.first
    while first > 0 and role.tokens.first - first < LONGEST and _may_lead(article, first - 1, role):
        first -= 1
    yield from range(first, role.tokens.first)


def _may_lead(article: Article, i: int, role: RoleHit) -> bool:
    token = article.tokens[i]
    if token.sentence != article.tokens[role.tokens.head].sentence or not token.text[:1].isupper():
        return False
    return token.entity in LABELS or (token.pos == "PROPN" and token.entity != "PERSON")


def _country(candidates: Sequence[Candidate], states: Counter[str]) -> str | None:
    """Return the country of the place that a name means: one that the article names, else by far the biggest."""
    known = [c for c in candidates if c.country and (c.kind == "admin1" or _is_known_town(c))]
    named = {c.country for c in known if states[c.country or ""]}
    if len(named) == 1:
        return named.pop()
    biggest: dict[str, int] = {}
    for candidate in known:
        country = candidate.country or ""
        biggest[country] = max(biggest.get(country, 0), candidate.population)
    ranked = sorted(biggest, key=lambda country: -biggest[country])
    if not ranked or (len(ranked) > 1 and biggest[ranked[0]] < LEAD * biggest[ranked[1]]):
        return None
    return ranked[0]


def _is_known_town(candidate: Candidate) -> bool:
    return candidate.kind == "city" and candidate.population >= KNOWN_TOWN
