"""Stopping in good order: a first Ctrl-C or SIGTERM lets the batch in hand be finished, a second one does not."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """Whether somebody has asked for an end, and by which signal."""

    def __init__(self, tell: Callable[[], None] | None = None) -> None:
        """``tell`` is called once when it is asked for."""
        self.signal: int | None = None
        self._tell = tell

    def __bool__(self) -> bool:
        return self.signal is not None

    def until[T](self, items: Iterable[T]) -> Iterator[T]:
        """Yield the items until an end is asked for."""
        for item in items:
            if self:
                return
            yield item

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for the signals while the block runs; only the main thread can."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._asked) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        del frame
        if self:
            raise KeyboardInterrupt
        self.signal = number
        if self._tell:
            self._tell()
