"""Choosing which place a name means: a weighted list of small functions over each candidate.

Each function returns a number from −1 to 1; its docstring is the reason a person is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from dragoman.errors import KnowledgeError
from dragoman.knowledge.gazetteer import Candidate
from dragoman.knowledge.place_names import fold
from dragoman.knowledge.tables import DATA, read_table
from dragoman.reading.place_coherence import Coherence, Spot, spot

WEIGHTS = DATA.parent / "models" / "place_weights.tsv"
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
# How far from its town a local outlet's news mostly plays: km.
LOCAL = 100.0
# A name of fewer letters stands in an outlet's address by chance: letters.
SHORTEST_IN_ADDRESS = 4


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
class Outlet:
    """Who publishes the article: the letters of its name or address, and the country its address ends in, if any.

    ``home`` is latitude and longitude of the town that a local outlet is from, null where none is known.
    """

    letters: str = ""
    country: str | None = None
    home: tuple[float, float] | None = None


NO_OUTLET = Outlet()
NO_COHERENCE = Coherence()


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
    coherence: Mapping[Spot, Coherence] = field(default_factory=dict)
    outlet: Outlet = NO_OUTLET


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


def neighbours(candidate: Candidate, situation: Situation) -> float:
    """Other names of the article may lie beside the candidate, whatever each of them means."""
    return situation.coherence.get(spot(candidate), NO_COHERENCE).near


def same_division(candidate: Candidate, situation: Situation) -> float:
    """Other names of the article may lie in the candidate's state or province."""
    return situation.coherence.get(spot(candidate), NO_COHERENCE).division


def same_country(candidate: Candidate, situation: Situation) -> float:
    """Other names of the article may lie in the candidate's country."""
    return situation.coherence.get(spot(candidate), NO_COHERENCE).country


def alone(candidate: Candidate, situation: Situation) -> float:
    """No other name of the article can lie near the candidate."""
    return situation.coherence.get(spot(candidate), NO_COHERENCE).alone


def foreign(candidate: Candidate, situation: Situation) -> float:
    """The article names countries or their peoples, but not the candidate's."""
    named = {country for _, country, name in situation.evidence.countries if name != situation.name}
    return float(bool(named) and candidate.country not in named)


def country_itself(candidate: Candidate, situation: Situation) -> float:
    """The candidate is a country, and the name is not the short one of something in it."""
    del situation
    return float(candidate.kind == "country" and candidate.match != "short")


def capital(candidate: Candidate, situation: Situation) -> float:
    """The candidate is the capital of a country that the article names, or whose places it may name."""
    if candidate.feature != "PPLC":
        return 0.0
    return max(country_support(candidate, situation), same_country(candidate, situation))


def fame(candidate: Candidate, situation: Situation) -> float:
    """Known all over the world: prominence counts twice as much at the top as in the middle."""
    return prominence(candidate, situation) ** 2


def district(candidate: Candidate, situation: Situation) -> float:
    """The candidate is a second-level division: a county, a district."""
    del situation
    return float(candidate.feature == "ADM2")


def outlet_home(candidate: Candidate, situation: Situation) -> float:
    """The outlet is a local one, and the candidate lies near its town: 1 there, half at `LOCAL` km."""
    home = situation.outlet.home
    if home is None or candidate.lat is None or candidate.lon is None:
        return 0.0
    return 1 / (1 + (distance(candidate.lat, candidate.lon, *home) / LOCAL) ** 2)


def outlet_country(candidate: Candidate, situation: Situation) -> float:
    """The outlet's address ends in the candidate's country ("lfpress.ca")."""
    return float(situation.outlet.country is not None and candidate.country == situation.outlet.country)


def outlet_town(candidate: Candidate, situation: Situation) -> float:
    """The outlet is called after the name ("parisbeacon.com"): then a country or a famous town is hardly meant."""
    name = "".join(situation.name.split())
    if len(name) < SHORTEST_IN_ADDRESS or name not in situation.outlet.letters:
        return 0.0
    return prominence(candidate, situation)


# What speaks for a candidate. ``models/place_weights.tsv`` has a weight for each; ``training/make_places.py`` fits them.
SCORES: tuple[Callable[[Candidate, Situation], float], ...] = (
    prominence,
    feature_class,
    name_fit,
    kind_word,
    seat,
    class_word,
    containment,
    holding,
    country_support,
    division_support,
    closeness,
    neighbours,
    same_division,
    same_country,
    alone,
    foreign,
    country_itself,
    capital,
    fame,
    district,
    outlet_home,
    outlet_country,
    outlet_town,
)


def load_weights(path: Path = WEIGHTS) -> dict[str, float]:
    """Return the weight of each function of `SCORES`, by its name.

    Raises:
        KnowledgeError: the file is broken, or has not a number for each.
    """
    found = {}
    for row in read_table(path, ("score", "weight")):
        try:
            found[row["score"]] = float(row["weight"])
        except ValueError:
            problem = f"weight must be a number, not {row['weight']!r}"
            raise row.fail(problem) from None
    if missing := [function.__name__ for function in SCORES if function.__name__ not in found]:
        message = f"{path}: no weight for {', '.join(missing)}"
        raise KnowledgeError(message)
    return found


def score(candidate: Candidate, situation: Situation, weights: Mapping[str, float]) -> float:
    """Return the weighted sum over `SCORES`: the logarithm of how likely the candidate is, up to a constant."""
    return sum(weights[function.__name__] * function(candidate, situation) for function in SCORES)
