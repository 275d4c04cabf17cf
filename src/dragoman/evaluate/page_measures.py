"""The measures of an annotated page, item by item, so that one sees what is missed and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.evaluate.alignment import align, sides_right
from dragoman.evaluate.annotation import GoldReport, Page
from dragoman.merging.likeness import distance_km
from dragoman.model.event import CodedDocument
from dragoman.model.record import Record
from dragoman.model.report import Report

ARTICLES = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Check(Record):
    """One field of a gold item: what was expected, what was got, and whether that is right."""

    field: str
    right: bool
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class ItemResult(Record):
    """A gold item: the report that answers it (None: missed) and its checks."""

    id: str
    required: bool
    trigger: str
    report: str | None
    checks: tuple[Check, ...]

    def is_right(self, *fields: str) -> bool:
        """Say whether the item was found and all these fields are right."""
        return self.report is not None and all(check.right for check in self.checks if check.field in fields)


@dataclass(frozen=True, slots=True)
class PageResult(Record):
    """All that is measured on one page."""

    page: str
    items: tuple[ItemResult, ...]
    printed: int
    extra: tuple[str, ...]
    never: tuple[str, ...]
    groups: tuple[Check, ...]
    notes: tuple[Check, ...]


CORE = ("type", "actors", "recipients", "factuality")


def measure(page: Page, coded: CodedDocument) -> PageResult:
    """Compare what was read from a page with its annotation."""
    found = align(page.reports, coded.reports)
    items = tuple(_item(gold, found.get(gold.id)) for gold in page.reports)
    answered = {report.id for report in found.values()}
    extra = tuple(_described(report, coded) for report in coded.reports if report.id not in answered)
    return PageResult(
        page=page.path.name, items=items, printed=len(coded.reports), extra=extra,
        never=tuple(_violations(page, coded)), groups=tuple(_groups(page, coded, found)), notes=tuple(_notes(page, coded, found)),
    )  # fmt: skip


def _described(report: Report, coded: CodedDocument) -> str:
    sentence = coded.sentences[report.sentence]
    sides = " → ".join(", ".join(a.code or a.text for a in side) or "–" for side in (report.actors, report.recipients))
    return f"{report.event_type} “{report.text}” {sides} ({report.factuality}): {coded.document.text[sentence.start : sentence.end]}"


def _codes(actors: Sequence[Any]) -> str:
    return ", ".join(actor.code or f"“{actor.text}”" for actor in actors) or "–"


def _item(gold: GoldReport, report: Report | None) -> ItemResult:
    if report is None:
        return ItemResult(gold.id, gold.required, gold.trigger.text, None, ())
    actors_right, recipients_right = sides_right(gold, report)
    checks = [
        Check("type", report.event_type in gold.event_types, "/".join(gold.event_types), report.event_type),
        Check("actors", actors_right, _codes(gold.actors), _codes(report.actors)),
        Check("recipients", recipients_right, _codes(gold.recipients), _codes(report.recipients)),
        Check("factuality", report.factuality in gold.factuality, "/".join(gold.factuality), report.factuality),
    ]
    if gold.attribution is not None:
        checks.append(_attribution(gold, report))
    checks += _circumstances(gold, report)
    return ItemResult(gold.id, gold.required, gold.trigger.text, report.id, tuple(checks))


def same_words(one: str, other: str) -> bool:
    """Say whether one phrase holds the other, articles and case aside."""
    left, right = (ARTICLES.sub("", text.strip()).lower() for text in (one, other))
    return left in right or right in left


def _attribution(gold: GoldReport, report: Report) -> Check:
    wanted = gold.attribution or ()
    right = all(
        any(same_words(source.text, link.text) and source.code in {None, link.code} for link in report.attribution)
        for source in wanted
    )
    right = right and bool(wanted) == bool(report.attribution)
    expected = ", ".join(f"{s.text} {s.code or ''}".strip() for s in wanted) or "the article"
    got = ", ".join(f"{s.text} {s.code or ''}".strip() for s in report.attribution) or "the article"
    return Check("attribution", right, expected, got)


def _circumstances(gold: GoldReport, report: Report) -> list[Check]:
    checks = []
    if gold.mode is not None:
        checks.append(Check("mode", report.mode == gold.mode, gold.mode, str(report.mode)))
    if gold.date is not None:
        got = (report.time.from_, report.time.to) if report.time else None
        wanted = (gold.date["from"], gold.date["to"])
        checks.append(Check("date", got == wanted, "/".join(wanted), "/".join(map(str, got)) if got else "–"))
    if gold.place is not None:
        checks.append(_place(gold.place, report))
    if gold.quantity is not None:
        bounds = (gold.quantity["low"], gold.quantity.get("high"))
        right = any((q.low, q.high) == bounds for q in report.quantities)
        got_words = ", ".join(q.text for q in report.quantities) or "–"
        checks.append(Check("quantity", right, gold.quantity["text"], got_words))
    return checks


def _place(wanted: Mapping[str, Any], report: Report) -> Check:
    place = report.place
    right = place is not None and wanted.get("country") in {None, place.country}
    if right and place is not None and "near" in wanted:
        lat, lon = wanted["near"]
        right = place.lat is not None and place.lon is not None
        right = right and distance_km((lat, lon), (place.lat or 0.0, place.lon or 0.0)) <= wanted.get("within_km", 60)
    got = "–" if place is None else f"{place.text} ({place.name}, {place.country}, {place.lat}, {place.lon})"
    return Check("place", right, str(wanted.get("text")), got)


def _violations(page: Page, coded: CodedDocument) -> list[str]:
    """Return the reports that the annotation says must never be read."""
    found = []
    for report in coded.reports:
        for rule in page.never:
            inside = rule.get("inside")
            if inside is not None:
                hit = inside["start"] <= report.start < inside["end"]
            else:
                actors = {(a.code or "")[:3] for a in report.actors}
                recipients = {(a.code or "")[:3] for a in report.recipients}
                hit = (
                    report.event_type in rule["event_types"] and rule.get("factuality") in {None, report.factuality}
                    and rule.get("actor") in {None, *actors} and rule.get("recipient") in {None, *recipients}
                )  # fmt: skip
            if hit:
                found.append(f"{rule['why']}: {_described(report, coded)}")
    return found


def _groups(page: Page, coded: CodedDocument, found: Mapping[str, Report]) -> list[Check]:
    """Check that reports of one event are in one event, and that no event mixes two."""
    event_of = {report: event.id for event in coded.events for report in event.reports}
    groups: dict[str, set[str]] = {}
    for gold in page.reports:
        if gold.same_event is not None and gold.id in found:
            groups.setdefault(gold.same_event, set()).add(event_of[found[gold.id].id])
    checks = []
    for name, events in groups.items():
        mixed = [other for other, theirs in groups.items() if other != name and theirs & events]
        got = f"{len(events)} events" + (f", shared with {', '.join(mixed)}" if mixed else "")
        checks.append(Check(name, len(events) == 1 and not mixed, "1 event", got))
    return checks


def _notes(page: Page, coded: CodedDocument, found: Mapping[str, Report]) -> list[Check]:
    checks = []
    for note in page.notes:
        if note["kind"] == CONTRADICTION:
            checks.append(_contradiction(page, note, coded, found))
            continue
        hits = [n for n in coded.notes if n.kind == note["kind"] and n.start < note["end"] and note["start"] < n.end]
        checks.append(Check(note["kind"], bool(hits), note["text"], hits[0].text if hits else "–"))
    return checks


def _contradiction(
    page: Page, note: Mapping[str, Any], coded: CodedDocument, found: Mapping[str, Report]
) -> Check:
    """Check that the event has a conflict on the field with all the values."""
    ids = {found[gold.id].id for gold in page.reports if gold.same_event == note["same_event"] and gold.id in found}
    conflicts = [c for e in coded.events if ids & set(e.reports) for c in e.conflicts if c.field == note["field"]]
    wanted = [str(value.get("from", value.get("value"))) for value in note["values"]]
    got = [value.value for conflict in conflicts for value in conflict.values]
    right = all(any(w in g for g in got) for w in wanted)
    return Check(f"contradiction on {note['field']}", right, " / ".join(wanted), " / ".join(got) or "–")


def totals(results: Sequence[PageResult]) -> dict[str, tuple[int, int]]:
    """Return each figure as right ones out of all."""
    items = [item for result in results for item in result.items]
    required = [item for item in items if item.required]
    attributed = [i for i in items if i.report is not None and any(c.field == "attribution" for c in i.checks)]
    figures = {
        "required found": (sum(i.report is not None for i in required), len(required)),
        "required right": (sum(i.is_right(*CORE) for i in required), len(required)),
        "attribution right": (sum(i.is_right("attribution") for i in attributed), len(attributed)),
        "printed and annotated": (sum(r.printed - len(r.extra) for r in results), sum(r.printed for r in results)),
    }
    for field in ("date", "place", "quantity", "mode"):
        checked = [c for i in items for c in i.checks if c.field == field]
        figures[field] = (sum(c.right for c in checked), len(checked))
    for name in ("groups", "notes"):
        checked = [c for r in results for c in getattr(r, name)]
        figures[name] = (sum(c.right for c in checked), len(checked))
    figures["never violated"] = (sum(not r.never for r in results), len(results))
    return figures
