"""Finding the words that name places; what they mean is decided in `dragoman.reading.place_scores`.

Not found: places that are only described ("the capital"), adjectives of nationality, and names in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.linear import LinearModel
from dragoman.knowledge.place_words import PlaceWords
from dragoman.reading.article import Article, Token
from dragoman.reading.place_tokens import (
    OTHER_NAMES,
    PLACE_LABELS,
    Toponym,
    entity_runs,
    folded,
    name_of,
    surnames,
)
from dragoman.reading.toponym_spans import Offer, Surroundings, offered_spans

HYPHENS = frozenset({"-", "–", "—"})
# The judge's label for words that name a place.
PLACE = "place"
# Words are taken for a place from this probability on: best F1 of 0.3 to 0.6 on the odd articles of LGL and GeoVirus.
LEAST_SURE = 0.5
# A dateline: capitals, perhaps a country or date, perhaps an agency, then a dash.
_DATELINE = re.compile(
    r"(?P<city>[A-Z][A-Z.'\- ]+[A-Z.])(?P<rest>(?:, [A-Z][\w.' ]+){0,2})\s*(?:\([^()]{2,40}\)\s*)?(?:—|–|--|-)\s"
)
# A town whose name stands in the text without an entity label must be at least this big to be taken;
# inhabitants, set on the tuning part of LGL and GeoVirus.
UNLABELLED_TOWN = 15_000
# The same for the object of a verb such as "struck", which a person may be as well.
WELL_KNOWN_TOWN = 100_000
# More inhabitants than any town has, so that only places of our own lists are taken.
OWN_LISTS_ONLY = 1_000_000_000
# Capitals of at most so many letters are an acronym ("EU") rather than a small town (Eu); letters.
LONGEST_ACRONYM = 4


def find_toponyms(
    article: Article, gazetteer: Gazetteer, words: PlaceWords, judge: LinearModel
) -> list[Toponym]:
    """Return the toponyms of the article in order, none overlapping another, each as sure as ``judge`` is of it."""
    offers = found_by_rules(article, gazetteer, words)
    taken = {i for offer in offers for i in range(offer.toponym.first, offer.toponym.last)}
    offers += offered_spans(article, gazetteer, words, taken)
    offers = [offer for offer in offers if not is_road(article, offer.toponym, gazetteer, words)]
    if not offers:
        return []
    around = Surroundings(article, words)
    features = [around.features(offer, gazetteer.find(offer.toponym.name)) for offer in offers]
    sure = judge.probabilities(features)[:, judge.labels.index(PLACE)]
    kept = [
        replace(offer.toponym, certainty=round(float(certainty), 3))
        for offer, certainty in zip(offers, sure, strict=True)
        if certainty >= LEAST_SURE
    ]
    return sorted(kept, key=lambda toponym: toponym.first)


def found_by_rules(article: Article, gazetteer: Gazetteer, words: PlaceWords) -> list[Offer]:
    """Return what the rules take for places, in order, none overlapping another."""
    taken: dict[int, Offer] = {}
    people = surnames(article)
    for source in (_datelines, _phrases, _entities, _unlabelled):
        for toponym in source(article, gazetteer, words):
            inside = range(toponym.first, toponym.last)
            if any(i in taken for i in inside) or _is_person(article, toponym, people, words):
                continue
            taken.update(dict.fromkeys(inside, Offer(toponym, source.__name__.strip("_"))))
    for toponym in _echoes(article, taken):
        if not _is_person(article, toponym, people, words):
            taken[toponym.first] = Offer(toponym, "echoes")
    return sorted(set(taken.values()), key=lambda offer: offer.toponym.first)


def is_road(article: Article, toponym: Toponym, gazetteer: Gazetteer, words: PlaceWords) -> bool:
    """Say whether the words are a road's name, or the beginning of one ("Paris" in "Paris Avenue"); our lists excepted."""
    if any(found.own for found in gazetteer.find(toponym.name)):
        return False
    tokens, parts = article.tokens, toponym.name.split()
    roads = words.classes["street"]
    if len(parts) > 1 and (parts[-1] in roads or parts[0] in words.classes["numbered_road"]):
        return True
    after = tokens[toponym.last] if toponym.last < len(tokens) else None
    same = after is not None and after.sentence == tokens[toponym.first].sentence
    if same and after is not None and after.text[:1].isupper() and folded(after) in roads:
        return True
    return toponym.name in words.classes["numbered_road"]


def _echoes(article: Article, taken: dict[int, Offer]) -> Iterator[Toponym]:
    """Yield single words, labelled otherwise or not at all, that are named as a place elsewhere in the article."""
    named = {offer.toponym for offer in taken.values()}
    names = {toponym.name for toponym in named if toponym.last - toponym.first == 1}
    whole = {first: last - first == 1 for first, last, _ in entity_runs(article)}
    for token in article.tokens:
        alone = not token.entity or whole.get(token.i, False)
        if token.i in taken or token.pos != "PROPN" or not alone or not token.text[:1].isupper():
            continue
        beside = [article.tokens[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(article.tokens)]
        if folded(token) in names and not any(
            other.pos == "PROPN" and other.i not in taken for other in beside
        ):
            yield Toponym(token.i, token.i + 1, folded(token))


def _is_person(article: Article, toponym: Toponym, people: frozenset[str], words: PlaceWords) -> bool:
    """Say whether the toponym is rather a person: a known surname, or a title stands before it."""
    before = article.tokens[toponym.first - 1] if toponym.first else None
    if before is not None and before.sentence != article.tokens[toponym.first].sentence:
        before = None
    if before is not None and before.text[:1].isupper() and folded(before) in words.classes["title"]:
        return True
    after_preposition = before is not None and before.lower in words.classes["locative"]
    return toponym.last - toponym.first == 1 and toponym.name in people and not after_preposition


def _datelines(article: Article, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Toponym]:
    """Yield the town, and the country or state after it, of "KYIV, Ukraine (AP) —" at the start of a paragraph."""
    del words
    paragraph = -1
    for sentence in article.sentences:
        if sentence.paragraph == paragraph:
            continue
        paragraph = sentence.paragraph
        match = _DATELINE.match(article.document.text, sentence.start)
        if match is None:
            continue
        inside = [
            token
            for token in article.tokens[sentence.first : sentence.first + 20]
            if token.end <= match.end("rest")
        ]
        part: list[Token] = []
        city = True
        for token in (*inside, None):
            if token is not None and token.text != ",":
                part.append(token)
                continue
            if part and gazetteer.find(name := name_of(article, part[0].i, part[-1].i + 1)):
                yield Toponym(part[0].i, part[-1].i + 1, name, dateline=city)
            part, city = [], False


def _phrases(article: Article, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Toponym]:
    """Yield names of our own lists wherever they stand with capitals, unless inside another kind of name."""
    del words
    tokens = article.tokens
    for token in tokens:
        if not token.text[:1].isupper():
            continue
        for phrase in gazetteer.phrases(folded(token).split(" ")[0]):
            last = _match(tokens, token.i, phrase)
            if last and _may_be_place(article, gazetteer, token.i, last):
                yield Toponym(token.i, last, " ".join(phrase))
                break


def _match(tokens: tuple[Token, ...], first: int, phrase: tuple[str, ...]) -> int:
    """Return the end of the tokens from ``first`` that spell ``phrase``, or 0."""
    rest, i = list(phrase), first
    while rest and i < len(tokens) and tokens[i].sentence == tokens[first].sentence:
        words = folded(tokens[i]).split()
        if words != rest[: len(words)] or (not words and tokens[i].text not in {"-", "–", "'", "’"}):
            return 0
        rest = rest[len(words) :]
        i += 1
    return 0 if rest else i


def _may_be_place(article: Article, gazetteer: Gazetteer, first: int, last: int) -> bool:
    """Say whether entity labels allow a place here: none, a place's, or another's that covers just these words."""
    tokens = article.tokens
    labels = {token.entity for token in tokens[first:last]}
    whole = name_of(article, *_run_around(article, first, last))
    if labels & PLACE_LABELS and len(whole.split()) > last - first and gazetteer.find(whole):
        return False
    if not labels & OTHER_NAMES:
        longer = not tokens[first].entity and first > 0 and tokens[first - 1].pos == "PROPN"
        return (
            bool(labels & PLACE_LABELS) or last - first > 1 or (tokens[first].pos == "PROPN" and not longer)
        )
    inside_longer = (last < len(tokens) and tokens[last].entity in OTHER_NAMES and not tokens[last].entity_start
                     and tokens[last].tag != "POS")  # fmt: skip
    begins = tokens[first].entity_start or not tokens[first].entity or tokens[first - 1].lower == "the"
    return last - first > 1 and begins and not inside_longer


def _run_around(article: Article, first: int, last: int) -> tuple[int, int]:
    """Return the tokens from ``first`` to ``last``, with the rest of the entities they begin and end in."""
    tokens = article.tokens
    while first and tokens[first].entity and not tokens[first].entity_start:
        first -= 1
    while (
        last < len(tokens)
        and tokens[last].entity == tokens[last - 1].entity
        and not tokens[last].entity_start
    ):
        last += 1
    first += tokens[first].lower == "the"
    return first, last - (tokens[last - 1].tag == "POS")


def _entities(article: Article, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Toponym]:
    """Yield what the entity labels call a place, without articles, possessives and generic words around the name."""
    for first, last, label in entity_runs(article):
        if label not in PLACE_LABELS:
            continue
        begin, known = first, bool(gazetteer.find(name_of(article, first, last)))
        for i in range(first, last + 1):
            parted = (
                i < last
                and article.tokens[i].text == "and"
                and not (begin != first and gazetteer.find(name_of(article, begin, last)))
                and not known
            )
            hyphen = i < last and article.tokens[i].text in HYPHENS and not known
            if i == last or parted or hyphen or article.tokens[i].text in {",", "/", "(", ")", ";"}:
                yield from _trimmed(article, gazetteer, words, begin, i)
                begin = i + 1


def _trimmed(
    article: Article, gazetteer: Gazetteer, words: PlaceWords, first: int, last: int
) -> Iterator[Toponym]:
    tokens = article.tokens
    while first < last and (
        tokens[first].lower in {"the", "a", "an"} or not tokens[first].text[:1].isalnum()
    ):
        first += 1
    while first < last and (tokens[last - 1].tag in {"POS", "CD"} or not folded(tokens[last - 1])):
        last -= 1
    if first == last or not any(token.text[:1].isupper() for token in tokens[first:last]):
        return
    name = name_of(article, first, last)
    if _is_acronym(article, first, last) and not any(
        found.own or found.kind != "city" for found in gazetteer.find(name)
    ):
        return
    if not gazetteer.find(name):
        name = _without_generic(gazetteer, words, name)
        if not gazetteer.find(name) and (end := _division_before(article, gazetteer, words, first, last)):
            last, name = end, name_of(article, first, end)
        organisation = any(word in words.classes["organisation"] for word in name.split())
        if not gazetteer.find(name) and (
            organisation or gazetteer.country_of(name) or name in words.classes["direction"]
        ):
            return
    yield Toponym(first, last, name)


def _division_before(article: Article, gazetteer: Gazetteer, words: PlaceWords, first: int, last: int) -> int:
    """Return the end of a known division at the beginning of an unknown name ("Henderson County" of its jail), or 0."""
    for end in range(last - 1, first + 1, -1):
        generic = folded(article.tokens[end - 1]) in words.classes["division"]
        if generic and gazetteer.find(name_of(article, first, end)):
            return end
    return 0


def _is_acronym(article: Article, first: int, last: int) -> bool:
    """Say whether the words are one short word in capitals within a sentence that is not all in capitals."""
    token = article.tokens[first]
    letters = token.text.replace(".", "")
    sentence = article.sentences[token.sentence]
    shouted = article.document.text[sentence.start : sentence.end].isupper()
    return last - first == 1 and letters.isupper() and len(letters) <= LONGEST_ACRONYM and not shouted


def _without_generic(gazetteer: Gazetteer, words: PlaceWords, name: str) -> str:
    """Return the name without "northern", "the city of", "Province", "al", where that makes it known; else as it is."""
    for word in words.classes["direction"]:
        shorter = name.removeprefix(f"{word} ")
        if shorter != name and gazetteer.find(shorter):
            return shorter
    for class_ in ("division", "settlement"):
        shorter = words.strip(name, class_) or name
        if shorter != name and gazetteer.find(shorter):
            return shorter
    for article in ("al ", "el ", "the "):
        if gazetteer.find(name.removeprefix(article)):
            return name.removeprefix(article)
    return name


def _unlabelled(article: Article, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Toponym]:
    """Yield proper nouns that the labels missed, where the words around them say that they are places."""
    tokens = article.tokens
    ends = {last - 1 for _, last, label in entity_runs(article) if label in PLACE_LABELS}
    for token in tokens[1:]:
        if token.pos != "PROPN" or not token.text[:1].isupper() or token.entity in PLACE_LABELS:
            continue
        last = token.i + 1
        while last < len(tokens) and tokens[last].pos == "PROPN" and tokens[last].sentence == token.sentence:
            last += 1
        if any(other.entity in {"DATE", "TIME", *PLACE_LABELS} for other in tokens[token.i : last]):
            continue
        smallest = _smallest_town(article, token.i, last, ends, words)
        name = name_of(article, token.i, last)
        if smallest is not None and any(
            found.own or found.population >= smallest for found in gazetteer.find(name)
        ):
            yield Toponym(token.i, last, name)


def _smallest_town(article: Article, first: int, last: int, ends: set[int], words: PlaceWords) -> int | None:
    """Return how big a town must be to be taken for the words, or None where nothing says that they are a place.

    Any size in "the town of X" and "X province"; none but our own lists after "at"; `UNLABELLED_TOWN` after "in", "near" and the like, after
    another place and a comma or "and", and before "-based"; `WELL_KNOWN_TOWN` after "struck" and the like.
    """
    tokens = article.tokens
    before = [
        token.lower for token in tokens[max(0, first - 2) : first] if token.sentence == tokens[first].sentence
    ]
    after = [token.lower for token in tokens[last : last + 2]]
    generic = (*words.classes["division"], *words.classes["settlement"])
    if (before[1:] == ["of"] and before[0] in generic) or (
        after and after[0] in generic and not tokens[first].entity
    ):
        return 0
    if before[-1:] == ["at"]:
        return OWN_LISTS_ONLY
    located = bool(before) and before[-1] in words.classes["locative_sure"]
    head = tokens[last - 1]
    if not located and head.dep == "dobj" and tokens[head.head].lemma in words.classes["place_verb"]:
        return WELL_KNOWN_TOWN
    listed = before[-1:] in ([","], ["and"]) and first - 2 in ends and tokens[first].entity != "PERSON"
    return UNLABELLED_TOWN if located or listed or after == ["-", "based"] else None
