"""Refused before a connection is opened: shown at the resolver and the connector; nothing leaves the machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence

import httpcore
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import FetchError
from dragoman.ingest.fetching.addresses import refusal
from dragoman.ingest.fetching.fetch import Fetcher
from dragoman.ingest.fetching.network import Network, connect

from .conftest import Server, answer

PUBLIC = "93.184.216.34"


class Recorder:
    """A network that answers look-ups from a list and sends every connection to a local server, or nowhere."""

    def __init__(self, hosts: dict[str, Sequence[Sequence[str]]], port: int | None = None) -> None:
        self.hosts = {host: list(answers) for host, answers in hosts.items()}
        self.port = port
        self.looked_up: list[str] = []
        self.connected: list[tuple[str, int]] = []

    @property
    def network(self) -> Network:
        return Network(self.resolve, self.connect)

    def resolve(self, host: str, _: int) -> Sequence[str]:
        self.looked_up.append(host)
        answers = self.hosts[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.connected.append((address, port))
        if self.port is None:
            raise ConnectionRefusedError
        return connect("127.0.0.1", self.port, seconds)


@pytest.mark.parametrize("robots", [True, False])
@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1", "::ffff:10.0.0.1"],
)
def test_a_name_that_leads_inside_is_not_connected_to(
    fetcher: Callable[..., Fetcher], address: str, *, robots: bool
) -> None:
    seen = Recorder({"news.example": [[address]]})
    with pytest.raises(FetchError, match=r"is refused: news\.example is at .* only public addresses"):
        fetcher(seen.network, loopback=False, robots=robots).get("http://news.example/a")
    assert seen.looked_up
    assert seen.connected == []


def test_one_address_that_leads_inside_spoils_all(fetcher: Callable[..., Fetcher]) -> None:
    seen = Recorder({"news.example": [[PUBLIC, "10.0.0.1"]]})
    with pytest.raises(FetchError, match="private"):
        fetcher(seen.network, loopback=False).get("http://news.example/a")
    assert seen.connected == []


@given(st.ip_addresses())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_only_an_address_that_passes_is_connected_to(
    fetcher: Callable[..., Fetcher], address: object
) -> None:
    seen = Recorder({"news.example": [[str(address)]]})
    with pytest.raises(FetchError):
        fetcher(seen.network, loopback=False, robots=False).get("http://news.example/a")
    assert bool(seen.connected) is (refusal(str(address)) is None)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "017700000001", "[::1]", "localhost", "10.0.0.1"],
)
def test_every_spelling_of_an_inner_address_is_refused_with_the_real_resolver(
    fetcher: Callable[..., Fetcher], host: str
) -> None:
    seen = Recorder({})
    with pytest.raises(FetchError, match=r"refused|not found"):
        fetcher(Network(connect=seen.connect), loopback=False).get(f"http://{host}/a")
    assert seen.connected == []


def test_what_was_vetted_is_connected_to_though_the_name_changes_its_mind(
    fetcher: Callable[..., Fetcher], server: Server
) -> None:
    server.give("/a", answer(b"news"))
    seen = Recorder({"news.example": [[PUBLIC], ["127.0.0.1"]]}, server.port)
    assert fetcher(seen.network, loopback=False, robots=False).get("http://news.example/a").data == b"news"
    assert seen.looked_up == ["news.example"]
    assert seen.connected == [(PUBLIC, 80)]
    with pytest.raises(FetchError, match="loopback"):
        fetcher(seen.network, loopback=False, robots=False).get("http://news.example/a")
    assert seen.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "location",
    [
        "http://inside.example/",
        "http://127.0.0.1/",
        "http://[::1]:8080/",
        "http://169.254.169.254/latest",
        "//10.0.0.1",
    ],
)
def test_a_redirect_inside_is_refused_before_it_is_connected_to(
    fetcher: Callable[..., Fetcher], server: Server, location: str
) -> None:
    server.give("/a", answer(status="302 Found", Location=location))
    names = ("127.0.0.1", "::1", "169.254.169.254", "10.0.0.1")
    inside = {name: [[name]] for name in names} | {"inside.example": [["192.168.7.7"]]}
    seen = Recorder({"news.example": [[PUBLIC]], **inside}, server.port)
    with pytest.raises(FetchError, match="is refused"):
        fetcher(seen.network, loopback=False).get("http://news.example/a")
    assert {address for address, _ in seen.connected} == {PUBLIC}
    assert server.paths() == ["/a"]


def test_a_robots_txt_that_redirects_inside_is_refused(
    fetcher: Callable[..., Fetcher], server: Server
) -> None:
    server.give("/robots.txt", answer(status="301 Moved", Location="http://10.0.0.1/robots.txt"))
    seen = Recorder({"news.example": [[PUBLIC]], "10.0.0.1": [["10.0.0.1"]]}, server.port)
    with pytest.raises(FetchError, match="is refused"):
        fetcher(seen.network, loopback=False).get("http://news.example/a")
    assert server.asked == ["/robots.txt"]


def test_the_next_address_is_tried_when_one_does_not_answer(
    fetcher: Callable[..., Fetcher], server: Server
) -> None:
    server.give("/a", answer(b"news"))

    def halting(address: str, _: int, seconds: float) -> httpcore.NetworkStream:
        if address == "8.8.8.8":
            raise ConnectionRefusedError(111, "Connection refused")
        return connect("127.0.0.1", server.port, seconds)

    network = Network(lambda *_: ["8.8.8.8", PUBLIC], halting)
    assert fetcher(network, loopback=False).get("http://news.example/a").data == b"news"


def test_a_resolver_or_connection_that_never_comes_back_is_left(fetcher: Callable[..., Fetcher]) -> None:
    never = threading.Event()

    def wait(*_: object) -> list[str]:
        never.wait()
        return []

    for network in (Network(wait), Network(lambda *_: [PUBLIC], wait)):  # type: ignore[arg-type]
        with pytest.raises(FetchError, match=r"nothing came for 0\.2 s"):
            fetcher(network, loopback=False, connect_seconds=0.2).get("http://news.example/a")
    never.set()


def test_a_name_that_nobody_knows_is_told(fetcher: Callable[..., Fetcher]) -> None:
    def unknown(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(FetchError, match=r"the host news\.example is not found \(.*not known"):
        fetcher(Network(unknown)).get("http://news.example/a")


def test_proxies_of_the_environment_are_not_used(
    fetcher: Callable[..., Fetcher], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetcher().get(server.give("/a", answer(b"news"))).data == b"news"
