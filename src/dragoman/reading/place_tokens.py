"""Tokens as the gazetteer sees them: folded words, names, runs of one entity label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.place_names import fold
from dragoman.reading.article import Article, Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})

# Labels whose words are no place even when the gazetteer has a place of that name.
OTHER_NAMES = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """Neighbouring tokens that name a place, ``last`` excluded; ``name`` is folded for the gazetteer.

    ``certainty`` is the probability, 0 to 1, that they do name a place here; ``dateline`` says that they are where
    the article was written ("KYIV, Ukraine —").
    """

    first: int
    last: int
    name: str
    certainty: float = 1.0
    dateline: bool = False


def folded(token: Token) -> str:
    """Return the token folded as `fold` does; empty for punctuation."""
    if token.text.isalpha() and token.text.isascii():
        return token.lower
    return fold(token.text)


def name_of(article: Article, first: int, last: int) -> str:
    """Return the folded name that the tokens make, hyphens and dots dropped."""
    return fold(
        " ".join(token.text for token in article.tokens[first:last]).replace(" - ", "-").replace(" '", "'")
    )


def entity_runs(article: Article) -> Iterator[tuple[int, int, str]]:
    """Yield first token, last token (excluded) and label of each entity."""
    first = None
    for token in article.tokens:
        if first is not None and (token.entity_start or token.entity != article.tokens[first].entity):
            yield first, token.i, article.tokens[first].entity
            first = None
        if token.entity and first is None:
            first = token.i
    if first is not None:
        yield first, len(article.tokens), article.tokens[first].entity


def surnames(article: Article) -> frozenset[str]:
    """Return the last words of the names of persons of two words or more."""
    return frozenset(
        folded(article.tokens[last - 1 - (article.tokens[last - 1].tag == "POS")])
        for first, last, label in entity_runs(article)
        if label == "PERSON" and last - first > 1
    )


def inside_organisations(article: Article, gazetteer: Gazetteer) -> Iterator[tuple[int, str]]:
    """Yield position and folded name of the places of one or two words in the names of organisations.

    They name no place there ("Georgia Bureau of Investigation"), but tell where the article plays.
    """
    for first, last, label in entity_runs(article):
        i = first
        while label == "ORG" and i < last:
            pair = name_of(article, i, i + 2) if i + 1 < last else ""
            known = bool(pair) and bool(gazetteer.find(pair))
            if article.tokens[i].text[:1].isupper():
                yield i, pair if known else folded(article.tokens[i])
            i += 1 + known
