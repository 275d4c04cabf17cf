from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from dragoman.export.formats import EXPORTERS, exporter
from dragoman.export.indented import indented
from dragoman.export.jsonl import jsonl
from dragoman.export.table import COLUMNS, csv_rows
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.model.quantity import Quantity

Make = Callable[..., CodedDocument]


def test_the_exporters_are_pinned() -> None:
    assert [each.name for each in EXPORTERS] == ["json", "jsonl", "csv"]
    assert exporter("xml") is None


def test_jsonl_is_one_line_a_document(make_coded: Make) -> None:
    coded = [make_coded(), make_coded(Document(text="a\nb"))]
    assert [json.loads(line) for line in jsonl(coded)] == [each.to_dict() for each in coded]
    assert all(line.count("\n") == 1 for line in jsonl(coded))


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_json_is_an_object_for_one_and_a_list_for_several(make_coded: Make, count: int) -> None:
    coded = [make_coded(Document(text=str(number))) for number in range(count)]
    printed = "".join(indented(coded))
    expected = [each.to_dict() for each in coded]
    if count == 0:
        assert printed == ""
    else:
        assert json.loads(printed) == (expected[0] if count == 1 else expected)


def test_csv_has_its_columns_and_one_row_a_report(make_coded: Make) -> None:
    coded = make_coded(
        reports=({}, {"time": None, "place": None, "actors": (), "mode": None, "attribution": ()})
    )
    rows = list(csv.DictReader(io.StringIO("".join(csv_rows([coded])))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["event"] == coded.events[0].id
    assert (rows[0]["actor_codes"], rows[0]["from"], rows[0]["quantities"]) == (
        "PRKGOV",
        "2023-09-12",
        "2 missile",
    )
    assert (rows[1]["actors"], rows[1]["from"], rows[1]["place"], rows[1]["mode"]) == ("", "", "", "")


def test_csv_keeps_commas_quotes_and_line_breaks_in_their_cells(make_coded: Make) -> None:
    coded = make_coded(Document(text="x", title='a, "b"\nc'))
    (row,) = csv.DictReader(io.StringIO("".join(csv_rows([coded]))))
    assert row["title"] == 'a, "b"\nc'


@pytest.mark.parametrize(
    ("low", "high", "words"), [(2.0, 2.0, "2 tank"), (2.0, 5.0, "2-5 tank"), (40.0, None, "40+ tank")]
)
def test_csv_words_quantities(make_coded: Make, low: float, high: float | None, words: str) -> None:
    coded = make_coded(reports=({"quantities": (Quantity(0, 1, "x", "tank", low, high),)},))
    (row,) = csv.DictReader(io.StringIO("".join(csv_rows([coded]))))
    assert row["quantities"] == words
