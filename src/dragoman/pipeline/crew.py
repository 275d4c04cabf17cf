"""The worker processes of a run, seen one by one: started, given parts, asked for answers, ended."""

from __future__ import annotations

import math
import multiprocessing
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import cast

from dragoman.config import ReaderConfig
from dragoman.pipeline.worker import Answer, Part, work

# Parts that a worker is given ahead, so that it need not wait while the last batch is written.
AHEAD = 2
# How long a part may take before its worker is taken for stuck: seconds, and seconds a character. Reading takes some
# 50 microseconds a character on the machines we have measured; this is 20 times that.
PATIENCE = 300.0
PATIENCE_A_CHARACTER = 0.001
# Seconds that a worker gets to end by itself.
LEAVING = 5.0


@dataclass(slots=True)
class Worker:
    """One worker: its process, our end of the pipe, the parts it has, the first of which it is reading."""

    process: BaseProcess
    connection: Connection
    ready: bool = False
    parts: deque[Part] = field(default_factory=deque)
    since: float = field(default_factory=time.monotonic)

    def give(self, part: Part) -> None:
        """Send it a part; a worker that has just died is noticed when it is asked."""
        if not self.parts:
            self.since = time.monotonic()
        self.parts.append(part)
        try:
            self.connection.send(part)
        except OSError:
            return

    def ask(self) -> Answer | None:
        """Return its next answer; None when it is dead."""
        try:
            answer = cast("Answer", self.connection.recv())
        except (EOFError, OSError):
            return None
        self.since = time.monotonic()
        return answer

    def patience(self) -> float:
        """Return the seconds left until it is taken for stuck; one that has nothing to do never is."""
        if self.ready and not self.parts:
            return math.inf
        length = sum(len(document.text) for _, document in self.parts[0].documents) if self.parts else 0
        return self.since + PATIENCE + PATIENCE_A_CHARACTER * length - time.monotonic()

    def end(self) -> str:
        """End it, and return in a few words how it ended."""
        self.connection.close()
        self.process.join(LEAVING)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        code = self.process.exitcode or 0
        return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"


class Crew:
    """Workers that can be waited for together."""

    def __init__(self, config: ReaderConfig, count: int) -> None:
        """Start ``count`` processes; each loads a reader of its own, with these settings."""
        # Started anew instead of forked: no thread, lock or open store of ours is taken along.
        self._context = multiprocessing.get_context("spawn")
        self._config = config
        self.workers = [self._start() for _ in range(count)]

    def _start(self) -> Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._config), daemon=True)
        process.start()
        theirs.close()
        return Worker(process, ours)

    def renew(self, worker: Worker) -> str:
        """Put a new worker in the place of one that is dead or stuck; return how that one ended."""
        if worker.patience() < 0:
            worker.process.kill()
        ended = worker.end()
        self.workers[self.workers.index(worker)] = self._start()
        return ended

    def speaking(self) -> list[Worker]:
        """Wait until a worker has an answer, is dead, or is taken for stuck; return those."""
        left = max(min(worker.patience() for worker in self.workers), 0.0)
        timeout = None if math.isinf(left) else left
        found = wait([worker.connection for worker in self.workers], timeout)
        return [w for w in self.workers if w.connection in found or w.patience() < 0]

    def close(self) -> None:
        """End all of them."""
        for worker in self.workers:
            worker.connection.close()
        for worker in self.workers:
            worker.end()
