"""Turns: how many requests run to one host at a time, and how far apart they start."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from dragoman.errors import FetchError

# A host that was not asked for so long is forgotten, and hosts are looked through when there are so many.
FORGET_SECONDS = 3600.0
MANY_HOSTS = 10_000


class _Host:
    """One host: its free places, and when the next request may start."""

    def __init__(self, places: int) -> None:
        self.places = threading.Semaphore(places)
        self.next = 0.0


class Turns:
    """Gives threads their turn."""

    def __init__(self, places: int, stop: threading.Event) -> None:
        """Let ``places`` requests to one host run at a time; a ``stop`` ends all waiting."""
        self._places = places
        self._stop = stop
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextlib.contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait for a place and until ``delay`` seconds after the last start; hold the place.

        Raises:
            FetchError: all was stopped while waiting.
        """
        found = self._host(host)
        while not found.places.acquire(timeout=0.25):
            self.pause(0)
        try:
            with self._lock:
                start = max(time.monotonic(), found.next)
                found.next = start + delay
            self.pause(start - time.monotonic())
            yield
        finally:
            found.places.release()

    def pause(self, seconds: float) -> None:
        """Wait.

        Raises:
            FetchError: all was stopped.
        """
        if self._stop.wait(max(seconds, 0.0)):
            message = "was waiting for its turn when dragoman was stopped"
            raise FetchError(message, passing=True)

    def _host(self, name: str) -> _Host:
        with self._lock:
            if name not in self._hosts and len(self._hosts) >= MANY_HOSTS:
                old = time.monotonic() - FORGET_SECONDS
                self._hosts = {each: host for each, host in self._hosts.items() if host.next > old}
            return self._hosts.setdefault(name, _Host(self._places))
