"""How surely it happened, asked of any word of any text: the face of factuality."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from dragoman.errors import UsageError
from dragoman.knowledge.cues import load_cues
from dragoman.model.document import Document
from dragoman.reading.article import Article, FactJudgement
from dragoman.reading.factuality import judge
from dragoman.reading.parse import Parser

# Texts whose parse is kept: whoever asks of one word mostly asks of its neighbours next.
KEPT = 4


def factuality(text: str, start: int, end: int) -> str:
    """Return how surely the event that the words ``text[start:end]`` tell of happened, by the words around it.

    One of actual, planned, possible, hypothetical, demanded, denied, relative to the innermost source: what a
    minister says was done is actual. ``text`` may be a sentence or an article; offsets are code points, half open.
    Of several words the one that governs the others is judged. The first call loads the parser; a text that was
    asked about just now is not parsed again.

    Raises:
        UsageError: the span is outside the text, empty, or holds white space only.
        StopError: the parser is not installed, or a knowledge file is broken.
    """
    return judgement(text, start, end).factuality


def judgement(text: str, start: int, end: int) -> FactJudgement:
    """Return the label with the cue words and the rule that decided it; else as `factuality`.

    Raises:
        UsageError: the span is outside the text, empty, or holds white space only.
        StopError: the parser is not installed, or a knowledge file is broken.
    """
    if not 0 <= start < end <= len(text):
        message = f"the span {start}-{end} is not inside the text of {len(text)} characters"
        raise UsageError(message)
    return _judged(_parsed(text), start, end)


def judgements(asked: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> Iterator[list[FactJudgement]]:
    """Yield for each text, in order, the judgements of its spans; texts are parsed many at a time.

    Raises:
        UsageError: a span holds no word.
        StopError: the parser is not installed, or a knowledge file is broken.
    """
    spans: deque[Sequence[tuple[int, int]]] = deque()

    def articles() -> Iterator[Article]:
        for text, found in asked:
            spans.append(found)
            yield Article(Document(text=text))

    for article in _parser().parse(articles()):
        yield [_judged(article, start, end) for start, end in spans.popleft()]


def _judged(article: Article, start: int, end: int) -> FactJudgement:
    return judge(article, word_at(article, start, end), load_cues())


def word_at(article: Article, start: int, end: int) -> int:
    """Return the token at characters ``start`` to ``end``; of several the one whose governor is outside of them.

    Signs count only where there is nothing else: sets of rated events have some.

    Raises:
        UsageError: there is only white space.
    """
    inside = [token for token in article.tokens if token.start < end and token.end > start]
    words = [token for token in inside if any(character.isalnum() for character in token.text)] or inside
    if not words:
        message = f"no word at {start}-{end}: {article.document.text[start:end]!r}"
        raise UsageError(message)
    positions = {token.i for token in words}
    return next((t.i for t in words if t.head == t.i or t.head not in positions), words[0].i)


@functools.lru_cache(maxsize=KEPT)
def _parsed(text: str) -> Article:
    return next(iter(_parser().parse([Article(Document(text=text))])))


@functools.cache
def _parser() -> Parser:
    return Parser()
