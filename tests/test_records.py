from __future__ import annotations

from collections.abc import Callable

from jsonschema import Draft202012Validator

from dragoman.model.event import CodedDocument
from dragoman.model.schema import json_schema
from dragoman.model.span import Note


def test_every_printed_record_conforms_to_the_schema(make_coded: Callable[..., CodedDocument]) -> None:
    open_fields = {
        "time": None,
        "place": None,
        "mode": None,
        "cameo": None,
        "goldstein": None,
        "intensity": None,
    }
    coded = make_coded(
        reports=({}, open_fields, {"attribution": (), "quantities": ()}), notes=(Note(0, 2, "On", "undated"),)
    )
    Draft202012Validator(json_schema()).validate(coded.to_dict())


def test_an_empty_document_conforms_to_the_schema(make_coded: Callable[..., CodedDocument]) -> None:
    Draft202012Validator(json_schema()).validate(make_coded(reports=()).to_dict())


def test_a_record_prints_its_fields_in_the_order_of_the_contract(
    make_coded: Callable[..., CodedDocument],
) -> None:
    printed = make_coded().to_dict()
    assert list(printed) == ["document", "sentences", "reports", "mentions", "events", "notes"]
    assert list(printed["reports"][0])[:5] == ["id", "sentence", "start", "end", "text"]
    assert list(printed["reports"][0]["time"]) == [
        "start",
        "end",
        "text",
        "from",
        "to",
        "precision",
        "anchored",
    ]
