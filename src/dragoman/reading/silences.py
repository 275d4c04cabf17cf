"""Who was asked and says nothing: "declined to comment", "did not respond to a request". No report rests on it.

It is listed among the attributions with the stance ``declines``; its content is what it was about, often nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dragoman.knowledge.cues import Cues, load_cues
from dragoman.reading.article import Article, Saying
from dragoman.reading.sayings import below, ranges, verb_words
from dragoman.reading.sources import can_speak, source_mention
from dragoman.reading.stage import Stage
from dragoman.reading.tree import children, subjects

STANCE = "declines"
ABOUT = frozenset({"on", "about", "regarding", "to"})


def find_silences(article: Article, cues: Cues) -> Iterator[Saying]:
    """Yield the silences of the article in the order of their cues."""
    for token in article.tokens:
        if token.pos == "VERB" and _is_silence(article, cues, token.i):
            heads = [j for j in subjects(article, token.i) if can_speak(article, cues, j)]
            if heads:
                source = source_mention(article, cues, heads[0])
                about = _about(article, token.i)
                yield Saying(source, verb_words(article, token.i), ranges(article, about), "indirect", STANCE)


def _is_silence(article: Article, cues: Cues, i: int) -> bool:
    negated = bool(children(article, i, "neg"))
    lemma = article.tokens[i].lemma
    return any((lemma, negated, words) in cues.silences for words in ("", *_company(article, i)))


def _company(article: Article, i: int) -> Iterator[str]:
    """Yield what goes with a verb: its infinitives, its object, with "no" where it has that, what it is done to."""
    for j in children(article, i, "xcomp", "dobj"):
        yield article.tokens[j].lemma
        if any(article.tokens[k].lower == "no" for k in article.children[j]):
            yield f"no {article.tokens[j].lemma}"
    for j in children(article, i, "prep"):
        yield from (article.tokens[k].lemma for k in children(article, j, "pobj"))


def _about(article: Article, i: int) -> set[int]:
    """Return the tokens of what is kept silent about: what hangs on the verb or its complement by "on" or "about"."""
    holders = (i, *children(article, i, "xcomp", "dobj"))
    found: set[int] = set()
    for holder in holders:
        found |= below(article, *children(article, holder, "ccomp"))
        for j in children(article, holder, "prep"):
            if article.tokens[j].lower in ABOUT:
                found |= below(article, *children(article, j, "pobj", "pcomp"))
    return found


def silences_stage(cues: Cues | None = None) -> Stage:
    """Return the stage that adds silences to the attitudes; of an attitude with the same cue only the stance changes."""
    tables = cues or load_cues()

    def run(article: Article) -> Mapping[str, Any]:
        silent = {saying.cue.head: saying for saying in find_silences(article, tables) if saying.cue}
        known = [
            replace(one, stance=STANCE) if one.cue is not None and one.cue.head in silent else one
            for one in article.attitudes
        ]
        taken = {one.cue.head for one in (*known, *article.sayings) if one.cue is not None}
        return {"attitudes": (*known, *(saying for head, saying in silent.items() if head not in taken))}

    return Stage("silences", ("actors", "sayings", "attitudes"), ("attitudes",), run)
