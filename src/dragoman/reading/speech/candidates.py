"""Everything that may be an attribution by its shape alone: verbs, adjectives and nouns with somebody and something.

Generous on purpose, no word list is asked: "the club *weighed* a ban", "she is *sure* of it", "the mayor's *push* for". The model
(`choice`) decides, also which of several stretches of words is the content: the object, the clause, all that follows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from dragoman.knowledge.cues import Cues
from dragoman.reading.article import Article, Saying, TokenRange
from dragoman.reading.saying_verbs import quote_beside
from dragoman.reading.sayings import below, make_saying, verb_words
from dragoman.reading.sources import can_speak, source_mention
from dragoman.reading.tree import SUBJECTS, children, is_infinitive, is_passive, subjects

# What nobody vouches for: the stance of a candidate found by its shape.
ADDRESSES = "addresses"
SHAPE = "shape"
CLAUSES = ("ccomp", "xcomp")
# What hangs on a verb after its content and is left out of "all that follows": the frame, not the words.
FRAME = frozenset({"aux", "auxpass", "neg", "nsubj", "nsubjpass", "csubj", "csubjpass", "punct", "mark", "prt", "agent", "expl",
                   "cc", "conj", "parataxis", "advmod", "npadvmod", "intj", "preconj", "dep"})  # fmt: skip
# Verbs that only link; their adjectives and nouns are candidates themselves.
LINKING = frozenset({"be", "have", "do", "become", "get", "go", "come"})
TIMES = frozenset({"DATE", "TIME"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Who speaks stands at most so far before a verb without subject. Tokens.
FARTHEST = 15
# Ways in which a noun's owner stands after it.
OWNERS = frozenset({"by", "from", "among", "of"})
NOUN_CLAUSES = ("acl", "ccomp", "relcl")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be an attribution; ``origin`` says what proposed it, ``slot`` where its content stands."""

    saying: Saying
    origin: str
    slot: str


def by_shape(
    article: Article,
    cues: Cues,
    quotes: tuple[tuple[int, int], ...] = (),
    skipped: Collection[int] = (),
) -> Iterator[Candidate]:
    """Yield the candidates of the article, several a cue; none for the tokens in ``skipped``."""
    for token in article.tokens:
        if token.i in skipped:
            continue
        if token.pos == "VERB" and token.dep not in {"amod", "compound"}:
            yield from _verb(article, cues, token.i, quotes)
        elif token.pos == "ADJ" and token.dep in {"acomp", "conj", "advcl", "ROOT", "ccomp", "oprd"}:
            yield from _adjective(article, cues, token.i)
        elif token.pos == "NOUN" and token.dep != "compound":
            yield from _noun(article, cues, token.i)


def _made(
    article: Article, cues: Cues, head: int | None, cue: TokenRange, slots: Iterable[tuple[str, set[int]]]
) -> Iterator[Candidate]:
    source = source_mention(article, cues, head) if head is not None else None
    for slot, content in slots:
        for saying in make_saying(article, source, cue, content, ADDRESSES):
            yield Candidate(saying, SHAPE, slot)


def _verb(article: Article, cues: Cues, i: int, quotes: tuple[tuple[int, int], ...]) -> Iterator[Candidate]:
    if article.tokens[i].lemma in LINKING and not children(article, i, "ccomp"):
        return
    if is_passive(article, i):
        heads = [k for j in children(article, i, "agent") for k in children(article, j, "pobj")]
        slots = list(_passive_slots(article, i))
    else:
        heads = subjects(article, i) or _nearest(article, cues, i)
        slots = list(_slots(article, i))
        if heads and article.tokens[i].tag in FINITE and (quote := quote_beside(article, i, heads, quotes)):
            slots.append(("quote", quote))
    if slots:
        yield from _made(article, cues, heads[0] if heads else None, verb_words(article, i), slots)


def _nearest(article: Article, cues: Cues, i: int) -> list[int]:
    """Return who stands nearest before a verb that the parse leaves without subject, in its sentence."""
    first = article.sentences[article.tokens[i].sentence].first
    names = (j for j in range(i - 1, max(first, i - FARTHEST) - 1, -1) if article.tokens[j].dep in SUBJECTS)
    return [j for j in names if can_speak(article, cues, j)][:1]


def _slots(article: Article, i: int) -> Iterator[tuple[str, set[int]]]:
    """Yield the stretches that may be what the verb or adjective ``i`` is about."""
    whole: set[int] = set()
    for j in article.children[i]:
        token = article.tokens[j]
        if j < i or token.dep in FRAME:
            continue
        if token.dep in {"prep", "advcl", "dative"} and _is_time(article, j):
            continue
        under = below(article, j)
        whole |= under
        if token.dep in CLAUSES:
            yield token.dep, under
        elif token.dep in {"dobj", "oprd"}:
            yield "object", under
        elif token.dep == "prep":
            if parts := children(article, j, "pobj", "pcomp"):
                yield f"prep:{token.lower}", below(article, *parts)
        elif token.dep == "advcl" and is_infinitive(article, j):
            yield "purpose", under
    if whole:
        yield "rest", whole


def _passive_slots(article: Article, i: int) -> Iterator[tuple[str, set[int]]]:
    """Yield the stretches that may be the content of a passive verb: its subject, alone and with what follows."""
    subject = below(article, *children(article, i, "nsubjpass", "csubjpass"))
    if article.tokens[i].dep == "acl":
        subject = set(subjects(article, i)[:1])
    rest: set[int] = set()
    for slot, content in _slots(article, i):
        if slot == "rest":
            rest = content
        elif slot in CLAUSES or slot.startswith("prep"):
            yield f"passive {slot}", content
    if subject:
        yield "passive subject", subject
        if rest:
            yield "passive all", subject | rest


def _is_time(article: Article, j: int) -> bool:
    return any(article.tokens[k].entity in TIMES for k in children(article, j, "pobj", "pcomp"))


def _adjective(article: Article, cues: Cues, i: int) -> Iterator[Candidate]:
    token = article.tokens[i]
    verb = token.head if token.dep == "acomp" else i
    heads = subjects(article, verb)
    slots = list(_slots(article, i))
    if not slots and verb != i:
        slots = [pair for pair in _slots(article, verb) if pair[0] in CLAUSES or pair[0] == "purpose"]
    if not heads or not slots:
        return
    words = verb_words(article, verb) if verb != i and verb + 1 == i else TokenRange(i, i + 1, i)
    yield from _made(article, cues, heads[0], TokenRange(words.first, i + 1, i), slots)


def _noun(article: Article, cues: Cues, i: int) -> Iterator[Candidate]:
    """Yield what a noun may hold ("her push for reform"): infinitives and clauses after it, phrases with prepositions."""
    slots = list(_noun_slots(article, i))
    if not slots:
        return
    heads = [j for j in children(article, i, "poss") if can_speak(article, cues, j)]
    for j in children(article, i, "prep"):
        if not heads and article.tokens[j].lower in OWNERS:
            heads = [k for k in children(article, j, "pobj") if can_speak(article, cues, k)]
            slots = [pair for pair in slots if not heads or heads[0] not in pair[1]]
    if not heads and article.tokens[i].dep in {"dobj", "attr"}:
        governor = article.tokens[i].head
        heads = [j for j in subjects(article, governor) if can_speak(article, cues, j)][:1]
    yield from _made(article, cues, heads[0] if heads else None, TokenRange(i, i + 1, i), slots)


def _noun_slots(article: Article, i: int) -> Iterator[tuple[str, set[int]]]:
    """Yield the stretches that the noun ``i`` may hold."""
    for j in (j for j in article.children[i] if j > i):
        token = article.tokens[j]
        if token.dep in NOUN_CLAUSES and is_infinitive(article, j):
            yield "inf", below(article, j)
        elif token.dep == "ccomp" or (token.dep in NOUN_CLAUSES and _that(article, j)):
            yield "that", below(article, j)
        elif token.dep == "prep" and token.lower != "by" and not _is_time(article, j):
            parts = children(article, j, "pobj", "pcomp")
            if parts:
                yield f"prep:{token.lower}", below(article, *parts)
    token = article.tokens[i]
    if token.dep == "nsubj" and article.tokens[token.head].lemma == "be":
        for j in children(article, token.head, "ccomp", "xcomp", "attr"):
            if j > token.head:
                yield f"is {article.tokens[j].dep}", below(article, j)


def _that(article: Article, j: int) -> bool:
    return any(
        article.tokens[k].lower == "that" and article.tokens[k].dep == "mark" for k in article.children[j]
    )
