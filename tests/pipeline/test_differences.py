from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.model.event import CodedDocument
from dragoman.pipeline.differences import Tally, differences
from dragoman.store import Reread

Make = Callable[..., CodedDocument]
MET: dict[str, Any] = {"id": "r1"}


@pytest.fixture
def reread(make_coded: Make) -> Callable[..., Reread]:
    """Return what was read before and after, each a list of reports that differ from the sample's meeting."""

    def make(before: list[dict[str, Any]] | None, after: list[dict[str, Any]]) -> Reread:
        coded = [
            None if each is None else make_coded(reports=tuple(each)).to_dict() for each in (before, after)
        ]
        old, new = (each and {name: each[name] for name in ("reports", "events")} for each in coded)
        return Reread("d", old, new or {})

    return make


def test_the_same_reading_has_no_differences(reread: Callable[..., Reread]) -> None:
    assert list(differences(reread([MET], [MET]))) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([], [MET], [("report", "added", []), ("event", "added", [])]),
        ([MET], [], [("report", "gone", []), ("event", "gone", [])]),
        (
            [MET],
            [MET | {"factuality": "planned"}],
            [("report", "changed", ["factuality"]), ("event", "changed", ["factuality"])],
        ),
        # Another type gives another id, but the words are the same.
        ([MET], [{"id": "r2", "event_type": "AID", "mode": None}],
         [("report", "changed", ["event_type", "mode"]), ("event", "gone", []), ("event", "added", [])]),
    ],
)  # fmt: skip
def test_each_difference_is_told(
    reread: Callable[..., Reread],
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    told: list[tuple[str, str, list[str]]],
) -> None:
    found = list(differences(reread(before, after)))
    assert [(each.kind, each.change, sorted(each.fields)) for each in found] == told


def test_a_new_document_is_one_change_and_changes_are_counted(reread: Callable[..., Reread]) -> None:
    tally = Tally()
    readings = [reread(None, [MET]), reread([MET], [MET]), reread([MET], [MET | {"confidence": 0.1}])]
    first, *_ = tally.changes(iter(readings))
    assert (first.kind, first.change, first.fields) == ("document", "added", {"reports": 1, "events": 1})
    assert (tally.read, tally.differently) == (2, 1)
    assert tally.counts["report", "changed"] == 1
