"""What another reading of a document changed: reports and events that are new, gone, or told otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.model.record import Record
from dragoman.store import Reread

ADDED, GONE, CHANGED = "added", "gone", "changed"
Printed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change(Record):
    """One difference: ``kind`` is document, report or event; ``change`` is added, gone or changed.

    ``fields`` holds, for what changed, [before, after] by the name of the field; ``record`` is what was added or is gone,
    or what stands now. Of a document that was added, ``fields`` counts its reports and events instead.
    """

    kind: str
    change: str
    document: str
    id: str
    fields: dict[str, Any]
    record: dict[str, Any] | None


class Tally:
    """Counts changes while they pass."""

    def __init__(self) -> None:
        """Start with none."""
        self.counts: Counter[tuple[str, str]] = Counter()
        self.read = 0
        self.differently = 0

    def changes(self, readings: Iterator[Reread]) -> Iterator[Change]:
        """Yield the changes of each document that was read anew, and the documents that are new."""
        for reading in readings:
            found = list(differences(reading))
            self.counts.update((each.kind, each.change) for each in found)
            if reading.before is not None:
                self.read += 1
                self.differently += bool(found)
            yield from found


def differences(reading: Reread) -> Iterator[Change]:
    """Yield what is different after, in the order of the text; for a new document, only that it is new."""
    if reading.before is None:
        counts = {name: len(records) for name, records in reading.after.items()}
        yield Change("document", ADDED, reading.document, reading.document, counts, None)
        return
    for name, same in (("reports", _same_words), ("events", _same_reports)):
        yield from _compare(reading, name, same)


def _compare(reading: Reread, name: str, same: Callable[[Printed, Printed], bool]) -> Iterator[Change]:
    """Yield the differences of the reports or of the events."""
    kind = name.removesuffix("s")
    before, after = (reading.before or {}).get(name, []), reading.after.get(name, [])
    pairs = _pairs(before, after, same)
    matched = {id(old) for old, _ in pairs}
    for old in before:
        if id(old) not in matched:
            yield Change(kind, GONE, reading.document, old["id"], {}, old)
    of = {id(new): old for old, new in pairs}
    for new in after:
        partner = of.get(id(new))
        if partner is None:
            yield Change(kind, ADDED, reading.document, new["id"], {}, new)
            continue
        fields = {
            field: [partner.get(field), new.get(field)]
            for field in dict.fromkeys([*partner, *new])
            if field != "id" and partner.get(field) != new.get(field)
        }
        if fields:
            yield Change(kind, CHANGED, reading.document, new["id"], fields, new)


def _pairs(
    before: Sequence[Printed], after: Sequence[Printed], same: Callable[[Printed, Printed], bool]
) -> list[tuple[Printed, Printed]]:
    """Return who is who: by id, and those left by what they have in common."""
    by_id = {record["id"]: record for record in after}
    pairs = [(old, by_id[old["id"]]) for old in before if old["id"] in by_id]
    taken = {record["id"] for record, _ in pairs}
    left = [record for record in after if record["id"] not in taken]
    for old in before:
        if old["id"] in taken:
            continue
        match = next((new for new in left if same(old, new)), None)
        if match is not None:
            left.remove(match)
            pairs.append((old, match))
    return pairs


def _same_words(old: Printed, new: Printed) -> bool:
    """Say whether two reports have the same trigger words: one whose type has changed."""
    return (old["start"], old["end"]) == (new["start"], new["end"])


def _same_reports(old: Printed, new: Printed) -> bool:
    """Say whether two events share a report."""
    return bool(set(old["reports"]) & set(new["reports"]))
