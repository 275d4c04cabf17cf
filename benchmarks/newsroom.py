"""Feeds and articles on this machine, each feed at a port of its own, to try `dragoman watch` on.

Feeds publish an article every few seconds; many are good, others slow, dead, broken or repeating. What came is
counted, so that a script can say whether each article was taken once.
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

PLACES = ("Lagos", "Nairobi", "Lima", "Karachi", "Manila", "Bogota", "Tripoli", "Dhaka", "Accra", "Quito")
DEEDS = (
    "Police arrested {n} protesters in {place} on Tuesday, the interior ministry said.",
    "Soldiers shelled a village near {place}, and {n} people were killed, witnesses said.",
    "The president met {n} opposition leaders in {place} and promised new talks.",
    "Gunmen attacked a convoy outside {place}, wounding {n} soldiers.",
)
# Behaviours in the order in which feeds get them; "good" ones twice as often as all others together.
BEHAVIOURS = (
    "good", "good", "slow", "good", "cut", "good", "repeating", "good", "dead", "good", "echo", "good", "page",
    "good", "faulty", "good", "same-guid", "good", "silent", "good", "trickling", "good", "forbidden", "good",
    "flapping",
)  # fmt: skip
# Those that give no article at all.
BARREN = ("dead", "page", "faulty", "silent", "trickling", "forbidden")
SLOW_SECONDS = 2.0


class Room:
    """One feed: its behaviour, its articles, and how often each was asked for."""

    def __init__(self, number: int, behaviour: str, newsroom: Newsroom) -> None:
        """Open a port; that of a dead feed is closed again."""
        self.number, self.behaviour, self.newsroom = number, behaviour, newsroom
        self.pages: Counter[str] = Counter()
        self.asked = Counter[str]()
        if behaviour == "dead":
            with socket.socket() as taken:
                taken.bind(("127.0.0.1", 0))
                self.port = int(taken.getsockname()[1])
            return
        handler = type("Handler", (_Handler,), {"room": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        """Where it stands."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def feed(self) -> str:
        """The address of the feed."""
        return f"{self.address}/feed.xml"

    def published(self) -> int:
        """How many articles there are by now."""
        return self.newsroom.published()

    def items(self) -> list[tuple[str, str, str]]:
        """Return link, name and title of each entry."""
        listed = []
        for each in range(self.published()):
            link, guid = f"{self.address}/news/{each}.html", f"tag:{self.number}:{each}"
            if self.behaviour == "repeating":
                asked = self.asked["/feed.xml"]
                listed.append((f"{link}?utm_source=feed{asked}#top", f"{guid}:{asked}", self.title(each)))
                listed.append((link, guid, self.title(each)))
            elif self.behaviour == "same-guid":
                listed.append((link, "0", self.title(each)))
            elif self.behaviour == "echo":
                first = self.newsroom.rooms[0]
                listed.append((f"{self.address}/go/{each}", guid, first.title(each)))
            else:
                listed.append((link, guid, self.title(each)))
        return listed[::-1]

    def title(self, each: int) -> str:
        """Return the title of an article."""
        return f"Report {each} of room {self.number} from {PLACES[(self.number + each) % len(PLACES)]}"

    def feed_text(self) -> bytes:
        """Return the feed."""
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{escape(guid)}</guid>"
            "<pubDate>Tue, 14 Nov 2023 08:00:00 GMT</pubDate></item>"
            for link, guid, title in self.items()
        )
        text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Room {self.number}</title>{items}'
        return (text if self.behaviour == "cut" else f"{text}</channel></rss>").encode()

    def page_text(self, each: int) -> bytes:
        """Return the page of an article."""
        sentences = [
            deed.format(
                n=3 + (self.number * 7 + each * 3 + i) % 40,
                place=PLACES[(self.number + each + i) % len(PLACES)],
            )
            for i, deed in enumerate(DEEDS)
        ]
        body = "".join(
            f"<p>{sentence} This was news {each} of room {self.number}.</p>" for sentence in sentences
        )
        return (
            f"<html lang='en'><head><title>{escape(self.title(each))}</title>"
            f"<link rel='canonical' href='{self.address}/news/{each}.html'>"
            f"<meta property='article:published_time' content='2023-11-14T08:00:00Z'></head>"
            f"<body><nav><a href='/'>Home</a></nav><article><h1>{escape(self.title(each))}</h1>{body}</article></body></html>"
        ).encode()


class _Handler(BaseHTTPRequestHandler):
    """Answers for one room."""

    room: Room

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer by path."""
        room, path = self.room, self.path.partition("?")[0]
        room.asked[path] += 1
        try:
            if path == "/robots.txt":
                self._robots()
            elif path == "/feed.xml":
                getattr(self, f"_feed_{room.behaviour.replace('-', '_')}", self._feed)()
            elif path.startswith("/go/"):
                target = f"{room.newsroom.rooms[0].address}/news/{path.removeprefix('/go/')}.html"
                self._send(302, b"", Location=target)
            else:
                room.pages[path] += 1
                self._page(path)
        except OSError:
            return

    def _robots(self) -> None:
        rules = b"User-agent: *\nDisallow: /news/\n"
        self._send(*((200, rules) if self.room.behaviour == "forbidden" else (404, b"")))

    def _page(self, path: str) -> None:
        if self.room.behaviour == "flapping" and self.room.pages[path] == 1:
            self._send(503, b"", **{"Retry-After": "0"})
            return
        number = path.removeprefix("/news/").removesuffix(".html")
        self._send(200, self.room.page_text(int(number)), **{"Content-Type": "text/html; charset=utf-8"})

    def _feed(self) -> None:
        data = self.room.feed_text()
        mark = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == mark:
            self._send(304, b"", ETag=mark)
        else:
            self._send(200, data, ETag=mark, **{"Content-Type": "application/rss+xml"})

    def _feed_slow(self) -> None:
        time.sleep(SLOW_SECONDS)
        self._feed()

    def _feed_flapping(self) -> None:
        self._feed() if self.room.asked["/feed.xml"] % 2 else self._send(503, b"")

    def _feed_page(self) -> None:
        self._send(
            200, b"<html><body><p>Our feeds have moved.</p></body></html>", **{"Content-Type": "text/html"}
        )

    def _feed_faulty(self) -> None:
        self._send(500, b"")

    def _feed_silent(self) -> None:
        self.room.newsroom.closing.wait()

    def _feed_trickling(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>")
        while not self.room.newsroom.closing.wait(0.2):
            self.wfile.write(b" ")

    def _send(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Newsroom:
    """All feeds; ``published`` tells how many articles each has by now."""

    def __init__(
        self, feeds: int, published: Callable[[], int], behaviours: tuple[str, ...] = BEHAVIOURS
    ) -> None:
        """Open the ports."""
        self.published = published
        self.closing = threading.Event()
        self.rooms: list[Room] = []
        for number in range(feeds):
            self.rooms.append(Room(number, behaviours[number % len(behaviours)], self))

    def close(self) -> None:
        """Close the ports."""
        self.closing.set()
        for room in self.rooms:
            if room.behaviour != "dead":
                room.server.shutdown()
                room.server.server_close()

    def expected(self, published: int) -> set[str]:
        """Return the titles of all articles that can be taken when each feed has so many."""
        return {
            room.title(each)
            for room in self.rooms
            if room.behaviour not in (*BARREN, "echo")
            for each in range(published)
        }

    def feed_list(self, interval: str, **fetch: float) -> str:
        """Return the list of feeds, as TOML."""
        settings = "".join(f"{name} = {value}\n" for name, value in fetch.items())
        feeds = "".join(f'\n[[feed]]\nurl = "{room.feed}"\n' for room in self.rooms)
        return f'interval = "{interval}"\n\n[fetch]\nloopback = true\n{settings}{feeds}'
