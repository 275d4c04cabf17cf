"""Names that no table has: bodies, states and others that stand where actors stand, with their words and no codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.names import COUNTRY_KINDS, NameHit, is_locative, span_of
from dragoman.reading.article import ActorMention, Article, Token, TokenRange

# How far such a mention is trusted, from 0 to 1; as the other figures of `mentions.CONFIDENCE`.
CONFIDENCE = 0.6
BODIES = frozenset({"ORG"})
# What an invented or little known name of a state or group is taken for; "" is no entity at all.
OTHERS = frozenset({"GPE", "NORP", "PRODUCT", ""})
# After these a place may stand as well as its owner ("property of X", "an offer from X"); the owner is meant.
OWNING = frozenset({"of", "from"})
# Where such a one is an actor: it does, has it done to it, or shares in it.
PARTIES = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss"})


def find_strangers(
    article: Article, names: Sequence[NameHit], others: Iterable[TokenRange]
) -> list[ActorMention]:
    """Return the names that are none of ``names`` and lie in none of ``others`` (persons, roles).

    A country's name inside a body's is part of it ("U.S. Trust"), unless the rest is a role. Of other
    names only those count that are no known place and stand where an actor stands, not where a place does.
    """
    known = {i for tokens in others for i in range(tokens.first, tokens.last)}
    known |= {hit.tokens.head for hit in names}
    states = _states(names)
    places = {
        i for mention in article.places if mention.place.lat is not None
        for i in range(mention.tokens.first, mention.tokens.last)
    }  # fmt: skip
    found = []
    for first, last, label in _runs(article):
        tokens = span_of(article, first, last)
        inside = set(range(first, last))
        if tokens.head in known or not known.isdisjoint(inside - states):
            continue
        if article.tokens[last - 1].pos != "PROPN":
            continue
        if label not in BODIES and (not inside.isdisjoint(states | places) or not _is_party(article, tokens)):
            continue
        actor = Actor(article.span(first, last).text, None, None, None, None)
        found.append(ActorMention(tokens, (actor,), "unresolved", CONFIDENCE))
    return found


def _states(names: Sequence[NameHit]) -> set[int]:
    """Return the tokens of countries' names and adjectives."""
    hits = (hit.tokens for hit in names if hit.entry.kind in COUNTRY_KINDS)
    return {i for tokens in hits for i in range(tokens.first, tokens.last)}


def _is_party(article: Article, tokens: TokenRange) -> bool:
    """Say whether a name stands where an actor stands."""
    token = article.tokens[tree.first_conjunct(article, tokens.head)]
    is_owner = token.dep == "pobj" and article.tokens[token.head].lower in OWNING
    return token.dep in PARTIES and (is_owner or not is_locative(article, tokens.head))


def _runs(article: Article) -> Iterable[tuple[int, int, str]]:
    """Yield first and last (excluded) token and label of the names: entities, and proper nouns outside them."""
    first: Token | None = None
    for token in (*article.tokens, None):
        if first is not None and (token is None or not _goes_on(first, token)):
            yield first.i, token.i if token is not None else len(article.tokens), first.entity
            first = None
        if first is None and token is not None and _begins(token):
            first = token


def _begins(token: Token) -> bool:
    if token.entity:
        return token.entity_start and token.entity in BODIES | OTHERS
    return token.pos == "PROPN"


def _goes_on(first: Token, token: Token) -> bool:
    if token.entity != first.entity or token.entity_start or token.sentence != first.sentence:
        return False
    return bool(first.entity) or token.pos == "PROPN"
