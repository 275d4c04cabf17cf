"""From annotated articles to what the models of attribution learn from: candidates by cue, what is known of them, labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dragoman.config import ReaderConfig
from dragoman.evaluate.attribution_matching import WORD, Parts, gold_parts, overlap
from dragoman.evaluate.polnear import GoldArticle
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.gazetteer import open_gazetteer
from dragoman.reading.actors.mentions import actors_stage
from dragoman.reading.article import Article, Saying, TokenRange
from dragoman.reading.attribution import propose
from dragoman.reading.parse import Parser
from dragoman.reading.places import places_stage
from dragoman.reading.quotes import quoted
from dragoman.reading.speech.candidates import Candidate
from dragoman.reading.speech.choice import Group, group, mean_rows
from dragoman.reading.speech.features import rows, word_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A candidate's content is right when it agrees so far; as in scoring.
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Rows:
    """One article: annotation, candidates with their parts, groups by cue, and the labels of both.

    ``dense`` has a row a candidate, ``wide`` one a group. ``is_cue`` and ``is_right`` are the labels; the second
    counts only within groups that are cues. ``words`` and ``tokens`` have a row for every token that may be a cue; ``heads`` are the rows that are.
    """

    gold: tuple[Parts, ...]
    candidates: tuple[Candidate, ...]
    parts: tuple[Parts, ...]
    groups: tuple[Group, ...]
    own: tuple[tuple[str, ...], ...]
    dense: NDArray[np.float16]
    wide: NDArray[np.float16]
    is_cue: tuple[bool, ...]
    is_right: tuple[bool, ...]
    words: tuple[tuple[str, ...], ...]
    tokens: NDArray[np.float16]
    heads: frozenset[int]


def parsed(articles: Sequence[GoldArticle]) -> Iterator[Article]:
    """Yield the articles as far as attribution needs them: parse, places, actors."""
    actors, gazetteer = load_actors(), open_gazetteer(None)
    stages = places_stage(gazetteer), actors_stage(actors, gazetteer)
    config = ReaderConfig()
    parser = Parser(config.pipeline, batch_size=config.batch_size)
    for article in parser.parse(Article(one.document) for one in articles):
        for stage in stages:
            article = replace(article, **stage.run(article))  # noqa: PLW2901 - it grows layer by layer
        yield article


def read_rows(articles: Sequence[GoldArticle]) -> Iterator[Rows]:
    """Parse the articles and yield their rows, against the first annotator of each."""
    cues = load_cues()
    for gold, article in zip(articles, parsed(articles), strict=True):
        candidates, around = propose(article, cues, quoted(article))
        if candidates:
            groups, own = group(article, cues, candidates, around)
            dense = rows(article, candidates)
            assert dense is not None  # noqa: S101 - our own parser has vectors
            yield _labelled(gold, article, candidates, groups, own, dense)


def _labelled(
    gold: GoldArticle,
    article: Article,
    candidates: Sequence[Candidate],
    groups: Sequence[Group],
    own: Sequence[tuple[str, ...]],
    dense: NDArray[np.float32],
) -> Rows:
    text = gold.document.text
    wanted = tuple(gold_parts(text, one) for one in gold.readings[0])
    parts = tuple(parts_of(article, candidate.saying) for candidate in candidates)
    answers = _answers(wanted, parts, groups)
    right = [False] * len(candidates)
    for number, gold_number in answers.items():
        for n in groups[number].members:
            right[n] = overlap(wanted[gold_number].content, parts[n].content).f1 >= ENOUGH
    half = np.float16
    asked = sorted({candidates[one.members[0]].saying.cue.head for one in groups})
    heads = {candidates[groups[number].members[0]].saying.cue.head for number in answers}
    vectors = article.vectors[asked]
    return Rows(
        wanted, tuple(candidates), parts, tuple(groups), tuple(own), dense.astype(half), mean_rows(dense, groups).astype(half),
        tuple(number in answers for number in range(len(groups))), tuple(right),
        tuple(word_features(article.tokens[i]) for i in asked), vectors.astype(half), frozenset(asked.index(head) for head in heads),
    )  # fmt: skip


def _answers(wanted: Sequence[Parts], parts: Sequence[Parts], groups: Sequence[Group]) -> dict[int, int]:
    """Return which group answers which annotated attribution: cues overlap, one to one, those that agree best first."""
    by_word: dict[int, set[int]] = defaultdict(set)
    for number, one in enumerate(groups):
        for n in one.members:
            for word in parts[n].cue:
                by_word[word].add(number)
    pairs = []
    for g, gold in enumerate(wanted):
        for number in {number for word in gold.cue for number in by_word.get(word, ())}:
            agreed = max(
                overlap(gold.cue, parts[n].cue).f1
                + overlap(gold.source, parts[n].source).f1
                + overlap(gold.content, parts[n].content).f1
                for n in groups[number].members
            )
            pairs.append((-agreed, g, number))
    found: dict[int, int] = {}
    for _, g, number in sorted(pairs):
        if number not in found and g not in found.values():
            found[number] = g
    return found


def parts_of(article: Article, saying: Saying) -> Parts:
    """Return a saying by its words, as scoring sees it."""

    def words(tokens: Sequence[tuple[int, int]]) -> frozenset[int]:
        found: set[int] = set()
        for first, last in tokens:
            start, end = article.tokens[first].start, article.tokens[last - 1].end
            inside = {word.start() for word in WORD.finditer(article.document.text, start, end)}
            found |= inside or set(range(start, end))
        return frozenset(found)

    def whole(tokens: TokenRange | None) -> frozenset[int]:
        return words([(tokens.first, tokens.last)]) if tokens else frozenset()

    return Parts(
        whole(saying.source.tokens if saying.source else None), whole(saying.cue), words(saying.content)
    )
