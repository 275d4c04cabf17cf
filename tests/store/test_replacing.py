from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.store import Failure, Replaced, Run, Store

Make = Callable[..., CodedDocument]
KIM, RAIN = Document(text="Kim met Putin."), Document(text="Rain fell.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.duckdb") as opened:
        yield opened


def read_by(version: str, coded: CodedDocument) -> CodedDocument:
    return replace(coded, document=replace(coded.document, reader_version=version))


@pytest.fixture
def read(make_coded: Make) -> Callable[..., CodedDocument]:
    """Return what a reader of some version reads: an event of a type, or nothing."""

    def make(version: str, document: Document, event_type: str | None = "CONSULT") -> CodedDocument:
        reports = ({"id": "r" + document.id, "event_type": event_type},) if event_type else ()
        return read_by(version, make_coded(document, reports=reports))

    return make


def test_only_what_another_reader_has_read_is_outdated(store: Store, read: Make) -> None:
    store.write([read("1", KIM), read("2", RAIN)])
    count, documents = store.outdated("2")
    assert (count, [each.text for each in documents]) == (1, [KIM.text])
    assert store.outdated(None)[0] == 2
    assert store.outdated("3")[0] == 2


def test_a_new_reading_takes_the_place_of_the_old_one_which_is_kept_aside(store: Store, read: Make) -> None:
    store.write([read("1", KIM), read("1", RAIN, None)])
    assert store.replace([read("2", KIM, "AID"), read("2", RAIN, None)]) == Replaced(2, 1)
    assert [event.event_type for event in store.events()] == ["AID"]
    assert [stored.report.event_type for stored in store.reports()] == ["AID"]
    assert store.outdated("2")[0] == 0
    assert list(store.faults(everything=True)) == []
    (changed, same) = sorted(store.readings(1, 2), key=lambda each: -len(each.after["events"]))
    assert [each["event_type"] for each in (changed.before or {})["reports"]] == ["CONSULT"]
    assert [each["event_type"] for each in changed.after["reports"]] == ["AID"]
    assert same.before == same.after == {"reports": [], "events": []}


def test_each_run_is_compared_with_each_later_one(store: Store, read: Make) -> None:
    store.write([read("1", KIM)])
    for version, kind in (("2", "CONSULT"), ("3", "AID"), ("4", "AID")):
        store.replace([read(version, KIM, kind)])

    def types(before: int, after: int) -> list[tuple[str, str]]:
        return [
            ((r.before or {})["reports"][0]["event_type"], r.after["reports"][0]["event_type"])
            for r in store.readings(before, after)
        ]

    assert [types(1, 2), types(1, 3), types(2, 4), types(3, 4)] == [
        [("CONSULT", "CONSULT")], [("CONSULT", "AID")], [("CONSULT", "AID")], [("AID", "AID")],
    ]  # fmt: skip


def test_a_document_that_came_between_two_runs_has_no_reading_before(store: Store, read: Make) -> None:
    store.write([read("1", KIM)])
    store.write([read("1", RAIN)])
    assert [(each.document, each.before) for each in store.readings(1, 2)] == [(RAIN.id, None)]


def test_old_readings_are_forgotten_but_for_the_last(store: Store, read: Make) -> None:
    store.write([read("1", KIM)])
    store.replace([read("2", KIM, "AID")])
    store.replace([read("3", KIM, "CONSULT")])
    store.forget(1)
    assert len(list(store.readings(2, 3))) == 1
    with pytest.raises(UsageError, match="before run 2 is no longer kept"):
        list(store.readings(1, 3))
    assert list(store.faults()) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(1, 9, "no run 9"), (0, 1, "no run 0"), (2, 1, "diff 1 2"), (1, 1, "earlier run")],
)
def test_runs_that_cannot_be_compared_are_one_line(
    store: Store, read: Make, before: int, after: int, words: str
) -> None:
    store.write([read("1", KIM)])
    store.replace([read("2", KIM)])
    with pytest.raises(UsageError, match=words):
        list(store.readings(before, after))


def test_what_the_store_does_not_have_is_not_replaced(store: Store, read: Make) -> None:
    assert store.replace([read("2", KIM)]) == Replaced()
    assert store.runs() == []


def test_a_run_that_was_stopped_goes_on_under_its_number(store: Store, read: Make) -> None:
    store.begin(Run("ingest", "abc"))
    store.write([read("1", KIM)])
    for inputs in ("abc", "other"):
        store.begin(Run("ingest", inputs))
        store.write([read("1", RAIN if inputs == "abc" else Document(text="x"))], [Failure(inputs, "x")])
        store.finish()
    assert [(run.id, run.documents, run.ended is not None) for run in store.runs()] == [
        (1, 2, True),
        (2, 1, True),
    ]


def test_a_run_that_has_nothing_more_to_write_is_ended_all_the_same(store: Store, read: Make) -> None:
    store.begin(Run("ingest", "abc"))
    store.write([read("1", KIM)])
    store.begin(Run("ingest", "abc"))
    store.finish()
    assert [run.ended is not None for run in store.runs()] == [True]
