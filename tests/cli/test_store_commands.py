from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.cli.app import run
from dragoman.model.event import CodedDocument
from dragoman.store import Store

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def db(tmp_path: Path, make_coded: Callable[..., CodedDocument]) -> str:
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.write([make_coded(reports=({}, {"event_type": "AID", "quad": 2, "attribution": ()}))])
    return str(path)


def lines(capsys: Captured) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_events_are_filtered(db: str, capsys: Captured) -> None:
    assert run(["events", "--db", db, "--type", "AID", "--json"]) == 0
    assert [event["event_type"] for event in lines(capsys)] == ["AID"]
    assert run(["events", "--db", db, "--dyad", "PRK, RUS", "--source", "tass", "--json"]) == 0
    assert [event["event_type"] for event in lines(capsys)] == ["CONSULT"]


def test_reports_name_their_document_and_event(db: str, capsys: Captured) -> None:
    run(["documents", "--db", db, "--json"])
    (document,) = lines(capsys)
    run(["events", "--db", db, "--json"])
    events = {event["id"] for event in lines(capsys)}
    run(["reports", "--db", db, "--json"])
    reports = lines(capsys)
    assert {report["document"] for report in reports} == {document["id"]}
    assert {report["event"] for report in reports} == events
    assert (document["family"], document["reports"]) == (document["id"], 2)


@pytest.mark.parametrize("command", ["events", "reports", "documents"])
def test_tables_are_for_people(db: str, command: str, capsys: Captured) -> None:
    assert run([command, "--db", db]) == 0
    table = capsys.readouterr().out
    assert ("Kim Jong Un" in table) or command == "documents"
    assert "\x1b" not in table


def test_nothing_found_is_said(db: str, capsys: Captured) -> None:
    assert run(["events", "--db", db, "--actor", "FRA"]) == 0
    assert "no event passes these filters" in capsys.readouterr().out


def test_explain_shows_words_rules_and_sources(db: str, capsys: Captured) -> None:
    run(["events", "--db", db, "--type", "CONSULT", "--json"])
    id_ = str(lines(capsys)[0]["id"])
    assert run(["explain", id_[:10], "--db", db]) == 0
    page = capsys.readouterr().out
    for words in (
        "meet.v",
        "TASS",
        "On Tuesday",
        "0-10",
        "The Post",
        "Vostochny Cosmodrome",
        "1 independent source",
    ):
        assert words in page
    run(["explain", id_, "--db", db, "--json"])
    (shown,) = lines(capsys)
    assert shown["event"]["id"] == id_  # type: ignore[index]
    assert "text" not in shown["evidence"][0]["document"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["explain", "zzz"], "no event 'zzz'"),
        (["events", "--dyad", "RUS"], "dyad must be two actors"),
        (["events", "--since", "monday"], "since must be a date"),
        (["documents", "--since", "monday"], "since must be a date"),
        (["reports", "--factuality", "sure"], "factuality must be one of"),
    ],
)
def test_wrong_use_is_one_line(db: str, arguments: list[str], words: str, capsys: Captured) -> None:
    assert run([*arguments, "--db", db]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.err.count("\n") == 1


def test_the_store_may_be_named_in_the_environment(
    db: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DRAGOMAN_DB", db)
    assert run(["documents", "--json"]) == 0
    assert len(lines(capsys)) == 1


def test_a_store_that_is_not_there_is_one_line(tmp_path: Path, capsys: Captured) -> None:
    assert run(["events", "--db", str(tmp_path / "none.duckdb")]) == 2
    assert "there is no store here" in capsys.readouterr().err


def test_ingest_reads_once_and_records_what_it_skipped(tmp_path: Path, capsys: Captured) -> None:
    article, db = tmp_path / "a.txt", str(tmp_path / "s.duckdb")
    article.write_text("Ukraine and Russia held talks in Istanbul on Tuesday.", encoding="utf-8")
    arguments = [
        "ingest",
        str(article),
        str(tmp_path / "none.txt"),
        "--db",
        db,
        "--published",
        "2022-03-30",
        "--json",
    ]
    assert run(arguments) == 3
    (first,) = lines(capsys)
    assert (first["documents"], first["known"], first["skipped"]) == (1, 0, 1)
    assert run(arguments) == 3
    (again,) = lines(capsys)
    assert (again["documents"], again["reports"], again["failures"], again["known"]) == (0, 0, 0, 1)
    with Store(db, read_only=True) as store:
        assert [failure.reason for failure in store.failures()] == ["no such file"]


def test_ingest_of_nothing_readable_ends_with_2(tmp_path: Path) -> None:
    assert run(["ingest", str(tmp_path / "none.txt"), "--db", str(tmp_path / "s.duckdb"), "--quiet"]) == 2
