from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from dragoman.config import ReaderConfig
from dragoman.errors import StopError
from dragoman.ingest.files import Item
from dragoman.model.document import Document
from dragoman.pipeline.groups import Batch, Group
from dragoman.pipeline.workers import Workers

# Long enough to be caught while it is read: some seconds.
GUILTY = "Iran thanked Qatar for food, said officials of Oman who met them in Doha on Tuesday. " * 3000


def groups(*texts: str, size: int = 2) -> Iterator[Group]:
    items = [Item(f"item {number}", Document(text=text)) for number, text in enumerate(texts)]
    for first in range(0, len(items), size):
        yield Group(items[first : first + size], Batch(), last=True)


def kill_who_reads(workers: Workers, words: str, ended: threading.Event) -> None:
    """Kill each worker that has a text with these words in hand, as the system does when memory runs out."""
    while not ended.is_set():
        for worker in list(workers._crew.workers):  # noqa: SLF001 - as the system does it, from outside
            hand = worker.parts[0].documents if worker.ready and worker.parts else ()
            if any(words in document.text for _, document in hand) and worker.process.pid:
                os.kill(worker.process.pid, signal.SIGKILL)
                worker.process.join()
        time.sleep(0.01)


def test_order_is_kept_and_a_death_costs_one_document_only() -> None:
    texts = ["Iran thanked Qatar.", GUILTY, *(f"Ghana met Mali {n} times." for n in range(7))]
    told: list[str] = []
    ended = threading.Event()
    with Workers(ReaderConfig(), 1, notice=told.append) as workers:
        killer = threading.Thread(target=kill_who_reads, args=(workers, GUILTY, ended))
        killer.start()
        found = list(workers.read(groups(*texts)))
        ended.set()
        killer.join()
    read = [coded.document.text for outcome in found for coded in outcome.coded]
    assert read == [text for text in texts if text != GUILTY]
    ((failure,), *others) = [outcome.failures for outcome in found]
    assert failure.input == "item 1"
    assert failure.reason == "could not be read: the process that read it was killed by signal 9"
    assert others == [()] * len(others) or not any(others)
    assert len(told) == 2


def test_what_stops_a_worker_stops_the_run_with_its_own_words() -> None:
    with (
        Workers(ReaderConfig(pipeline="no_such_pipeline"), 1) as workers,
        pytest.raises(StopError, match="no_such"),
    ):
        list(workers.read(groups("Iran thanked Qatar.")))


def test_groups_without_documents_come_back_at_once_and_in_order() -> None:
    with Workers(ReaderConfig(pipeline="no_such_pipeline"), 1) as workers:
        empty = [Group((), Batch(known=n), last=True) for n in range(9)]
        assert [outcome.group for outcome in workers.read(empty)] == empty


def test_workers_are_gone_after_the_block() -> None:
    with Workers(ReaderConfig(), 2) as workers:
        processes = [worker.process for worker in workers._crew.workers]  # noqa: SLF001 - they are no part of its face
    assert not any(process.is_alive() for process in processes)
