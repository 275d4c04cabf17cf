"""Following feeds of a newsroom on this machine: real connections, real reading, nothing beyond loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dragoman.ingest.fetching.feedlist import load_feeds
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.watch_events import Tally, WatchEvent
from dragoman.pipeline.watching import Watcher, WatchOptions
from dragoman.store import Store

SETTINGS: dict[str, float] = {
    "delay": 0, "read_seconds": 1.0, "total_seconds": 1.5, "connect_seconds": 1.0, "retry_seconds": 0.05, "attempts": 2,
}  # fmt: skip

FAULTS = ("is no feed", "no connection", "answers 500", "sends nothing", "takes longer")


@pytest.fixture(scope="module")
def newsroom(root: Path) -> ModuleType:
    sys.path.insert(0, str(root / "benchmarks"))
    import newsroom as module

    module.SLOW_SECONDS = 0.5
    return module


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


class Desk:
    """A newsroom, a list of its feeds and a store, to be followed with different options."""

    def __init__(
        self, module: ModuleType, folder: Path, reader: Reader, feeds: int, *behaviours: str
    ) -> None:
        self.articles = 1
        self.room = module.Newsroom(feeds, lambda: self.articles, behaviours or module.BEHAVIOURS)
        self.list, self.db, self.reader = folder / "feeds.toml", folder / "s.duckdb", reader
        self.list.write_text(self.room.feed_list("1s", **SETTINGS), encoding="utf-8")
        self.events: list[WatchEvent] = []

    def watch(
        self, on_event: Callable[[WatchEvent, threading.Event], None] | None = None, **options: Any
    ) -> Tally:
        stop = threading.Event()

        def tell(event: WatchEvent) -> None:
            self.events.append(event)
            if on_event:
                on_event(event, stop)

        with Store(self.db) as store:
            watcher = Watcher(
                load_feeds(self.list), store, reader=lambda: self.reader, stop=stop, tell=tell,
                options=WatchOptions(**options),
            )  # fmt: skip
            return watcher.run()

    def titles(self) -> Counter[str]:
        with Store(self.db, read_only=True) as store:
            return Counter(stored.document.title for stored in store.documents())

    def reasons(self, kind: str) -> str:
        return " | ".join(str(event.told["reason"]) for event in self.events if event.kind == kind)


@pytest.fixture
def desk(newsroom: ModuleType, reader: Reader, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(feeds: int, *behaviours: str) -> Desk:
        made.append(Desk(newsroom, tmp_path, reader, feeds, *behaviours))
        return made[-1]

    yield make
    for each in made:
        each.room.close()


def test_each_article_of_good_and_bad_feeds_is_taken_once(desk: Callable[..., Desk]) -> None:
    at = desk(25)

    everything = len(at.room.expected(2))
    seen: Counter[str] = Counter()

    def publish(event: WatchEvent, stop: threading.Event) -> None:
        """Publish more with each batch; stop some checks after everything was taken and every fault was met."""
        at.articles = min(at.articles + (event.kind == "written"), 2)
        seen["written"] += int(str(event.told.get("documents", 0)))
        seen["later"] += seen["written"] >= everything
        if seen["later"] > 40 and all(fault in at.reasons("feed-failed") for fault in FAULTS):
            stop.set()

    tally = at.watch(publish, seconds=60.0)
    assert at.titles() == Counter(at.room.expected(2))
    assert tally.written.documents == everything
    assert tally.same == 2
    assert all(fault in at.reasons("feed-failed") for fault in FAULTS)
    assert "is forbidden by" in at.reasons("skipped")


def test_a_second_look_takes_only_what_is_new(desk: Callable[..., Desk]) -> None:
    at = desk(3, "good", "repeating", "same-guid")
    assert at.watch(once=True).taken == 3
    assert at.watch(once=True).taken == 0
    at.articles = 2
    assert at.watch(once=True).taken == 3
    assert set(at.titles().values()) == {1}
    pages = [count for room in at.room.rooms for count in room.pages.values()]
    assert pages == [1] * 6


def test_what_was_listed_but_not_fetched_is_fetched_by_the_next_run(desk: Callable[..., Desk]) -> None:
    at = desk(1, "good")
    at.articles = 4

    def stop_at_once(event: WatchEvent, stop: threading.Event) -> None:
        if event.kind == "feed":
            stop.set()

    assert at.watch(stop_at_once, once=True).found == 4
    taken = at.watch(once=True)
    assert at.events[-1].told["found"] == 0
    assert (taken.taken, at.titles()) == (4, Counter(at.room.expected(4)))


def test_an_article_in_hand_is_written_when_stopped(desk: Callable[..., Desk]) -> None:
    at = desk(1, "good")
    at.articles = 3

    def stop_at_first(event: WatchEvent, stop: threading.Event) -> None:
        if event.kind == "article":
            stop.set()

    assert at.watch(stop_at_first).taken >= 1
    assert at.events[-1].told["reason"] == "signal"
    at.watch(once=True)
    assert at.titles() == Counter(at.room.expected(3))


def test_a_feed_that_fails_is_asked_less_and_less_often(desk: Callable[..., Desk]) -> None:
    at = desk(1, "faulty")
    at.watch(seconds=2.8)
    failed = [event for event in at.events if event.kind == "feed-failed"]
    assert [event.told["again_in"] for event in failed] == [2, 4][: len(failed)]
    assert len(failed) >= 2
    with Store(at.db) as store:
        assert "answers 500" in next(failure.reason for failure in store.failures())
        assert store.watched().feed(at.room.rooms[0].feed).failures == len(failed)


def test_the_command_stops_cleanly_on_a_signal(desk: Callable[..., Desk], root: Path) -> None:
    at = desk(3, "silent", "dead", "trickling")
    command = [sys.executable, "-m", "dragoman", "watch", str(at.list), "--db", str(at.db), "--json"]
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        for line in run.stdout:
            if json.loads(line)["event"] == "feed-failed":
                run.send_signal(signal.SIGTERM)
                break
        last = [json.loads(line) for line in run.stdout][-1]
        assert run.stderr.read() == ""
    assert run.returncode == 0
    assert (last["event"], last["reason"]) == ("stopped", "signal")
    assert at.titles() == Counter()
