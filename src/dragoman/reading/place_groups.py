"""The names of an article, grouped: mentions of one name mean one place, unless the words say what holds it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from dragoman.knowledge.gazetteer import Candidate, Gazetteer
from dragoman.knowledge.place_names import fold
from dragoman.knowledge.place_words import PlaceWords
from dragoman.reading.article import Article
from dragoman.reading.place_tokens import Toponym

# At most so many nouns and adjectives beside a facility's short name are looked at for its kind; tokens.
NOUNS_TIED = 4
# A name that a town of this size bears means the facility only where a word for its kind is tied to it;
# inhabitants.
WELL_KNOWN_TOWN = 100_000
_APPOSITION = frozenset({",", "a", "an", "the", "'s"})
_LOCATIVE = frozenset({"in", "at", "near", "of", "outside"})
_HOLDING_WORDS = ([","], ["("], ["in"], [",", "in"], ["of"])


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one name with one container and kind of facility, and the candidates for it."""

    name: str
    toponyms: tuple[Toponym, ...]
    candidates: tuple[Candidate, ...]
    containers: tuple[Candidate, ...]
    contents: tuple[tuple[Candidate, ...], ...]
    kinds: frozenset[str]


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


def groups_of(
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
    groups: list[Group] = []
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
    capitals = {
        place.country: place.admin1 for place in found if place.feature == "PPLC" and place.match == "main"
    }
    return tuple(
        place
        for place in found
        if not (
            place.kind != "country" and not place.own and place.country in countries and place.match != "main"
        )
        and not (
            place.kind == "admin1"
            and not holding
            and capitals.get(place.country, place.admin1) != place.admin1
        )
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
