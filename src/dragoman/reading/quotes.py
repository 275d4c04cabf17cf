"""Quotes: which tokens stand in them, and whose words they are. Single ones count only where they cannot be apostrophes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from dragoman.reading.article import Article, Saying
from dragoman.reading.sayings import place_of, ranges

MARKS = frozenset({'"', "``", "''"})
OPENING = frozenset({"“", "„", "«", "``"})
# What stands before the mark that closes a quote of a clause.
STOPS = frozenset({",", ".", "?", "!", "...", "…"})
# In a quote these are nobody in particular, and thoughts are no report of somebody else's words.
OWN_VOICE = frozenset({"people", "everybody", "everyone", "anyone", "anybody", "nobody"})
OWN_STANCES = frozenset({"believes", "hopes", "fears", "expects"})
CLOSING = frozenset({"”", "»"})


def quoted(article: Article) -> tuple[tuple[int, int], ...]:
    """Return the quotes as half-open token ranges, marks included.

    A quote ends with its paragraph; one that was left open counts only when the next paragraph opens
    with a mark, as speech that goes on does.
    """
    return tuple(_pair(article, list(_paragraphs(article))))


def _paragraphs(article: Article) -> Iterator[tuple[int, int]]:
    """Yield first and last (excluded) token of each paragraph."""
    for _, group in itertools.groupby(article.sentences, key=lambda sentence: sentence.paragraph):
        sentences = list(group)
        yield sentences[0].first, sentences[-1].last


def _pair(article: Article, paragraphs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for number, (first, last) in enumerate(paragraphs):
        opened: int | None = None
        free = first
        for i in range(first, last):
            if article.tokens[i].lower not in MARKS:
                continue
            if opened is None and _may_open(article, i):
                opened = i
            elif opened is not None and article.tokens[i].text not in OPENING:
                yield from _single(article, free, opened)
                yield opened, i + 1
                opened, free = None, i + 1
        yield from _single(article, free, last if opened is None else opened)
        goes_on = number + 1 < len(paragraphs) and article.tokens[paragraphs[number + 1][0]].lower in MARKS
        if opened is not None and goes_on:
            yield opened, last


def _single(article: Article, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the quotes in single marks: opened before a word after a space, closed by a mark that follows a comma or stop.

    Where the opening mark is a curly one, words that end in no stop count as well ("what he called ‘terrorists’").
    """
    opened: int | None = None
    for i in range(first, last):
        token = article.tokens[i]
        if token.lower != "'":
            continue
        if opened is None and _opens_single(article, i):
            opened = i
        elif opened is not None and i > opened + 1 and _closes_single(article, opened, i):
            yield opened, i + 1
            opened = None


def _opens_single(article: Article, i: int) -> bool:
    token, text = article.tokens[i], article.document.text
    before, after = text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1]
    return (
        token.text in {"'", "‘"} and (not before or before.isspace() or before in "([-–—") and after.isalnum()
    )


def _closes_single(article: Article, opened: int, i: int) -> bool:
    token, text = article.tokens[i], article.document.text
    if token.text == "‘" or text[token.end : token.end + 1].isalnum() or token.tag == "POS":
        return False
    return article.tokens[i - 1].lower in STOPS or article.tokens[opened].text == "‘"


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


def is_own_voice(article: Article, saying: Saying, quotes: tuple[tuple[int, int], ...]) -> bool:
    """Say whether a saying inside a quote is but the speaker's way of talking: "I think", "you know", "it is said"."""
    if saying.cue is None or not any(first <= saying.cue.head < last for first, last in quotes):
        return False
    source = saying.source
    if source is None or saying.stance in OWN_STANCES:
        return True
    head = article.tokens[source.tokens.head]
    return head.pos == "PRON" or head.lower in OWN_VOICE


def whole_quotes(article: Article, saying: Saying, quotes: tuple[tuple[int, int], ...]) -> Saying:
    """Let content that opens or ends in a quote take in all of that quote; say how much is quoted."""
    cue = saying.cue.head if saying.cue else -1
    near = [one for one in quotes if any(one[0] < last and first < one[1] for first, last in saying.content)]
    if not near:
        return replace(saying, kind="indirect")
    quotes = tuple(near)
    content = {i for first, last in saying.content for i in range(first, last)}
    kept = set(content)
    for first, last in quotes:
        if content & set(range(first, last)) and not first <= cue < last:
            kept |= set(range(first, last))
    words = {i for i in kept if article.tokens[i].pos != "PUNCT"}
    inside = {i for first, last in quotes if not first <= cue < last for i in range(first, last)}
    kind = "direct" if words and words <= inside else "mixed" if words & inside else "indirect"
    return replace(saying, content=ranges(article, kept), kind=kind)


def going_on(article: Article, found: list[Saying], quotes: tuple[tuple[int, int], ...]) -> list[Saying]:
    """Give each quote of whole sentences that no saying covers to the last speaker.

    In the speaker's own paragraph it becomes part of what was said; in the next one, and on while
    quotes follow, a saying of its own, without cue.
    """
    result = list(found)
    for first, last in quotes:
        outside = [saying for saying in found if not first <= place_of(saying) < last]
        covered = {i for saying in outside for piece in saying.content for i in range(*piece)}
        opening = article.sentences[article.tokens[first].sentence]
        spoken = [
            k
            for k, saying in enumerate(result)
            if saying.source and saying.kind != "indirect" and place_of(saying) < first
        ]
        if covered & set(range(first, last)) or first != opening.first or not spoken:
            continue
        k = max(spoken, key=lambda k: place_of(result[k]))
        speaker = result[k]
        near = article.sentences[article.tokens[place_of(speaker)].sentence].paragraph
        if opening.paragraph == near and speaker.cue:
            result[k] = replace(speaker, content=(*speaker.content, (first, last)))
        elif opening.paragraph - near <= 1:
            result.append(Saying(speaker.source, None, ((first, last),), "direct", speaker.stance))
    return result
