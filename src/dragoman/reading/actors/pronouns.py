"""Pronouns: the person, body or group that he, it or they stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.reading import tree
from dragoman.reading.actors.discourse import FEMALE, MALE, PLURAL, Candidate, Discourse
from dragoman.reading.article import ActorMention, Token, TokenRange

NEUTRAL = frozenset({"it", "its"})
# An antecedent stands at most this many sentences back. Sentences; usual in the literature on pronouns.
REACH = 3
# What a sentence of distance costs against being a subject, in the same unit; set on the example pages.
DISTANCE_COST = 2.0
SUBJECT_GAIN = 1.5
# What each token costs a possessive ("after its invasion"), which leans on what stands nearest; same unit and set so.
POSSESSIVE_COST = 0.12
CONFIDENCE = 0.7


def resolve_pronoun(discourse: Discourse, token: Token) -> ActorMention | None:
    """Return the pronoun as a mention of what it stands for; None for other words, and without an antecedent."""
    if token.tag not in {"PRP", "PRP$"}:
        return None
    fits: Callable[[Candidate], bool]
    if token.lower in MALE | FEMALE:
        fits = _female if token.lower in FEMALE else _male
    elif token.lower in NEUTRAL:
        fits = _neither_person_nor_plural
    elif token.lower in PLURAL:
        fits = _plural_or_body
    else:
        return None
    best = max(_near(discourse, token, fits), key=lambda c: _salience(token, c), default=None)
    if best is None:
        return None
    return ActorMention(TokenRange(token.i, token.i + 1, token.i), best.actors, "pronoun", CONFIDENCE)


def _near(discourse: Discourse, token: Token, fits: Callable[[Candidate], bool]) -> Iterator[Candidate]:
    """Yield what a pronoun may mean: not those that stand beside it at its own verb ("A thanked him")."""
    recent = [c for c in discourse.since(token.sentence - REACH) if fits(c) or c.sentence == token.sentence]
    beside = [c for c in recent if token.tag == "PRP" and discourse.article.tokens[c.head].head == token.head]
    barred = {actor.id or actor.name for candidate in beside for actor in candidate.actors}
    if token.tag == "PRP":
        barred |= set(_objects_of_its_verb(discourse, token))
    for candidate in recent:
        if (
            fits(candidate)
            and candidate not in beside
            and barred.isdisjoint(a.id or a.name for a in candidate.actors)
        ):
            yield candidate


def _objects_of_its_verb(discourse: Discourse, token: Token) -> Iterator[str | None]:
    """Yield the actors that the pronoun's own verb is still to name: "he met Zelensky" is somebody else."""
    for i in tree.children(discourse.article, token.head, *tree.OBJECTS):
        mention = discourse.coming.get(i) if i > token.i else None
        for actor in mention.actors if mention is not None else ():
            yield actor.id or actor.name


def _salience(token: Token, candidate: Candidate) -> tuple[float, int]:
    distance = token.sentence - candidate.sentence
    gain = SUBJECT_GAIN if candidate.subject else 0.0
    plural = SUBJECT_GAIN if candidate.plural and token.lower in PLURAL else 0.0
    near = POSSESSIVE_COST * (token.i - candidate.head) if token.tag == "PRP$" and not distance else 0.0
    return gain + plural - near - DISTANCE_COST * distance, candidate.head


def _female(candidate: Candidate) -> bool:
    return candidate.person and not candidate.plural and candidate.gender != "m"


def _male(candidate: Candidate) -> bool:
    return candidate.person and not candidate.plural and candidate.gender != "f"


def _neither_person_nor_plural(candidate: Candidate) -> bool:
    return not candidate.person and not candidate.plural


def _plural_or_body(candidate: Candidate) -> bool:
    return not candidate.person
