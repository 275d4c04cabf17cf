"""The places an article names, and where they are.

Every mention of one name in an article means the same place, unless the words around it say what
holds it ("Portland, Maine"). A name whose best candidate scores too low stays unresolved.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dragoman.knowledge.gazetteer import Candidate, Gazetteer
from dragoman.knowledge.linear import LinearModel, load_linear
from dragoman.knowledge.place_names import fold
from dragoman.knowledge.place_words import PlaceWords, place_words
from dragoman.knowledge.tables import DATA
from dragoman.model.place import PlaceSpan
from dragoman.reading.article import Article, PlaceMention, TokenRange
from dragoman.reading.place_coherence import coherence
from dragoman.reading.place_groups import Group, groups_of
from dragoman.reading.place_scores import (
    Evidence,
    Outlet,
    Situation,
    alone,
    load_weights,
    outlet_country,
    score,
)
from dragoman.reading.place_tokens import OTHER_NAMES, Toponym, entity_runs, folded, inside_organisations
from dragoman.reading.stage import Stage
from dragoman.reading.toponyms import find_toponyms

# What says which words name a place; ``training/make_places.py`` makes it.
JUDGE = DATA.parent / "models" / "toponyms.npz"
# Lowest probability at which a place is taken.
THRESHOLD = 0.1
# Trust in a place that is only part of a longer name, as a share of what it would have alone; set by hand.
UNCERTAIN = 0.5
# A town with fewer people than this is not news abroad by its bare name. People; set on the articles of LGL and GeoVirus.
SMALL_TOWN = 50_000
# Passes over the names; from the second on, places resolved before speak for those near them.
PASSES = 2
# A division is evidence for its country only with this share of the biggest candidate's population; a ratio.
DOMINANCE = 0.5
# A town or district whose name nothing else bears is evidence for where the article plays from this
# size on: inhabitants.
SURE_TOWN = 5_000
_PRECISION = {"facility": "point", "city": "city", "admin1": "region", "country": "country"}
_SMALL_FEATURES = frozenset({"peak", "pass", "canal"})


@dataclass(frozen=True, slots=True)
class Tools:
    """What deciding on places needs besides the gazetteer: words, the judge of toponyms, the weights of the scores."""

    words: PlaceWords
    judge: LinearModel
    weights: Mapping[str, float]


@functools.cache
def load_tools() -> Tools:
    """Load what `find_places` needs.

    Raises:
        KnowledgeError: a file is missing or broken.
    """
    return Tools(place_words(), load_linear(JUDGE), load_weights())


def places_stage(gazetteer: Gazetteer) -> Stage:
    """Return the stage that gives the layer ``places``."""
    tools = load_tools()
    return Stage(
        name="places", needs=("tokens", "sentences"), gives=("places",),
        run=lambda article: {"places": _find(article, gazetteer, tools)},
    )  # fmt: skip


def find_places(article: Article, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Return the places named in the article, in order, none overlapping; unresolved ones have null codes."""
    return _find(article, gazetteer, load_tools())


def _find(article: Article, gazetteer: Gazetteer, tools: Tools) -> tuple[PlaceMention, ...]:
    toponyms = find_toponyms(article, gazetteer, tools.words, tools.judge)
    return _resolved(article, toponyms, gazetteer, tools)


def _resolved(
    article: Article, toponyms: list[Toponym], gazetteer: Gazetteer, tools: Tools
) -> tuple[PlaceMention, ...]:
    chosen: dict[Toponym, tuple[Candidate | None, float]] = {}
    for group, situation in situations(article, toponyms, gazetteer, tools):
        chosen.update(dict.fromkeys(group.toponyms, _choose(group, situation, tools.weights)))
    runs = {
        i: (first, last, label) for first, last, label in entity_runs(article) for i in range(first, last)
    }
    return tuple(
        _mention(
            article, toponym, *chosen[toponym], uncertain=_only_named(article, toponym, runs, tools.words)
        )
        for toponym in toponyms
    )


def _only_named(
    article: Article, toponym: Toponym, runs: Mapping[int, tuple[int, int, str]], words: PlaceWords
) -> bool:
    """Say whether the place is only part of another's name, or of what was agreed there ("the Minsk talks")."""
    first, last, label = runs.get(toponym.first, (toponym.first, toponym.last, ""))
    first += article.tokens[first].lower == "the"
    if label in OTHER_NAMES and (first < toponym.first or last > toponym.last):
        return True
    after = article.tokens[toponym.last] if toponym.last < len(article.tokens) else None
    return (
        after is not None and folded(after) in words.classes["named_event"] and after.pos in {"NOUN", "PROPN"}
    )


def situations(
    article: Article, toponyms: list[Toponym], gazetteer: Gazetteer, tools: Tools
) -> list[tuple[Group, Situation]]:
    """Return the names of the article, each with what stands around it; places resolved in earlier passes speak."""
    groups = groups_of(article, toponyms, gazetteer, tools.words)
    evidence = _countries_and_divisions(article, toponyms, gazetteer)
    coherent = coherence([(group.name, group.candidates) for group in groups])
    outlet = _outlet(article, gazetteer)
    found = []
    for number in range(PASSES):
        found = [
            (
                group,
                replace(_situation(article, group, tools.words, evidence), coherence=support, outlet=outlet),
            )
            for group, support in zip(groups, coherent, strict=True)
        ]
        if number < PASSES - 1:
            chosen = {
                toponym: choice
                for group, situation in found
                for choice in [_choose(group, situation, tools.weights)]
                for toponym in group.toponyms
            }
            evidence = replace(evidence, points=_points(article, chosen))
    return found


def _countries_and_divisions(article: Article, toponyms: list[Toponym], gazetteer: Gazetteer) -> Evidence:
    """Collect the countries, peoples and first-level divisions that the article names, also within organisations."""
    countries, divisions = [], []
    named = [(toponym.first, toponym.name) for toponym in toponyms]
    for i, name in (*named, *inside_organisations(article, gazetteer)):
        sentence = article.tokens[i].sentence
        place = _sure(gazetteer.find(name))
        if place is not None and place.country:
            countries.append((sentence, place.country, name))
            if place.admin1 and place.kind != "country":
                divisions.append((sentence, place.country, place.admin1, name))
    peoples = (
        (token.sentence, gazetteer.country_of(folded(token)))
        for token in article.tokens
        if token.entity == "NORP"
    )
    countries.extend((sentence, country, "") for sentence, country in peoples if country)
    return Evidence(tuple(countries), tuple(divisions))


def _sure(found: tuple[Candidate, ...]) -> Candidate | None:
    """Return the country or division that a name means almost whatever the article, or None.

    That is a country or first-level division without a namesake in another country and not far smaller than a
    town of its name, or any place of some size whose name nothing else bears.
    """
    own = [place for place in found if place.match == "main" or place.kind in {"country", "admin1"}]
    if own and own[0].population >= SURE_TOWN and len({(place.country, place.admin1) for place in own}) == 1:
        return own[0]
    first = next((place for place in found if place.kind in {"country", "admin1"}), None)
    if first is None or any(place.kind == "admin1" and place.country != first.country for place in found):
        return None
    return first if first.kind == "country" or first.population >= DOMINANCE * found[0].population else None


def _described(article: Article, group: Group, words: PlaceWords) -> str:
    """Return the class of the words beside the name that say what it is: "Punjab province", "the town of Homs"."""
    for toponym in group.toponyms:
        after = folded(article.tokens[toponym.last]) if toponym.last < len(article.tokens) else ""
        before = [token.lower for token in article.tokens[max(0, toponym.first - 2) : toponym.first]]
        for class_ in ("division", "settlement"):
            named = words.classes[class_]
            if toponym.dateline and class_ == "settlement":
                return class_
            if after in named or (before[-1:] == ["of"] and before[0] in named):
                return class_
    return ""


def _outlet(article: Article, gazetteer: Gazetteer) -> Outlet:
    """Return what the outlet's name or address says: its letters, its country, the town it is from."""
    name = (article.document.outlet or "").casefold()
    home = gazetteer.home_of(name)
    end = name.rstrip("/").rpartition(".")[2] if "." in name else ""
    country = home.country if home else gazetteer.country_of_ending(end)
    return Outlet("".join(fold(name).split()), country, (home.lat, home.lon) if home else None)


def _situation(article: Article, group: Group, words: PlaceWords, evidence: Evidence) -> Situation:
    sentences = tuple(sorted({article.tokens[toponym.first].sentence for toponym in group.toponyms}))
    return Situation(
        group.name,
        sentences,
        group.containers,
        group.contents,
        _described(article, group, words),
        group.kinds,
        evidence,
    )


def _choose(
    group: Group, situation: Situation, weights: Mapping[str, float]
) -> tuple[Candidate | None, float]:
    """Return the best candidate, or None below the threshold, with its probability, 0 to 1."""
    if not group.candidates:
        return None, 0.0
    scores = [score(found, situation, weights) for found in group.candidates]
    highest = max(scores)
    best = group.candidates[scores.index(highest)]
    if _is_stray(best, situation):
        return None, 0.0
    shares = [math.exp(points - highest) for points in scores]
    same = sum(
        share for share, found in zip(shares, group.candidates, strict=True) if _same_place(best, found)
    )
    sure = same / sum(shares)
    return (best, round(sure, 3)) if sure >= THRESHOLD else (None, 0.0)


def _is_stray(place: Candidate, situation: Situation) -> bool:
    """Say whether a small town lies in a country that the article, which names others, never mentions.

    It then only shares its name with a place that the gazetteer does not know; "no such place" is the answer.
    """
    named = {country for _, country, name in situation.evidence.countries if name != situation.name}
    small = place.kind == "city" and not place.own and (place.population or 0) < SMALL_TOWN
    supported = situation.containers or not alone(place, situation) or outlet_country(place, situation)
    return small and bool(named) and place.country not in named and not supported


def _same_place(place: Candidate, other: Candidate) -> bool:
    """Say whether two candidates are a town and the division named after it."""
    return place.country == other.country and place.admin1 == other.admin1


def _points(
    article: Article, chosen: dict[Toponym, tuple[Candidate | None, float]]
) -> tuple[tuple[int, float, float, str], ...]:
    """Return the resolved towns, facilities and divisions, as evidence for the others."""
    return tuple(
        (article.tokens[toponym.first].sentence, place.lat, place.lon, toponym.name)
        for toponym, (place, _) in chosen.items()
        if place is not None and place.kind != "country" and place.lat is not None and place.lon is not None
    )


def _mention(
    article: Article, toponym: Toponym, place: Candidate | None, confidence: float, *, uncertain: bool
) -> PlaceMention:
    span = article.span(toponym.first, toponym.last)
    tokens = TokenRange(toponym.first, toponym.last, _head(article, toponym))
    if place is None:
        blank = PlaceSpan(
            span.start, span.end, span.text, None, None, None, None, None, None, None, None, uncertain
        )
        return PlaceMention(tokens, blank, 0.0)
    precision = "point" if place.feature in _SMALL_FEATURES else _PRECISION.get(place.kind, "region")
    resolved = PlaceSpan(
        span.start, span.end, span.text, name=place.name, geonames_id=place.geonames_id, lat=place.lat, lon=place.lon,
        country=place.country, admin1=place.admin1, feature=place.feature, precision=precision, uncertain=uncertain,
    )  # fmt: skip
    sure = confidence * toponym.certainty * (UNCERTAIN if uncertain else 1.0)
    return PlaceMention(tokens, resolved, round(sure, 3))


def _head(article: Article, toponym: Toponym) -> int:
    """Return the token of the toponym that hangs on one outside it."""
    inside = range(toponym.first, toponym.last)
    return next(
        (i for i in inside if article.tokens[i].head not in inside or article.tokens[i].head == i),
        toponym.last - 1,
    )
