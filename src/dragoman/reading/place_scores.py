"""Choosing which place a name means: a weighted list of small functions over each candidate.

Each function returns a number from −1 to 1; its docstring is the reason a person is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz

from dragoman.knowledge.gazetteer import Candidate
from dragoman.knowledge.place_names import fold

# How fast the weight of other mentions fades: sentences after which it is halved.
FADING = 4.0
# Distance at which another place of the article speaks half as loudly for a candidate: km.
NEIGHBOURHOOD = 150.0
# Population that counts as fully prominent for towns and divisions: inhabitants.
MOST_PROMINENT = 1e7
# From this likeness on an alias is another spelling of the name ("Zaporizhzhya"): rapidfuzz ratio, 0 to 100.
SAME_SPELLING = 80
# A town below this size is hardly ever called by another of its names in the news: inhabitants.
KNOWN_BY_OTHER_NAMES = 100_000
# From this size on a town is meant rather than the division named after it: inhabitants.
SEAT = 50_000
# Prominence of a town that our own list names, whatever its size.
REVIEWED_TOWN = 0.75
EARTH_RADIUS = 6371.0  # km


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the article says about where it plays: mentions by sentence.

    ``countries`` holds (sentence, ISO code, folded name); ``divisions`` (sentence, country, division, folded
    name); ``points`` (sentence, latitude, longitude, folded name) of places already resolved. The folded
    name keeps a mention from being evidence for itself.
    """

    countries: tuple[tuple[int, str, str], ...] = ()
    divisions: tuple[tuple[int, str, str, str], ...] = ()
    points: tuple[tuple[int, float, float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """All mentions of one name in the article: where they stand, and what stands around them.

    ``containers`` are the places that hold it by the words ("Portland, Oregon"); ``contents`` for each
    place that it holds by the words, what that may be; ``kinds`` the classes of facility that words nearby
    speak of; ``described`` is ``division`` or ``settlement`` where words say so ("Punjab province").
    """

    name: str
    sentences: tuple[int, ...]
    containers: tuple[Candidate, ...]
    contents: tuple[tuple[Candidate, ...], ...]
    described: str
    kinds: frozenset[str]
    evidence: Evidence


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance in km between two points in degrees."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))


def prominence(candidate: Candidate, situation: Situation) -> float:
    """How well known the place is: countries and reviewed places fully, towns and divisions by population."""
    del situation
    by_population = min(1.0, math.log10(candidate.population + 1) / math.log10(MOST_PROMINENT))
    if candidate.kind == "city":
        return max(by_population, REVIEWED_TOWN if candidate.own else 0.0)
    reviewed = candidate.own or candidate.kind in {"country", "facility"}
    return 1.0 if reviewed and candidate.match != "short" else by_population


def feature_class(candidate: Candidate, situation: Situation) -> float:
    """Of places of one name countries come first, then capitals and towns, then divisions named after them."""
    del situation
    if candidate.kind == "city":
        return 0.9 if candidate.feature == "PPLC" else 0.6
    if candidate.feature == "ADM2":
        return 0.0
    return {"country": 1.0, "admin1": 0.4}.get(candidate.kind, 0.8)


def seat(candidate: Candidate, situation: Situation) -> float:
    """A town that gave its division its name is meant rather than the division, where no word says otherwise."""
    if candidate.kind != "city" or candidate.admin1 is None or situation.described == "division":
        return 0.0
    large = candidate.own or candidate.population >= SEAT
    return float(large and fold(candidate.admin1) == situation.name and _is_own_name(candidate, situation))


def class_word(candidate: Candidate, situation: Situation) -> float:
    """A word beside the name says that it is a province or a town, and the candidate is one, or is not."""
    if not situation.described:
        return 0.0
    division = candidate.kind in {"admin1", "region"}
    return 1.0 if division == (situation.described == "division") and candidate.kind != "country" else -0.5


def name_fit(candidate: Candidate, situation: Situation) -> float:
    """The name is the place's own; other names count less, for small towns and districts nothing or less."""
    if candidate.match == "short":
        return 0.0 if candidate.kind == "facility" else -0.5
    if candidate.match == "main" or _is_own_name(candidate, situation):
        return 1.0
    if candidate.feature == "ADM2":
        return -0.5
    if candidate.kind == "city":
        return 0.5 if candidate.population >= KNOWN_BY_OTHER_NAMES else 0.0
    return 0.9


def _is_own_name(candidate: Candidate, situation: Situation) -> bool:
    """Say whether the name is the place's own, in some spelling, or one that our lists give it."""
    return candidate.own or fuzz.ratio(fold(candidate.name), situation.name) >= SAME_SPELLING


def kind_word(candidate: Candidate, situation: Situation) -> float:
    """A word for the facility's kind stands near; without one a facility's short name is the town."""
    if candidate.match != "short" or candidate.kind != "facility":
        return 0.0
    return 1.0 if candidate.feature in situation.kinds else -1.0


def containment(candidate: Candidate, situation: Situation) -> float:
    """The words say what holds the place ("Portland, Oregon"), and the candidate lies in it, or does not."""
    if not situation.containers:
        return 0.0
    return 1.0 if any(_inside(candidate, holder) for holder in situation.containers) else -0.5


def holding(candidate: Candidate, situation: Situation) -> float:
    """The words say what the place holds ("Athens, Georgia"), and the candidate has such a place, or has none."""
    if not situation.contents:
        return 0.0
    held = sum(any(_inside(inner, candidate) for inner in inners) for inners in situation.contents)
    return 1.5 * held / len(situation.contents) - 0.5


def _inside(candidate: Candidate, holder: Candidate) -> bool:
    if candidate.country != holder.country or candidate.kind == "country":
        return False
    if holder.kind == "country":
        return True
    if holder.kind == "admin1":
        return candidate.admin1 == holder.admin1 and candidate.kind != "admin1"
    if candidate.lat is None or candidate.lon is None or holder.lat is None or holder.lon is None:
        return False
    return distance(candidate.lat, candidate.lon, holder.lat, holder.lon) < NEIGHBOURHOOD


def _weight(sentence: int, sentences: tuple[int, ...]) -> float:
    return math.pow(0.5, min(abs(sentence - own) for own in sentences) / FADING)


def country_support(candidate: Candidate, situation: Situation) -> float:
    """The article names the candidate's country or its people, near the place; share of all countries named."""
    total = ours = 0.0
    for sentence, country, name in situation.evidence.countries:
        if name == situation.name:
            continue
        weight = _weight(sentence, situation.sentences)
        total += weight
        ours += weight * (country == candidate.country)
    return ours / (total + 0.5)


def division_support(candidate: Candidate, situation: Situation) -> float:
    """The article names the state or province that the candidate lies in; share of all divisions named."""
    total = ours = 0.0
    for sentence, country, admin1, name in situation.evidence.divisions:
        if name == situation.name:
            continue
        weight = _weight(sentence, situation.sentences)
        total += weight
        ours += weight * (country == candidate.country and admin1 == candidate.admin1)
    return ours / (total + 0.5)


def closeness(candidate: Candidate, situation: Situation) -> float:
    """Other places of the article lie near the candidate."""
    if candidate.lat is None or candidate.lon is None:
        return 0.0
    total = near = 0.0
    for sentence, lat, lon, name in situation.evidence.points:
        if name != situation.name:
            weight = _weight(sentence, situation.sentences)
            total += weight
            near += weight / (1 + (distance(candidate.lat, candidate.lon, lat, lon) / NEIGHBOURHOOD) ** 2)
    return near / (total + 0.5)


# Weights, set by search on 100 articles each of LGL and GeoVirus for the share within 161 km.
SCORES: tuple[tuple[Callable[[Candidate, Situation], float], float], ...] = (
    (prominence, 3.5),
    (feature_class, 1.25),
    (name_fit, 1.5),
    (kind_word, 5.0),
    (seat, 1.0),
    (class_word, 0.75),
    (containment, 3.5),
    (holding, 2.5),
    (country_support, 1.5),
    (division_support, 1.5),
    (closeness, 2.5),
)


def score(candidate: Candidate, situation: Situation) -> float:
    """Return the weighted sum over `SCORES`."""
    return sum(weight * function(candidate, situation) for function, weight in SCORES)
