"""The checks of a page as a whole: what must never be read, grouping into events, notes, people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dragoman.evaluate.annotation import CONTRADICTION, GoldNote, NeverRule, Page
from dragoman.evaluate.item_checks import NOTHING, Check
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument
from dragoman.model.report import Report


def describe(report: Report, coded: CodedDocument) -> str:
    """Return a report in one line, with its sentence."""
    bounds = coded.sentences[report.sentence]
    sentence = " ".join(coded.document.text[bounds.start : bounds.end].split())
    sides = " → ".join(
        ", ".join(actor.code or f"“{actor.text}”" for actor in side) or NOTHING
        for side in (report.actors, report.recipients)
    )
    return f"{report.event_type} “{report.text}” {sides} ({report.factuality}): {sentence}"


def violations(page: Page, coded: CodedDocument) -> Iterator[str]:
    """Yield each report that the annotation says must never be read, after why."""
    for report in coded.reports:
        for rule in page.never:
            if _breaks(rule, report):
                yield f"{rule.why}: {describe(report, coded)}"


def _breaks(rule: NeverRule, report: Report) -> bool:
    if rule.inside is not None:
        return rule.inside.start <= report.start < rule.inside.end
    return (
        report.event_type in rule.event_types
        and rule.factuality in {None, report.factuality}
        and _begins(report.actors, rule.actor)
        and _begins(report.recipients, rule.recipient)
    )


def _begins(side: Sequence[ActorSpan], code: str | None) -> bool:
    """Say whether an actor's code begins as given; any side will do when nothing is given."""
    return code is None or any((actor.code or "").startswith(code) for actor in side)


def check_groups(page: Page, coded: CodedDocument, found: Mapping[str, Report]) -> Iterator[Check]:
    """Yield for each ``same_event`` with a report found: whether one event, and no other group, holds them all."""
    event_of = {report: event.id for event in coded.events for report in event.reports}
    groups: dict[str, set[str]] = {}
    for gold in page.reports:
        if gold.same_event is not None and gold.id in found:
            report_id = found[gold.id].id
            groups.setdefault(gold.same_event, set()).add(event_of.get(report_id, report_id))
    for name, events in groups.items():
        mixed = [other for other, theirs in groups.items() if other != name and theirs & events]
        got = "1 event" if len(events) == 1 else f"{len(events)} events"
        if mixed:
            got += f", shared with {', '.join(mixed)}"
        yield Check(name, len(events) == 1 and not mixed, "1 event", got)


def check_notes(page: Page, coded: CodedDocument, found: Mapping[str, Report]) -> Iterator[Check]:
    """Yield for each annotated note whether one of its kind was made there.

    A contradiction is found when the conflicts of the event's field hold all its values.
    """
    for note in page.notes:
        if note.kind == CONTRADICTION:
            yield _contradiction(page, note, coded, found)
            continue
        wanted = note.span
        hits = [
            made.text
            for made in coded.notes
            if wanted and made.kind == note.kind and made.start < wanted.end and wanted.start < made.end
        ]
        yield Check(note.kind, bool(hits), wanted.text if wanted else NOTHING, hits[0] if hits else NOTHING)


def _contradiction(page: Page, note: GoldNote, coded: CodedDocument, found: Mapping[str, Report]) -> Check:
    ids = {
        found[gold.id].id for gold in page.reports if gold.same_event == note.same_event and gold.id in found
    }
    got = [
        value.value
        for event in coded.events
        if ids.intersection(event.reports)
        for conflict in event.conflicts
        if conflict.field == note.field
        for value in conflict.values
    ]
    right = all(any(_holds(one, wanted) for one in got) for wanted in note.values)
    name = f"{CONTRADICTION} on {note.field} of {note.same_event}"
    return Check(name, right, " / ".join(note.values), " / ".join(got) or NOTHING)


def _holds(got: str, wanted: str) -> bool:
    """Say whether a value of a conflict begins with the wanted one: ``2 guard`` holds 2, not ``12``."""
    return re.match(rf"(at least )?{re.escape(wanted)}(?![\w.])", got) is not None


def check_people(page: Page, coded: CodedDocument) -> Iterator[Check]:
    """Yield for each annotated person whether a mention with these words has one of the codes."""
    for person in page.people:
        places = [match.span() for match in re.finditer(re.escape(person.text), page.text)]
        codes = {
            actor.code
            for actor in coded.mentions.actors
            if actor.code and any(actor.start < end and start < actor.end for start, end in places)
        }
        right = not person.codes or bool(codes.intersection(person.codes))
        got = ", ".join(sorted(codes)) or NOTHING
        yield Check(person.text, right, "/".join(person.codes) or NOTHING, got)
