"""What the finders of sayings share: token sets to ranges, and the making of one saying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.reading.article import Article, Saying, SourceMention, TokenRange
from dragoman.reading.tree import children, descendants

# An attribution of at least this probability is told. Chosen on the training articles of PolNeAR by four folds, for the F1 of
# the cues; `knowledge/models/attribution.md` has the figures.
# Below this a saying is not listed even where a report falls under it; probability, set like the other.
DOUBTFUL = 0.05
THRESHOLD = 0.34
LOOSE = frozenset({",", ":", ";", ".", "-", "\u2013", "\u2014", "--"})


def ranges(article: Article, tokens: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return token positions as half-open ranges, without loose punctuation at their ends."""
    ordered = sorted(set(tokens))
    found: list[list[int]] = []
    for i in ordered:
        if found and (
            i == found[-1][1] or all(article.tokens[j].lower in LOOSE for j in range(found[-1][1], i))
        ):
            found[-1][1] = i + 1
        else:
            found.append([i, i + 1])
    for piece in found:
        while piece[0] < piece[1] and article.tokens[piece[0]].lower in LOOSE:
            piece[0] += 1
        while piece[0] < piece[1] and article.tokens[piece[1] - 1].lower in LOOSE:
            piece[1] -= 1
    return tuple((first, last) for first, last in found if first < last)


def make_saying(
    article: Article, source: SourceMention | None, cue: TokenRange, content: set[int], stance: str
) -> Iterator[Saying]:
    """Yield the saying, unless nothing is left to be said; source and cue are no content."""
    content = content - set(range(cue.first, cue.last))
    if source is not None:
        content -= set(range(source.tokens.first, source.tokens.last))
    if pieces := ranges(article, content):
        yield Saying(source, cue, pieces, "indirect", stance)


def below(article: Article, *heads: int) -> set[int]:
    """Return the tokens of the subtrees of ``heads``."""
    return {k for j in heads for k in descendants(article, j)}


def has_that(article: Article, i: int) -> bool:
    """Say whether the clause of ``i`` opens with the conjunction "that" or "whether"."""
    openers = [
        article.tokens[j] for j in article.children[i] if article.tokens[j].lower in {"that", "whether"}
    ]
    return any(opener.dep == "mark" or opener.tag == "IN" for opener in openers)


def verb_words(article: Article, i: int) -> TokenRange:
    """Return the verb with its auxiliaries, negation and particle, where they stand together."""
    first, last = i, i + 1
    parts = children(article, i, "aux", "auxpass", "neg", "advmod")
    while first > 0 and first - 1 in parts:
        first -= 1
    while last in children(article, i, "prt"):
        last += 1
    return TokenRange(first, last, i)


def place_of(saying: Saying) -> int:
    """Return the token where a saying stands: its cue, else the start of its content."""
    return saying.cue.head if saying.cue else saying.content[0][0]


def is_told_with_reports(saying: Saying) -> bool:
    """Say whether a saying is likely enough to be listed where a report falls under it."""
    return saying.likely is None or saying.likely >= DOUBTFUL


def is_told(saying: Saying) -> bool:
    """Say whether a saying is likely enough to be listed though no report falls under it."""
    return saying.likely is None or saying.likely >= THRESHOLD
