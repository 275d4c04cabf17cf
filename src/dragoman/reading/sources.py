"""The words of a source: how far they reach, whom they name, what kind of source that is."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.cues import Cues
from dragoman.model.actor import Actor
from dragoman.reading.article import ActorMention, Article, SourceMention, TokenRange
from dragoman.reading.tree import SUBJECTS, children, descendants

# The most telling mention wins when several stand in one source; `ActorMention.how`, best first.
TELLING = ("name", "person", "role", "demonym", "place", "plural", "pronoun", "unresolved")
SPEAKING_ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})
IMPERSONAL = frozenset(
    {"it", "this", "that", "these", "those", "which", "what", "there", "nothing", "something"}
)
MEDIA_KINDS = frozenset({"outlet", "agency"})
OFFICIAL_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY"})
ORGANISED_SECTORS = frozenset({"UNO", "EUR", "REB", "BUS", "LAB", "REL", "SOC", "UAF", "ELI", "OPP"})
ORGANISED_COUNTRIES = frozenset({"IGO", "NGO", "MNC"})
NEUTRAL_KINDS = frozenset({"official", "organisation", "anonymous", "witness"})


def source_mention(article: Article, cues: Cues, head: int) -> SourceMention:
    """Return the source whose head noun is ``head``."""
    first, last = _reach(article, head)
    actor = _actor(article, head)
    return SourceMention(TokenRange(first, last, head), actor, _kind(article, cues, head, actor))


def can_speak(article: Article, cues: Cues, head: int) -> bool:
    """Say whether ``head`` names someone who may think or fear: a person, a body, a known role."""
    token = article.tokens[head]
    if token.pos == "PRON":
        return token.lower not in IMPERSONAL
    if token.entity in SPEAKING_ENTITIES or token.pos == "PROPN":
        return True
    if any(mention.tokens.head == head for mention in article.actors):
        return True
    return cues.sources.get(token.lemma, "document") != "document"


def is_document(article: Article, cues: Cues, head: int) -> bool:
    """Say whether ``head`` names something written, recorded or pictured."""
    token = article.tokens[head]
    return token.pos in {"NOUN", "PROPN"} and cues.sources.get(token.lemma) == "document"


def publishers(article: Article, cues: Cues, head: int) -> Iterator[tuple[int, int | None]]:
    """Yield those who put out the document ``head``, each with the verb that says so (None: a possessor)."""
    for j in children(article, head, "acl"):
        if article.tokens[j].lemma in cues.publishing:
            for k in children(article, j, "agent", "prep"):
                if article.tokens[k].lower in {"by", "in", "on"}:
                    yield from ((n, j) for n in children(article, k, "pobj"))
    for j in children(article, head, "prep"):
        if article.tokens[j].lower in {"by", "from"}:
            yield from ((n, None) for n in children(article, j, "pobj") if can_speak(article, cues, n))
    yield from ((j, None) for j in children(article, head, "poss") if can_speak(article, cues, j))


def _renamed(article: Article, head: int) -> list[int]:
    """Return the other names of ``head``: appositions, and a second subject right after it ("the agency TASS")."""
    names = children(article, head, "appos")
    token, following = article.tokens[head], head + 1
    if token.dep in SUBJECTS and token.head > following:
        other = article.tokens[following]
        if other.head == token.head and other.dep in SUBJECTS:
            names.append(following)
    return names


def _reach(article: Article, head: int) -> tuple[int, int]:
    """Return the tokens of the noun phrase; relative clauses and what follows them stay out."""
    left = last = head
    dropped = {
        k for j in children(article, head, "relcl", "acl", "advcl", "ccomp") for k in descendants(article, j)
    }
    for j in (k for name in (head, *_renamed(article, head)) for k in descendants(article, name)):
        left = min(left, j)
        if j not in dropped:
            last = max(last, j)
    if dropped and (right := [j for j in dropped if j > head]):
        last = min(last, min(right) - 1)
    while left < head and article.tokens[left].pos in {"PUNCT", "CCONJ"}:
        left += 1
    while last > head and (
        article.tokens[last].pos in {"PUNCT", "CCONJ", "ADP"} or article.tokens[last].tag == "POS"
    ):
        last -= 1
    return left, last + 1


def _mentions(article: Article, head: int) -> Iterator[ActorMention]:
    heads = {head, *_renamed(article, head)}
    for mention in article.actors:
        if mention.tokens.head in heads or mention.tokens.first <= head < mention.tokens.last:
            yield mention


def _actor(article: Article, head: int) -> Actor | None:
    """Return the actor that the source names; None when it names none or more than one."""
    found = [mention for mention in _mentions(article, head) if len(mention.actors) == 1]
    if not found:
        return None
    best = min(
        found, key=lambda mention: TELLING.index(mention.how) if mention.how in TELLING else len(TELLING)
    )
    return best.actors[0]


def _kind_of_words(article: Article, cues: Cues, head: int) -> str | None:
    """Return the kind that the head noun (with the word before it), an apposition or a noun before it tells."""
    for j in (head, *_renamed(article, head), *children(article, head, "compound", "nmod")):
        token = article.tokens[j]
        before = article.tokens[j - 1].lemma if j else ""
        for words in (f"{before} {token.lemma}", token.lemma, token.lower):
            if kind := cues.sources.get(words):
                return kind
    return None


def _kind(article: Article, cues: Cues, head: int, actor: Actor | None) -> str:
    words = _kind_of_words(article, cues, head)
    if actor is None or (words is not None and words not in NEUTRAL_KINDS | MEDIA_KINDS):
        if words is None and article.tokens[head].entity == "ORG":
            return "organisation"
        return words or "unknown"
    if actor.sector == "MED":
        return "agency" if words == "agency" else "outlet"
    if actor.sector in OFFICIAL_SECTORS:
        return "official"
    if actor.country in ORGANISED_COUNTRIES or actor.sector in ORGANISED_SECTORS:
        return "organisation"
    return words or ("official" if actor.country and article.tokens[head].entity == "GPE" else "unknown")
