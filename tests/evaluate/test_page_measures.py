from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dragoman.evaluate.annotation import Page
from dragoman.evaluate.page_measures import PageResult, measure, totals
from dragoman.model.event import CodedDocument, Conflict, ConflictValue
from dragoman.model.span import Note

Coded = Callable[..., CodedDocument]
Gold = Callable[..., dict[str, Any]]
MakePage = Callable[..., Page]
SAMPLE = "On Tuesday, TASS said, Kim met Putin in Vostochny and looked at two missiles."


@pytest.fixture
def two(make_page: MakePage, make_gold: Gold) -> Page:
    """Return a page with two items of one event, the second not required."""
    return make_page(
        make_gold(same_event="talks"),
        make_gold("looked", id="r02", event_types=["MOBILIZE"], same_event="talks", required=False),
    )


def joined(coded: CodedDocument, *conflicts: Conflict) -> CodedDocument:
    """Put all reports into one event with these conflicts."""
    event = replace(coded.events[0], reports=tuple(r.id for r in coded.reports), conflicts=conflicts)
    return replace(coded, events=(event,))


def test_a_page_read_well_is_right_throughout(two: Page, make_two: Coded) -> None:
    result = measure(two, joined(make_two()))
    assert result.extra == result.never == ()
    figures = totals([result])
    assert figures["required right"] == (1, 1)
    assert figures["all items found"] == figures["attribution right"] == (2, 2)
    assert figures["printed and annotated"] == (2, 2)
    assert figures["events grouped right"] == (1, 1)
    assert figures["pages without forbidden reports"] == (1, 1)


def test_figures_add_up_over_pages(two: Page, make_coded: Coded) -> None:
    good, empty = measure(two, make_coded()), measure(two, make_coded(reports=()))
    figures = totals([good, empty])
    assert figures["required found"] == (1, 2)
    assert figures["all items found"] == (1, 4)
    assert figures["attribution right"] == (1, 1)


def test_no_page_gives_figures_of_nothing() -> None:
    assert set(totals([]).values()) == {(0, 0)}


def test_a_report_nobody_annotated_is_listed_with_its_sentence(
    make_page: MakePage, make_gold: Gold, make_two: Coded
) -> None:
    result = measure(make_page(make_gold()), make_two())
    assert result.extra == (f"MOBILIZE “looked” PRKGOV → RUSGOV (actual): {SAMPLE}",)
    assert totals([result])["printed and annotated"] == (1, 2)


def test_reports_of_one_event_in_two_are_grouped_wrong(two: Page, make_two: Coded) -> None:
    (group,) = measure(two, make_two()).groups
    assert (group.right, group.got) == (False, "2 events")


def test_an_event_that_mixes_two_is_grouped_wrong(
    make_page: MakePage, make_gold: Gold, make_two: Coded
) -> None:
    page = make_page(make_gold(same_event="talks"), make_gold("looked", id="r02", same_event="tour"))
    groups = measure(page, joined(make_two())).groups
    assert [(group.field, group.got) for group in groups] == [
        ("talks", "1 event, shared with tour"),
        ("tour", "1 event, shared with talks"),
    ]


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ({"inside": {"start": 0, "end": len(SAMPLE), "text": SAMPLE}}, True),
        ({"inside": {"start": 0, "end": 2, "text": "On"}}, False),
        ({"event_types": ["CONSULT"]}, True),
        ({"event_types": ["CONSULT"], "actor": "PRK", "recipient": "RUS", "factuality": "actual"}, True),
        ({"event_types": ["CONSULT"], "actor": "PRKMIL"}, False),
        ({"event_types": ["CONSULT"], "recipient": "PRK"}, False),
        ({"event_types": ["CONSULT"], "factuality": "denied"}, False),
        ({"event_types": ["AID"]}, False),
    ],
)
def test_what_must_never_be_read_is_noticed(
    make_page: MakePage, make_gold: Gold, make_coded: Coded, rule: dict[str, Any], *, broken: bool
) -> None:
    result = measure(make_page(make_gold(), never=[{"why": "not so", **rule}]), make_coded())
    assert [line.partition(":")[0] for line in result.never] == ["not so"] * broken


def test_a_note_is_found_by_kind_and_place(make_page: MakePage, make_gold: Gold, make_coded: Coded) -> None:
    wanted = {"start": 0, "end": 10, "text": "On Tuesday", "kind": "boilerplate"}
    page = make_page(make_gold(), notes=[wanted])

    def outcome(kind: str, start: int, end: int) -> bool:
        note = Note(start, end, SAMPLE[start:end], kind)
        return measure(page, make_coded(notes=(note,))).notes[0].right

    assert outcome("boilerplate", 3, 10)
    assert not outcome("truncated", 3, 10)
    assert not outcome("boilerplate", 12, 16)


@pytest.mark.parametrize(
    ("field", "values", "found"),
    [
        ("quantity", ("2 missile", "11 missile"), True),
        ("quantity", ("2 missile", "at least 11 missile"), True),
        ("quantity", ("12 missile", "11 missile"), False),
        ("quantity", ("2 missile",), False),
        ("date", ("2", "11"), False),
    ],
)
def test_a_contradiction_needs_all_its_values(
    make_page: MakePage, make_gold: Gold, make_coded: Coded,
    field: str, values: tuple[str, ...], *, found: bool,
) -> None:  # fmt: skip
    note = {
        "kind": "contradiction", "field": "quantity", "same_event": "talks",
        "values": [{"value": 2, "said_by": "TASS"}, {"value": 11, "said_by": "the article"}],
    }  # fmt: skip
    page = make_page(make_gold(same_event="talks"), notes=[note])
    conflict = Conflict(field, tuple(ConflictValue(value, (), ()) for value in values))
    (check,) = measure(page, joined(make_coded(), conflict)).notes
    assert check.right is found


@pytest.mark.parametrize(("code", "right"), [("PRKGOV", True), ("PRKMIL", False), (None, True)])
def test_people_are_looked_up_among_the_mentions(
    make_page: MakePage, make_gold: Gold, make_coded: Coded, code: str | None, *, right: bool
) -> None:
    page = make_page(make_gold(), people=[{"text": "Kim", "code": code}])
    (check,) = measure(page, make_coded()).people
    assert (check.right, check.got) == (right, "PRKGOV")


def test_a_result_prints_as_plain_data(two: Page, make_coded: Coded) -> None:
    printed = measure(two, make_coded()).to_dict()
    assert list(printed) == list(PageResult.__slots__)
    assert printed["items"][1]["report"] is None
