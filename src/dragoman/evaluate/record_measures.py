"""Scoring end to end: gold records against what is read from their sentences, with no pair given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.config import ReaderConfig
from dragoman.evaluate.claims import Claim
from dragoman.evaluate.record_matching import Judge, Reading, Verdict, head_mentions, reading_of
from dragoman.evaluate.records import GoldActor, GoldRecord, GoldSet
from dragoman.knowledge.lexicon import load_lexicon
from dragoman.model.actor import ActorSpan
from dragoman.model.document import Document
from dragoman.model.record import Record
from dragoman.reading.chain import build_chain

# Which verdict a report gets that several records of one sentence judge: the first of these.
FIRST = (Verdict.RIGHT, Verdict.WRONG, Verdict.INCOMPLETE, Verdict.UNJUDGED)
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class JudgedReport(Record):
    """A printed report and what it is to the gold records of its sentence."""

    verdict: str
    text: str
    event_type: str
    actors: tuple[ActorSpan, ...]
    recipients: tuple[ActorSpan, ...]


@dataclass(frozen=True, slots=True)
class Outcome(Record):
    """One gold record, whether it was read right, and where it was lost if not.

    ``one_side`` says that a report has the type and at least one named side. ``stage`` is empty for a right
    one. ``country_checks`` maps source and target to (right, of) for parties with a country code.
    """

    gold: GoldRecord
    right: bool
    one_side: bool
    stage: str
    detail: str
    taken_for: str
    country_checks: dict[str, tuple[int, int]]
    reports: tuple[JudgedReport, ...]


@dataclass(frozen=True, slots=True)
class RecordsResult(Record):
    """All figures of one set. Counts of items and reports; ``wrong_per_right`` is a ratio of reports.

    ``labels`` maps a gold label to (right, of); ``confusion`` a gold label to the types under which the pair
    was read; ``countries`` source and target to (right, of).
    """

    kind: str
    items: int
    sentences: int
    right: int
    one_side: int
    reports: dict[str, int]
    wrong_per_right: float | None
    stages: dict[str, int]
    details: dict[str, dict[str, int]]
    labels: dict[str, tuple[int, int]]
    confusion: dict[str, dict[str, int]]
    countries: dict[str, tuple[int, int]]
    outcomes: tuple[Outcome, ...]


def outcomes(gold: GoldSet) -> Iterator[Outcome]:
    """Read every distinct sentence once and yield what became of its records, sentence by sentence.

    Raises:
        StopError: the parser is not installed, or a knowledge file is broken.
    """
    config, lexicon = ReaderConfig(), load_lexicon()
    chain = build_chain(config.pipeline, batch_size=config.batch_size)
    groups: dict[tuple[str, str | None], list[GoldRecord]] = defaultdict(list)
    for record in gold.records:
        groups[record.sentence, record.published].append(record)
    documents = [Document(text=sentence, published=published) for sentence, published in groups]
    for article, records in zip(chain.read(documents), groups.values(), strict=True):
        yield from judge(records, reading_of(article, lexicon))


def judge(records: Sequence[GoldRecord], reading: Reading) -> Iterator[Outcome]:
    """Yield what became of the records of one sentence; a report is judged by all of them."""
    judges = [Judge(record, reading) for record in records]
    verdicts = [
        min((one.verdict(report) for one in judges), key=FIRST.index) for report in reading.reports
    ]  # fmt: skip
    judged = tuple(
        JudgedReport(verdict.value, report.text, report.event_type, report.actors, report.recipients)
        for verdict, report in zip(verdicts, reading.reports, strict=True)
    )
    for record, one in zip(records, judges, strict=True):
        stage, detail = ("", "") if one.right else one.stage()
        yield Outcome(
            gold=record, right=one.right, one_side=one.right or _one_side(record, one.best()),
            stage=stage, detail=detail, taken_for=_taken_for(record, one, reading.frames),
            country_checks={
                "source": _countries(record.sources, reading), "target": _countries(record.targets, reading),
            },
            reports=judged,
        )  # fmt: skip


def _one_side(record: GoldRecord, best: tuple[bool, bool]) -> bool:
    return bool((best[0] and record.sources) or (best[1] and record.targets))


def _taken_for(record: GoldRecord, one: Judge, frames: Sequence[Claim]) -> str:
    """Return the type under which the pair was read; an acceptable one is preferred."""
    types = [claim.event_type for claim in frames if one.links(claim)]
    fitting = [name for name in types if name in record.types]
    return next(iter(fitting or types), NOTHING)


def _countries(parties: Sequence[GoldActor], reading: Reading) -> tuple[int, int]:
    """Return for how many parties, of those with a country and known words, the mention there has it.

    The mention is the one at the head of the words, else any that shares words with them.
    """
    coded = [party for party in parties if party.country is not None and party.spans]
    right = 0
    for party in coded:
        there = head_mentions(reading, party) or tuple(
            m for m in reading.mentions if any(m.start < end and start < m.end for start, end in party.spans)
        )
        right += any(mention.country == party.country for mention in there)
    return right, len(coded)


def totals(gold: GoldSet, found: Sequence[Outcome]) -> RecordsResult:
    """Return the figures of a set; every distinct sentence's reports count once."""
    by_sentence = {(one.gold.sentence, one.gold.published): one.reports for one in found}
    verdicts = Counter(report.verdict for reports in by_sentence.values() for report in reports)
    right, wrong = verdicts[Verdict.RIGHT], verdicts[Verdict.WRONG]
    missed = [one for one in found if not one.right]
    details: dict[str, Counter[str]] = defaultdict(Counter)
    confusion: dict[str, Counter[str]] = defaultdict(Counter)
    for one in missed:
        details[one.stage][one.detail] += 1
    for one in found:
        confusion[one.gold.label][one.taken_for] += 1
    return RecordsResult(
        kind=gold.kind, items=len(found), sentences=len(by_sentence),
        right=len(found) - len(missed), one_side=sum(one.one_side for one in found),
        reports={verdict.value: verdicts[verdict] for verdict in Verdict},
        wrong_per_right=wrong / right if right else None,
        stages=dict(Counter(one.stage for one in missed)),
        details={stage: dict(counts.most_common()) for stage, counts in details.items()},
        labels=_shares({label: [o.right for o in found if o.gold.label == label] for label in sorted(confusion)}),
        confusion={label: dict(confusion[label].most_common()) for label in sorted(confusion)},
        countries=_sums(found), outcomes=tuple(found),
    )  # fmt: skip


def _shares(hits: Mapping[str, Sequence[bool]]) -> dict[str, tuple[int, int]]:
    return {name: (sum(right), len(right)) for name, right in hits.items()}


def _sums(found: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Return the country figures of both sides; none where the set has no codes."""
    sums = {}
    for side in ("source", "target"):
        checks = [one.country_checks[side] for one in found]
        if of := sum(total for _, total in checks):
            sums[side] = (sum(right for right, _ in checks), of)
    return sums
