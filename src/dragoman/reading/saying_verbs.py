"""Sayings by verbs of speech and thought, with their clauses, quotes, objects and infinitives."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.cues import Cues, SayCue
from dragoman.reading.article import Article, Saying, SourceMention, TokenRange
from dragoman.reading.sayings import below, has_that, make_saying, verb_words
from dragoman.reading.sources import can_speak, is_document, publishers, source_mention
from dragoman.reading.tree import NOUNS, children, descendants, is_infinitive, is_passive, objects, subjects

PREDICATIVE = frozenset({"as", "of", "for"})
TOPIC = {"about": "about", "against": "against", "for": "for-alone"}
# Conjunctions whose clause, when it follows what is said, belongs to it though the parse ties it to the verb.
INSIDE_MARKS = frozenset({"while", "because", "as", "if", "although", "though", "since", "unless", "until", "so", "after",
                          "before", "but", "once", "whereas"})  # fmt: skip
# After a mere phrase ("called it a crime after …") these date the saying.
TEMPORAL_MARKS = frozenset({"after", "before", "once", "since", "until"})
# "X reported, citing Y": what Y says stands inside what X says.
CITING = frozenset({"cite", "quote"})
# "The governor added in a statement on Monday:" - tokens from the verb to the colon; sentences of the paragraph after it.
LONGEST_INTRODUCTION = 12
LONGEST_SPEECH = 30
CONVERSATIONAL = frozenset({"i", "we", "you"})


def by_verb(article: Article, cues: Cues, i: int, quotes: tuple[tuple[int, int], ...]) -> Iterator[Saying]:
    """Yield what the verb ``i`` reports: one saying, and one more for the publisher of a document that speaks."""
    cue = _verb_cue(article, cues, i)
    if cue is None:
        return
    heads = _speakers(article, i)
    passive = _without_agent(article, i)
    if not passive and not _fits(article, cues, cue, heads):
        return
    if (
        passive
        and not heads
        and not children(article, i, "ccomp", "csubjpass")
        and "passive" not in cue.takes
    ):
        return
    content = (
        content_of(article, cue, i)
        or _bare_quote(article, cue, i, heads, quotes)
        or _after_colon(article, cue, i)
    )
    source = source_mention(article, cues, heads[0]) if heads else None
    if source and cue.stance == "believes" and article.tokens[heads[0]].lower in CONVERSATIONAL:
        return
    if content:
        yield from make_saying(article, source, verb_words(article, i), content, cue.stance)
        if source is not None and is_document(article, cues, source.tokens.head):
            yield from _outer(article, cues, source, i, content)


def _verb_cue(article: Article, cues: Cues, i: int) -> SayCue | None:
    lemma = article.tokens[i].lemma
    for j in children(article, i, "prt", "acomp", "prep"):
        if cue := cues.say_verbs.get(f"{lemma} {article.tokens[j].lower}"):
            return cue
    return cues.say_verbs.get(lemma)


def _speakers(article: Article, i: int) -> list[int]:
    """Return the heads of the source of the verb ``i``: subject, agent, or who is "quoted as saying"."""
    if _without_agent(article, i):
        return [k for j in children(article, i, "agent") for k in children(article, j, "pobj")]
    preposition = article.tokens[i].head
    if article.tokens[i].dep == "pcomp" and article.tokens[preposition].lower == "as":
        outer = article.tokens[preposition].head
        return subjects(article, outer) if is_passive(article, outer) else objects(article, outer)
    return subjects(article, i) or _before(article, i)


def _before(article: Article, i: int) -> list[int]:
    """Return the noun right before a finite verb that the parse left without subject."""
    j = i - 1
    while j > 0 and article.tokens[j].head == i and article.tokens[j].dep in {"aux", "advmod", "neg"}:
        j -= 1
    if article.tokens[i].tag not in {"VBD", "VBZ", "VBP"} or article.tokens[i].dep != "ROOT" or j < 0:
        return []
    while article.tokens[j].dep in {"compound", "conj"}:
        j = article.tokens[j].head
    return [j] if article.tokens[j].pos in NOUNS and j < i else []


def _without_agent(article: Article, i: int) -> bool:
    """Say whether the verb is passive, also as a reduced clause ("a report published by"): no subject speaks."""
    token = article.tokens[i]
    reduced = token.tag == "VBN" and token.dep in {"acl", "advcl"} and not children(article, i, "aux")
    return reduced or is_passive(article, i)


def _fits(article: Article, cues: Cues, cue: SayCue, heads: list[int]) -> bool:
    """Say whether the subject is one that this verb asks for."""
    if not heads:
        return False
    if cue.source == "person":
        return can_speak(article, cues, heads[0])
    if cue.source == "document":
        return is_document(article, cues, heads[0])
    return article.tokens[heads[0]].tag != "EX"


def content_of(article: Article, cue: SayCue, i: int) -> set[int]:
    """Return the tokens of what is said, as far as the parse ties them to the verb."""
    found: set[int] = set()
    if "passive" in cue.takes and is_passive(article, i):
        for j in children(article, i, "xcomp"):
            return below(article, j, *children(article, i, "nsubjpass"))
    for j in article.children[i]:
        if _is_content(article, cue, i, j):
            found |= below(article, j)
    found |= _predicated(article, cue, i)
    if found:
        return found | _trailing(article, cue, i, max(found))
    token = article.tokens[i]
    if astray := _astray(article, cue, i):
        return astray
    aside = token.dep == "parataxis" or (
        token.dep == "advcl"
        and any(article.tokens[j].lower == "as" for j in children(article, i, "mark", "advmod"))
    )
    if aside and "clause" in cue.takes and not children(article, i, "xcomp", "dobj", "acomp", "attr", "neg"):
        return below(article, token.head) - below(article, i)
    return set()


def _is_content(article: Article, cue: SayCue, i: int, j: int) -> bool:
    """Say whether the dependent ``j`` of the verb ``i`` is what is said."""
    child = article.tokens[j]
    if j < i and children(article, i, "neg"):
        return False  # "X says so; Y did not comment": what was not said does not come first
    if child.dep in {"ccomp", "csubjpass"}:
        return bool(cue.takes & {"clause", "quote", "inf"})
    if child.dep == "xcomp":
        infinitive = is_infinitive(article, j) and "inf" in cue.takes
        having = any(article.tokens[k].lower == "having" for k in children(article, j, "aux"))
        return infinitive or ((child.tag == "VBG" or having) and "ing" in cue.takes)
    if child.dep == "dobj":
        return ("object" in cue.takes or (child.tag == "VBG" and "ing" in cue.takes)) and child.pos != "PRON"
    spoken_of = child.dep == "nsubjpass" and bool(children(article, i, "agent"))
    return spoken_of and "object" in cue.takes


def _predicated(article: Article, cue: SayCue, i: int) -> set[int]:
    """Return what is said of an object: "called it a mistake", "accused X of lying", "described X as"."""
    topics = [j for j in children(article, i, "prep") if TOPIC.get(article.tokens[j].lower) in cue.takes]
    said = [j for j in children(article, i, "prep") if article.tokens[j].lower in cue.takes & PREDICATIVE]
    if "as" in cue.takes:
        said += children(article, i, "oprd")
    holders = children(article, i, "dobj", "nsubjpass") if said else []
    return below(article, *topics, *said, *holders)


def _astray(article: Article, cue: SayCue, i: int) -> set[int]:
    """Return a clause that the parse ties to the wrong word: "said at a rally that …", "…, the agency said"."""
    if "clause" not in cue.takes or children(article, i, "neg"):
        return set()
    for j in descendants(article, i):
        if j > i and article.tokens[j].dep in {"relcl", "acl"} and has_that(article, j):
            return below(article, j)
    for j in children(article, i, "advcl", "dep"):
        finite = article.tokens[j].tag in {"VBD", "VBZ", "VBP"} and not children(article, j, "mark", "advmod")
        if j < i and finite and article.tokens[i].dep == "ROOT":
            return below(article, j)
    return set()


def _trailing(article: Article, cue: SayCue, i: int, last: int) -> set[int]:
    """Return what follows the content and belongs to it, though the parse ties it to the verb ``i``."""
    citing = [j for j in children(article, i, "advcl") if article.tokens[j].lemma in CITING]
    if last < i:
        return below(article, *citing)
    later = [j for j in article.children[i] if j > last and article.tokens[j].dep != "punct"]
    if cue.source == "document":
        return below(article, *later)
    clauses = [j for j in later if article.tokens[j].dep == "advcl"]
    inside = INSIDE_MARKS if children(article, i, "ccomp") else INSIDE_MARKS - TEMPORAL_MARKS
    marked = [j for j in clauses if inside & {article.tokens[k].lower for k in children(article, j, "mark")}]
    return below(article, *citing, *marked)


def _bare_quote(
    article: Article, cue: SayCue, i: int, heads: list[int], quotes: tuple[tuple[int, int], ...]
) -> set[int]:
    """Return the quote that stands next to the verb when the parse ties nothing to it."""
    return quote_beside(article, i, heads, quotes) if "quote" in cue.takes else set()


def quote_beside(article: Article, i: int, heads: list[int], quotes: tuple[tuple[int, int], ...]) -> set[int]:
    """Return the tokens of the quote that stands next to the verb ``i`` and its subjects ``heads``; none where none does."""
    near = {i, *(k for head in heads for k in below(article, head))}
    first, last = min(near), max(near) + 1
    sentence = article.sentences[article.tokens[i].sentence]
    for start, end in quotes:
        if start >= i and start - max(last, i + 1) <= 0:
            return set(range(start, end))
        between = range(i + 1, start)
        if (
            start > i
            and start <= sentence.last
            and any(article.tokens[j].lower in {":", ","} for j in between[-1:])
        ):
            return set(range(start, end))
        ended = end > sentence.first or article.tokens[end - 2].lower != "."
        if end <= i and 0 <= first - end <= 1 and ended:
            return set(range(start, end))
    return set()


def _after_colon(article: Article, cue: SayCue, i: int) -> set[int]:
    """Return the next paragraph when the one of the verb ends in a colon: "The governor added:"."""
    sentence = article.sentences[article.tokens[i].sentence]
    following = article.sentences[sentence.index + 1 :]
    if (
        "quote" not in cue.takes
        or article.tokens[sentence.last - 1].lower != ":"
        or sentence.last - i > LONGEST_INTRODUCTION
        or not following
        or following[0].paragraph == sentence.paragraph
    ):
        return set()
    spoken = [other for other in following[:LONGEST_SPEECH] if other.paragraph == following[0].paragraph]
    return set(range(spoken[0].first, spoken[-1].last))


def _outer(
    article: Article, cues: Cues, document: SourceMention, verb: int, content: set[int]
) -> Iterator[Saying]:
    """Yield what the publisher of a document says: the document, with what it says."""
    head = document.tokens.head
    inner = set(range(document.tokens.first, document.tokens.last)) | content | {verb}
    for publisher, published in publishers(article, cues, head):
        source = source_mention(article, cues, publisher)
        cue = verb_words(article, published) if published is not None else TokenRange(head, head + 1, head)
        said = inner - below(article, publisher)
        yield from make_saying(article, source, cue, said, "states")
