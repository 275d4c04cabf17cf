"""Connections: a host is looked up once, all its addresses are vetted, and one of these is connected to.

Nothing between the look-up and the connection asks for the name again, so that an answer cannot change in
between. What comes over the connection is bounded in time and bytes.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore

from dragoman.errors import FetchError
from dragoman.ingest.fetching.addresses import refusal
from dragoman.ingest.fetching.config import FetchConfig

type Resolve = Callable[[str, int], Sequence[str]]
type Connect = Callable[[str, int, float], httpcore.NetworkStream]

# A wait is cut into pieces of so many seconds, so that a stop is noticed soon.
PIECE = 0.25
# Addresses of one host that are tried, one after the other.
MOST_ADDRESSES = 4


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system's resolver gives them; without a bound in time."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def connect(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """Return a connection to an address, which is numeric: nothing is looked up."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)


@dataclass(frozen=True, slots=True)
class Network:
    """The two functions that touch the network; tests put their own in their place."""

    resolve: Resolve = look_up
    connect: Connect = connect


class Bounds:
    """What is left of time and bytes for one answer; asking when nothing is left raises `FetchError`."""

    def __init__(self, config: FetchConfig, seconds: float, stop: threading.Event) -> None:
        """Let the time run from now."""
        self.config = config
        self._stop = stop
        self._end = time.monotonic() + seconds
        self._in_head = True
        self._bytes = config.header_bytes

    def piece(self, end: float) -> float:
        """Return how many seconds may be waited before asking again; ``end`` is when the wait ends at last.

        Raises:
            FetchError: the time for all of the answer is up, or everything is to stop.
        """
        if self._stop.is_set():
            message = "was being fetched when dragoman was stopped"
            raise FetchError(message, passing=True)
        now = time.monotonic()
        if now >= self._end:
            message = f"takes longer than {self.config.total_seconds:g} s"
            raise FetchError(message, passing=True)
        return max(min(PIECE, self._end - now, end - now), 0.001)

    def at_most(self, wanted: int) -> int:
        """Return how many bytes may be read now.

        Raises:
            FetchError: there were too many already.
        """
        if self._bytes <= 0:
            limit = self.config.header_bytes if self._in_head else self.config.max_bytes
            message = f"has {'a head' if self._in_head else 'an answer'} of more than {size(limit)}"
            raise FetchError(message)
        return min(wanted, self._bytes)

    def came(self, count: int) -> None:
        """Count bytes that were read."""
        self._bytes -= count

    def head_ended(self) -> None:
        """Count on for the body: twice its bound, for it may be sent in small pieces with a length each."""
        self._in_head = False
        self._bytes = 2 * self.config.max_bytes + self.config.header_bytes


class BoundedStream(httpcore.NetworkStream):
    """A connection that keeps to its bounds."""

    def __init__(self, inner: httpcore.NetworkStream, bounds: Bounds) -> None:
        """Bind a connection to bounds."""
        self._inner = inner
        self._bounds = bounds

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the bounds know better
        """Return what comes next; no bytes at the end."""
        seconds = self._bounds.config.read_seconds
        end = time.monotonic() + seconds
        while True:
            wanted, piece = self._bounds.at_most(max_bytes), self._bounds.piece(end)
            try:
                data = self._inner.read(wanted, timeout=piece)
            except httpcore.ReadTimeout as error:
                if time.monotonic() >= end:
                    message = f"sends nothing for {seconds:g} s"
                    raise FetchError(message, passing=True) from error
                continue
            self._bounds.came(len(data))
            return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send bytes."""
        self._bounds.piece(0)
        self._inner.write(buffer, timeout=self._bounds.config.read_seconds)

    def close(self) -> None:
        """End the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Return the connection as a protected one; the certificate must be that of the host by name."""
        self._bounds.piece(0)
        seconds = self._bounds.config.connect_seconds
        return BoundedStream(self._inner.start_tls(ssl_context, server_hostname, seconds), self._bounds)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the type is httpcore's
        """Return what httpcore asks about the connection."""
        return self._inner.get_extra_info(info)


class VettedBackend(httpcore.NetworkBackend):
    """Connects to hosts by name, for one answer."""

    def __init__(self, network: Network, bounds: Bounds) -> None:
        """Take the functions to look up and connect with."""
        self._network = network
        self._bounds = bounds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Return a connection to one of the addresses of a host.

        Raises:
            FetchError: it has no address, one of them may not be fetched from, or none can be connected to.
        """
        addresses = self._vetted(host, port)
        last: Exception | None = None
        seconds = self._bounds.config.connect_seconds
        for address in addresses[:MOST_ADDRESSES]:
            made = self._in_time(lambda to=address: self._network.connect(to, port, seconds))  # type: ignore[misc]
            if isinstance(made, httpcore.NetworkStream):
                return BoundedStream(made, self._bounds)
            last = made
        message = f"no connection to {host}: {plainly(last or OSError())}"
        raise FetchError(message, passing=True) from last

    def _vetted(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host; one that may not be fetched from spoils all."""
        addresses = self._looked_up(host, port)
        for address in addresses:
            if reason := refusal(address, loopback=self._bounds.config.loopback):
                message = (
                    f"is refused: {host} is at {address}, {reason}; only public addresses are fetched from"
                )
                raise FetchError(message)
        if not addresses:
            message = f"the host {host} has no address"
            raise FetchError(message)
        return addresses

    def _looked_up(self, host: str, port: int) -> Sequence[str]:
        found = self._in_time(lambda: self._network.resolve(host, port))
        if isinstance(found, Exception):
            message = f"the host {host} is not found ({plainly(found)})"
            raise FetchError(message, passing=_may_pass(found)) from found
        return found

    def _in_time[T](self, work: Callable[[], T]) -> T | Exception:
        """Return what the work gives, or how it failed; it has a thread of its own, as it may never come back."""
        answer: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()

        def do() -> None:
            try:
                answer.put(work())
            except (OSError, UnicodeError, httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                answer.put(error)

        threading.Thread(target=do, daemon=True, name="dragoman-network").start()
        seconds = self._bounds.config.connect_seconds
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(queue.Empty):
                return answer.get(timeout=self._bounds.piece(end))
        return TimeoutError(f"nothing came for {seconds:g} s")


def _may_pass(error: Exception) -> bool:
    """Say whether looking up again may help: the name server did not answer, which is not to say no."""
    return isinstance(error, TimeoutError) or (
        isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
    )


def plainly(error: BaseException) -> str:
    """Return the words of an error of the network, in one line, without its number."""
    words = " ".join(str(error).split())
    return words.partition("] ")[2].lower() or words or type(error).__name__


def size(count: int) -> str:
    """Return a number of bytes for a person."""
    return f"{count // 1024**2} MB" if count >= 1024**2 else f"{count / 1024:.3g} KB"
