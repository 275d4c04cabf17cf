"""The checks of one gold item: each field of the report that answers it, right or wrong, with both values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.evaluate.alignment import sides_right
from dragoman.evaluate.annotation import GoldActor, GoldPlace, GoldReport
from dragoman.merging.likeness import distance_km
from dragoman.model.actor import ActorSpan
from dragoman.model.record import Record
from dragoman.model.report import Report
from dragoman.model.speech import Source

NOTHING = "–"
THE_ARTICLE = "the article"
WORD = re.compile(r"\w+")
ARTICLES = frozenset({"the", "a", "an"})
# The fields that make an item right: what, who, to whom, how surely.
CORE = ("type", "actors", "recipients", "factuality")


@dataclass(frozen=True, slots=True)
class Check(Record):
    """One thing that was checked: what was expected, what was got, and whether that is right."""

    field: str
    right: bool
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class ItemResult(Record):
    """A gold item, the id of the report that answers it (None: missed) and the checks of its fields."""

    id: str
    required: bool
    trigger: str
    report: str | None
    checks: tuple[Check, ...]

    def is_right(self, *fields: str) -> bool:
        """Say whether the item was found and those of these fields that are scored are right."""
        return self.report is not None and all(check.right for check in self.checks if check.field in fields)


def check_item(gold: GoldReport, report: Report | None) -> ItemResult:
    """Return what is right and wrong in the report that answers a gold item."""
    checks = () if report is None else tuple(_checks(gold, report))
    return ItemResult(gold.id, gold.required, gold.trigger.text, report.id if report else None, checks)


def _checks(gold: GoldReport, report: Report) -> Iterator[Check]:
    actors, recipients = sides_right(gold, report)
    yield Check("type", report.event_type in gold.event_types, "/".join(gold.event_types), report.event_type)
    yield Check("actors", actors, _wanted(gold.actors), _got(report.actors))
    yield Check("recipients", recipients, _wanted(gold.recipients), _got(report.recipients))
    yield Check(
        "factuality", report.factuality in gold.factuality, "/".join(gold.factuality), report.factuality
    )
    if gold.attribution is not None:
        yield _attribution(gold.attribution, report.attribution)
    if gold.mode is not None:
        yield Check("mode", report.mode == gold.mode, gold.mode, report.mode or NOTHING)
    if gold.date is not None:
        yield _date(gold.date, report)
    if gold.place is not None:
        yield _place(gold.place, report)
    if gold.quantity is not None:
        bounds = (gold.quantity.low, gold.quantity.high)
        right = any((quantity.low, quantity.high) == bounds for quantity in report.quantities)
        got = ", ".join(quantity.text for quantity in report.quantities) or NOTHING
        yield Check("quantity", right, gold.quantity.text, got)


def _wanted(actors: Sequence[GoldActor]) -> str:
    return ", ".join("/".join(actor.codes) or f"“{actor.text}”" for actor in actors) or NOTHING


def _got(actors: Sequence[ActorSpan]) -> str:
    return ", ".join(actor.code or f"“{actor.text}”" for actor in actors) or NOTHING


def _attribution(wanted: Sequence[GoldActor], got: Sequence[Source]) -> Check:
    """Every source wanted must be in the chain, by its words and code; the article itself needs an empty chain."""
    right = bool(wanted) == bool(got) and all(
        any(
            same_words(source.text, link.text) and (not source.codes or link.code in source.codes)
            for link in got
        )
        for source in wanted
    )
    expected = (
        ", ".join(f"{source.text} {'/'.join(source.codes)}".strip() for source in wanted) or THE_ARTICLE
    )
    shown = ", ".join(f"{link.text} {link.code or ''}".strip() for link in got) or THE_ARTICLE
    return Check("attribution", right, expected, shown)


def same_words(one: str, other: str) -> bool:
    """Say whether the words of one phrase stand within the other; case, points and a first article aside."""
    short, long = sorted((_words(one), _words(other)), key=len)
    starts = range(len(long) - len(short) + 1)
    return bool(short) and any(long[at : at + len(short)] == short for at in starts)


def _words(phrase: str) -> list[str]:
    words = WORD.findall(phrase.lower())
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def _date(wanted: tuple[str, str], report: Report) -> Check:
    got = (report.time.from_, report.time.to) if report.time else None
    shown = (
        NOTHING if report.time is None else f"{report.time.from_} to {report.time.to} (“{report.time.text}”)"
    )
    return Check("date", got == wanted, " to ".join(wanted), shown)


def _place(wanted: GoldPlace, report: Report) -> Check:
    place = report.place
    if place is None:
        return Check("place", right=False, expected=wanted.text, got=NOTHING)
    right = wanted.country in {None, place.country}
    if wanted.near is not None:
        point = None if place.lat is None or place.lon is None else (place.lat, place.lon)
        right = right and point is not None and distance_km(wanted.near, point) <= wanted.within_km
    got = f"{place.text} ({place.name}, {place.country}, {place.lat}, {place.lon})"
    return Check("place", right, wanted.text, got)
