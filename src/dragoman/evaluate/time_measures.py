"""Scoring of time expressions against TIMEX3 annotation, by the measures of TempEval-3 (UzZaman et al. 2013, task A).

A time is found when its words overlap those of an annotated one; each annotated time answers at most one found
time. Type and value are compared on those found; value F1 counts a time as right only if it is found and its value is
the annotated one, letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.evaluate.timeml import Timex
from dragoman.model.record import Record
from dragoman.model.when import TimeMention

AROUND = 60


@dataclass(frozen=True, slots=True)
class TimeVerdict(Record):
    """One annotated or found time: ``kind`` is right, value, type, missed or extra; words around it."""

    document: str
    kind: str
    gold: Timex | None
    found: TimeMention | None
    around: str


@dataclass(frozen=True, slots=True)
class TimesResult(Record):
    """Counts over all documents, the measures made from them, and everything that is not right.

    ``relaxed`` and ``strict`` are span F1 by overlap and by equal words; ``value`` is F1 of found with the right
    value; ``type_accuracy`` is the share of those found.
    """

    documents: int
    annotated: int
    found: int
    matched: int
    relaxed: float
    strict: float
    value: float
    type_accuracy: float
    errors: tuple[TimeVerdict, ...]


def judge(
    document: str, text: str, golds: Sequence[Timex], found: Sequence[TimeMention]
) -> tuple[TimeVerdict, ...]:
    """Return a verdict on every annotated time and on every found one that answers none."""
    verdicts = []
    left = list(found)
    for gold in golds:
        answers = [one for one in left if one.start < gold.end and gold.start < one.end]
        around = text[max(0, gold.start - AROUND) : gold.end + AROUND]
        if not answers:
            verdicts.append(TimeVerdict(document, "missed", gold, None, around))
            continue
        best = max(answers, key=lambda one: (min(one.end, gold.end) - max(one.start, gold.start), -one.start))
        left.remove(best)
        verdicts.append(TimeVerdict(document, _kind(gold, best), gold, best, around))
    for one in left:
        around = text[max(0, one.start - AROUND) : one.end + AROUND]
        verdicts.append(TimeVerdict(document, "extra", None, one, around))
    return tuple(verdicts)


def _kind(gold: Timex, found: TimeMention) -> str:
    if gold.type != found.type:
        return "type"
    return "right" if gold.value == found.value else "value"


def totals(verdicts: Sequence[TimeVerdict], *, documents: int) -> TimesResult:
    """Return the figures over all verdicts."""
    pairs = [(v.gold, v.found) for v in verdicts if v.gold is not None and v.found is not None]
    annotated = sum(v.gold is not None for v in verdicts)
    found = sum(v.found is not None for v in verdicts)

    def f1(right: int) -> float:
        return 2 * right / (annotated + found) if annotated + found else 0.0

    same = sum((g.start, g.end) == (f.start, f.end) for g, f in pairs)
    valued = sum(g.value == f.value for g, f in pairs)
    typed = sum(g.type == f.type for g, f in pairs)
    return TimesResult(
        documents, annotated, found, len(pairs), f1(len(pairs)), f1(same), f1(valued),
        typed / len(pairs) if pairs else 0.0, tuple(v for v in verdicts if v.kind != "right"),
    )  # fmt: skip
