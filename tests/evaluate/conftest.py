"""Small annotations over the sample sentence, and files made from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.evaluate.annotation import Page, read_page
from dragoman.model.event import CodedDocument

SAMPLE = "On Tuesday, TASS said, Kim met Putin in Vostochny and looked at two missiles."


def _span(words: str, text: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


@pytest.fixture(scope="session")
def make_gold() -> Callable[..., dict[str, Any]]:
    """Return a factory of annotated reports as plain data: the sample's meeting, with some keys changed.

    A key set to `...` is left out.
    """

    def make(words: str = "met", **changes: Any) -> dict[str, Any]:
        keys: dict[str, Any] = {
            "id": "r01",
            "sentence": _span(SAMPLE, SAMPLE),
            "trigger": _span(words, SAMPLE),
            "event_types": ["CONSULT"],
            "actors": [{**_span("Kim", SAMPLE), "code": "PRKGOV"}],
            "recipients": [{**_span("Putin", SAMPLE), "code": "RUSGOV"}],
            "factuality": ["actual"],
            "attribution": [{"text": "TASS", "code": "RUSMED"}],
            "required": True,
            **changes,
        }
        return {key: value for key, value in keys.items() if value is not ...}

    return make


@pytest.fixture
def write_gold(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the sample and an annotation of it, and gives the annotation's path."""

    def write(*reports: dict[str, Any], name: str = "sample", **keys: Any) -> Path:
        (tmp_path / f"{name}.txt").write_text(SAMPLE, encoding="utf-8")
        gold = {"document": f"{name}.txt", "published": "2023-09-13", "reports": list(reports), **keys}
        path = tmp_path / f"{name}.gold.json"
        path.write_text(json.dumps({k: v for k, v in gold.items() if v is not ...}), encoding="utf-8")
        return path

    return write


@pytest.fixture
def make_page(write_gold: Callable[..., Path]) -> Callable[..., Page]:
    """Return a function that gives the sample with annotated reports."""

    def make(*reports: dict[str, Any], **keys: Any) -> Page:
        return read_page(write_gold(*reports, **keys))

    return make


@pytest.fixture(scope="session")
def make_two(make_coded: Callable[..., CodedDocument]) -> Callable[..., CodedDocument]:
    """Return a factory of the sample with two reports: the meeting, and one told by "looked"."""

    def make(**changes: Any) -> CodedDocument:
        coded = make_coded(reports=({}, {"event_type": "MOBILIZE", **changes}))
        met, other = coded.reports
        looked = _span("looked", SAMPLE)
        return replace(coded, reports=(met, replace(other, **looked)))

    return make
