"""Words that may name a place, and what speaks for it: the features of the trained judge of toponyms.

Beyond what rules find (`dragoman.reading.toponyms`), every run of capitalised words that the gazetteer knows may be
a place: an unlabelled town, a state at the head of an office's name ("Ohio Department of Development").
``training/make_places.py`` fits the judge to people's annotations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dragoman.knowledge.gazetteer import Candidate, Gazetteer
from dragoman.knowledge.place_names import fold
from dragoman.knowledge.place_words import PlaceWords
from dragoman.reading.article import Article
from dragoman.reading.place_tokens import PLACE_LABELS, Toponym, entity_runs, folded, name_of, surnames

# Longest name that is looked for without a rule's help: tokens.
LONGEST = 4
HYPHENS = frozenset({"-", "–", "‑"})
DATES = frozenset({"DATE", "TIME"})
# Nouns beside the name of a place that are no names of divisions.
LOOSE = (
    "area",
    "areas",
    "neighbourhood",
    "neighborhood",
    "villages",
    "towns",
    "camp",
    "hilltop",
    "front",
    "road",
)
CITY = frozenset({"city", "town"})
# Sizes of towns that the judge tells apart: inhabitants.
SIZES = (1_000, 5_000, 20_000, 100_000, 1_000_000)
# How often a name stands as a labelled place elsewhere in the article; more counts the same.
MOST_ECHOES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that may name a place and the rule that found them (``span``: none did)."""

    toponym: Toponym
    rule: str


def offered_spans(
    article: Article, gazetteer: Gazetteer, words: PlaceWords, taken: Collection[int]
) -> Iterator[Offer]:
    """Yield the longest capitalised names of the gazetteer from left to right that touch no taken token.

    Also proper nouns that it does not know, where the words beside them speak of a place ("the village of Qastal").
    """
    tokens, i = article.tokens, 0
    while i < len(tokens):
        people = _people(article, gazetteer, i)
        last = 0 if people else _known(article, gazetteer, i, taken)
        rule = "span"
        if not last and not people:
            last, rule = _unknown(article, words, i, taken), "unknown"
        if last:
            yield Offer(Toponym(i, last, name_of(article, i, last)), rule)
        i = last or people or i + 1


def _unknown(article: Article, words: PlaceWords, first: int, taken: Collection[int]) -> int:
    """Return the end of the proper nouns from ``first`` that words beside them call a place, or 0."""
    tokens = article.tokens
    last = first
    while (
        last < len(tokens)
        and last - first < LONGEST
        and last not in taken
        and tokens[last].sentence == tokens[first].sentence
        and (tokens[last].pos == "PROPN" or (last > first and tokens[last].text in HYPHENS))
        and tokens[last].entity not in DATES
    ):
        last += 1
    while last > first and tokens[last - 1].text in HYPHENS:
        last -= 1
    if last == first or (not tokens[first].text[:1].isupper() and "-" not in tokens[first].text):
        return 0
    generic = (*words.classes["settlement"], *words.classes["division"], *LOOSE)
    before = [token.lower for token in tokens[max(0, first - 2) : first]]
    after = tokens[last].lower if last < len(tokens) else ""
    named = before[-1:] == ["of"] and before[0] in generic
    return (
        last if named or after in generic or (before and before[-1] in words.classes["locative_sure"]) else 0
    )


def _people(article: Article, gazetteer: Gazetteer, first: int) -> int:
    """Return the end of an adjective or people's name of two words ("Sri Lankan") that begins at ``first``, or 0."""
    last = first + 2
    pair = last <= len(article.tokens) and article.tokens[first].text[:1].isupper()
    return last if pair and gazetteer.country_of(name_of(article, first, last)) else 0


def _known(article: Article, gazetteer: Gazetteer, first: int, taken: Collection[int]) -> int:
    """Return the end of the longest known name from ``first``, or 0."""
    tokens = article.tokens
    if first in taken or not tokens[first].text[:1].isupper():
        return 0
    last = first + 1
    while (
        last < len(tokens)
        and last - first < LONGEST
        and last not in taken
        and tokens[last].sentence == tokens[first].sentence
        and (tokens[last].text[:1].isupper() or not tokens[last].text[:1].isalpha())
    ):
        last += 1
    while last > first:
        head = tokens[last - 1]
        found = gazetteer.find(name_of(article, first, last)) if head.text[:1].isupper() else ()
        # "Dublin City Council" is of Dublin; only what is called so itself is a "City" ("Kansas City").
        only_other = (
            last - first > 1 and head.lower in CITY and not any(place.match == "main" for place in found)
        )
        if not only_other and any(place.match != "short" for place in found):
            return last
        last -= 1
    return 0


class Surroundings:
    """What an article says about its names as a whole; made once an article."""

    def __init__(self, article: Article, words: PlaceWords) -> None:
        """Count the labelled places, and collect surnames and the words of the outlet's address."""
        self.article = article
        self.words = words
        self.runs: dict[int, tuple[int, int, str]] = {}
        self.places: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        for first, last, label in entity_runs(article):
            self.runs.update(dict.fromkeys(range(first, last), (first, last, label)))
            counts = self.places if label in PLACE_LABELS else self.others
            counts[name_of(article, first, last)] += 1
        self.surnames = surnames(article)
        self.outlet = "".join(fold(article.document.outlet or "").split())

    def features(self, offer: Offer, found: Sequence[Candidate]) -> set[str]:
        """Return the names of the features of an offer; ``found`` is what the gazetteer knows by its name."""
        tokens, toponym = self.article.tokens, offer.toponym
        first, last = toponym.first, toponym.last
        start, end, label = self.runs.get(first, (first, last, ""))
        sentence = self.article.sentences[tokens[first].sentence]
        before = tokens[first - 1].lower if first > sentence.first else "^"
        after = tokens[last].lower if last < sentence.last else "$"
        second = tokens[first - 2].lower if first - 1 > sentence.first else "^"
        named = {
            f"rule={offer.rule}",
            f"label={label}",
            f"before={before}",
            f"after={after}",
            f"second={second}",
        }
        whole = f"{'starts' if first <= start + (tokens[start].lower == 'the') else 'later'}-{'ends' if last >= end else 'goes-on'}"
        named |= {f"whole={label}:{whole}", f"pos={tokens[last - 1].pos}", f"long={last - first}"}
        named |= {
            f"rule={offer.rule}:{label}",
            f"tail={label}:{folded(tokens[end - 1])}" if end > last else "tail=-",
        }
        named |= {f"before={cls}" for cls in self.words.of(before)} | {
            f"after={cls}" for cls in self.words.of(after)
        }
        known = _known_as(found)
        named |= {f"known={known}", f"known={known}:{label}", f"rule={offer.rule}:{known}"}
        named |= {f"next={_shape(tokens[last].text)}" if last < sentence.last else "next=$"}
        named |= {f"prior={_shape(tokens[first - 1].text)}" if first > sentence.first else "prior=^"}
        echoes = self.places[toponym.name] - (label in PLACE_LABELS)
        named.add(f"echo={min(echoes, MOST_ECHOES)}")
        named.add(f"echo={min(echoes, MOST_ECHOES)}:{label}")
        if toponym.name in self.surnames and last - first == 1:
            named |= {"surname", f"surname:{label}"}
        if tokens[first].text.isupper():
            named.add("capitals")
        if len(toponym.name) > 3 and "".join(toponym.name.split()) in self.outlet:  # noqa: PLR2004 - an abbreviation
            named.add("outlet")
        return named


def _shape(text: str) -> str:
    if text[:1].isalpha():
        return "Word" if text[0].isupper() else "word"
    return "number" if text[:1].isdigit() else text


def _known_as(found: Sequence[Candidate]) -> str:
    """Return the most weighty thing that the gazetteer knows by a name."""
    kinds = {place.kind for place in found if place.match != "short"}
    for kind in ("country", "admin1", "water", "facility"):
        if kind in kinds:
            return kind
    if any(place.own for place in found):
        return "own"
    if any(place.feature == "ADM2" and place.match != "short" for place in found):
        return "ADM2"
    population = max((place.population for place in found), default=-1)
    if population < 0:
        return "unknown"
    return f"town{sum(population >= size for size in SIZES)}{'' if found[0].match == 'main' else 'alias'}"
