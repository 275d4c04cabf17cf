"""What A claims and B denies is one event with a conflict, never two."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.model.document import Document
from dragoman.model.event import ConflictValue
from dragoman.model.report import DENIES
from dragoman.pipeline.reader import Reader

CASES = Path(__file__).parent / "denials_cases.tsv"
NOBODY = "-"


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return the reader, loaded once."""
    return Reader()


def cases() -> Iterator[tuple[str, int, str, str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield row["text"], int(row["events"]), row["type"], row["actual"], row["denied"]


@pytest.mark.parametrize(("text", "events", "event_type", "actual", "denied"), list(cases()))
def test_denials_are_conflicts_as_in_the_table(
    text: str, events: int, event_type: str, actual: str, denied: str, reader: Reader
) -> None:
    (coded,) = reader.read([Document(text=text, published="2024-01-23")])
    found = [event for event in coded.events if event.event_type == event_type]
    assert len(found) == events
    conflicts = [
        conflict for event in found for conflict in event.conflicts if conflict.field == "factuality"
    ]
    if denied == NOBODY:
        assert conflicts == []
        return
    values = {value.value: value for conflict in conflicts for value in conflict.values}
    assert list(values) == ["actual", "denied"]
    assert [_names(values["actual"]), _names(values["denied"])] == [actual, denied]


def _names(value: ConflictValue) -> str:
    return "|".join(value.said_by)


def test_the_value_leads_to_the_report_that_denies(reader: Reader) -> None:
    text = "Pakistan said Indian troops had fired across the border. India denied it."
    (coded,) = reader.read([Document(text=text)])
    claimed = next(event for event in coded.events if event.event_type == "ASSAULT")
    ids = {value.value: value.reports for conflict in claimed.conflicts for value in conflict.values}
    denial = next(report for report in coded.reports if report.id in ids["denied"])
    assert (denial.event_type, denial.text) == ("REJECT", "denied")
    assert f"{DENIES}it" in denial.rules
    assert denial.id not in claimed.reports
    assert ids["actual"] == claimed.reports
