from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.app import run
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.store import Store

Captured = pytest.CaptureFixture[str]
Make = Callable[..., CodedDocument]


@pytest.fixture
def db(tmp_path: Path, make_coded: Make) -> str:
    """Return a store of two documents, one of which another reader has read anew and otherwise."""
    path = tmp_path / "s.duckdb"
    old = make_coded(Document(text="Kim met Putin."), reports=({"id": "r1"},))
    new = make_coded(old.document, reports=({"id": "r1", "factuality": "planned"},))
    new = replace(new, document=replace(new.document, reader_version="2"))
    with Store(path) as store:
        store.write([old])
        store.replace([new])
        store.write([make_coded(Document(text="Kim met Putin twice.", published="2023-09-13"))])
    return str(path)


def lines(capsys: Captured) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_runs_are_listed(db: str, capsys: Captured) -> None:
    assert run(["runs", "--db", db, "--json"]) == 0
    found = lines(capsys)
    assert [(each["id"], each["kind"], each["documents"]) for each in found] == [
        (1, "ingest", 1), (2, "reread", 0), (3, "ingest", 1),
    ]  # fmt: skip
    run(["runs", "--db", db])
    assert "reread" in capsys.readouterr().out


def test_diff_shows_what_a_reread_changed(db: str, capsys: Captured) -> None:
    assert run(["diff", "1", "3", "--db", db]) == 0
    page = capsys.readouterr().out
    for words in (
        "~ report r1  Kim Jong Un CONSULT “met” Vladimir Putin",
        "    factuality: actual → planned",
        "+ document",
        "run 1 → 3: 1 document read anew, 1 of them differently; 1 document added",
        "reports: 1 changed",
    ):
        assert words in page
    run(["diff", "1", "2", "--db", db, "--json"])
    assert [(each["kind"], each["change"], each["fields"]["factuality"]) for each in lines(capsys)] == [
        ("report", "changed", ["actual", "planned"]), ("event", "changed", ["actual", "planned"]),
    ]  # fmt: skip
    assert run(["diff", "2", "9", "--db", db]) == 2
    assert "there is no run 9" in capsys.readouterr().err


def test_check_tells_each_fault_and_ends_with_2(db: str, capsys: Captured) -> None:
    assert run(["check", "--db", db, "--all"]) == 0
    assert "no fault found (2 documents)" in capsys.readouterr().out
    with Store(db) as store:
        store._connection.execute("DELETE FROM sentences")  # noqa: SLF001 - damage is done behind its back
    assert run(["check", "--db", db]) == 2
    assert "sentences: are not as many as their document tells: 2 rows" in capsys.readouterr().out
    assert run(["check", "--db", db, "--json"]) == 2
    assert lines(capsys)[0]["table"] == "sentences"


def test_a_store_is_copied_and_carried_as_parquet(db: str, tmp_path: Path, capsys: Captured) -> None:
    copy, folder, again = (str(tmp_path / name) for name in ("copy.duckdb", "news", "again.duckdb"))
    assert run(["backup", copy, "--db", db]) == 0
    assert run(["backup", copy, "--db", db]) == 2
    assert run(["export", "parquet", folder, "--db", copy]) == 0
    assert run(["import", folder, "--db", again, "--quiet"]) == 0
    capsys.readouterr()
    assert run(["import", folder, "--db", again, "--json"]) == 0
    assert set(lines(capsys)[0].values()) == {0}
    run(["documents", "--db", db, "--json"])
    before = capsys.readouterr().out
    run(["documents", "--db", again, "--json"])
    assert capsys.readouterr().out == before
    assert run(["import", str(tmp_path / "none"), "--db", again]) == 2


@pytest.mark.parametrize(("format_", "count"), [("jsonl", 2), ("csv", 3)])
def test_a_store_is_exported_as_text(db: str, tmp_path: Path, format_: str, count: int) -> None:
    out = tmp_path / "out"
    assert run(["export", format_, str(out), "--db", db]) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == count
    assert run(["export", format_, str(out), "--db", db]) == 2


def test_an_unknown_format_names_those_there_are(db: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(["export", "xls", str(tmp_path / "x"), "--db", db]) == 2
    assert "known: parquet, json, jsonl, csv" in capsys.readouterr().err


def test_reread_makes_no_store(tmp_path: Path, capsys: Captured) -> None:
    assert run(["reread", "--db", str(tmp_path / "none.duckdb")]) == 2
    assert "there is no store here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_reread_reads_what_an_older_reader_has_read(
    tmp_path: Path, make_coded: Make, capsys: Captured
) -> None:
    db = str(tmp_path / "s.duckdb")
    with Store(db) as store:
        store.write([make_coded(Document(text="Iran thanked Qatar."))])
    assert run(["reread", "--db", db, "--workers", "0"]) == 0
    assert (
        f"1 document read anew, 1 of them differently; see: dragoman diff 1 2 --db {db}"
        in capsys.readouterr().out
    )
    assert run(["reread", "--db", db, "--json"]) == 0
    assert lines(capsys) == [{"documents": 0, "changed": 0, "skipped": 0, "run": None}]


def test_the_summary_tells_what_was_skipped_and_why(tmp_path: Path, capsys: Captured) -> None:
    db, article, empty = (tmp_path / name for name in ("s.duckdb", "a.txt", "empty.txt"))
    article.write_text("Iran thanked Qatar.", encoding="utf-8")
    empty.touch()
    inputs = [str(article), str(empty), *(str(tmp_path / f"none{n}.txt") for n in range(2))]
    assert run(["ingest", *inputs, "--db", str(db)]) == 3
    assert capsys.readouterr().out.splitlines() == [
        f"{db}: 1 document, 1 report, 1 event added; 3 skipped",
        "  2 skipped: no such file",
        "  1 skipped: is empty",
    ]
    assert run(["ingest", *inputs, "--db", str(db), "--json"]) == 3
    assert lines(capsys)[0]["reasons"] == {"no such file": 2, "is empty": 1}


def test_ctrl_c_finishes_the_batch_in_hand_and_the_same_command_goes_on(tmp_path: Path, root: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number:03d}.txt").write_text(f"Iran thanked Qatar {number} times.", encoding="utf-8")
    db = tmp_path / "s.duckdb"
    names = sorted(map(str, tmp_path.glob("*.txt")))
    command = [sys.executable, "-m", "dragoman", "ingest", *names, "--db", str(db), "--workers", "1"]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, env={"PYTHONPATH": str(root / "src"), "TERM": "xterm", "COLUMNS": "100"}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=theirs, text=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = _until(ours, b"128/400")
        os.killpg(process.pid, signal.SIGINT)
        shown += _until(ours, b"the same command again goes on")
        assert process.stdout is not None
        summary = process.stdout.read()
    os.close(ours)
    assert process.returncode == 130
    assert "articles/s" in shown
    assert "documents, " in summary
    with Store(db, read_only=True) as store:
        done = len(list(store.documents()))
        assert 64 <= done <= 400
        assert [each.ended for each in store.runs()] == [None] or done == 400
    assert run([*command[3:-1], "0", "--quiet"]) == 0
    with Store(db, read_only=True) as store:
        assert [(each.documents, each.ended is None) for each in store.runs()] == [(400, False)]


def _until(terminal: int, words: bytes) -> str:
    """Read what is shown until these words are, for a minute at most."""
    shown, end = b"", time.monotonic() + 60
    while words not in shown and time.monotonic() < end:
        shown += os.read(terminal, 4096)
    return shown.decode("utf-8", "replace")
