"""Alignment: which printed report answers which gold item, one to one, best pairs first."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.evaluate.annotation import GoldActor, GoldReport
from dragoman.model.actor import ActorSpan
from dragoman.model.report import Report
from dragoman.model.span import Span

# Points for a pair: chosen so that a trigger in common outweighs all the rest together, and a right type
# one right side. Only their order matters.
SAME_TRIGGER = 5.0
RIGHT_TYPE = 2.0
RIGHT_SIDE = 1.0


def align(golds: Sequence[GoldReport], reports: Sequence[Report]) -> dict[str, Report]:
    """Return the report that answers each gold item, by the item's id; items without one are left out.

    Pairs are taken best first; a report answers one item at most. Equal pairs go in the order of the
    annotation, then of the text.
    """
    pairs = [
        (-points, order, report.start, report.id, gold.id, report)
        for order, gold in enumerate(golds)
        for report in reports
        if (points := score(gold, report)) > 0
    ]
    found: dict[str, Report] = {}
    used: set[str] = set()
    for *_, gold_id, report in sorted(pairs, key=lambda pair: pair[:4]):
        if gold_id not in found and report.id not in used:
            found[gold_id] = report
            used.add(report.id)
    return found


def score(gold: GoldReport, report: Report) -> float:
    """Return how well a report answers a gold item; 0 when it does not at all.

    It must share trigger words, or stand in the same sentence with the right type and both sides.
    """
    sides = sides_right(gold, report)
    right_type = report.event_type in gold.event_types
    if overlaps(gold.trigger, report):
        return SAME_TRIGGER + RIGHT_TYPE * right_type + RIGHT_SIDE * sum(sides)
    if overlaps(gold.sentence, report) and right_type and all(sides):
        return RIGHT_TYPE + RIGHT_SIDE * sum(sides)
    return 0.0


def sides_right(gold: GoldReport, report: Report) -> tuple[bool, bool]:
    """Return whether actors and recipients are right; what is done together may be told from either side."""
    straight = side_right(gold.actors, report.actors), side_right(gold.recipients, report.recipients)
    if not gold.symmetric:
        return straight
    crossed = side_right(gold.actors, report.recipients), side_right(gold.recipients, report.actors)
    return max(straight, crossed, key=sum)


def side_right(gold: Sequence[GoldActor], got: Sequence[ActorSpan]) -> bool:
    """Say whether a side is right: each gold actor has one of its codes there, exactly.

    A bare country code is right only as such: ``PRK`` is not answered by ``PRKGOV``. Actors without codes
    are not scored. A gold side without any actor must be empty or hold only actors without codes.
    """
    codes = {actor.code for actor in got if actor.code is not None}
    if not gold:
        return not codes
    return all(not actor.codes or codes.intersection(actor.codes) for actor in gold)


def overlaps(one: Span | Report, other: Span | Report) -> bool:
    """Say whether two spans share a character."""
    return one.start < other.end and other.start < one.end
