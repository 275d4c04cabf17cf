"""Which candidates of an article's names lie together: many neighbours point to a place that none of them names.

"Paris" and "Henry County" have namesakes all over, but only in Tennessee, and once more in no other state, do the two
lie beside each other. Every name of the article speaks for every candidate of the others, the more the fewer
places it may itself mean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.knowledge.gazetteer import Candidate

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Distance at which a neighbour speaks half as loudly: km. Chosen of 25, 50 and 100 on the odd halves of LGL and GeoVirus.
NEARNESS = 50.0
EARTH_RADIUS = 6371.0  # km
# Of a name with more candidates only so many, the most populous first, speak for others; and only so many
# names of an article are asked, its first, so that a list of a thousand towns costs no more than a page.
MOST_SPEAKING, MOST_NAMES = 40, 60

# Below this share of near names a candidate stands alone; 0 to 1, set by hand.
ALONE = 0.02

type Spot = tuple[float | None, float | None, str]


@dataclass(frozen=True, slots=True)
class Coherence:
    """How much the other names of the article speak for a candidate, each from 0 to 1.

    ``near``: they may lie beside it; ``division``: in its first-level division; ``country``: in its country.
    ``alone`` is 1 where no other name of the article could lie near it.
    """

    near: float = 0.0
    division: float = 0.0
    country: float = 0.0
    alone: float = 0.0


def spot(candidate: Candidate) -> Spot:
    """Return what tells candidates of one name apart."""
    return candidate.lat, candidate.lon, candidate.kind


def coherence(names: Sequence[tuple[str, Sequence[Candidate]]]) -> list[dict[Spot, Coherence]]:
    """Return, for each name of an article, the coherence of each of its candidates."""
    first: dict[str, int] = {}
    for number, (name, candidates) in enumerate(names):
        if candidates and len(first) < MOST_NAMES:
            first.setdefault(name, number)
    speaking = [names[number][1][:MOST_SPEAKING] for number in first.values()]
    weights = np.array([1 / math.log2(1 + len(found)) for found in speaking], dtype=np.float32)
    divisions = [{(place.country, place.admin1) for place in found if place.admin1} for found in speaking]
    countries = [{place.country for place in found if place.country} for found in speaking]
    points = [_points(found) for found in speaking]
    ends = np.cumsum([0, *map(len, points)], dtype=np.intp)
    cloud = np.concatenate(points) if points else np.zeros((0, 3), np.float32)
    order = {name: place for place, name in enumerate(first)}
    answers = []
    for name, candidates in names:
        others = np.array(weights)
        if name in order:
            others[order[name]] = 0.0
        total = float(others.sum()) + 0.5
        near = _near(_points(candidates), cloud, ends, others) / total
        answers.append(
            {
                spot(place): Coherence(
                    float(near[n]),
                    _share(others, divisions, (place.country, place.admin1)) / total,
                    _share(others, countries, place.country) / total,
                    float(near[n] < ALONE),
                )
                for n, place in enumerate(candidates)
            }
        )
    return answers


def _share(weights: NDArray[np.float32], sets: Sequence[set[Any]], value: object) -> float:
    """Return the weight of the names that may lie in a division or country."""
    return float(sum(weight for weight, found in zip(weights, sets, strict=True) if value in found))


def _points(candidates: Sequence[Candidate]) -> NDArray[np.float32]:
    """Return the candidates as points on a sphere of radius 1; one without coordinates lies at its centre."""
    lat = np.radians(np.array([place.lat if place.lat is not None else np.nan for place in candidates]))
    lon = np.radians(np.array([place.lon if place.lon is not None else np.nan for place in candidates]))
    found = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    points: NDArray[np.float32] = np.nan_to_num(found).astype(np.float32)
    return points


def _near(
    points: NDArray[np.float32],
    cloud: NDArray[np.float32],
    ends: NDArray[np.intp],
    weights: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return for each point the weighted sum over names of how near their nearest candidate lies (1: here)."""
    if not len(points) or not len(cloud):
        return np.zeros(len(points), np.float32)
    apart = np.maximum(0.0, 2.0 - 2.0 * points @ cloud.T) * (EARTH_RADIUS / NEARNESS) ** 2
    nearness = 1.0 / (1.0 + apart)
    best = np.maximum.reduceat(nearness, ends[:-1], axis=1)
    near: NDArray[np.float32] = best @ weights
    return near
