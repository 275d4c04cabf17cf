"""The places an article names, and where they are.

Every mention of one name in an article means the same place, unless the words around it say what
holds it ("Portland, Maine"). A name whose best candidate scores too low stays unresolved.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from dragoman.knowledge.gazetteer import Candidate, Gazetteer
from dragoman.knowledge.linear import LinearModel, load_linear
from dragoman.knowledge.place_names import fold
from dragoman.knowledge.place_words import PlaceWords, place_words
from dragoman.knowledge.tables import DATA
from dragoman.model.place import PlaceSpan
from dragoman.reading.article import Article, PlaceMention, TokenRange
from dragoman.reading.place_coherence import coherence
from dragoman.reading.place_scores import Evidence, Outlet, Situation, alone, load_weights, outlet_country, score
from dragoman.reading.place_tokens import Toponym, folded, inside_organisations
from dragoman.reading.stage import Stage
from dragoman.reading.toponyms import find_toponyms

# What says which words name a place; ``training/make_places.py`` makes it.
JUDGE = DATA.parent / "models" / "toponyms.npz"
# Lowest probability at which a place is taken.
THRESHOLD = 0.1
# A town with fewer people than this is not news abroad by its bare name. People; set on the articles of LGL and GeoVirus.
SMALL_TOWN = 50_000
# At most so many nouns and adjectives beside a facility's short name are looked at for its kind; tokens.
NOUNS_TIED = 4
# A name that a town of this size bears means the facility only where a word for its kind is tied to it;
# inhabitants.
WELL_KNOWN_TOWN = 100_000
# Passes over the names; from the second on, places resolved before speak for those near them.
PASSES = 2
# A division is evidence for its country only with this share of the biggest candidate's population; a ratio.
DOMINANCE = 0.5
# A town or district whose name nothing else bears is evidence for where the article plays from this
# size on: inhabitants.
SURE_TOWN = 5_000
_APPOSITION = frozenset({",", "a", "an", "the", "'s"})
_LOCATIVE = frozenset({"in", "at", "near", "of", "outside"})
_HOLDING_WORDS = ([","], ["("], ["in"], [",", "in"], ["of"])
_PRECISION = {"facility": "point", "city": "city", "admin1": "region", "country": "country"}
_SMALL_FEATURES = frozenset({"peak", "pass", "canal"})


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one name with one container and kind of facility, and the candidates for it."""

    name: str
    toponyms: tuple[Toponym, ...]
    candidates: tuple[Candidate, ...]
    containers: tuple[Candidate, ...]
    contents: tuple[tuple[Candidate, ...], ...]
    kinds: frozenset[str]


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
    return tuple(_mention(article, toponym, *chosen[toponym]) for toponym in toponyms)


def situations(
    article: Article, toponyms: list[Toponym], gazetteer: Gazetteer, tools: Tools
) -> list[tuple[Group, Situation]]:
    """Return the names of the article, each with what stands around it; places resolved in earlier passes speak."""
    groups = _groups(article, toponyms, gazetteer, tools.words)
    evidence = _countries_and_divisions(article, toponyms, gazetteer)
    coherent = coherence([(group.name, group.candidates) for group in groups])
    outlet = _outlet(article, gazetteer)
    found = []
    for number in range(PASSES):
        found = [
            (group, replace(_situation(article, group, tools.words, evidence), coherence=support, outlet=outlet))
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


def _containers(
    article: Article, toponyms: list[Toponym], gazetteer: Gazetteer, words: PlaceWords
) -> dict[Toponym, Toponym]:
    """Return what the words put around toponyms.

    "Portland, Oregon", "Aleppo (Syria)", "Homs in Syria", "Punjab province of Pakistan", "Ukraine's Donetsk".
    """
    generic = {*words.classes["division"], *words.classes["settlement"]}
    found: dict[Toponym, Toponym] = {}
    for toponym, following in pairwise(toponyms):
        if article.tokens[toponym.last - 1].sentence != article.tokens[following.first].sentence:
            continue
        between = [token.lower for token in article.tokens[toponym.last : following.first]]
        plain = [word for word in between if word not in generic]
        if plain in _HOLDING_WORDS and _can_hold(gazetteer, toponym, following):
            found[toponym] = following
        elif between == ["'s"] and _can_hold(gazetteer, following, toponym):
            found[following] = toponym
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
        if place.kind not in {"country", holder.kind}
    )


def _holders(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    return tuple(found for found in gazetteer.find(name) if found.kind in {"country", "admin1", "region"})


def _groups(
    article: Article, toponyms: list[Toponym], gazetteer: Gazetteer, words: PlaceWords
) -> list[Group]:
    """Return the toponyms by name, container and kind; one without container takes the first of its name."""
    containers = _containers(article, toponyms, gazetteer, words)
    usual: dict[str, str] = {}
    contents: dict[str, list[tuple[Candidate, ...]]] = defaultdict(list)
    for toponym, container in containers.items():
        usual.setdefault(toponym.name, container.name)
        contents[container.name].append(gazetteer.find(toponym.name))
    kinds = {toponym: _kinds(article, toponym, gazetteer.find(toponym.name), words) for toponym in toponyms}
    spoken = {toponym.name: found for toponym, found in kinds.items() if found}
    members: dict[tuple[str, str, frozenset[str]], list[Toponym]] = defaultdict(list)
    for toponym in toponyms:
        holder = containers[toponym].name if toponym in containers else usual.get(toponym.name, "")
        kind = kinds[toponym]
        if not any(place.population >= WELL_KNOWN_TOWN for place in gazetteer.find(toponym.name)):
            kind = kind or spoken.get(toponym.name, kind)
        members[toponym.name, holder, kind].append(toponym)
    groups = []
    for (name, holder, kind), found in members.items():
        holders = _holders(gazetteer, holder) if holder else ()
        candidates = _meant(gazetteer.find(name), holding=bool(contents[name]))
        groups.append(Group(name, tuple(found), candidates, holders, tuple(contents[name]), kind))
    return groups


def _meant(found: tuple[Candidate, ...], *, holding: bool) -> tuple[Candidate, ...]:
    """Leave out what is never called so in the news.

    That are places which only other languages call by their country's name ("Mexico" for Mexico City), and a state
    that shares its name with the country's capital elsewhere (Washington), unless the words say that it is
    ``holding`` a place ("Seattle, Washington").
    """
    countries = {place.country for place in found if place.kind == "country" and place.match == "main"}
    capitals = {place.country: place.admin1 for place in found if place.feature == "PPLC" and place.match == "main"}
    return tuple(
        place
        for place in found
        if not (place.kind != "country" and not place.own and place.country in countries and place.match != "main")
        and not (place.kind == "admin1" and not holding and capitals.get(place.country, place.admin1) != place.admin1)
    )


def _kinds(
    article: Article, toponym: Toponym, found: tuple[Candidate, ...], words: PlaceWords
) -> frozenset[str]:
    """Return the kinds of facility that the words tied to a short name speak of.

    Tied are the nouns right after it ("Natanz enrichment plant", "Vostochny, a spaceport"), and those before
    it and a preposition ("the Russian spaceport in Vostochny").
    """
    possible = {place.feature for place in found if place.match == "short" and place.kind == "facility"}
    if not possible:
        return frozenset()
    tokens, sentence = article.tokens, article.sentences[article.tokens[toponym.first].sentence]
    after = toponym.last
    while after < sentence.last and tokens[after].lower in _APPOSITION:
        after += 1
    before = toponym.first - 1
    tied = [_nouns(article, range(after, min(after + NOUNS_TIED, sentence.last)))]
    if before > sentence.first and tokens[before].lower in _LOCATIVE:
        tied.append(_nouns(article, range(before - 1, max(before - 1 - NOUNS_TIED, sentence.first - 1), -1)))
    return frozenset(
        kind
        for kind in possible
        if kind and any(f" {noun} " in text for noun in words.classes[kind] for text in tied)
    )


def _nouns(article: Article, positions: range) -> str:
    """Return the nouns and adjectives at the positions up to the first other word, folded, in reading order."""
    taken = []
    for i in positions:
        if article.tokens[i].pos not in {"NOUN", "ADJ", "PROPN"}:
            break
        taken.append(article.tokens[i])
    return f" {fold(' '.join(token.text for token in sorted(taken, key=lambda token: token.i)))} "


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
    return next(
        (i for i in inside if article.tokens[i].head not in inside or article.tokens[i].head == i),
        toponym.last - 1,
    )
