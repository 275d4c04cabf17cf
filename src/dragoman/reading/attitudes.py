"""Attitudes: what someone addresses, wants, backs or refuses without saying that it is so.

"Criticised the budget", "is opposed to the plan", "sought to leave", "comments about the vote": there is a source,
a cue and what it is about, but nobody vouches for anything, so no report is attributed by them. What is given here are
candidates; which of them are told, the model of `speech.choice` decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.cues import Cues
from dragoman.reading.article import Article, Saying, TokenRange
from dragoman.reading.sayings import below, make_saying, verb_words
from dragoman.reading.sources import can_speak, is_document, source_mention
from dragoman.reading.tree import children, is_infinitive, is_passive, subjects

STANCE = "addresses"
OBJECTS = ("dobj",)


def find_attitudes(article: Article, cues: Cues) -> tuple[Saying, ...]:
    """Return what may be an attitude by the word list and the parse, in the order of the cues."""
    found: list[Saying] = []
    for token in article.tokens:
        if token.pos == "VERB":
            found.extend(_by_verb(article, cues, token.i))
        elif token.pos == "ADJ" and token.dep in {"acomp", "conj", "advcl", "ROOT"}:
            found.extend(_by_adjective(article, cues, token.i))
        elif token.pos == "NOUN" and (token.lemma, "n") in cues.attitudes:
            found.extend(_by_noun(article, cues, token.i))
    return tuple(found)


def _by_verb(article: Article, cues: Cues, i: int) -> Iterator[Saying]:
    takes = _takes(article, cues, i)
    if not takes:
        return
    if is_passive(article, i):
        if not takes & {"object", "passive"}:
            return
        heads = [k for j in children(article, i, "agent") for k in children(article, j, "pobj")]
        content = below(article, *children(article, i, "nsubjpass")) or _addressed(article, i, takes)
    else:
        heads = subjects(article, i)
        if not heads or not (can_speak(article, cues, heads[0]) or is_document(article, cues, heads[0])):
            return
        content = _addressed(article, i, takes)
    source = source_mention(article, cues, heads[0]) if heads else None
    yield from make_saying(article, source, verb_words(article, i), content, STANCE)


def _takes(article: Article, cues: Cues, i: int) -> frozenset[str]:
    """Return where the content of the verb ``i`` may stand; with a particle it is another verb."""
    lemma = article.tokens[i].lemma
    particles = [article.tokens[j].lower for j in children(article, i, "prt")]
    if particles:
        return cues.attitudes.get((f"{lemma} {particles[0]}", "v"), frozenset())
    return cues.attitudes.get((lemma, "v"), frozenset())


def _addressed(article: Article, i: int, takes: frozenset[str]) -> set[int]:
    """Return the tokens of what the verb ``i`` is about."""
    if "object" in takes and (found := children(article, i, *OBJECTS)):
        return below(article, *found, *_going_with(article, i, found[0]))
    for j in children(article, i, "xcomp", "ccomp"):
        token = article.tokens[j]
        if "inf" in takes and is_infinitive(article, j):
            return below(article, j)
        if "ing" in takes and token.tag == "VBG":
            return below(article, j)
        if "clause" in takes and token.dep == "ccomp":
            return below(article, j)
    return below(article, *_by_preposition(article, i, takes))


def _going_with(article: Article, i: int, thing: int) -> list[int]:
    """Return the prepositions after an object that most often belong to it ("discussed the crisis in Yemen"); no times."""
    return [
        j
        for j in children(article, i, "prep")
        if j > thing
        and not any(
            article.tokens[k].entity in {"DATE", "TIME"} for k in children(article, j, "pobj", "pcomp")
        )
    ]


def _by_preposition(article: Article, i: int, takes: frozenset[str]) -> list[int]:
    """Return what hangs on ``i`` by one of the prepositions in ``takes``, the preposition itself left out."""
    prepositions = [j for j in children(article, i, "prep") if article.tokens[j].lower in takes]
    return [k for j in prepositions for k in children(article, j, "pobj", "pcomp")]


def _by_adjective(article: Article, cues: Cues, i: int) -> Iterator[Saying]:
    takes = cues.attitudes.get((article.tokens[i].lemma, "a"))
    if takes is None:
        return
    verb = article.tokens[i].head if article.tokens[i].dep == "acomp" else i
    heads = subjects(article, verb)
    content = _addressed(article, i, takes)
    if heads and content and can_speak(article, cues, heads[0]):
        words = verb_words(article, verb) if verb != i and verb + 1 == i else TokenRange(i, i + 1, i)
        cue = TokenRange(words.first, i + 1, i)
        yield from make_saying(article, source_mention(article, cues, heads[0]), cue, content, STANCE)


def _by_noun(article: Article, cues: Cues, i: int) -> Iterator[Saying]:
    """Yield what a noun of speech or feeling with an owner is about: "her comments on the vote"."""
    takes = cues.attitudes[article.tokens[i].lemma, "n"]
    content = below(article, *_by_preposition(article, i, takes))
    if not content and "inf" in takes:
        content = below(
            article, *(j for j in children(article, i, "acl", "relcl") if is_infinitive(article, j))
        )
    heads = [j for j in children(article, i, "poss") if can_speak(article, cues, j)]
    governor = article.tokens[i].head
    if not heads and article.tokens[i].dep == "dobj" and article.tokens[governor].lemma in cues.voicing:
        heads = [j for j in subjects(article, governor) if can_speak(article, cues, j)]
    if heads and content:
        source = source_mention(article, cues, heads[0])
        yield from make_saying(article, source, TokenRange(i, i + 1, i), content, STANCE)
