"""How far labels of factuality agree with ratings: correlation, mean error, classes; polarity where that is what is known.

For classes a rating counts as the class of the label whose number is nearest: above 2 it happened, below −1.5 it did
not, between them it is open. Of the labels actual is *happened*, denied *did not*, the other four are *open*.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.evaluate.factuality import NEGATIVE, NUMBERS, Rated, RatedEvent
from dragoman.model.record import Record

HAPPENED, OPEN, DID_NOT = "happened", "open", "did not"
CLASSES = (HAPPENED, OPEN, DID_NOT)
# Half way between the numbers of actual and planned, and of hypothetical and denied.
LEAST_HAPPENED, MOST_DENIED = 2.0, -1.5
# Characters of the text shown around a wrong word.
BEFORE, AFTER = 90, 60

# What is told of the events of each text, in order: label and rule.
type Answers = Iterable[Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ClassFigures(Record):
    """A class: how many items are of it, how many were given to it, how many of these rightly."""

    name: str
    count: int
    given: int
    right: int

    @property
    def precision(self) -> float:
        """The right ones among those given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The right ones among those there are."""
        return self.right / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class FactError(Record):
    """A word judged amiss: where, what people say of it (a number or a polarity), the label, its rule, words around it."""

    name: str
    words: str
    gold: str
    label: str
    rule: str
    around: str


@dataclass(frozen=True, slots=True)
class FactResult(Record):
    """All figures of a set of numbers; ``labels`` maps a label to how often it was given and the mean rating there."""

    count: int
    pearson: float
    mean_error: float
    classes: tuple[ClassFigures, ...]
    labels: dict[str, tuple[int, float]]
    errors: tuple[FactError, ...]


@dataclass(frozen=True, slots=True)
class PolarityResult(Record):
    """All figures of a set of polarities: of denied events, and how often each label was given to modal ones.

    ``left_out`` are the files whose polarity is turned round.
    """

    count: int
    denied: ClassFigures
    modal: dict[str, dict[str, int]]
    left_out: tuple[str, ...]
    errors: tuple[FactError, ...]


def pearson(given: Sequence[float], gold: Sequence[float]) -> float:
    """Return Pearson's correlation, −1 to 1; 0 where one side is all the same."""
    try:
        return statistics.correlation(given, gold)
    except statistics.StatisticsError:
        return 0.0


def class_of(number: float) -> str:
    """Return the class of a rating from −3 to +3."""
    if number > LEAST_HAPPENED:
        return HAPPENED
    return DID_NOT if number < MOST_DENIED else OPEN


def label_class(label: str) -> str:
    """Return the class of a label."""
    return {"actual": HAPPENED, "denied": DID_NOT}.get(label, OPEN)


def measure_numbers(rated: Sequence[Rated], answers: Answers, done: Callable[[int], None]) -> FactResult:
    """Compare what was told of every event with its number; ``done`` is told after each text."""
    judged = list(_judged(rated, answers, done))
    gold = [event.number for _, event, _, _ in judged]
    given = [NUMBERS[label] for _, _, label, _ in judged]
    pairs = Counter(
        (label_class(label), class_of(number)) for (*_, label, _), number in zip(judged, gold, strict=True)
    )
    by_label = {label: [event.number for _, event, found, _ in judged if found == label] for label in NUMBERS}
    far = sorted(judged, key=lambda one: -abs(one[1].number - NUMBERS[one[2]]))
    wrong = (one for one in far if label_class(one[2]) != class_of(one[1].number))
    return FactResult(
        count=len(judged),
        pearson=pearson(given, gold),
        mean_error=statistics.fmean(abs(a - b) for a, b in zip(given, gold, strict=True)),
        classes=tuple(_figures(name, pairs) for name in CLASSES),
        labels={name: (len(numbers), statistics.fmean(numbers or [0.0])) for name, numbers in by_label.items()},
        errors=tuple(_error(one, f"{one[1].number:+.1f}") for one in wrong),
    )  # fmt: skip


def measure_polarity(
    rated: Sequence[Rated], left_out: Sequence[str], answers: Answers, done: Callable[[int], None]
) -> PolarityResult:
    """Compare what was told of every event with its polarity: a denied one should be read as denied, no other should."""
    judged = list(_judged(rated, answers, done))
    pairs = Counter((label == "denied", event.polarity == NEGATIVE) for _, event, label, _ in judged)
    right = pairs[True, True]
    modal: dict[str, Counter[str]] = {}
    for _, event, label, _ in judged:
        if event.modality:
            modal.setdefault(event.modality, Counter())[label] += 1
    wrong = (one for one in judged if (one[2] == "denied") != (one[1].polarity == NEGATIVE))
    return PolarityResult(
        count=len(judged),
        denied=ClassFigures("denied", right + pairs[False, True], right + pairs[True, False], right),
        modal={
            word: dict(found.most_common())
            for word, found in sorted(modal.items(), key=lambda m: -m[1].total())
        },
        left_out=tuple(left_out),
        errors=tuple(
            _error(one, one[1].polarity) for one in sorted(wrong, key=lambda w: w[1].polarity != NEGATIVE)
        ),
    )


def _judged(
    rated: Sequence[Rated], answers: Answers, done: Callable[[int], None]
) -> Iterator[tuple[Rated, RatedEvent, str, str]]:
    for one, told in zip(rated, answers, strict=True):
        for event, (label, rule) in zip(one.events, told, strict=True):
            yield one, event, label, rule
        done(1)


def _figures(name: str, pairs: Counter[tuple[str, str]]) -> ClassFigures:
    count = sum(n for (_, gold), n in pairs.items() if gold == name)
    given = sum(n for (got, _), n in pairs.items() if got == name)
    return ClassFigures(name, count, given, pairs[name, name])


def _error(one: tuple[Rated, RatedEvent, str, str], gold: str) -> FactError:
    rated, event, label, rule = one
    text, start, end = rated.text, event.start, event.end
    around = f"{text[max(0, start - BEFORE) : start]}[{text[start:end]}]{text[end : end + AFTER]}"
    return FactError(rated.name, text[start:end], gold, label, rule, around)
