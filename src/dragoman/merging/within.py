"""Merging within one document: retellings of one event are found, and the event is made from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from dragoman.merging.conflicts import THE_ARTICLE, find_conflicts
from dragoman.merging.denials import Denial, denials_of
from dragoman.merging.likeness import THRESHOLD, Told, likeness
from dragoman.model.actor import Actor, ActorSpan
from dragoman.model.document import Document, digest
from dragoman.model.event import Event, SourceCount
from dragoman.model.place import PlaceSpan
from dragoman.model.quantity import Quantity
from dragoman.model.report import Report
from dragoman.model.when import TimeSpan

# Kinds of sources that nobody can tell from others of their kind, unless they have a name or a code.
UNNAMED = frozenset({"anonymous", "unknown"})


def merge(
    document: Document, reports: Sequence[Report], sense_of: Callable[[Report], str]
) -> tuple[Event, ...]:
    """Return the events of one document; ``sense_of`` gives what a report's trigger means.

    A report joins the event whose tellings it is most like on average, if that is enough and none of
    them objects; so one bad pair cannot chain two events together.
    """
    groups: list[list[Told]] = []
    for report in reports:
        told = Told(report, sense_of(report))
        scored = [(_average(told, group), -number) for number, group in enumerate(groups)]
        best = max(scored, default=(0.0, 0))
        if scored and best[0] >= THRESHOLD:
            groups[-best[1]].append(told)
        else:
            groups.append([told])
    denials = denials_of(reports)
    return tuple(_event(document, [told.report for told in group], denials) for group in groups)


def _average(told: Told, group: Sequence[Told]) -> float:
    """Return the mean likeness to a group; minus infinity when one telling objects."""
    return sum(likeness(told, other) for other in group) / len(group)


def _event(document: Document, reports: Sequence[Report], denials: Mapping[str, Sequence[Denial]]) -> Event:
    """Return the event of some reports. Each field is taken from the best report that has it."""
    best = max(
        reports, key=lambda r: (r.factuality == "actual", bool(r.actors and r.recipients), r.confidence)
    )
    against = {denial.report.id: denial for r in reports for denial in denials.get(r.id, ())}
    fullest = sorted(reports, key=lambda r: r is not best)
    return Event(
        id=digest("event", document.id, reports[0].id),
        reports=tuple(r.id for r in reports),
        event_type=best.event_type,
        mode=next((r.mode for r in fullest if r.mode), None),
        contexts=tuple(dict.fromkeys(context for r in fullest for context in r.contexts)),
        cameo=best.cameo, quad=best.quad, goldstein=best.goldstein, intensity=best.intensity, symmetric=best.symmetric,
        actors=_actors([r.actors for r in fullest]), recipients=_actors([r.recipients for r in fullest]),
        time=_best_time(fullest), place=_best_place(fullest), factuality=best.factuality,
        quantities=_quantities(fullest), confidence=max(r.confidence for r in reports),
        sources=count_sources(document, reports), conflicts=find_conflicts(reports, tuple(against.values())),
    )  # fmt: skip


def _actors(sides: Sequence[Sequence[ActorSpan]]) -> tuple[Actor, ...]:
    """Return the first side that names anybody, as actors without their words."""
    side = next((side for side in sides if side), ())
    return tuple(dict.fromkeys(Actor(a.name, a.code, a.country, a.sector, a.id) for a in side))


def _best_time(reports: Sequence[Report]) -> TimeSpan | None:
    """Return the time most reports give; of several the one of the best report."""
    timed = [r.time for r in reports if r.time is not None and r.time.anchored]
    if not timed:
        return next((r.time for r in reports if r.time is not None), None)
    counts = Counter((t.from_, t.to) for t in timed)
    return max(timed, key=lambda t: counts[t.from_, t.to])


def _best_place(reports: Sequence[Report]) -> PlaceSpan | None:
    placed = [r.place for r in reports if r.place is not None]
    return next((place for place in placed if place.lat is not None), placed[0] if placed else None)


def _quantities(reports: Sequence[Report]) -> tuple[Quantity, ...]:
    return tuple({(q.what, q.low, q.high): q for r in reversed(reports) for q in r.quantities}.values())


def count_sources(document: Document, reports: Sequence[Report]) -> SourceCount:
    """Count who stands behind an event: innermost sources that can be told apart, the state media of one state as one.

    Who is only "an officer who asked not to be named" cannot: the next one out vouches for him, in the end the article. Its own word counts as
    one source, whatever it repeats.
    """
    sources = {_vouching(report) for report in reports}
    return SourceCount(documents=1, outlets=1 if document.outlet else 0, independent=len(sources))


def _vouching(report: Report) -> str:
    for source in reversed(report.attribution):
        if source.code or source.name:
            return source.code or source.name or ""
        if source.kind not in UNNAMED:
            return source.text.lower()
    return THE_ARTICLE
