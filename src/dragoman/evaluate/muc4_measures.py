"""Measures against MUC-4: which incidents of the keys were found, and what is right of those that were.

An event of ours answers one key at most, and a key is answered by one event: the pairs are chosen best first by how well the words
agree. The questions that are scored afterwards (stage, confidence, numbers) have no part in the choice, date and place only
between events that agree equally well, so that the figures are not made by the pairing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.evaluate.muc4 import Filler, GoldArticle, Key
from dragoman.evaluate.muc4_incidents import (
    Incident,
    day_interval,
    incidents_of,
    number_of,
    overlap,
    stage_of,
)
from dragoman.evaluate.muc4_standing import standing_of
from dragoman.knowledge.actors import ActorKnowledge
from dragoman.knowledge.place_names import fold
from dragoman.model.event import CodedDocument
from dragoman.model.record import Record

# The slots that the pairing reads and the measures score; numbers as in the set's documentation.
TYPE, STAGE, INSTRUMENTS, INDIVIDUALS, ORGANISATIONS, CONFIDENCE = 4, 5, 6, 9, 10, 11
THINGS, NAMES, DESCRIPTIONS, NUMBER, EFFECT = 12, 18, 19, 21, 23
# What agreement counts for in the pairing, and the least that makes a pair: the type, or most of a target's words. Set by looking
# at pairs in the first 100 articles of dev.
TYPE_WEIGHT, TARGET_WEIGHT, PERPETRATOR_WEIGHT, INSTRUMENT_WEIGHT, TIE_WEIGHT = 2.0, 2.0, 1.0, 0.5, 0.1
LEAST = 1.5
FIELDS = ("stage", "confidence", "date", "place", "dead", "wounded")
UNKNOWN = "–"
ANSWERS = {"dead": "DEATH", "wounded": "INJURY"}


@dataclass(frozen=True, slots=True)
class Answer(Record):
    """One question of a key that an event answers: what the key has, what the event has, and whether that is right."""

    field: str
    right: bool
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class KeyResult(Record):
    """A key and what answers it: the triggers of the event (none: not found) and the answers to what the key asks."""

    article: str
    number: str
    type: str
    optional: bool
    triggers: tuple[str, ...]
    sentence: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class AttackResult(Record):
    """All that is measured.

    ``fields`` has how many answers are right, of how many keys that ask, how many the event leaves open, and how many
    of those that it does not leave open are right (a day left open is right where the key has none).
    ``coarser`` counts places that are right but for a finer level of the key; ``extra`` events that answer no key.
    """

    articles: int
    keys: int
    found: int
    optional_found: int
    extra: int
    fields: dict[str, tuple[int, int, int, int]]
    coarser: int
    confusions: dict[str, dict[str, int]]
    results: tuple[KeyResult, ...]


def judge(article: GoldArticle, coded: CodedDocument, actors: ActorKnowledge) -> tuple[list[KeyResult], int]:
    """Return the result of each key of an article, and how many events answer none."""
    incidents = incidents_of(coded)
    pairs = _pairs(article.keys, incidents, actors)
    results = [_result(key, pairs.get(number), actors) for number, key in enumerate(article.keys)]
    return results, len(incidents) - len(pairs)


def _pairs(keys: Sequence[Key], incidents: Sequence[Incident], actors: ActorKnowledge) -> dict[int, Incident]:
    scored = [
        (agreement(key, incident, actors), -k, -n)
        for k, key in enumerate(keys)
        for n, incident in enumerate(incidents)
    ]
    found: dict[int, Incident] = {}
    taken: set[int] = set()
    for score, k, n in sorted(scored, reverse=True):
        if score >= LEAST and -k not in found and -n not in taken:
            found[-k] = incidents[-n]
            taken.add(-n)
    return found


def agreement(key: Key, incident: Incident, actors: ActorKnowledge) -> float:
    """Return how well the words of an event agree with those of a key; the scale is that of the weights."""
    words = incident.words
    score = TYPE_WEIGHT * any(incident.is_of_type(name) for name in key.values(TYPE) if name in _TYPES)
    score += TARGET_WEIGHT * overlap(key.strings(THINGS, NAMES, DESCRIPTIONS), words)
    score += PERPETRATOR_WEIGHT * overlap(key.strings(INDIVIDUALS, ORGANISATIONS), words)
    score += INSTRUMENT_WEIGHT * overlap(key.strings(INSTRUMENTS), words)
    ties = [question(key, incident, actors) for question in (_date, _place)]
    return score + TIE_WEIGHT * sum(answer is not None and answer.right for answer in ties)


_TYPES = frozenset(
    {"ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "HIJACKING", "FORCED WORK STOPPAGE"}
)


def _result(key: Key, incident: Incident | None, actors: ActorKnowledge) -> KeyResult:
    answers: list[Answer] = []
    if incident is not None:
        questions: tuple[Callable[[Key, Incident, ActorKnowledge], Answer | None], ...] = (
            _stage, _confidence, _date, _place, _dead, _wounded,
        )  # fmt: skip
        answers = [answer for ask in questions if (answer := ask(key, incident, actors)) is not None]
    return KeyResult(
        key.article,
        key.number,
        "/".join(key.values(TYPE)),
        key.optional,
        tuple(report.text for report in incident.reports) if incident else (),
        " ".join(incident.sentences[0].split()) if incident else "",
        tuple(answers),
    )


def _stage(key: Key, incident: Incident, _: ActorKnowledge) -> Answer | None:
    wanted, got = key.values(STAGE), stage_of(incident)
    return Answer("stage", got in wanted, "/".join(wanted), got) if wanted else None


def _confidence(key: Key, incident: Incident, _: ActorKnowledge) -> Answer | None:
    """Judge how an organisation is held to have done it; of several, the first that anything read names."""
    fillers = [filler for filler in key.slots.get(CONFIDENCE, ()) if filler.values and filler.strings]
    for filler in fillers:
        if got := standing_of(incident, filler.strings):
            return Answer("confidence", got in filler.values, "/".join(filler.values), got)
    if not fillers or fillers[0].optional:
        return None
    return Answer("confidence", right=False, expected="/".join(fillers[0].values), got=UNKNOWN)


def _date(key: Key, incident: Incident, _: ActorKnowledge) -> Answer | None:
    """Judge the day; where the key knows it only as before the day of the article, to give none is right too."""
    if not key.dates:
        return None
    shown = " / ".join(f"{i.first or '…'} to {i.last}" for i in key.dates)
    days = day_interval(incident.event)
    if days is None:
        return Answer("date", any(i.first is None for i in key.dates), shown, UNKNOWN)
    right = any((i.first is None or i.first <= days[0]) and days[1] <= i.last for i in key.dates)
    return Answer("date", right, shown, f"{days[0]} to {days[1]}")


def _place(key: Key, incident: Incident, actors: ActorKnowledge) -> Answer | None:
    """Judge the place at the finest level of the key; within a country, any place of it is right when the key has no more."""
    if not key.places:
        return None
    place = incident.event.place
    shown = " / ".join(": ".join(levels) for levels in key.places)
    if place is None or (place.name is None and place.country is None):
        return Answer("place", right=False, expected=shown, got=UNKNOWN)
    ours = {fold(name) for name in (place.name, place.text, place.admin1) if name}
    right = any(_is_there(levels, ours, place.country, actors) for levels in key.places)
    return Answer("place", right, shown, ", ".join(filter(None, (place.name or place.text, place.country))))


def _is_there(levels: Sequence[str], ours: set[str], country: str | None, actors: ActorKnowledge) -> bool:
    if len(levels) == 1:
        return country is not None and country == _country(levels[0], actors)
    return any(fold(name) in ours for name in levels[-1].split(" - "))


def _country(name: str, actors: ActorKnowledge) -> str | None:
    return next((entry.id for entry in actors.names.lookup(name) if entry.kind == "country"), None)


def _is_coarser(answer: Answer) -> bool:
    """Say whether a wrong place is one of the coarser levels of the key."""
    ours = fold(answer.got.rpartition(", ")[0])
    levels = [fold(level) for place in answer.expected.split(" / ") for level in place.split(": ")]
    return answer.field == "place" and not answer.right and ours in levels


def _dead(key: Key, incident: Incident, _: ActorKnowledge) -> Answer | None:
    return _number(key, incident, "dead")


def _wounded(key: Key, incident: Incident, _: ActorKnowledge) -> Answer | None:
    return _number(key, incident, "wounded")


def _number(key: Key, incident: Incident, field: str) -> Answer | None:
    """Judge a number of victims where the key has one; it is right when both can be true, exactly where both are exact."""
    wanted = victims(key, ANSWERS[field])
    if wanted is None:
        return None
    got = number_of(incident, field)
    low, high = wanted
    right = got is not None and got[0] <= (high or got[0]) and low <= (got[1] or low)
    return Answer(field, right, _bounds(wanted), _bounds(got))


def victims(key: Key, effect: str) -> tuple[float, float | None] | None:
    """Return how many people the key has with an effect, as bounds; None where it has none."""
    harmed = [
        filler
        for filler in key.slots.get(EFFECT, ())
        if filler.values[:1] == (effect,) and not filler.optional
    ]
    if not harmed:
        return None
    low, high = 0.0, 0.0
    open_ended = False
    for filler in harmed:
        number = _number_of(key.slots.get(NUMBER, ()), filler)
        low += number[0]
        high += number[1] or number[0]
        open_ended = open_ended or number[1] is None
    return low, None if open_ended else high


def _number_of(numbers: Iterable[Filler], harmed: Filler) -> tuple[float, float | None]:
    """Return the number that a key gives for some people; ``PLURAL`` is two or more."""
    for filler in numbers:
        if set(filler.strings) & set(harmed.strings):
            digits = [
                float(part)
                for value in filler.values
                for part in value.replace("-", " ").split()
                if part.isdigit()
            ]
            if digits:
                return min(digits), max(digits)
            return 2.0, None
    return 1.0, None


def _bounds(number: tuple[float, float | None] | None) -> str:
    if number is None:
        return UNKNOWN
    low, high = number
    return f"{low:g}" if low == high else f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


def totals(articles: int, results: Sequence[KeyResult], extra: int) -> AttackResult:
    """Return the figures over all keys; those that their makers doubted count only among ``optional_found``."""
    sure = [result for result in results if not result.optional]
    answers = [answer for result in results for answer in result.answers]
    fields, confusions = {}, {}
    for field in FIELDS:
        asked = [answer for answer in answers if answer.field == field]
        fields[field] = (
            sum(answer.right for answer in asked),
            len(asked),
            sum(answer.got == UNKNOWN for answer in asked),
            sum(answer.right for answer in asked if answer.got != UNKNOWN),
        )
    for field in ("stage", "confidence"):
        pairs = [f"{a.expected} → {a.got}" for a in answers if a.field == field]
        confusions[field] = {
            pair: pairs.count(pair) for pair in sorted(set(pairs), key=lambda p: -pairs.count(p))
        }
    return AttackResult(
        articles,
        len(sure),
        sum(bool(result.triggers) for result in sure),
        sum(bool(result.triggers) for result in results if result.optional),
        extra,
        fields,
        sum(map(_is_coarser, answers)),
        confusions,
        tuple(results),
    )
