"""What commands that read many articles share: who reads, and how they are stopped."""

from __future__ import annotations

import functools
import signal
from typing import TYPE_CHECKING

from dragoman.cli.exits import complain
from dragoman.cli.progress import notice
from dragoman.pipeline.stopping import Stopping

if TYPE_CHECKING:
    from dragoman.config import ReaderConfig
    from dragoman.pipeline.ingest import Options
    from dragoman.pipeline.reader import Reader
    from dragoman.pipeline.workers import Workers

# What a shell shows when a program was stopped by a signal: this plus its number.
SIGNALLED = 128


class Many:
    """The reader, the worker processes and the end of a command, as its options ask for them."""

    def __init__(self, config: ReaderConfig, workers: int | None, *, quiet: bool) -> None:
        """``workers`` None: as many as suit the machine, and none for a few articles; 0: none."""
        self._config = config
        self._workers = workers
        self._quiet = quiet
        self.stopping = Stopping(
            lambda: complain(
                "stopping after the batch in hand; the same command again goes on (again: at once)"
            )
        )
        self.reader = functools.cache(self._reader)

    def _reader(self) -> Reader:
        from dragoman.pipeline.reader import Reader

        return Reader(self._config, notice=notice(quiet=self._quiet))

    def _start(self) -> Workers:
        from dragoman.pipeline.sizing import default_workers
        from dragoman.pipeline.workers import Workers

        return Workers(self._config, self._workers or default_workers(), notice=complain)

    def options(self, *, originals: bool = True) -> Options:
        """Return how to read."""
        from dragoman.pipeline.ingest import Options

        return Options(
            workers=None if self._workers == 0 else self._start,
            always=bool(self._workers),
            originals=originals,
            stopping=self.stopping,
        )

    def exit_code(self, otherwise: int) -> int:
        """Return how the command ends: as a shell shows it when a signal has stopped it."""
        return SIGNALLED + (self.stopping.signal or signal.SIGINT) if self.stopping else otherwise
