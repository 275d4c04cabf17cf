"""What predicates make of the events they embed: the table of embedders held against the parse.

"Refused to sign": the predicate is "refuse", the event "sign", the complement an infinitive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.cues import Cues
from dragoman.reading.article import Article, Token
from dragoman.reading.tree import children, is_infinitive

PAST_AUXILIARIES = frozenset({"have", "be", "get"})


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of an event, when its predicate stands and when that is denied, by which rule."""

    rule: str
    positive: str
    negated: str


def _now_or_past(article: Article, head: int, positive: str) -> str:
    """Return the effect for the tense of the predicate: "has to leave" is a demand, "had to leave" was done."""
    now, _, past = positive.partition("/")
    return past if past and is_past(article, head) else now


def is_past(article: Article, head: int) -> bool:
    """Say whether a predicate is told as past: "had to", "was able to", "has come to"; never with a modal verb."""
    token = article.tokens[head]
    if token.pos == "ADJ" and article.tokens[token.head].lemma == "be":
        token = article.tokens[token.head]
    tags = {article.tokens[j].tag for j in children(article, token.i, "aux", "auxpass")}
    if tags & {"MD", "TO"}:
        return False
    return token.tag == "VBD" or (token.tag == "VBN" and bool(tags & {"VBD", "VBZ", "VBP"}))


def effect_on(article: Article, cues: Cues, head: int, *kinds: str) -> Effect | None:
    """Return what the predicate ``head`` makes of a complement of the first of the kinds that the table has."""
    for lemma, pos in _predicates(article, head):
        for kind in kinds:
            if entry := cues.embedders.get((lemma, pos, kind)):
                return Effect(entry.id, _now_or_past(article, head, entry.positive), entry.negated)
    return None


def _predicates(article: Article, head: int) -> list[tuple[str, str]]:
    """Return (lemma, part of speech) under which the predicate ``head`` may stand in the table.

    A copula stands for its complement ("is possible"), a verb with a particle for both together, and so does a noun
    with the preposition before it ("in order to").
    """
    token = article.tokens[head]
    particles = [article.tokens[j].lower for j in children(article, head, "prt")]
    found = [(f"{token.lemma} {particle}", "v") for particle in particles]
    found += [(f"{token.lemma} {article.tokens[j].lower}", "v") for j in children(article, head, "advmod")]
    if token.lemma == "be":
        below = [article.tokens[j] for j in children(article, head, "acomp", "attr")]
        found += [(complement.lemma, _part_of_speech(complement)) for complement in below]
    pos = _part_of_speech(token)
    if pos == "n" and token.dep == "pobj":
        found.append((f"{article.tokens[token.head].lower} {token.lemma}", "n"))
    found.append((token.lemma, pos))
    if pos == "a" and token.tag in {"VBN", "VBG"}:
        found.append((token.lemma, "v"))
    if token.tag in {"VBN", "JJ"}:
        found.append((token.lower, "a"))
    return found


def _part_of_speech(token: Token) -> str:
    return {"VERB": "v", "AUX": "v", "ADJ": "a"}.get(token.pos, "n")


def kinds_of(article: Article, i: int) -> Iterator[str]:
    """Yield the kinds of complement that ``i`` may be, best first."""
    token = article.tokens[i]
    if token.dep in {"dobj", "nsubjpass", "attr", "oprd", "dative"}:
        yield "np"
    elif token.dep == "nsubj":
        yield "subj"
    elif is_infinitive(article, i):
        yield "inf"
    elif (token.tag == "VBG" and not children(article, i, "aux")) or any(
        article.tokens[j].lower == "having" for j in children(article, i, "aux")
    ):
        yield "ing"
    else:
        if token.tag == "VB" and not children(article, i, "aux", "mark"):
            yield "inf"
        yield "clause"
