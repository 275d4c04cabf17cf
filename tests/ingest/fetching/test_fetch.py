from __future__ import annotations

import gzip
import itertools
import socket
import threading
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import FetchError, SkipError
from dragoman.ingest.fetching.fetch import Fetcher

from .conftest import NOT_FOUND, Server, answer, one_line

type Make = Callable[..., Fetcher]


def drip(piece: bytes, head: bytes = b"") -> Callable[[socket.socket], None]:
    """Return an answer that begins with a head and then never ends, a piece every hundredth of a second."""

    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(0.01)

    return send


def flood(head: bytes) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(b"x" * 65536)

    return send


def hang(connection: socket.socket) -> None:
    connection.recv(1)


def test_a_page_comes_with_what_the_server_says_of_it(fetcher: Make, server: Server) -> None:
    url = server.give(
        "/a",
        answer(
            b"news",
            Content_Type="Text/HTML; charset=ISO-8859-1",
            ETag='"v1"',
            Last_Modified="Tue, 14 Nov 2023",
        ),
    )
    fetched = fetcher().get(url)
    assert (fetched.url, fetched.final_url, fetched.status, fetched.data) == (url, url, 200, b"news")
    assert (fetched.media_type, fetched.charset) == ("text/html", "iso-8859-1")
    assert (fetched.etag, fetched.last_modified) == ('"v1"', "Tue, 14 Nov 2023")


def test_the_server_is_told_who_asks(fetcher: Make, server: Server) -> None:
    fetcher(contact="https://example.org/reader").get(server.give("/a", answer(b"news")))
    assert all("User-Agent: dragoman/" in head for head in server.heads)
    assert all("(https://example.org/reader)\r\n" in head for head in server.heads)


# Bounds.


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (answer(b"x" * 100_001), "longer than"),
        (answer(b"", Content_Length="999999999999"), "longer than"),
        (flood(b"HTTP/1.1 200 OK\r\n\r\n"), "longer than"),
        (flood(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n"), "longer than"),
        (flood(b"HTTP/1.1 200 OK\r\nX: "), "a head of more than 8 KB"),
        (drip(b"X: y\r\n" * 100, b"HTTP/1.1 200 OK\r\n"), "a head of more than 8 KB"),
        (drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 50), "a head of more than 8 KB"),
        (drip(b" ", b"HTTP/1.1 200 OK\r\n\r\n"), "takes longer than 0.6 s"),
        (drip(b"1\r\nx\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), "takes longer than 0.6 s"),
        (drip(b"X", b"HTTP/1.1 200 OK\r\nX: "), "takes longer than 0.6 s"),
        (hang, r"sends nothing for 0\.3 s"),
        (answer(b"half", Content_Length="100"), "breaks off"),
        (b"", "breaks off"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "is no HTTP"),
        (b"\x00" * 100_000, "is no HTTP|a head of"),
        (answer(b"news", Content_Length="-5"), "is no HTTP"),
        (answer(b"news", Content_Encoding="br"), "packed as 'br'"),
        (answer(b"news", Content_Encoding="gzip, gzip"), "packed as"),
        (answer(b"news", Content_Encoding="gzip"), "does not unpack"),
        (answer(gzip.compress(b"news" * 99)[:-20], Content_Encoding="gzip"), "breaks off"),
        (answer(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip"), "longer than 97.7 KB"),
        (answer(zlib.compress(b"\0" * 50_000_000), Content_Encoding="deflate"), "longer than 97.7 KB"),
    ],
)  # fmt: skip
def test_an_answer_beyond_the_bounds_ends_in_time_and_in_one_line(
    fetcher: Make, server: Server, sent: bytes, words: str
) -> None:
    url = server.give("/a", sent)
    begun = time.monotonic()
    with pytest.raises(SkipError, match=words) as caught:
        fetcher().get(url)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - begun < 30


def test_packed_answers_are_unpacked(fetcher: Make, server: Server) -> None:
    news = b"news " * 1000
    bare = zlib.compressobj(wbits=-15)
    for number, (packing, data) in enumerate([
        ("gzip", gzip.compress(news)), ("x-gzip", gzip.compress(news)), ("deflate", zlib.compress(news)),
        ("deflate", bare.compress(news) + bare.flush()), ("identity", news),
        ("gzip", gzip.compress(news[:500]) + gzip.compress(news[500:])), ("gzip", gzip.compress(news) + b"\0" * 99),
    ]):  # fmt: skip
        assert fetcher().get(server.give(f"/{number}", answer(data, Content_Encoding=packing))).data == news


# Redirects.


def hops(server: Server, count: int) -> str:
    for number in range(count):
        server.give(f"/{number}", answer(status="302 Found", Location=f"/{number + 1}"))
    server.give(f"/{count}", answer(b"news"))
    return server.url("/0")


def test_redirects_are_followed_up_to_their_number(fetcher: Make, server: Server) -> None:
    fetched = fetcher(redirects=10).get(hops(server, 10))
    assert fetched.final_url == server.url("/10")
    assert fetched.data == b"news"


def test_seventeen_redirects_are_too_many(fetcher: Make, server: Server) -> None:
    with pytest.raises(FetchError, match="redirects more than 10 times"):
        fetcher(redirects=10).get(hops(server, 17))
    assert len(server.paths()) == 11


@pytest.mark.parametrize("location", ["", "ftp://127.0.0.1/a", "http://u:p@127.0.0.1/", "http://[::1"])
def test_a_redirect_to_what_is_not_fetched_is_refused(fetcher: Make, server: Server, location: str) -> None:
    with pytest.raises(FetchError, match="redirect"):
        fetcher().get(server.give("/a", answer(status="301 Moved", Location=location)))


def test_slow_redirects_share_the_time(fetcher: Make, server: Server) -> None:
    def slowly(connection: socket.socket) -> None:
        time.sleep(0.2)
        connection.sendall(answer(status="302 Found", Location="/a"))

    with pytest.raises(FetchError, match=r"takes longer than 0\.6 s"):
        fetcher(robots=False).get(server.give("/a", slowly))


# Politeness.


def test_robots_txt_is_asked_once_and_obeyed_for_each_page(fetcher: Make, server: Server) -> None:
    server.give(
        "/robots.txt", answer(b"User-agent: *\nDisallow: /private\n\nUser-agent: dragoman\nDisallow: /no/\n")
    )
    server.give("/ok", answer(status="302 Found", Location="/no/c"))
    made = fetcher()
    assert made.get(server.give("/private/a", answer(b"news"))).data == b"news"
    for path in ("/no/b", "/ok"):
        with pytest.raises(FetchError, match=r"is forbidden by http://127.*/robots\.txt"):
            made.get(server.url(path))
    assert server.asked == ["/robots.txt", "/private/a", "/ok"]


@pytest.mark.parametrize("status", ["401 No", "403 No", "404 No", "410 Gone"])
def test_without_a_robots_txt_all_may_be_fetched(fetcher: Make, server: Server, status: str) -> None:
    server.give("/robots.txt", answer(status=status))
    assert fetcher().get(server.give("/a", answer(b"news"))).data == b"news"


@pytest.mark.parametrize(
    ("sent", "words"),
    [(answer(status="500 Oh"), "answers 500"), (answer(status="429 No"), "answers 429"), (hang, "sends nothing")],
)  # fmt: skip
def test_with_a_robots_txt_that_cannot_be_had_nothing_is_fetched(
    fetcher: Make, server: Server, sent: bytes, words: str
) -> None:
    server.give("/robots.txt", sent)
    made = fetcher(attempts=2)
    for path in ("/a", "/b"):
        with pytest.raises(FetchError, match=words):
            made.get(server.give(path, answer(b"news")))
    assert server.asked == ["/robots.txt"] * 2


def test_only_the_beginning_of_a_long_robots_txt_counts(fetcher: Make, server: Server) -> None:
    server.give(
        "/robots.txt", answer(b"User-agent: *\nDisallow: /a\n" + b"#" * 600_000 + b"\nDisallow: /b\n")
    )
    made = fetcher(max_bytes=1_000_000)
    with pytest.raises(FetchError, match="forbidden"):
        made.get(server.give("/a", answer(b"news")))
    assert made.get(server.give("/b", answer(b"news"))).data == b"news"


def test_robots_txt_is_not_asked_for_where_that_is_set(fetcher: Make, server: Server) -> None:
    fetcher(robots=False).get(server.give("/a", answer(b"news")))
    assert server.asked == ["/a"]


def test_a_robots_txt_is_asked_for_again_when_it_is_old(fetcher: Make, server: Server) -> None:
    server.give("/robots.txt", answer(b"User-agent: *\nDisallow: /a"), answer(b""))
    made = fetcher(robots_hours=0.01)
    with pytest.raises(FetchError, match="forbidden"):
        made.get(server.give("/a", answer(b"news")))
    for known in made._robots._known.values():  # noqa: SLF001 - the clock is set forward by hand
        known.until = 0.0
    assert made.get(server.url("/a")).data == b"news"


def test_requests_to_one_host_keep_their_distance(fetcher: Make, server: Server) -> None:
    began: list[float] = []

    def note(connection: socket.socket) -> None:
        began.append(time.monotonic())
        connection.sendall(answer(b"news"))

    made, url = fetcher(delay=0.1, per_host=4), server.give("/a", note)
    threads = [threading.Thread(target=made.get, args=(url,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    began.sort()
    assert all(later - earlier > 0.05 for earlier, later in itertools.pairwise(began))


def test_no_more_requests_run_to_one_host_than_are_let(fetcher: Make, server: Server) -> None:
    lock, running, most = threading.Lock(), 0, 0

    def slowly(connection: socket.socket) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05)
        with lock:
            running -= 1
        connection.sendall(answer(b"news"))

    made, url = fetcher(per_host=2, robots=False), server.give("/a", slowly)
    threads = [threading.Thread(target=made.get, args=(url,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_what_has_not_changed_is_not_sent_again(fetcher: Make, server: Server) -> None:
    url = server.give("/a", answer(b"news", ETag='"v1"'), answer(status="304 Not Modified"))
    made = fetcher()
    first = made.get(url)
    second = made.get(url, etag=first.etag, last_modified="Tue, 14 Nov 2023 08:00:00 GMT")
    assert (second.status, second.data) == (304, b"")
    assert 'If-None-Match: "v1"\r\nIf-Modified-Since: Tue, 14 Nov 2023 08:00:00 GMT\r\n' in server.heads[-1]


def test_an_answer_of_no_change_to_a_question_without_a_version_is_none(
    fetcher: Make, server: Server
) -> None:
    with pytest.raises(FetchError, match="answers 304"):
        fetcher().get(server.give("/a", answer(status="304 Not Modified")))


def test_marks_of_a_version_that_could_break_a_request_are_left_out(fetcher: Make, server: Server) -> None:
    url = server.give("/a", answer(b"news", ETag='"' + "v" * 600 + '"'))
    assert fetcher().get(url, etag='"a"\r\nX: y').etag is None
    assert "X: y" not in server.heads[-1]


# Again.


@pytest.mark.parametrize(
    "failing",
    [answer(status="503 Busy"), answer(status="429 Slow down"), b"", answer(b"n", Content_Length="9")],
)
def test_what_may_pass_is_tried_again(fetcher: Make, server: Server, failing: bytes) -> None:
    url = server.give("/a", failing, failing, answer(b"news"))
    assert fetcher(attempts=3).get(url).data == b"news"
    assert server.paths() == ["/a"] * 3


@pytest.mark.parametrize(
    "failing", [NOT_FOUND, answer(status="403 No"), answer(status="410 Gone"), answer(b"x" * 100_001)]
)
def test_what_will_not_pass_is_not_tried_again(fetcher: Make, server: Server, failing: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher(attempts=3).get(server.give("/a", failing, answer(b"news")))
    assert not caught.value.passing
    assert server.paths() == ["/a"]


def test_the_wait_that_a_server_asks_for_is_kept(fetcher: Make, server: Server) -> None:
    url = server.give("/a", answer(status="429 No", Retry_After="1"), answer(b"news"))
    begun = time.monotonic()
    assert fetcher(attempts=2).get(url).data == b"news"
    assert time.monotonic() - begun >= 1


@pytest.mark.parametrize(
    "after", ["3600", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)]
)
def test_a_server_that_asks_for_a_long_wait_is_left_alone(fetcher: Make, server: Server, after: str) -> None:
    with pytest.raises(FetchError, match="answers 503") as caught:
        fetcher(attempts=3).get(
            server.give("/a", answer(status="503 Busy", Retry_After=after), answer(b"news"))
        )
    assert caught.value.retry_after is not None
    assert 3500 < caught.value.retry_after <= 3600
    assert server.paths() == ["/a"]


@pytest.mark.parametrize("after", ["soon", "-1", "²", "Tue, 99 Foo 2023"])
def test_a_wait_that_makes_no_sense_is_none(fetcher: Make, server: Server, after: str) -> None:
    url = server.give(
        "/a", f"HTTP/1.1 503 B\r\nRetry-After: {after}\r\nContent-Length: 0\r\n\r\n".encode(), answer(b"news")
    )
    assert fetcher(attempts=2).get(url).data == b"news"


# Stopping.


@pytest.mark.parametrize("sent", [hang, drip(b" ", b"HTTP/1.1 200 OK\r\n\r\n")])
def test_a_stop_ends_what_is_being_fetched(fetcher: Make, server: Server, sent: bytes) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    begun = time.monotonic()
    with pytest.raises(FetchError, match="stopped"):
        fetcher(stop=stop, total_seconds=30.0, read_seconds=30.0, attempts=5).get(server.give("/a", sent))
    assert time.monotonic() - begun < 10


def test_a_stop_ends_waiting_for_a_turn(fetcher: Make, server: Server) -> None:
    stop = threading.Event()
    made, url = fetcher(stop=stop, delay=1000.0, robots=False), server.give("/a", answer(b"news"))
    made.get(url)
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(FetchError, match="stopped"):
        made.get(url)


GOOD = answer(
    gzip.compress(b"news"), Content_Type="text/html; charset=utf-8", Content_Encoding="gzip", ETag='"v"'
)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nnews\r\n0\r\nX: y\r\n\r\n"
MOVED = answer(status="302 Found", Location="/b", Retry_After="1")


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a good answer in which some bytes were cut, put in or changed."""
    data = draw(st.sampled_from([GOOD, CHUNKED, MOVED]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.integers(0, 12)), len(data))
        data = data[:start] + draw(st.binary(max_size=12)) + data[end:]
    return data


@given(
    st.binary(max_size=200)
    | st.binary(max_size=200).map(lambda data: b"HTTP/1.1 200 OK\r\n" + data)
    | mutated()
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_any_bytes_are_an_answer_or_a_refusal(fetcher: Make, server: Server, data: bytes) -> None:
    try:
        assert fetcher(robots=False, max_bytes=1000).get(server.give("/a", data)).status == 200
    except FetchError as error:
        one_line(error)
