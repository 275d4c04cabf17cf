"""Tests of the places of events: reading items, verdicts, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli.app import run
from dragoman.errors import UsageError
from dragoman.evaluate.event_places import MISSING, RIGHT, TOO_MANY, WRONG, judge, read_event_places, totals
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.pipeline.reader import Reader

TEXT = "Rebels attacked soldiers in Mosul on Sunday, an official said in Baghdad."


def span(words: str, label: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "label": label}


def line(*spans: dict[str, object]) -> str:
    return json.dumps({"text": TEXT, "spans": spans}) + "\n"


@pytest.fixture(scope="module")
def coded() -> CodedDocument:
    return next(iter(Reader().read([Document(text=TEXT)])))


@pytest.mark.parametrize(
    ("spans", "verdict"),
    [
        ((span("attacked", "VERB"), span("Mosul", "LOCATION")), RIGHT),
        ((span("attacked", "VERB"), span("Baghdad", "LOCATION")), WRONG),
        ((span("attacked", "VERB"),), TOO_MANY),
        ((span("Sunday", "VERB"), span("Mosul", "LOCATION")), None),
    ],
)
def test_verdicts(
    tmp_path: Path, coded: CodedDocument, spans: tuple[dict[str, object], ...], verdict: str | None
) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(line(*spans))
    (item,) = read_event_places(path)
    found = judge(0, item, coded)
    assert (found.verdict if found else None) == verdict
    if found:
        assert totals([item], [found]).placed == bool(item.places)


def test_a_report_without_a_place_is_missing_it(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    text = "Rebels attacked soldiers on Sunday."
    path.write_text(json.dumps({"text": text, "spans": [
        {"start": 7, "end": 15, "label": "VERB"}, {"start": 16, "end": 24, "label": "LOCATION"}]}))  # fmt: skip
    (item,) = read_event_places(path)
    found = judge(0, item, next(iter(Reader().read([Document(text=text)]))))
    assert found is not None
    assert found.verdict == MISSING


def test_spans_that_count_words_are_found_by_their_words(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(
        line({"start": 4, "end": 4, "label": "LOCATION", "text": "Mosul"}, span("attacked", "VERB"))
    )
    (item,) = read_event_places(path)
    assert [TEXT[start:end] for start, end in item.places] == ["Mosul"]


@pytest.mark.parametrize("content", ["", "{}\n", "no json\n", '{"text": 1, "spans": []}\n', "[]\n"])
def test_a_broken_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(content)
    with pytest.raises(UsageError):
        read_event_places(path)


def test_the_command_prints_figures_and_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(line(span("attacked", "VERB"), span("Baghdad", "LOCATION")))
    assert run(["evaluate", "event-places", str(path), "--errors", "5"]) == 0
    words = capsys.readouterr().out
    assert "reports made of 1" in words
    assert "wrong: wanted Baghdad, got Mosul" in words
    assert run(["evaluate", "event-places", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["placed"] == 1
