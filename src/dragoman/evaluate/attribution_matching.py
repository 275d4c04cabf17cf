"""Which attribution of the reader answers which annotated one, and how far its parts agree. Words are counted, not characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.evaluate.polnear import GoldAttribution
from dragoman.model.record import Record
from dragoman.model.span import Bounds
from dragoman.model.speech import Attribution

WORD = re.compile(r"\w+")
# Content that agrees at least so far counts as found (F1 of its words); the set's own papers and our aim say 0.5.
CONTENT_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Parts(Record):
    """An attribution as sets of characters' offsets: where the words of source, cue and content begin.

    A cue of no word ("Clinton: …") is there by its characters.
    """

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True, slots=True)
class Overlap(Record):
    """Words that are annotated, that were read, and that are both."""

    gold: int
    read: int
    both: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where both are empty."""
        return 2 * self.both / (self.gold + self.read) if self.gold + self.read else 1.0


@dataclass(frozen=True, slots=True)
class Pair(Record):
    """An annotated attribution with the one that answers it (by position), and how source and content agree."""

    gold: int
    read: int
    source: Overlap
    content: Overlap

    @property
    def source_right(self) -> bool:
        """Whether the sources share a word, or neither has one."""
        return self.source.both > 0 or not (self.source.gold or self.source.read)

    @property
    def right(self) -> bool:
        """Whether all three parts agree: cue and source overlap, content at `CONTENT_ENOUGH`."""
        return self.source_right and self.content.f1 >= CONTENT_ENOUGH


def gold_parts(text: str, gold: GoldAttribution) -> Parts:
    """Return an annotated attribution by its words."""
    return Parts(_words(text, gold.source), _words(text, gold.cue), _words(text, gold.content))


def read_parts(text: str, read: Attribution) -> Parts:
    """Return an attribution of the reader by its words."""
    source = [Bounds(read.source.start, read.source.end)] if read.source else []
    cue = [Bounds(read.cue.start, read.cue.end)] if read.cue else []
    return Parts(
        _words(text, source),
        _words(text, cue),
        _words(text, [Bounds(piece.start, piece.end) for piece in read.content]),
    )


def _words(text: str, pieces: Iterable[Bounds]) -> frozenset[int]:
    found: set[int] = set()
    for piece in pieces:
        words = {word.start() for word in WORD.finditer(text, piece.start, piece.end)}
        found |= words or set(range(piece.start, piece.end))
    return frozenset(found)


def match(golds: Sequence[Parts], reads: Sequence[Parts]) -> tuple[Pair, ...]:
    """Return pairs whose cues overlap, one to one, those that agree best first; in the order of the annotation."""
    candidates = sorted(
        _candidates(golds, reads), key=lambda found: (-found[0], found[1].gold, found[1].read)
    )
    pairs: list[Pair] = []
    used_gold: set[int] = set()
    used_read: set[int] = set()
    for _, pair in candidates:
        if pair.gold not in used_gold and pair.read not in used_read:
            used_gold.add(pair.gold)
            used_read.add(pair.read)
            pairs.append(pair)
    return tuple(sorted(pairs, key=lambda pair: pair.gold))


def _candidates(golds: Sequence[Parts], reads: Sequence[Parts]) -> Iterator[tuple[float, Pair]]:
    by_word: dict[int, list[int]] = {}
    for number, read in enumerate(reads):
        for word in read.cue:
            by_word.setdefault(word, []).append(number)
    for g, gold in enumerate(golds):
        for r in sorted({r for word in gold.cue for r in by_word.get(word, ())}):
            read = reads[r]
            pair = Pair(g, r, overlap(gold.source, read.source), overlap(gold.content, read.content))
            yield overlap(gold.cue, read.cue).f1 + pair.source.f1 + pair.content.f1, pair


def overlap(gold: frozenset[int], read: frozenset[int]) -> Overlap:
    """Return how far two sets of words agree."""
    return Overlap(len(gold), len(read), len(gold & read))
