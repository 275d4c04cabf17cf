"""Sayings without a verb of their own: nouns ("fears that"), adverbs ("reportedly"), phrases ("according to")."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.cues import Cues, Phrase
from dragoman.reading.article import Article, Saying, TokenRange
from dragoman.reading.saying_verbs import content_of
from dragoman.reading.sayings import below, has_that, make_saying
from dragoman.reading.sources import can_speak, is_document, source_mention
from dragoman.reading.tree import children, objects, subjects

INNER_SOURCES = frozenset({"by", "from", "in", "among", "within", "across", "at"})
OPEN_NOUNS = frozenset({"claims", "fears"})
CLAUSE_ENDS = frozenset({"ccomp", "relcl", "parataxis", "ROOT", "advcl", "acl", "pcomp"})
# Stances of verbs whose object is what somebody else has said.
ANSWERING = frozenset({"denies", "confirms", "admits"})


def _is_about_it(article: Article, cues: Cues, j: int) -> bool:
    """Say whether the clause ``j`` is no content but says what is done with it: "a claim that Asmara rejected" has no other object."""
    verb = cues.say_verbs.get(article.tokens[j].lemma)
    if verb is None or verb.stance not in ANSWERING:
        return False
    return not children(article, j, "dobj", "ccomp", "xcomp", "prep", "nsubjpass")


def by_noun(article: Article, cues: Cues, i: int) -> Iterator[Saying]:
    """Yield what the noun ``i`` holds: "a statement by the army that …", "claims of victory"; it is one of the list."""
    cue = cues.say_nouns[article.tokens[i].lemma]
    content: set[int] = set()
    for j in children(article, i, "ccomp", "acl", "relcl"):
        if has_that(article, j) and not _is_about_it(article, cues, j):
            content |= below(article, j)
    clausal = bool(content)
    if not clausal:
        said = [
            j for j in children(article, i, "prep") if article.tokens[j].lower in cue.takes & {"of", "for"}
        ]
        content = below(article, *said)
    if not content:
        return
    heads = _owners(article, cues, i, content)
    if not heads and _is_told(article, cues, i):
        return
    if not heads and not clausal and cue.stance not in OPEN_NOUNS:
        return
    source = source_mention(article, cues, heads[0]) if heads else None
    yield from make_saying(article, source, TokenRange(i, i + 1, i), content, cue.stance)


def _is_told(article: Article, cues: Cues, i: int) -> bool:
    """Say whether a verb of speech carries the noun ("said in a statement that"); the verb then has its say."""
    preposition = article.tokens[i].head
    verb = article.tokens[preposition].head
    return article.tokens[i].dep == "pobj" and article.tokens[verb].lemma in cues.say_verbs


def _owners(article: Article, cues: Cues, i: int, content: set[int]) -> list[int]:
    """Return the heads of those whose statement or fear the noun ``i`` is."""
    found = children(article, i, "poss")
    for j in children(article, i, "prep"):
        if j not in content and article.tokens[j].lower in INNER_SOURCES:
            found += [k for k in children(article, j, "pobj") if can_speak(article, cues, k)]
    head = article.tokens[i].head
    if not found and article.tokens[i].dep in {"dobj", "attr"} and article.tokens[head].lemma in cues.voicing:
        found = [j for j in subjects(article, head) if can_speak(article, cues, j)]
    return found


def _clause(article: Article, i: int) -> int:
    """Return the verb of the clause that ``i`` stands in."""
    while article.tokens[i].dep not in CLAUSE_ENDS or article.tokens[i].pos not in {"VERB", "AUX"}:
        if article.tokens[i].head == i:
            break
        i = article.tokens[i].head
    return i


def by_adverb(article: Article, cues: Cues, i: int) -> Iterator[Saying]:
    """Yield the clause that an outlet hands to an unnamed source by the adverb ``i``, one of the list."""
    content = below(article, article.tokens[i].head)
    stance = cues.say_adverbs[article.tokens[i].lower]
    yield from make_saying(article, None, TokenRange(i, i + 1, i), content, stance)


def by_phrases(article: Article, cues: Cues) -> Iterator[Saying]:
    """Yield what phrases give to a source: "according to X", "in X's view", "citing X"."""
    by_word: dict[str, list[Phrase]] = {}
    for phrase in cues.phrases:
        by_word.setdefault(phrase.words[0], []).append(phrase)
    for token in article.tokens:
        for phrase in by_word.get(token.lower, ()):
            if phrase.shape == "possessor":
                yield from _by_possessor(article, cues, phrase, token.i)
            elif phrase.shape != "citing":
                yield from _by_preposition(article, cues, phrase, token.i)
        if token.tag == "VBG" and token.dep in {"advcl", "prep"}:
            for phrase in by_word.get(token.lemma, ()):
                if phrase.shape == "citing":
                    heads = objects(article, token.i)
                    yield from _at_clause(article, cues, phrase, token.i, token.i + 1, heads)


def _by_preposition(article: Article, cues: Cues, phrase: Phrase, i: int) -> Iterator[Saying]:
    last = i + len(phrase.words)
    if tuple(token.lower for token in article.tokens[i:last]) != phrase.words:
        return
    heads = [j for j in article.children[last - 1] if article.tokens[j].dep == "pobj" and j >= last]
    if phrase.shape == "speaker":
        heads = [j for j in heads if can_speak(article, cues, j) or is_document(article, cues, j)]
    yield from _at_clause(article, cues, phrase, i, last, heads)


def _by_possessor(article: Article, cues: Cues, phrase: Phrase, i: int) -> Iterator[Saying]:
    for j in children(article, i, "pobj"):
        if article.tokens[j].lower == phrase.words[-1]:
            heads = [k for k in children(article, j, "poss") if can_speak(article, cues, k)]
            yield from _at_clause(article, cues, phrase, i, i + 1, heads)


def _at_clause(
    article: Article, cues: Cues, phrase: Phrase, i: int, last: int, heads: list[int]
) -> Iterator[Saying]:
    """Yield the saying of a phrase whose content is the clause that it hangs on."""
    if not heads:
        return
    source = source_mention(article, cues, heads[0])
    governor = article.tokens[i].head
    opening = article.sentences[article.tokens[i].sentence].first == i
    clause = _clause(article, governor)
    if opening:
        while article.tokens[clause].head != clause:
            clause = article.tokens[clause].head
    content = below(article, clause) - below(article, i)
    if phrase.shape == "citing" and article.tokens[clause].lemma in cues.say_verbs:
        content = content_of(article, cues.say_verbs[article.tokens[clause].lemma], clause) or content
        content -= below(article, i)
    yield from make_saying(article, source, TokenRange(i, last, i), content, phrase.stance)
