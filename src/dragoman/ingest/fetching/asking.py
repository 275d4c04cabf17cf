"""One request and its answer, over a connection of its own."""

from __future__ import annotations

import functools
import ssl
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

import httpcore
import httpx

from dragoman.errors import FetchError
from dragoman.ingest.fetching.config import FetchConfig
from dragoman.ingest.fetching.network import Bounds, Network, VettedBackend, plainly, size
from dragoman.ingest.fetching.unpacking import ACCEPTED, unpack
from dragoman.ingest.fetching.urls import port_of

OK = 200
FORMATS = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, head and body; the body is read only of an answer with status 200."""

    status: int
    headers: httpx.Headers
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How to ask: settings, network, the event that stops all, and what the body is cut to (0: not cut)."""

    config: FetchConfig
    network: Network
    stop: threading.Event
    cut: int = 0


def ask(url: httpx.URL, asking: Asking, *, headers: dict[str, str], seconds: float) -> Answer:
    """Return the answer to a GET, within the bounds of the settings and ``seconds``.

    Raises:
        FetchError: refused, no answer, one that is no HTTP, or one beyond the bounds.
    """
    bounds = Bounds(asking.config, seconds, asking.stop)
    connection = httpcore.HTTPConnection(
        httpcore.Origin(url.raw_scheme, url.raw_host, port_of(url)),
        ssl_context=_tls() if url.scheme == "https" else None,
        network_backend=VettedBackend(asking.network, bounds),
    )
    try:
        answered = connection.handle_request(_request(url, asking.config, headers))
        bounds.head_ended()
        data = _body(answered, asking) if answered.status == OK else b""
        return Answer(answered.status, httpx.Headers(answered.headers), data)
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        message = f"breaks off or is no HTTP: {plainly(error)}"
        raise FetchError(
            message, passing=not isinstance(error.__cause__, ssl.SSLCertVerificationError)
        ) from error
    finally:
        connection.close()


def _request(url: httpx.URL, config: FetchConfig, headers: dict[str, str]) -> httpcore.Request:
    told = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": config.user_agent,
        "Accept": FORMATS,
        "Accept-Language": "en, *;q=0.5",
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
        **headers,
    }
    return httpcore.Request(
        "GET",
        httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=port_of(url), target=url.raw_path or b"/"
        ),
        headers=[(name.encode("ascii"), value.encode("ascii")) for name, value in told.items()],
    )


def _body(answered: httpcore.Response, asking: Asking) -> bytes:
    headers = httpx.Headers(answered.headers)
    limit = asking.config.max_bytes
    told = headers.get("content-length", "")
    if not asking.cut and told.isascii() and told.isdigit() and int(told[:20]) > limit:
        message = f"is longer than {size(limit)}"
        raise FetchError(message)
    packing = headers.get("content-encoding", "")
    pieces = _pieces(cast("Iterable[bytes]", answered.stream))
    return unpack(pieces, packing, asking.cut or limit, cut=bool(asking.cut))


def _pieces(stream: Iterable[bytes]) -> Iterator[bytes]:
    yield from stream


@functools.cache
def _tls() -> ssl.SSLContext:
    """Return how certificates are checked: against those of certifi, or of SSL_CERT_FILE where it is set."""
    return httpx.create_ssl_context()
