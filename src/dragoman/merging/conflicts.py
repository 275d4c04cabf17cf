"""Conflicts: the fields of one event on which its reports disagree, each value with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dragoman.merging.denials import Denial
from dragoman.merging.likeness import NEAR_KM, agree, counted, distance_km
from dragoman.model.event import Conflict, ConflictValue
from dragoman.model.quantity import Quantity
from dragoman.model.report import Report

THE_ARTICLE = "the article"
DENIED = "denied"
# Coarser times contain finer ones; only days and finer can contradict each other.
DAY_PRECISIONS = frozenset({"day", "part_of_day", "hour", "minute"})
EXACT_PLACES = frozenset({"point", "city"})


def find_conflicts(reports: Sequence[Report], denials: Sequence[Denial] = ()) -> tuple[Conflict, ...]:
    """Return the conflicts among the reports of one event, in a fixed order of fields.

    ``denials`` are other reports that deny what these tell ("India denied it"): who denies says so.
    """
    found = [
        _conflict("date", _dates(reports)),
        _conflict("place", _places(reports)),
        *(_conflict("quantity", values) for values in _quantities(reports).values()),
        _with_denials(_conflict("factuality", _denials(reports)), reports, denials),
    ]
    return tuple(conflict for conflict in found if conflict is not None)


def said_by(report: Report) -> str:
    """Return on whose word a report stands: its innermost source, or the article itself."""
    if not report.attribution:
        return THE_ARTICLE
    return report.attribution[-1].text


def _conflict(field: str, values: Mapping[str, Sequence[Report]]) -> Conflict | None:
    if len(values) < 2:  # noqa: PLR2004 - one value is no conflict
        return None
    listed = (
        ConflictValue(value, tuple(r.id for r in reports), tuple(dict.fromkeys(map(said_by, reports))))
        for value, reports in values.items()
    )
    return Conflict(field, tuple(listed))


def _grouped(pairs: Iterable[tuple[str, Report]]) -> dict[str, list[Report]]:
    groups: dict[str, list[Report]] = {}
    for value, report in pairs:
        groups.setdefault(value, []).append(report)
    return groups


def _dates(reports: Sequence[Report]) -> dict[str, list[Report]]:
    dated = []
    for report in reports:
        time = report.time
        if time is not None and time.from_ is not None and time.precision in DAY_PRECISIONS:
            dated.append((time.from_ if time.from_ == time.to else f"{time.from_}/{time.to}", report))
    return _grouped(dated)


def _places(reports: Sequence[Report]) -> dict[str, list[Report]]:
    """Group exact places; those close to a group's first belong to it."""
    groups: dict[str, list[Report]] = {}
    points: dict[str, tuple[float, float]] = {}
    for report in reports:
        place = report.place
        if place is None or place.lat is None or place.lon is None or place.precision not in EXACT_PLACES:
            continue
        point = (place.lat, place.lon)
        name = next((known for known, at in points.items() if distance_km(at, point) <= NEAR_KM), None)
        if name is None:
            name = place.name or place.text
            points[name] = point
        groups.setdefault(name, []).append(report)
    return groups


def _quantities(reports: Sequence[Report]) -> dict[str, dict[str, list[Report]]]:
    """Group counts by what is counted; only counts that cannot both be true are kept apart."""
    by_what: dict[str, list[tuple[Quantity, Report]]] = {}
    for report in reports:
        for quantity in report.quantities:
            by_what.setdefault(counted(quantity), []).append((quantity, report))
    return {what: values for what, found in by_what.items() if len(values := _apart(found)) > 1}


def _apart(found: Sequence[tuple[Quantity, Report]]) -> dict[str, list[Report]]:
    groups: dict[str, list[Report]] = {}
    firsts: dict[str, Quantity] = {}
    for quantity, report in found:
        name = next((name for name, first in firsts.items() if agree(first, quantity)), None)
        if name is None:
            name = _shown(quantity)
            firsts[name] = quantity
        groups.setdefault(name, []).append(report)
    return groups


def _shown(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    count = f"{low:g}" if low == high else f"at least {low:g}" if high is None else f"{low:g}–{high:g}"
    return f"{count} {quantity.what}".strip()


def _denials(reports: Sequence[Report]) -> dict[str, list[Report]]:
    return _grouped((r.factuality, r) for r in reports if r.factuality in {"actual", DENIED})


def _with_denials(
    conflict: Conflict | None, reports: Sequence[Report], denials: Sequence[Denial]
) -> Conflict | None:
    """Return the conflict over factuality with those who deny the event as a whole."""
    if not denials:
        return conflict
    groups = _denials(reports)
    values = [
        ConflictValue(value, tuple(r.id for r in said), tuple(dict.fromkeys(map(said_by, said))))
        for value, said in groups.items()
        if value != DENIED
    ]
    denied = groups.get(DENIED, [])
    ids = [*(report.id for report in denied), *(denial.report.id for denial in denials)]
    names = [*map(said_by, denied), *(name for denial in denials for name in denial.said_by)]
    values.append(ConflictValue(DENIED, tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(names))))
    return Conflict("factuality", tuple(values))
