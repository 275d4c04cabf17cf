"""Sources put in between or at the end: "…, the agency reported, …", "…, Malawi's vice president, X, told parliament".

Parsers tie such clauses to whatever stands near. The words themselves are plain: a comma, a noun phrase, a verb
of speech without anything of its own to say, and a comma or the end. What is left of the sentence is said. With the
verb as its last word a sentence need not have another ("People like him, she said").
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.cues import Cues
from dragoman.reading.article import Article, Saying
from dragoman.reading.sayings import make_saying, verb_words
from dragoman.reading.sources import can_speak, source_mention
from dragoman.reading.tree import NOUNS, children

FINITE = frozenset({"VBD", "VBZ", "VBP"})
SAID_OF_ITS_OWN = ("ccomp", "xcomp", "oprd", "acomp")
# After the verb only whom and when may follow ("told parliament on Monday"). Tokens; longest seen in wire copy.
LONGEST_TAIL = 8
# The phrase before the verb is no longer than this, apposition included. Tokens, set likewise.
LONGEST_SOURCE = 15


def by_parenthesis(article: Article, cues: Cues, i: int) -> Iterator[Saying]:
    """Yield the saying of a verb of speech ``i`` that stands in such a parenthesis; nothing for any other."""
    cue = cues.say_verbs.get(article.tokens[i].lemma)
    if cue is None or "clause" not in cue.takes or article.tokens[i].tag not in FINITE:
        return
    if children(article, i, *SAID_OF_ITS_OWN, "neg", "aux"):
        return
    sentence = article.sentences[article.tokens[i].sentence]
    speaker = _speaker(article, i, sentence.first)
    end = _end(article, i, sentence.last)
    if speaker is None or end is None or not can_speak(article, cues, speaker):
        return
    start = _start(article, speaker, max(sentence.first, i - LONGEST_SOURCE))
    if start - 1 <= sentence.first or article.tokens[start - 1].lower != ",":
        return
    if any(
        article.tokens[j].dep == "mark" or article.tokens[j].tag in {"WDT", "WP"} for j in range(start, i)
    ):
        return  # "…, a claim that Asmara rejected" says nothing of what stands before
    relative = article.tokens[start - 2].tag in {"WDT", "WP"}  # "the park, which, she said, is closed"
    first = start - 2 if relative else sentence.first
    content = {*range(first, start - 1), *range(end, sentence.last)}
    ends = all(article.tokens[j].pos == "PUNCT" for j in range(i + 1, sentence.last))
    if not ends and not any(article.tokens[j].tag in FINITE for j in content):
        return
    yield from make_saying(
        article, source_mention(article, cues, speaker), verb_words(article, i), content, cue.stance
    )


def _speaker(article: Article, i: int, first: int) -> int | None:
    """Return the head of the noun phrase right before the verb, apposition climbed."""
    j = i - 1
    while j > first and (article.tokens[j].lower == "," or article.tokens[j].pos == "ADV"):
        j -= 1
    if article.tokens[j].pos not in NOUNS:
        return None
    while (
        article.tokens[j].dep in {"appos", "compound"} and article.tokens[article.tokens[j].head].pos in NOUNS
    ):
        if (
            i - article.tokens[j].head > LONGEST_SOURCE
            or article.tokens[article.tokens[j].head].dep == "dobj"
        ):
            break
        j = article.tokens[j].head
    verbs = {"VERB", "AUX"}
    return j if not any(article.tokens[k].pos in verbs for k in range(j, i)) else None


def _start(article: Article, speaker: int, first: int) -> int:
    """Return where the noun phrase around the speaker begins: after the comma before it."""
    start = speaker
    while start > first and article.tokens[start - 1].pos not in {"PUNCT", "VERB", "AUX", "CCONJ"}:
        start -= 1
    return start


def _end(article: Article, i: int, last: int) -> int | None:
    """Return where the parenthesis ends: after its comma, or at the end of the sentence."""
    for j in range(i + 1, min(i + 1 + LONGEST_TAIL, last)):
        token = article.tokens[j]
        if token.lower in {",", ".", ";"}:
            return j
        if token.pos in {"VERB", "AUX", "SCONJ"} or token.lower in {":", '"', "that"}:
            return None
    return last if last - i <= LONGEST_TAIL else None
