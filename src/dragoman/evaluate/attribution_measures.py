"""What is measured on annotated attributions: cues found, how far source and content agree, errors by kind.

docs/reference/evaluation-sets.md (PolNeAR) says how; `attribution_matching` says which answers which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.evaluate.attribution_matching import Overlap, Pair, Parts, gold_parts, match
from dragoman.evaluate.polnear import GoldArticle
from dragoman.model.record import Record

NO_COUNT = Overlap(0, 0, 0)


def f1(both: int, gold: int, read: int) -> float:
    """Return the harmonic mean of precision and recall; 0 where there is nothing."""
    return 2 * both / (gold + read) if gold + read else 0.0


@dataclass(frozen=True, slots=True)
class Tally(Record):
    """Counts of attributions: annotated, read, with overlapping cues, with all three parts right; words of the found ones."""

    gold: int = 0
    read: int = 0
    found: int = 0
    right: int = 0
    source: Overlap = NO_COUNT
    content: Overlap = NO_COUNT

    def __add__(self, other: Tally) -> Tally:
        """Return the counts of both together."""
        return Tally(
            self.gold + other.gold,
            self.read + other.read,
            self.found + other.found,
            self.right + other.right,
            _plus(self.source, other.source),
            _plus(self.content, other.content),
        )

    def figures(self) -> dict[str, float]:
        """Return the figures by name, each from 0 to 1."""
        return {
            "cue precision": self.found / self.read if self.read else 0.0,
            "cue recall": self.found / self.gold if self.gold else 0.0,
            "cue F1": f1(self.found, self.gold, self.read),
            "source words F1, of those found": self.source.f1,
            "content words F1, of those found": self.content.f1,
            "all three F1": f1(self.right, self.gold, self.read),
        }


def _plus(one: Overlap, other: Overlap) -> Overlap:
    return Overlap(one.gold + other.gold, one.read + other.read, one.both + other.both)


def tally(golds: Sequence[Parts], reads: Sequence[Parts], pairs: Sequence[Pair]) -> Tally:
    """Return the counts of one article."""
    source = content = NO_COUNT
    for pair in pairs:
        source, content = _plus(source, pair.source), _plus(content, pair.content)
    return Tally(len(golds), len(reads), len(pairs), sum(pair.right for pair in pairs), source, content)


def agreement(articles: Iterable[GoldArticle]) -> Tally:
    """Return how annotators of the same article agree: each pair of them once, the first taken for the annotation."""
    total = Tally()
    for article in articles:
        text = article.document.text
        readings = [[gold_parts(text, gold) for gold in reading] for reading in article.readings]
        for number, one in enumerate(readings):
            for other in readings[number + 1 :]:
                total += tally(one, other, match(one, other))
    return total


@dataclass(frozen=True, slots=True)
class Verdict(Record):
    """What became of one annotated or read attribution, with its words; ``kinds`` are the rows of the table it counts in."""

    document: str
    verdict: str
    kinds: tuple[str, ...]
    cue: str
    gold: str
    read: str
    around: str


VERDICTS = ("right", "source", "content", "source and content", "missed", "not annotated")


@dataclass(frozen=True, slots=True)
class AttributionResult(Record):
    """All figures over a set: counts, agreement of the annotators (None where no text has two), table, and each verdict.

    ``table`` maps a kind of attribution to the number of each of `VERDICTS`.
    """

    articles: int
    total: Tally
    annotators: Tally | None
    table: dict[str, dict[str, int]]
    verdicts: tuple[Verdict, ...]

    @property
    def errors(self) -> list[Verdict]:
        """All that is not right, in the order of the texts."""
        return [verdict for verdict in self.verdicts if verdict.verdict != "right"]


def totals(
    articles: Sequence[GoldArticle], counts: Iterable[Tally], verdicts: Sequence[Verdict]
) -> AttributionResult:
    """Return the figures over all articles."""
    total = sum(counts, Tally())
    among = agreement(articles)
    rows: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        for kind in verdict.kinds:
            rows.setdefault(kind, Counter())[verdict.verdict] += 1
    table = {kind: {name: rows[kind][name] for name in VERDICTS} for kind in sorted(rows)}
    return AttributionResult(len(articles), total, among if among.gold else None, table, tuple(verdicts))
