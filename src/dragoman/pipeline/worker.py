"""One worker process: it loads a reader, then reads what it is sent until nobody is left to send."""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from dragoman.config import ReaderConfig
from dragoman.errors import SkipError, StopError
from dragoman.ingest.files import Item
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument

# Each worker is one process for one core; more threads would only get in the way of the other workers.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker has loaded its reader, which has this version."""

    version: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A worker met what must stop the whole run."""

    error: StopError


@dataclass(frozen=True, slots=True)
class Part:
    """Documents to read, each with its place in its group."""

    documents: Sequence[tuple[int, Document]]


@dataclass(frozen=True, slots=True)
class Done:
    """What was read from each document of a part, or why it could not be, by its place in the group."""

    found: Sequence[tuple[int, CodedDocument | str]]


type Answer = Ready | Stop | Done


def work(connection: Connection, config: ReaderConfig) -> None:
    """Read what comes through the connection, until it is closed at the other end."""
    # Whoever stops the run tells the program that started us; we finish what is in hand and are told by it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    parts: queue.SimpleQueue[Part] = queue.SimpleQueue()
    # Receiving in a thread of its own: neither end ever waits for the other to empty its pipe.
    threading.Thread(target=_receive, args=(connection, parts), daemon=True).start()
    try:
        _answer(connection, config, parts)
    except StopError as error:
        connection.send(Stop(error))
    except BrokenPipeError:
        return


def _receive(connection: Connection, parts: queue.SimpleQueue[Part]) -> None:
    """Pass on what comes; end the process at once when the other end is gone, also when it was killed."""
    while True:
        try:
            parts.put(connection.recv())
        except (EOFError, OSError):
            os._exit(0)


def _answer(connection: Connection, config: ReaderConfig, parts: queue.SimpleQueue[Part]) -> None:
    from dragoman.pipeline.reader import Reader  # noqa: PLC0415 - heavy: only in the worker, not in who starts it
    from dragoman.pipeline.safely import read_safely  # noqa: PLC0415

    reader = Reader(config)
    connection.send(Ready(reader.version))
    while True:
        part = parts.get()
        found: dict[int, CodedDocument | str] = {}

        def skip(name: str, error: SkipError, found: dict[int, CodedDocument | str] = found) -> None:
            found[int(name)] = str(error)

        items = [Item(str(place), document) for place, document in part.documents]
        for item, coded in read_safely(reader, items, skip):
            found[int(item.name)] = coded
        connection.send(Done(sorted(found.items(), key=lambda each: each[0])))
