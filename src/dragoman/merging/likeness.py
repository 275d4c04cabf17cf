"""How much two reports look like tellings of one event: a short list of small functions.

Each returns a number from −1 (they speak against it) over 0 (silent) to 1 (they speak for it); its
docstring is the explanation a user sees. A `VETO` keeps two reports apart whatever the rest says.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.model.actor import ActorSpan
from dragoman.model.quantity import Quantity
from dragoman.model.report import Report

VETO = -math.inf
EARTH_RADIUS_KM = 6371.0
# Tellings of one event in one article differ by at most this many days; days, set on the example pages.
NEAR_DAYS = 3
# Of two tellings without a side in common the second follows within this many sentences. Sentences, set likewise.
NEAR_SENTENCES = 2
# Two resolved places closer than this are one place told differently. Kilometres.
NEAR_KM = 60.0
UNREAL = frozenset({"planned", "possible", "hypothetical", "demanded"})


@dataclass(frozen=True, slots=True)
class Told:
    """A report and what its trigger means: the lemma family that a lexicon entry or its words give."""

    report: Report
    sense: str


def same_type(one: Told, other: Told) -> float:
    """Both tell of the same type of event and, where both say so, the same mode."""
    left, right = one.report, other.report
    if left.event_type != right.event_type:
        return VETO
    return 1.0 if left.mode == right.mode else 0.5


def same_reality(one: Told, other: Told) -> float:
    """Both tell of something that happened, or both of something that is only expected, feared or asked for."""
    left, right = one.report.factuality in UNREAL, other.report.factuality in UNREAL
    return 1.0 if left == right else VETO


def same_sense(one: Told, other: Told) -> float:
    """The trigger words mean the same."""
    return 1.0 if one.sense == other.sense else -0.5


def same_sides(one: Told, other: Told) -> float:
    """The same actors stand on the same sides; who is not named on one side speaks neither for nor against."""
    left, right = one.report, other.report
    straight = sides_agree(left.actors, right.actors), sides_agree(left.recipients, right.recipients)
    if left.symmetric and right.symmetric:
        crossed = sides_agree(left.actors, right.recipients), sides_agree(left.recipients, right.actors)
        straight = max(straight, crossed, key=sum)
    if min(straight) < 0:
        return VETO
    return sum(straight) / 2


def told_together(one: Told, other: Told) -> float:
    """The tellings stand close together; far apart, with no side in common, they are two events."""
    distance = abs(one.report.sentence - other.report.sentence)
    if distance <= NEAR_SENTENCES:
        return 1.0
    return 0.0 if same_sides(one, other) > 0 else VETO


def same_day(one: Told, other: Told) -> float:
    """The dates overlap; dates a few days apart may be one event told with an error; further apart they are two."""
    left, right = _interval(one.report), _interval(other.report)
    if left is None or right is None:
        return 0.0
    gap = max((right[0] - left[1]).days, (left[0] - right[1]).days)
    if gap <= 0:
        return 1.0
    return -0.25 if gap <= NEAR_DAYS else VETO


def same_place(one: Told, other: Told) -> float:
    """The places lie close together, or one contains the other; far apart they are two events."""
    left, right = one.report.place, other.report.place
    if left is None or right is None or left.lat is None or right.lat is None:
        return 0.0
    if "country" in {left.precision, right.precision} or "region" in {left.precision, right.precision}:
        return 0.5 if left.country == right.country else VETO
    return 1.0 if distance_km((left.lat, left.lon or 0.0), (right.lat, right.lon or 0.0)) <= NEAR_KM else VETO


def same_count(one: Told, other: Told) -> float:
    """The same things are counted, with numbers that can both be true; other numbers are a conflict, no objection."""
    pairs = [
        (a, b) for a in one.report.quantities for b in other.report.quantities if counted(a) == counted(b)
    ]
    return float(bool(pairs) and all(agree(a, b) for a, b in pairs))


def denied_by_accused(one: Told, other: Told) -> float:
    """One claims that somebody did it, and he denies a deed of that kind; other words for it are to be expected then."""
    claim, denial = sorted((one.report, other.report), key=lambda report: report.factuality == "denied")
    if not _claim_and_denial(claim, denial) or not denial.attribution:
        return 0.0
    speaker = denial.attribution[-1]
    states = {actor.country for actor in claim.actors} - {None}
    return float((speaker.code or "")[:3] in states or speaker.text in {actor.text for actor in claim.actors})


def _claim_and_denial(one: Report, other: Report) -> bool:
    return {one.factuality, other.factuality} == {"actual", "denied"}


def counted(quantity: Quantity) -> str:
    """Return what is counted, without what describes it: "guard" for "Kyrgyz guard"."""
    return quantity.what.rpartition(" ")[2].lower()


def agree(one: Quantity, other: Quantity) -> bool:
    """Say whether two counts of one thing can both be true."""
    return one.low <= _top(other) and other.low <= _top(one)


def _top(quantity: Quantity) -> float:
    return math.inf if quantity.high is None else quantity.high


# Weight of each function, and the sum from which two reports are one event; set on the example pages.
WEIGHTS: tuple[tuple[Callable[[Told, Told], float], float], ...] = (
    (same_type, 1.0), (same_reality, 0.5), (same_sense, 1.0), (same_sides, 2.0), (same_day, 1.0), (same_place, 0.5),
    (same_count, 0.5), (told_together, 0.75), (denied_by_accused, 1.25),
)  # fmt: skip
THRESHOLD = 3.1


def likeness(one: Told, other: Told) -> float:
    """Return the weighted sum of all functions; `VETO` when one of them objects."""
    total = 0.0
    for function, weight in WEIGHTS:
        value = function(one, other)
        if value == VETO:
            return VETO
        total += weight * value
    return total


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance between two points in degrees, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def _interval(report: Report) -> tuple[date, date] | None:
    time = report.time
    if time is None or time.from_ is None or time.to is None:
        return None
    return date.fromisoformat(time.from_), date.fromisoformat(time.to)


def sides_agree(left: Iterable[ActorSpan], right: Iterable[ActorSpan]) -> float:
    """Return 1 for a shared actor, 0.5 for a shared state, 0 where one side is unnamed, −1 for different ones.

    Two without a state share their sector ("the police").
    """
    known_left, known_right = (
        [a for a in left if a.code or a.sector],
        [a for a in right if a.code or a.sector],
    )
    if not known_left or not known_right:
        return 0.0
    best = -1.0
    for one in known_left:
        for other in known_right:
            if one.id is not None and one.id == other.id:
                return 1.0
            if one.code is not None and one.code == other.code and None in {one.id, other.id}:
                best = max(best, 0.75)
            elif _one_state(one, other) or _one_sector(one, other):
                best = max(best, 0.5)
    return best


def _one_state(one: ActorSpan, other: ActorSpan) -> bool:
    """Say whether two are of one state, and it may be one of them ("Russia" and "Russian troops")."""
    return one.country is not None and one.country == other.country and None in {one.sector, other.sector}


def _one_sector(one: ActorSpan, other: ActorSpan) -> bool:
    """Say whether two without a state are of one sector ("police" and "the police")."""
    unknown = {one.country, other.country, one.id, other.id} == {None}
    return unknown and one.sector is not None and one.sector == other.sector
