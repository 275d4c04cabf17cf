"""Alignment: which printed report answers which gold item, one to one, best pairs first."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.evaluate.annotation import GoldActor, GoldReport
from dragoman.model.actor import ActorSpan
from dragoman.model.report import Report
from dragoman.model.span import Span

# Points for a pair, in an order in which a trigger in common outweighs everything else.
SAME_TRIGGER = 4.0
RIGHT_TYPE = 2.0
RIGHT_SIDE = 1.0


def overlaps(one: Span | Report, other: Span | Report) -> bool:
    """Say whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def side_right(gold: Sequence[GoldActor], got: Sequence[ActorSpan]) -> bool:
    """Say whether every gold code is among those got; an empty gold side must be empty or unresolved."""
    codes = {actor.code for actor in got} - {None}
    wanted = {actor.code for actor in gold if actor.code is not None}
    return wanted <= codes if gold else not codes


def sides_right(gold: GoldReport, report: Report) -> tuple[bool, bool]:
    """Return whether actors and recipients are right; what is done together may be told from either side."""
    straight = side_right(gold.actors, report.actors), side_right(gold.recipients, report.recipients)
    if gold.symmetric:
        crossed = side_right(gold.actors, report.recipients), side_right(gold.recipients, report.actors)
        return max(straight, crossed, key=sum)
    return straight


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


def align(golds: Sequence[GoldReport], reports: Sequence[Report]) -> dict[str, Report]:
    """Return the report of each gold id that has one."""
    pairs = [(score(gold, report), gold.id, report) for gold in golds for report in reports]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2].start))
    found: dict[str, Report] = {}
    used: set[str] = set()
    for points, gold_id, report in pairs:
        if points > 0 and gold_id not in found and report.id not in used:
            found[gold_id] = report
            used.add(report.id)
    return found
