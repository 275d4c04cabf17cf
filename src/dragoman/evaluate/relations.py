"""Typing of given pairs: readers of the ``plv`` format, folds, and the measures of predicted types.

A set holds sentences in which who acts and upon whom are marked, with the root of the event type. The
coders of ``plv`` made CONCEDE and RETREAT one root, YIELD; probabilities of the two are added before
measuring.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.model.record import Record

COLUMNS = ("sentence_id", "marked_sentence", "gold_root", "gold_penta")
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
# The quad class of each root, as the coders of the set have it (PLOVER's own, with YIELD material).
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
# Bins of equal width for the calibration error; ten is customary.
BINS = 10
MARK = re.compile(r"(</?[st]>)")


@dataclass(frozen=True, slots=True)
class GoldPair(Record):
    """A sentence, the characters of actor and recipient in it (the first of each), its root and quad class.

    A side is None where the sentence does not name it.
    """

    sentence_id: str
    sentence: str
    actor: tuple[int, int] | None
    recipient: tuple[int, int] | None
    root: str
    quad: int


@dataclass(frozen=True, slots=True)
class ClassScore(Record):
    """Precision, recall and F1 (0 to 1) of one class with ``count`` gold items."""

    name: str
    count: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class RelationError(Record):
    """An item that was typed wrongly, with the probability of the answer and of the gold root."""

    sentence_id: str
    sentence: str
    gold: str
    got: str
    probability: float
    gold_probability: float


@dataclass(frozen=True, slots=True)
class RelationResult(Record):
    """All that is measured on one set; every figure from 0 to 1.

    ``confusion`` maps gold root to predicted root to the number of items; ``errors`` come surest first.
    """

    count: int
    accuracy: float
    macro_f1: float
    quad_f1: float
    calibration_error: float
    classes: tuple[ClassScore, ...]
    quads: tuple[ClassScore, ...]
    confusion: dict[str, dict[str, int]]
    errors: tuple[RelationError, ...]


def read_pairs(path: Path) -> tuple[GoldPair, ...]:
    """Read a set of marked pairs: tab-separated, quoted as spreadsheets do, with a header.

    Raises:
        UsageError: the file cannot be read, lacks a column, or a line has neither side marked.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t")
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                message = f"{path}: no column {missing[0]}"
                raise UsageError(message)
            return tuple(_gold(path, number, row) for number, row in enumerate(rows, start=2))
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UsageError(message) from error


def _gold(path: Path, number: int, row: Mapping[str, str]) -> GoldPair:
    sentence, spans = unmark(row["marked_sentence"] or "")
    root = MERGED.get(row["gold_root"], row["gold_root"])
    if not spans or root not in QUADS or row["gold_penta"] not in {"1", "2", "3", "4"}:
        message = f"{path}: item {number - 1}: expected <s> or <t>, a root and a quad class"
        raise UsageError(message)
    return GoldPair(
        row["sentence_id"], sentence, spans.get("s"), spans.get("t"), root, int(row["gold_penta"])
    )  # fmt: skip


def unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Return the sentence without ``<s>`` and ``<t>``, and the first non-empty span of each (none: left out)."""
    plain = ""
    spans: dict[str, tuple[int, int]] = {}
    opened: dict[str, int] = {}
    for part in MARK.split(marked):
        if not MARK.fullmatch(part):
            plain += part
        elif not part.startswith("</"):
            opened[part[1]] = len(plain)
        elif (start := opened.pop(part[2], len(plain))) < len(plain):
            spans.setdefault(part[2], (start, len(plain)))
    return plain, spans


def folds(pairs: Sequence[GoldPair], count: int = 5) -> tuple[tuple[int, ...], ...]:
    """Divide the positions of ``pairs`` into folds: a sentence is in one fold, roots are spread evenly.

    The order within a root is that of the sentences' hashes, so the same set always falls the same way.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for n, pair in enumerate(pairs):
        groups[pair.sentence].append(n)
    ordered = sorted(
        groups.items(),
        key=lambda group: (pairs[group[1][0]].root, hashlib.sha256(group[0].encode()).digest()),
    )
    found: list[list[int]] = [[] for _ in range(count)]
    for n, (_, members) in enumerate(ordered):
        found[n % count].extend(members)
    return tuple(tuple(sorted(fold)) for fold in found)


def roots(probabilities: Mapping[str, float]) -> dict[str, float]:
    """Add up the types that are one root in the set; NONE stays."""
    found: dict[str, float] = defaultdict(float)
    for name, probability in probabilities.items():
        found[MERGED.get(name, name)] += probability
    return dict(found)


def measure(pairs: Sequence[GoldPair], answers: Sequence[Mapping[str, float]]) -> RelationResult:
    """Measure predicted probabilities (type to 0…1) against gold; the likeliest root is the answer.

    NONE is never gold here: such an answer is wrong. Its quad class counts as 0.
    """
    merged = [roots(answer) for answer in answers]
    got = [max(answer, key=lambda name: answer[name]) for answer in merged]
    gold = [pair.root for pair in pairs]
    right = [one == other for one, other in zip(gold, got, strict=True)]
    classes = scores(gold, got)
    quads = scores([str(pair.quad) for pair in pairs], [str(QUADS.get(name, 0)) for name in got])
    confusion: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other in zip(gold, got, strict=True):
        confusion[one][other] += 1
    errors = [
        RelationError(pair.sentence_id, pair.sentence, pair.root, name, answer[name], answer.get(pair.root, 0.0))
        for pair, name, answer in zip(pairs, got, merged, strict=True) if name != pair.root
    ]  # fmt: skip
    return RelationResult(
        count=len(gold),
        accuracy=sum(right) / len(right),
        macro_f1=_mean(classes),
        quad_f1=_mean(quads),
        calibration_error=calibration_error(
            [answer[name] for answer, name in zip(merged, got, strict=True)], right
        ),
        classes=classes,
        quads=quads,
        confusion={name: dict(confusion[name].most_common()) for name in sorted(confusion)},
        errors=tuple(sorted(errors, key=lambda error: (-error.probability, error.sentence_id))),
    )  # fmt: skip


def scores(gold: Sequence[str], got: Sequence[str]) -> tuple[ClassScore, ...]:
    """Return the score of every class that has gold items, by name."""
    golds, answers = Counter(gold), Counter(got)
    hits = Counter(one for one, other in zip(gold, got, strict=True) if one == other)
    return tuple(
        ClassScore(
            name, golds[name], hits[name] / answers[name] if answers[name] else 0.0, hits[name] / golds[name],
            2 * hits[name] / (golds[name] + answers[name]),
        )
        for name in sorted(golds)
    )  # fmt: skip


def _mean(classes: Sequence[ClassScore]) -> float:
    return sum(score.f1 for score in classes) / len(classes)


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error: how far stated confidence and share of right answers part.

    Items fall into ``BINS`` bins of equal width by confidence; bins weigh by their number of items.
    """
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, hit in zip(confidences, right, strict=True):
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, hit))
    gaps = (abs(sum(confidence - hit for confidence, hit in members)) for members in bins.values())
    return sum(gaps) / len(right)
