"""Agencies whose copy a document repeats: "MOSCOW, July 12 (Reuters) -", "By Jane Doe, Associated Press", "Source: Xinhua".

An agency named in such a place tells all that follows, up to the next dateline; named in the byline or the last lines, all of
the document. One that only stands in the metadata is no source here, for no words of the text name it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.knowledge.actors import ActorKnowledge
from dragoman.reading.article import ActorMention, Article, Saying, SourceMention
from dragoman.reading.stage import Stage

AGENCY = "agency"
# Before the agency in a dateline: places and days, no word that begins with a small letter, then a bracket or slash. Words.
OPENING = "(/["
MOST_WORDS = 14
DATELINE_WORD = re.compile(r"[^\W_]+")
AFTER_BRACKET = re.compile(r"(?:[ -][A-Z][a-z]+)?\s*(?:/\.?|[)\]]\s*(?:--|[-–—_]))\s*\S")
# "Reuters - The army said", "AFP — ".
AFTER_BARE = re.compile(r"\s*(?:--|[-–—])\s+\S")
BYLINE = re.compile(r"(?:By|From|by)\b[^.!?]*$")
AFTER_BYLINE = re.compile(r"(?: (?:Writer|staff|Staff|correspondent|Correspondent|News Service))?[\s|.]*$")
TAIL = re.compile(
    r"(?:^|[.!?\"”)]\s+)(?:(?:Source|SOURCE|Via|Agency)\s*:\s*|(?:--|[-–—©])\s*|[(/\[]\s*(?:Source:\s*)?)$"
)
AFTER_TAIL = re.compile(r"\s*[)/\].]*\s*$")
# Longer paragraphs are no bylines, and a dateline is over by here. Characters.
LONGEST_BYLINE = 100
# A byline stands among the first paragraphs, a tail line among the last. Paragraphs.
FIRST_PARAGRAPHS = 5
LAST_PARAGRAPHS = 3


@dataclass(frozen=True, slots=True)
class _Paragraph:
    number: int
    first: int
    last: int
    start: int
    end: int


def find_wires(article: Article, actors: ActorKnowledge) -> tuple[Saying, ...]:
    """Return the agencies of the document, each with the tokens that it tells, in the order of the text."""
    paragraphs = list(_paragraphs(article))
    dated: list[tuple[int, SourceMention]] = []
    whole: list[SourceMention] = []
    for mention in article.actors:
        if not _is_agency(mention, actors):
            continue
        paragraph = next(p for p in paragraphs if p.first <= mention.tokens.first < p.last)
        source = SourceMention(mention.tokens, mention.actors[0], AGENCY)
        before, after = _around(article, mention, paragraph)
        if _is_dateline(before, after):
            dated.append((paragraph.first, source))
        elif _is_byline(paragraph, before, after) or _is_tail(paragraph, len(paragraphs), before, after):
            whole.append(source)
    return tuple(_wires(dated, whole, len(article.tokens)))


def _wires(
    dated: Sequence[tuple[int, SourceMention]], whole: Sequence[SourceMention], size: int
) -> Iterator[Saying]:
    """Yield the sayings: a dateline reaches to the next, the first one also over the headline before it."""
    starts = [0, *(start for start, _ in dated[1:])]
    for (_, source), first, last in zip(dated, starts, [*starts[1:], size], strict=False):
        yield Saying(source, None, ((first, last),), "indirect", "states")
    if not dated:
        yield from (Saying(source, None, ((0, size),), "indirect", "states") for source in whole[:1])


def _is_agency(mention: ActorMention, actors: ActorKnowledge) -> bool:
    if len(mention.actors) != 1 or mention.how != "name":
        return False
    outlet = actors.outlets.get(mention.actors[0].id or "")
    return outlet is not None and outlet.kind == AGENCY


def _paragraphs(article: Article) -> Iterator[_Paragraph]:
    for number, (_, group) in enumerate(itertools.groupby(article.sentences, key=lambda s: s.paragraph)):
        sentences = list(group)
        opening, closing = sentences[0], sentences[-1]
        yield _Paragraph(number, opening.first, closing.last, opening.start, closing.end)


def _around(article: Article, mention: ActorMention, paragraph: _Paragraph) -> tuple[str, str]:
    """Return the text of the paragraph before and after the mention."""
    start = article.tokens[mention.tokens.first].start
    end = article.tokens[mention.tokens.last - 1].end
    text = article.document.text
    return text[paragraph.start : start], text[end : paragraph.end]


def _is_dateline(before: str, after: str) -> bool:
    if len(before) > LONGEST_BYLINE:
        return False
    if not before.strip():
        return AFTER_BARE.match(after) is not None
    head = before.rstrip()
    words = DATELINE_WORD.findall(head)
    fits = head[-1] in OPENING and len(words) <= MOST_WORDS and not any(word[0].islower() for word in words)
    return fits and AFTER_BRACKET.match(after) is not None


def _is_byline(paragraph: _Paragraph, before: str, after: str) -> bool:
    """Say whether the agency ends a line of its own near the top: "By Jane Doe | Reuters", or just "Associated Press"."""
    near = paragraph.number < FIRST_PARAGRAPHS and paragraph.end - paragraph.start <= LONGEST_BYLINE
    opens = not before.strip() or BYLINE.match(before) is not None
    return near and opens and AFTER_BYLINE.match(after) is not None


def _is_tail(paragraph: _Paragraph, count: int, before: str, after: str) -> bool:
    near = paragraph.number >= max(1, count - LAST_PARAGRAPHS)
    return near and TAIL.search(before) is not None and AFTER_TAIL.match(after) is not None


def datelines_stage(actors: ActorKnowledge) -> Stage:
    """Return the stage that finds the agencies whose copy the document repeats."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"wires": find_wires(article, actors)}

    return Stage("datelines", ("sentences", "actors"), ("wires",), run)
