from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from dragoman.cli.reports import print_document
from dragoman.model.event import CodedDocument, Conflict, ConflictValue
from dragoman.model.span import Note


def shown(coded: CodedDocument, *, width: int = 120, words: bool = False) -> str:
    out = io.StringIO()
    print_document(Console(file=out, width=width, markup=False), coded, name="a.txt", words=words)
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_every_width_shows_every_field_within_it(
    make_coded: Callable[..., CodedDocument], width: int
) -> None:
    page = shown(make_coded(), width=width, words=True)
    together = " ".join(page.split())
    for words in (
        "CONSULT",
        "PRKGOV",
        "RUSGOV",
        "2023-09-12",
        "Vostochny",
        "actual",
        "TASS",
        "0.83",
        "“Kim”",
    ):
        assert words in together
    assert max(map(len, page.splitlines())) <= width


def test_retellings_stand_under_one_event(make_coded: Callable[..., CodedDocument]) -> None:
    coded = make_coded(reports=({}, {"attribution": ()}))
    event = replace(coded.events[0], reports=tuple(report.id for report in coded.reports))
    page = shown(replace(coded, events=(event,)))
    assert "2 reports of 1 event" in page
    assert [line.split()[0] for line in page.splitlines() if "CONSULT" in line] == ["1", "Kim"]


def test_disputes_and_notes_stand_below(make_coded: Callable[..., CodedDocument]) -> None:
    coded = make_coded(notes=(Note(0, 10, "On Tuesday", "truncated"),))
    values = (
        ConflictValue("2023-09-13", (), ("the article",)),
        ConflictValue("2023-09-12", (), ("Joint Chiefs of Staff",)),
    )
    event = replace(coded.events[0], conflicts=(Conflict("date", values),))
    page = shown(replace(coded, events=(event,)))
    assert "Disputed: date: 2023-09-13 (the article) / 2023-09-12 (Joint Chiefs of Staff)" in page
    assert "Note: a sentence is cut off: “On Tuesday”" in page


def test_a_document_without_reports_says_so(make_coded: Callable[..., CodedDocument]) -> None:
    assert "0 reports of 0 events" in shown(make_coded(reports=()))
