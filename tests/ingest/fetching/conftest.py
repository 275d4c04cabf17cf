"""A server on this machine whose answers a test writes, and fetchers that are in no hurry to be polite."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from dragoman.ingest.fetching.config import FetchConfig
from dragoman.ingest.fetching.fetch import Fetcher
from dragoman.ingest.fetching.network import Network

type Answer = bytes | Callable[[socket.socket], None]
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def answer(data: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return an answer, byte for byte."""
    told = {"Content_Length": str(len(data)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + data


def one_line(error: Exception, *words: str) -> None:
    """Say that an error is one line, with these words in it."""
    assert "\n" not in str(error)
    assert all(each in str(error) for each in words)


@dataclass
class Server:
    """What it answers by path, the last of several from then on; and what it was asked."""

    port: int
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def url(self, path: str = "/page") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def give(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]

    def serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                head = connection.recv(65536).decode()
                path = head.split(" ")[1] if head.count(" ") else "?"
                self.asked.append(path)
                self.heads.append(head)
                left = self.answers.get(path, [NOT_FOUND])
                chosen = left.pop(0) if len(left) > 1 else left[0]
                if callable(chosen):
                    chosen(connection)
                else:
                    connection.sendall(chosen)
            except OSError:
                return


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server; it closes each connection after its answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Server(listening.getsockname()[1])

        def accept() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=made.serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)


QUICK: dict[str, Any] = {
    "loopback": True,
    "delay": 0.0,
    "retry_seconds": 0.01,
    "connect_seconds": 1.0,
    "read_seconds": 0.3,
    "total_seconds": 0.6,
    "max_bytes": 100_000,
    "header_bytes": 8192,
    "attempts": 1,
}


@pytest.fixture
def fetcher() -> Callable[..., Fetcher]:
    """Return a factory of fetchers with settings of the test, and perhaps a network of its own."""

    def make(network: Network | None = None, stop: threading.Event | None = None, **settings: Any) -> Fetcher:
        return Fetcher(FetchConfig(**QUICK | settings), network=network, stop=stop)

    return make
