"""Groups of documents read by worker processes; what comes out is in the order of what went in.

A worker that dies (for lack of memory, by a fault in a library) costs nothing but time: what it had in hand is read again
one document at a time, and the document at which a worker dies again is a failure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from dragoman.config import ReaderConfig
from dragoman.errors import StopError
from dragoman.model.event import CodedDocument
from dragoman.pipeline.crew import AHEAD, Crew, Worker
from dragoman.pipeline.groups import Group, Outcome
from dragoman.pipeline.worker import Done, Part, Ready, Stop
from dragoman.store import Failure

# Deaths with nothing read between them after which the machine is at fault, not the documents.
GIVE_UP = 6


@dataclass(slots=True)
class _Job:
    """A group on its way: its parts that nobody reads yet, and what was found by place in the group."""

    group: Group
    waiting: deque[Part]
    found: dict[int, CodedDocument | str] = field(default_factory=dict)

    def outcome(self) -> Outcome | None:
        """Return what was read when all of it was."""
        if len(self.found) < len(self.group.items):
            return None
        coded, failures = [], []
        for place, item in enumerate(self.group.items):
            each = self.found[place]
            if isinstance(each, str):
                failures.append(Failure(item.name, each))
            else:
                coded.append(each)
        return Outcome(self.group, coded, failures)


class Workers:
    """A number of worker processes; use it in a ``with`` statement."""

    def __init__(
        self, config: ReaderConfig, count: int, *, notice: Callable[[str], None] | None = None
    ) -> None:
        """Start the processes; ``notice`` is told in a line when one of them dies."""
        self._crew = Crew(config, count)
        self._notice = notice or (lambda _: None)
        self._deaths = 0
        self._jobs: deque[_Job] = deque()
        self._owners: dict[int, _Job] = {}
        self._version: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what is in their hands is lost."""
        self._crew.close()

    def version(self) -> str:
        """Return the version of the readers, after the first of them is loaded.

        Raises:
            StopError: none can be loaded.
        """
        while self._version is None:
            self._listen()
        return self._version

    def read(self, groups: Iterable[Group]) -> Iterator[Outcome]:
        """Yield what is read from each group, in order; groups are taken as there are hands for them.

        Raises:
            StopError: a reader cannot be loaded, or workers keep dying.
        """
        coming = iter(groups)
        more = True
        while more or self._jobs:
            more = more and self._fill(coming)
            while self._jobs and (outcome := self._jobs[0].outcome()) is not None:
                self._jobs.popleft()
                yield outcome
            self._hand_out()
            if self._jobs and self._jobs[0].outcome() is None:
                self._listen()

    def _fill(self, coming: Iterator[Group]) -> bool:
        """Take groups while there are hands for them; say whether there are more."""
        hands = AHEAD * len(self._crew.workers)
        while sum(job.outcome() is None for job in self._jobs) < hands and len(self._jobs) < 2 * hands:
            group = next(coming, None)
            if group is None:
                return False
            documents = [(place, item.document) for place, item in enumerate(group.items)]
            self._jobs.append(_Job(group, deque([Part(documents)] if documents else [])))
        return True

    def _hand_out(self) -> None:
        """Give each worker parts to read, those of the earliest groups first."""
        for job in self._jobs:
            while job.waiting:
                worker = min(self._crew.workers, key=lambda w: len(w.parts))
                if len(worker.parts) >= AHEAD:
                    return
                part = job.waiting.popleft()
                self._owners[id(part)] = job
                worker.give(part)

    def _listen(self) -> None:
        """Wait for answers and take them in."""
        for worker in self._crew.speaking():
            answer = worker.ask() if worker.patience() >= 0 else None
            match answer:
                case None:
                    self._bury(worker)
                case Ready():
                    worker.ready = True
                    self._version = answer.version
                case Stop():
                    raise answer.error
                case Done():
                    self._deaths = 0
                    self._owners.pop(id(worker.parts.popleft())).found.update(answer.found)

    def _bury(self, worker: Worker) -> None:
        """Start another worker for one that died; what it had in hand is read again, one document at a time."""
        stuck = worker.patience() < 0
        ended = self._crew.renew(worker)
        self._deaths += 1
        if self._deaths >= GIVE_UP:
            message = f"worker processes keep dying, the last one {ended}; there may be too little memory: use fewer with --workers"
            raise StopError(message)
        for nth, part in reversed(list(enumerate(worker.parts))):
            job = self._owners.pop(id(part))
            if nth > 0 or not worker.ready:
                job.waiting.appendleft(part)
            elif len(part.documents) > 1:
                job.waiting.extendleft(Part([each]) for each in reversed(part.documents))
            else:
                what = "takes longer than a reader may" if stuck else f"the process that read it {ended}"
                job.found[part.documents[0][0]] = f"could not be read: {what}"
        self._notice(f"a worker process {ended}; another takes its place")
