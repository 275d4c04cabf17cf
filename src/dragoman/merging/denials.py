"""Denials of a claim as a whole: "India denied it", tied to what was claimed of India just before.

The denial is a report of its own, a rejection; it restates nothing, so it cannot be merged. It is listed as a value of the
claimed event's conflict over factuality, with its report and who denies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.merging.likeness import sides_agree
from dragoman.model.actor import ActorSpan
from dragoman.model.report import DENIES, Report

# How far before the denial the claim may stand. Sentences; set on the table of denials in the tests.
FARTHEST_CLAIM = 3
# What is claimed as done; a claim of what will or may be is denied as well, but then nothing is contradicted.
CLAIMED = "actual"


@dataclass(frozen=True, slots=True)
class Denial:
    """A report that denies what others claim, and on whose word it stands."""

    report: Report
    said_by: tuple[str, ...]


def denials_of(reports: Sequence[Report]) -> dict[str, tuple[Denial, ...]]:
    """Return for each denied report, by its id, the denials of it.

    A denial is of what was claimed last, by others, of who denies it: all that the same source claims in that sentence.
    """
    found: dict[str, tuple[Denial, ...]] = {}
    for report in reports:
        if not any(rule.startswith(DENIES) for rule in report.rules) or not report.actors:
            continue
        denial = Denial(report, tuple(dict.fromkeys(actor.text for actor in report.actors)))
        for claim in _denied(report, reports):
            found[claim.id] = (*found.get(claim.id, ()), denial)
    return found


def _denied(denial: Report, reports: Sequence[Report]) -> list[Report]:
    """Return the reports of the last claim that the denial may mean."""
    claims = [report for report in reports if _may_mean(denial, report)]
    if not claims:
        return []
    last = max(claims, key=lambda claim: claim.start)
    return [claim for claim in claims if claim.sentence == last.sentence and _source(claim) == _source(last)]


def _may_mean(denial: Report, claim: Report) -> bool:
    near = 0 <= denial.sentence - claim.sentence <= FARTHEST_CLAIM and claim.start < denial.start
    if not near or claim.factuality != CLAIMED or not _answers(denial.actors, claim.actors):
        return False
    if not claim.attribution:
        return True
    source = claim.attribution[-1]
    if source.code is None:
        return True
    claimer = ActorSpan(
        source.start, source.end, source.text, source.name, source.code, source.code[:3], None, None
    )
    return not _answers(denial.actors, (claimer,)) and (
        not any(actor.code for actor in denial.recipients) or _answers(denial.recipients, (claimer,))
    )


def _answers(deniers: Sequence[ActorSpan], accused: Sequence[ActorSpan]) -> bool:
    """Say whether somebody may deny what is said of others: himself, or for his own state."""
    states = {actor.country for actor in deniers} - {None}
    return sides_agree(deniers, accused) > 0 or any(actor.country in states for actor in accused)


def _source(report: Report) -> str:
    return report.attribution[-1].text if report.attribution else ""
