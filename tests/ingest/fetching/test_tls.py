"""Certificates are checked against the name of the host, though the connection goes to an address."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.errors import FetchError
from dragoman.ingest.fetching import asking
from dragoman.ingest.fetching.fetch import Fetcher
from dragoman.ingest.fetching.network import Network, connect

from .conftest import answer

PUBLIC = "93.184.216.34"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a key and a certificate for news.example, signed by itself."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("openssl is not installed, which makes the certificate of this test")
    folder = tmp_path_factory.mktemp("tls")
    command = [
        openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-keyout", folder / "key", "-out", folder / "certificate", "-subj", "/CN=news.example",
        "-addext", "subjectAltName=DNS:news.example",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    both = folder / "both"
    both.write_bytes((folder / "key").read_bytes() + (folder / "certificate").read_bytes())
    return both


@pytest.fixture
def network(certificate: Path) -> Iterator[Network]:
    """Return a network in which every host is at a public address, and connections end at a server of this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    plain, _ = listening.accept()
                except OSError:
                    return
                with contextlib.suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65536)
                    connection.sendall(answer(b"news"))

        threading.Thread(target=serve, daemon=True).start()
        port = listening.getsockname()[1]
        yield Network(lambda *_: [PUBLIC], lambda _, __, seconds: connect("127.0.0.1", port, seconds))
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the certificate of the test be trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    asking._tls.cache_clear()  # noqa: SLF001 - the checks are made once a process
    yield
    asking._tls.cache_clear()  # noqa: SLF001


def test_a_certificate_that_nobody_vouches_for_is_refused(
    fetcher: Callable[..., Fetcher], network: Network
) -> None:
    with pytest.raises(FetchError, match="certificate verify failed") as caught:
        fetcher(network, loopback=False, robots=False, attempts=3).get("https://news.example/a")
    assert not caught.value.passing


@pytest.mark.usefixtures("trusting")
def test_the_name_of_the_host_is_that_of_the_certificate(
    fetcher: Callable[..., Fetcher], network: Network
) -> None:
    made = fetcher(network, loopback=False, robots=False)
    assert made.get("https://news.example/a").data == b"news"
    with pytest.raises(FetchError, match="certificate verify failed"):
        made.get("https://other.example/a")
