"""Phrases that make a sentence, or a whole article, no matter to code: each leaves a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.knowledge.petrarch.dictionary import Dictionary
from dragoman.model.span import Note
from dragoman.reading.article import Article
from dragoman.reading.petrarch.wordline import find_phrases, word_line
from dragoman.reading.stage import Stage

DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Discard:
    """A phrase as a note, and the tokens that are passed over because of it, ``last`` excluded."""

    note: Note
    first: int
    last: int


def find_discards(article: Article, dictionary: Dictionary) -> tuple[Discard, ...]:
    """Return the phrases that say so, in order; the first one in each sentence."""
    found = []
    for sentence in article.sentences:
        line = word_line(article, sentence)
        hits = list(find_phrases(line, dictionary.discards, gap=lambda _: False, fits=lambda *_: True))
        if not hits:
            continue
        hit = next((hit for hit in hits if hit.entry), hits[0])
        span = article.span(line.tokens[hit.first], line.tokens[hit.last] + 1)
        note = Note(span.start, span.end, span.text, DISCARDED)
        first, last = (0, len(article.tokens)) if hit.entry else (sentence.first, sentence.last)
        found.append(Discard(note, first, last))
    return tuple(found)


def discards_stage(dictionary: Dictionary) -> Stage:
    """Return the stage that adds these notes to those there are."""

    def run(article: Article) -> Mapping[str, Any]:
        notes = (*article.notes, *(discard.note for discard in find_discards(article, dictionary)))
        return {"notes": tuple(sorted(notes, key=lambda note: (note.start, note.end, note.kind)))}

    return Stage("dictionary discards", ("notes", "tokens", "sentences"), ("notes",), run)
