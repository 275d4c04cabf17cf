"""The places an article names, and where they are.

Every mention of one name in an article means the same place, unless the words around it say what
holds it ("Portland, Maine"). A name whose best candidate scores too low stays unresolved.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from dragoman.knowledge.gazetteer import Candidate, Gazetteer
from dragoman.knowledge.gazetteer_sources import PlaceWords, place_words
from dragoman.knowledge.place_names import fold
from dragoman.model.place import PlaceSpan
from dragoman.reading.article import Article, PlaceMention, TokenRange
from dragoman.reading.place_scores import Evidence, Situation, score
from dragoman.reading.stage import Stage
from dragoman.reading.toponyms import Toponym, find_toponyms, folded, inside_organisations

# Lowest score at which a place is taken; set on the tuning part of LGL and GeoVirus.
THRESHOLD = 2.0
# Steepness of the confidence over the lead of the best candidate; score points.
LEAD_SCALE = 1.0
# A word for a facility's kind counts within so many tokens of its short name.
KIND_WORD_REACH = 6
# Passes over the names; from the second on, places resolved before speak for those near them.
PASSES = 2
# A division named like a town elsewhere is evidence for its country only if it has at least this share
# of the biggest candidate's population; a ratio.
DOMINANCE = 2.0
# A town or district whose name nothing else bears is evidence for where the article plays from this
# size on: inhabitants.
SURE_TOWN = 5_000
_HOLDING_WORDS = ([","], ["("], ["in"], [",", "in"])
_PRECISION = {"facility": "point", "city": "city", "admin1": "region", "country": "country"}
_SMALL_FEATURES = frozenset({"peak", "pass", "canal"})


@dataclass(frozen=True, slots=True)
class _Group:
    """Mentions of one name with one container, and the candidates for it."""

    name: str
    toponyms: tuple[Toponym, ...]
    candidates: tuple[Candidate, ...]
    containers: tuple[Candidate, ...]
    contents: tuple[tuple[Candidate, ...], ...]


def places_stage(gazetteer: Gazetteer) -> Stage:
    """Return the stage that gives the layer ``places``."""
    words = place_words()
    return Stage(
        name="places", needs=("tokens", "sentences"), gives=("places",),
        run=lambda article: {"places": _find(article, gazetteer, words)},
    )  # fmt: skip


def find_places(article: Article, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Return the places named in the article, in order, none overlapping; unresolved ones have null codes."""
    return _find(article, gazetteer, place_words())


def _find(article: Article, gazetteer: Gazetteer, words: PlaceWords) -> tuple[PlaceMention, ...]:
    toponyms = find_toponyms(article, gazetteer, words)
    groups = _groups(article, toponyms, gazetteer)
    evidence = _countries_and_divisions(article, toponyms, gazetteer)
    chosen: dict[Toponym, tuple[Candidate | None, float]] = {}
    for _ in range(PASSES):
        chosen = {}
        for group in groups:
            choice = _choose(group, _situation(article, group, words, evidence))
            chosen.update(dict.fromkeys(group.toponyms, choice))
        evidence = replace(evidence, points=_points(article, chosen))
    return tuple(_mention(article, toponym, *chosen[toponym]) for toponym in toponyms)


def _containers(article: Article, toponyms: list[Toponym], gazetteer: Gazetteer) -> dict[Toponym, Toponym]:
    """Return what the words put around toponyms: "Portland, Oregon", "Aleppo (Syria)", "Homs in Syria"."""
    found: dict[Toponym, Toponym] = {}
    for toponym, following in zip(toponyms, toponyms[1:], strict=False):
        between = [token.lower for token in article.tokens[toponym.last : following.first]]
        same = article.tokens[toponym.last - 1].sentence == article.tokens[following.first].sentence
        if same and between in _HOLDING_WORDS and _can_hold(gazetteer, toponym, following):
            found[toponym] = following
    return found


def _can_hold(gazetteer: Gazetteer, toponym: Toponym, following: Toponym) -> bool:
    """Say whether some candidate of ``toponym`` lies in a country or division called ``following``.

    Two divisions of one country are a list ("Oklahoma, Pennsylvania"), even if a town of that name exists.
    """
    inner, holders = gazetteer.find(toponym.name), _holders(gazetteer, following.name)
    if not inner or not holders or following.name == toponym.name:
        return False
    first, outer = inner[0], holders[0]
    if first.kind == "admin1" and outer.kind == "admin1" and first.country == outer.country:
        return False
    return any(
        place.country == holder.country and (holder.kind == "country" or place.admin1 == holder.admin1)
        for place in inner
        for holder in holders
        if place.kind != "country" and place.kind != holder.kind
    )


def _holders(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    return tuple(found for found in gazetteer.find(name) if found.kind in {"country", "admin1", "region"})


def _groups(article: Article, toponyms: list[Toponym], gazetteer: Gazetteer) -> list[_Group]:
    """Return the toponyms by name and container; one without container takes the first of its name."""
    containers = _containers(article, toponyms, gazetteer)
    usual: dict[str, str] = {}
    contents: dict[str, list[tuple[Candidate, ...]]] = defaultdict(list)
    for toponym, container in containers.items():
        usual.setdefault(toponym.name, container.name)
        contents[container.name].append(gazetteer.find(toponym.name))
    members: dict[tuple[str, str], list[Toponym]] = defaultdict(list)
    for toponym in toponyms:
        own = containers.get(toponym)
        members[toponym.name, own.name if own else usual.get(toponym.name, "")].append(toponym)
    return [
        _Group(
            name, tuple(found), gazetteer.find(name), _holders(gazetteer, container) if container else (),
            tuple(contents[name]),
        )  # fmt: skip
        for (name, container), found in members.items()
    ]


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
    for token in article.tokens:
        if token.entity == "NORP" and (country := gazetteer.country_of(folded(token))):
            countries.append((token.sentence, country, ""))
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
    return first if first.kind == "country" or first.population * DOMINANCE >= found[0].population else None


def _described(article: Article, group: _Group, words: PlaceWords) -> str:
    """Return the class of the words beside the name that say what it is: "Punjab province", "the town of Homs"."""
    for toponym in group.toponyms:
        after = folded(article.tokens[toponym.last]) if toponym.last < len(article.tokens) else ""
        before = [token.lower for token in article.tokens[max(0, toponym.first - 2) : toponym.first]]
        for class_ in ("division", "settlement"):
            named = words.classes[class_]
            if after in named or (before[-1:] == ["of"] and before[0] in named):
                return class_
    return ""


def _situation(article: Article, group: _Group, words: PlaceWords, evidence: Evidence) -> Situation:
    sentences = tuple(sorted({article.tokens[toponym.first].sentence for toponym in group.toponyms}))
    short = {found.feature for found in group.candidates if found.match == "short" and found.kind == "facility"}
    kinds = frozenset(kind for kind in short if kind and _kind_named(article, group, words.classes[kind]))
    return Situation(
        group.name, sentences, group.containers, group.contents, _described(article, group, words), kinds, evidence
    )


def _kind_named(article: Article, group: _Group, nouns: tuple[str, ...]) -> bool:
    for toponym in group.toponyms:
        sentence = article.sentences[article.tokens[toponym.first].sentence]
        first = max(sentence.first, toponym.first - KIND_WORD_REACH)
        around = article.tokens[first : min(sentence.last, toponym.last + KIND_WORD_REACH)]
        text = f" {fold(' '.join(token.text for token in around))} "
        if any(f" {noun} " in text or f" {noun}s " in text for noun in nouns):
            return True
    return False


def _choose(group: _Group, situation: Situation) -> tuple[Candidate | None, float]:
    """Return the best candidate, or None below the threshold, with a confidence from 0 to 1."""
    ranked = sorted(((score(found, situation), -n) for n, found in enumerate(group.candidates)), reverse=True)
    if not ranked or ranked[0][0] < THRESHOLD:
        return None, 0.0
    best = group.candidates[-ranked[0][1]]
    rivals = [points for points, n in ranked[1:] if not _same_place(best, group.candidates[-n])]
    lead = ranked[0][0] - max(rivals, default=0.0)
    return best, round(1 / (1 + math.exp(-lead / LEAD_SCALE)), 3)


def _same_place(place: Candidate, other: Candidate) -> bool:
    """Say whether two candidates are a town and the division named after it."""
    return place.country == other.country and place.admin1 == other.admin1


def _points(article: Article, chosen: dict[Toponym, tuple[Candidate | None, float]]) -> tuple[tuple[int, float, float, str], ...]:
    """Return the resolved towns, facilities and divisions, as evidence for the others."""
    return tuple(
        (article.tokens[toponym.first].sentence, place.lat, place.lon, toponym.name)
        for toponym, (place, _) in chosen.items()
        if place is not None and place.kind != "country" and place.lat is not None and place.lon is not None
    )


def _mention(article: Article, toponym: Toponym, place: Candidate | None, confidence: float) -> PlaceMention:
    span = article.span(toponym.first, toponym.last)
    tokens = TokenRange(toponym.first, toponym.last, _head(article, toponym))
    if place is None:
        blank = PlaceSpan(span.start, span.end, span.text, None, None, None, None, None, None, None, None)
        return PlaceMention(tokens, blank, 0.0)
    precision = "point" if place.feature in _SMALL_FEATURES else _PRECISION.get(place.kind, "region")
    resolved = PlaceSpan(
        span.start, span.end, span.text, name=place.name, geonames_id=place.geonames_id, lat=place.lat, lon=place.lon,
        country=place.country, admin1=place.admin1, feature=place.feature, precision=precision,
    )  # fmt: skip
    return PlaceMention(tokens, resolved, confidence)


def _head(article: Article, toponym: Toponym) -> int:
    """Return the token of the toponym that hangs on one outside it."""
    inside = range(toponym.first, toponym.last)
    return next((i for i in inside if article.tokens[i].head not in inside or article.tokens[i].head == i), toponym.last - 1)
