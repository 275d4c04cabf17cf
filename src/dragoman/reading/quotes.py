"""Quotation marks: which tokens stand in quotes. Single quotes are not read (they double as apostrophes)."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.article import Article

MARKS = frozenset({'"', "``", "''"})
OPENING = frozenset({"“", "„", "«", "``"})
CLOSING = frozenset({"”", "»"})


def quoted(article: Article) -> tuple[tuple[int, int], ...]:
    """Return the quotes as half-open token ranges, marks included.

    A quote ends with its paragraph; one that was left open counts only when the next paragraph opens
    with a mark, as speech that goes on does.
    """
    return tuple(_pair(article, list(_paragraphs(article))))


def _paragraphs(article: Article) -> Iterator[tuple[int, int]]:
    """Yield first and last (excluded) token of each paragraph."""
    sentences = article.sentences
    first = 0
    for sentence, following in zip(sentences, [*sentences[1:], None], strict=True):
        if following is None or following.paragraph != sentence.paragraph:
            yield first, sentence.last
            first = sentence.last


def _pair(article: Article, paragraphs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for number, (first, last) in enumerate(paragraphs):
        opened: int | None = None
        for i in range(first, last):
            if article.tokens[i].lower not in MARKS:
                continue
            if opened is None and _may_open(article, i):
                opened = i
            elif opened is not None and article.tokens[i].text not in OPENING:
                yield opened, i + 1
                opened = None
        goes_on = number + 1 < len(paragraphs) and article.tokens[paragraphs[number + 1][0]].lower in MARKS
        if opened is not None and goes_on:
            yield opened, last


def _may_open(article: Article, i: int) -> bool:
    """Say whether the mark ``i`` can open a quote: not a closing form, and words follow at once."""
    token = article.tokens[i]
    if token.text in CLOSING:
        return False
    if token.text in OPENING:
        return True
    following = article.document.text[token.end : token.end + 1]
    before = article.document.text[token.start - 1 : token.start] if token.start else ""
    return not following.isspace() or before.isspace()
