from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from dragoman.cli.app import run
from dragoman.cli.watch_screen import in_words
from dragoman.pipeline.watch_events import WatchEvent


@pytest.fixture
def dead(tmp_path: Path) -> Path:
    """Return a list of one feed at a port of this machine where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    path = tmp_path / "feeds.toml"
    path.write_text(
        f'[fetch]\nloopback = true\nattempts = 1\n[[feed]]\nurl = "http://127.0.0.1:{port}/rss"\n',
        encoding="utf-8",
    )
    return path


def test_no_feed_that_could_be_had_is_told_and_is_exit_code_2(
    dead: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["watch", str(dead), "--db", str(tmp_path / "s.duckdb"), "--once", "--quiet"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "/rss: no connection to 127.0.0.1: connection refused; again in 30 m" in told.err
    assert told.err.count("\n") == 1


def test_a_dead_feed_does_not_end_watching_before_its_time(
    dead: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["watch", str(dead), "--db", str(tmp_path / "s.duckdb"), "--for", "1s", "--json"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    events = [json.loads(line) for line in told.out.splitlines()]
    assert [event["event"] for event in events] == ["started", "feed-failed", "stopped"]
    assert events[-1]["reason"] == "time"
    assert all(event["at"].endswith("Z") for event in events)


def test_addresses_of_this_machine_are_refused_unless_opened(
    dead: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dead.write_text('[[feed]]\nurl = "http://localhost:8080/rss"\n', encoding="utf-8")
    assert run(["watch", str(dead), "--db", str(tmp_path / "s.duckdb"), "--once"]) == 2
    assert "is refused: localhost is at" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.toml"], "none.toml: no such file"),
        (["none.toml", "--interval", "soon"], "a time is like 90s"),
        (["FEEDS", "--for", "0s"], "a time is like 90s"),
    ],
)
def test_wrong_use_is_one_line_and_makes_no_store(
    dead: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    db = tmp_path / "s.duckdb"
    given = [str(dead) if each == "FEEDS" else each for each in arguments]
    assert run(["watch", *given, "--db", str(db)]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1
    assert not db.exists()


def test_every_kind_of_event_is_words_or_nothing() -> None:
    told = {
        "feeds": 2, "waiting": 1, "new": 3, "listed": 9, "changed": True, "reason": "answers 500", "again_in": 7200,
        "documents": 1, "reports": 2, "events": 2, "skipped": 0, "feed_failures": 1, "checks": 4,
    }  # fmt: skip
    lines = {
        kind: in_words(WatchEvent(kind, "http://n.example/a", told))
        for kind in (
            "started",
            "feed",
            "feed-failed",
            "article",
            "same",
            "put-off",
            "skipped",
            "written",
            "stopped",
        )
    }
    assert lines == {
        "started": "following 2 feeds; 1 article left from before",
        "feed": "http://n.example/a: 3 new",
        "feed-failed": "http://n.example/a: answers 500; again in 2 h",
        "article": None,
        "same": None,
        "put-off": "http://n.example/a: answers 500; again in 2 h",
        "skipped": "http://n.example/a: answers 500",
        "written": "1 article with 2 reports and 2 events written; 1 waiting",
        "stopped": "stopped: 1 article, 2 reports, 2 events added; 0 skipped, 1 of 4 checks of feeds failed",
    }
