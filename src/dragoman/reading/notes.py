"""Notes on the text itself: cut-off sentences, boilerplate, repetition, lonely quotes, wrongly decoded letters.

Nothing is deleted; no report is read from boilerplate.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from dragoman.knowledge.boilerplate import boilerplate_kind
from dragoman.knowledge.tables import DATA, read_table
from dragoman.model.span import Note
from dragoman.reading.article import Article, Sentence
from dragoman.reading.mojibake import mojibake
from dragoman.reading.stage import Stage

# A repeated paragraph shorter than this is no finding ("Advertisement" is boilerplate already). Characters.
SHORTEST_REPEAT = 40
CUT_OFF = re.compile(r"(?:…|\.\.\.)\s*$")
ENDINGS = (".", "!", "?", "”", '"', "’", "'", ")", ":", ";")
# A paragraph of at most so many tokens may be a caption or a list item, which ends as it likes. Set by hand; on 84 articles
# of PolNeAR, whose paragraphs are whole, and on our pages, where the shortest that is cut off has 9.
LONGEST_SCRAP = 7
OPENING, CLOSING, STRAIGHT = "“", "”", '"'
STRAIGHT_QUOTE = re.compile(r'(?<!\d)"|(?<=\d)"(?=[\s.,]*$)')
# Function words and auxiliaries: a paragraph that ends in one has lost its rest.
DANGLING_TAGS = frozenset({"IN", "DT", "CC", "TO", "MD", "VBZ", "VBP", "PRP$", "WDT"})


@functools.cache
def unfinished_words() -> frozenset[str]:
    """Return the reviewed words that no sentence ends with, in lower case."""
    return frozenset(row["word"] for row in read_table(DATA / "text" / "unfinished.tsv", ("word",)))


def find_notes(article: Article) -> tuple[Note, ...]:
    """Return the notes in the order of the text."""
    found = [
        *_truncated(article), *_boilerplate(article), *_repeated(article), *_unbalanced(article), *_mojibake(article)
    ]  # fmt: skip
    if (anchor := article.anchor) is not None and anchor.how == "dateline":
        found.append(_note(article, anchor.start, anchor.end, "anchored_by_dateline"))
    elif article.document.published is None:
        end = min(len(article.document.text), article.sentences[0].end if article.sentences else 0)
        start = article.sentences[0].start if article.sentences else 0
        found.append(_note(article, start, end, "anchored_by_url" if anchor else "undated"))
    return tuple(sorted(set(found), key=lambda note: (note.start, note.end, note.kind)))


def _note(article: Article, start: int, end: int, kind: str) -> Note:
    return Note(start, end, article.document.text[start:end], kind)


def _paragraphs(article: Article) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield first and last sentence of each paragraph."""
    first = None
    for sentence, following in zip_longest(article.sentences, article.sentences[1:]):
        first = first or sentence
        if following is None or following.paragraph != sentence.paragraph:
            yield first, sentence
            first = None


def _truncated(article: Article) -> Iterator[Note]:
    """Note last sentences of paragraphs that end in dots, or in a word that must go on."""
    for first, last in _paragraphs(article):
        words = article.document.text[last.start : last.end]
        tokens = article.tokens[first.first : last.last]
        end = tokens[-1]
        open_end = end.tag in DANGLING_TAGS or end.text in unfinished_words()
        dangling = open_end and end.text.islower() and len(tokens) > LONGEST_SCRAP
        if CUT_OFF.search(words) or (dangling and not words.endswith(ENDINGS)):
            yield _note(article, last.start, last.end, "truncated")


def _boilerplate(article: Article) -> Iterator[Note]:
    for first, last in _paragraphs(article):
        words = article.document.text[first.start : last.end]
        if boilerplate_kind(words) is not None:
            yield _note(article, first.start, last.end, "boilerplate")


def _repeated(article: Article) -> Iterator[Note]:
    seen: set[str] = set()
    for first, last in _paragraphs(article):
        words = " ".join(article.document.text[first.start : last.end].split()).lower()
        if len(words) >= SHORTEST_REPEAT and words in seen:
            yield _note(article, first.start, last.end, "repeated")
        seen.add(words)


def _unbalanced(article: Article) -> Iterator[Note]:
    """Note sentences with a quote that has no partner in its paragraph.

    An opening quote is left open on purpose where the next paragraph goes on quoting; that is no fault. Of straight
    quotes, which do not tell opening from closing, an odd one is the last; inches (6'2") are none.
    """
    text = article.document.text
    paragraphs = list(_paragraphs(article))
    for (first, last), following in zip_longest(paragraphs, paragraphs[1:]):
        goes_on = following is not None and text[following[0].start] in {OPENING, STRAIGHT}
        depth: list[int] = []
        lonely = []
        for i in range(first.start, last.end):
            if text[i] == OPENING:
                depth.append(i)
            elif text[i] == CLOSING:
                lonely += [] if depth else [i]
                del depth[-1:]
        straight = [match.start() for match in STRAIGHT_QUOTE.finditer(text, first.start, last.end)]
        lonely += [] if goes_on else depth
        if len(straight) % 2:
            # A straight quote and a curly one are each other's partner.
            lonely = lonely[:-1] if lonely else [] if goes_on else straight[-1:]
        for i in lonely:
            sentence = next(s for s in article.sentences if s.start <= i < s.end)
            yield _note(article, sentence.start, sentence.end, "unbalanced_quote")


def _mojibake(article: Article) -> Iterator[Note]:
    """Note, a sentence each, the stretch with letters that were decoded wrongly."""
    for sentence in article.sentences:
        found = list(mojibake(article.document.text[sentence.start : sentence.end]))
        if found:
            yield _note(article, sentence.start + found[0][0], sentence.start + found[-1][1], "mojibake")


def notes_stage() -> Stage:
    """Return the stage that notices what is wrong with the text."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"notes": find_notes(article)}

    return Stage("notes", ("document", "tokens", "sentences", "anchor"), ("notes",), run)
