"""Measures against PETRARCH validation records: which codings agree, and what is wrong with the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.evaluate.petrarch_records import Coding, Expected, GoldSentence
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument
from dragoman.model.record import Record
from dragoman.model.report import Report

NOBODY = "---"
DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Disagreement(Record):
    """A gold coding that we do not have, or one of ours that gold does not have; ``why`` says what differs."""

    id: str
    category: str
    why: str
    gold: str
    ours: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class CategoryScore(Record):
    """Of ``count`` gold codings of a category, how many agree at root level and in full, and our extra ones."""

    name: str
    count: int
    root: int
    full: int
    extra: int


@dataclass(frozen=True, slots=True)
class PetrarchResult(Record):
    """All that is measured on one set. ``reasons`` counts the disagreements by what differs."""

    categories: tuple[CategoryScore, ...]
    expectations: tuple[CategoryScore, ...]
    reasons: dict[str, int]
    errors: tuple[Disagreement, ...]
    extra: tuple[Disagreement, ...]

    @property
    def total(self) -> CategoryScore:
        """The sums over all categories."""
        return CategoryScore(
            "all",
            *(sum(getattr(c, name) for c in self.categories) for name in ("count", "root", "full", "extra")),
        )


@dataclass(frozen=True, slots=True)
class _Judged:
    """One gold coding, judged."""

    sentence: GoldSentence
    expected: Expected
    root: bool
    full: bool
    why: str
    gold: str


def codings_of(reports: Iterable[Report], *, dyads_only: bool) -> tuple[Coding, ...]:
    """Return the events of some reports as codes, each once; every source with every target.

    What actors do to each other counts both ways. With ``dyads_only`` events of which one side is unnamed are
    left out, else ``---`` stands for it.
    """
    found: dict[Coding, None] = {}
    for report in reports:
        event = report.cameo or NOBODY
        sources, targets = _labels(report.actors), _labels(report.recipients)
        for source in sources:
            for target in targets:
                if source == target or (dyads_only and NOBODY in {source, target}):
                    continue
                found[Coding(source, target, event)] = None
                if report.symmetric:
                    found[Coding(target, source, event)] = None
    return tuple(found)


def _labels(actors: Sequence[ActorSpan]) -> list[str]:
    return [actor.code or f"{NOBODY}{actor.sector or ''}" for actor in actors] or [NOBODY]


def measure(sentences: Sequence[GoldSentence], coded: Sequence[CodedDocument]) -> PetrarchResult:
    """Measure what was coded in each sentence against its gold codings."""
    judged: list[_Judged] = []
    errors: list[Disagreement] = []
    extra: list[Disagreement] = []
    for sentence, document in zip(sentences, coded, strict=True):
        ours = codings_of(document.reports, dyads_only=sentence.dyads_only)
        discarded = any(note.kind == DISCARDED for note in document.notes)
        verdicts = list(_judge(sentence, ours, discarded=discarded))
        judged += verdicts
        shown = tuple(map(_shown, ours))
        errors += [
            Disagreement(sentence.id, sentence.category, v.why, v.gold, shown, sentence.text)
            for v in verdicts if not v.root
        ]  # fmt: skip
        extra += [
            Disagreement(sentence.id, sentence.category, "extra", "", (_shown(coding),), sentence.text)
            for coding in _unmatched(sentence, ours)
        ]
    return PetrarchResult(
        categories=_scores(judged, extra),
        expectations=tuple(
            _score(expected.value, [v for v in judged if v.expected is expected], 0) for expected in Expected
        ),
        reasons=dict(Counter(error.why for error in errors).most_common()),
        errors=tuple(errors),
        extra=tuple(extra),
    )


def _judge(sentence: GoldSentence, ours: Sequence[Coding], *, discarded: bool) -> Iterator[_Judged]:
    """Yield a verdict on each gold coding; each of ours answers one of gold at most."""
    exact, roots = Counter(ours), Counter(coding.root for coding in ours)
    for gold in sentence.codings:
        if gold.coding is None:
            right = gold.expected is Expected.NO_EVENT and not ours
            right = right or (gold.expected is Expected.DISCARD and discarded and not ours)
            why = "" if right else f"{gold.expected.value} expected"
            yield _Judged(sentence, gold.expected, right, right, why, gold.expected.value)
            continue
        coding = gold.coding
        full, root = exact[coding] > 0, roots[coding.root] > 0
        exact[coding] -= full
        roots[coding.root] -= root
        why = "" if root else _difference(coding, ours)
        yield _Judged(sentence, gold.expected, root, full, why, _shown(coding))


def _difference(gold: Coding, ours: Sequence[Coding]) -> str:
    """Return what the nearest of ours has wrong: source, target, event, or that there is none."""
    parts = ("source", "target", "event")
    wrong: list[list[str]] = [
        [part for part, one, other in zip(parts, gold.root, coding.root, strict=True) if one != other]
        for coding in ours
    ]
    if not wrong:
        return "nothing coded"
    nearest = min(wrong, key=len)
    return " and ".join(nearest)


def _unmatched(sentence: GoldSentence, ours: Sequence[Coding]) -> list[Coding]:
    golds = Counter(gold.coding.root for gold in sentence.codings if gold.coding is not None)
    found = []
    for coding in ours:
        if golds[coding.root] > 0:
            golds[coding.root] -= 1
        else:
            found.append(coding)
    return found


def _shown(coding: Coding) -> str:
    return f"{coding.source} > {coding.target} {coding.event}"


def _scores(judged: Sequence[_Judged], extra: Sequence[Disagreement]) -> tuple[CategoryScore, ...]:
    names = dict.fromkeys([*(v.sentence.category for v in judged), *(each.category for each in extra)])
    return tuple(
        _score(
            name, [v for v in judged if v.sentence.category == name], sum(e.category == name for e in extra)
        )
        for name in names
    )


def _score(name: str, judged: Sequence[_Judged], extra: int) -> CategoryScore:
    return CategoryScore(name, len(judged), sum(v.root for v in judged), sum(v.full for v in judged), extra)
