"""Fetching an address: its turn, its robots.txt, its redirects, and again when something passing failed."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from dragoman.errors import FetchError
from dragoman.ingest.fetching.asking import OK, Answer, Asking, ask
from dragoman.ingest.fetching.config import FetchConfig
from dragoman.ingest.fetching.network import Network
from dragoman.ingest.fetching.robots import LONGEST as LONGEST_ROBOTS
from dragoman.ingest.fetching.robots import LeftAloneError, Robots
from dragoman.ingest.fetching.turns import Turns
from dragoman.ingest.fetching.urls import check_url, next_url, origin_of

if TYPE_CHECKING:
    import httpx

NOT_MODIFIED = 304
REDIRECTS = (301, 302, 303, 307, 308)
# Statuses that say "later": asked too much, or a fault of the server that may pass.
PASSING = (408, 425, 429, 500, 502, 503, 504)
# A mark of a version (ETag) longer than this is not worth sending back. Characters.
LONGEST_MARK = 512
# How much the wait between attempts is changed by chance, so that not all ask again at once.
SPREAD = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave.

    ``final_url`` is where it came from after redirects. ``status`` is 200, or 304 with no data where it is
    as it was. ``media_type`` and ``charset`` are what the server says, in lower case, or None.
    """

    url: str
    final_url: str
    status: int
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    data: bytes = b""


class Fetcher:
    """Fetches addresses, from as many threads as you like; keep one, for it knows whom it asked when."""

    def __init__(
        self,
        config: FetchConfig | None = None,
        *,
        network: Network | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        """Take the settings (by default those of the environment).

        ``network`` stands in for the system's resolver and connections. When ``stop`` is set, whatever
        waits or is being fetched ends with a `FetchError`.
        """
        self.config = config or FetchConfig.make()
        stop = stop or threading.Event()
        self._asking = Asking(config=self.config, network=network or Network(), stop=stop)
        self._turns = Turns(self.config.per_host, stop)
        self._robots = Robots(self._robots_txt, self.config.robots_hours)

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Return what stands at an address; ``etag`` and ``last_modified`` are of the version you have.

        Raises:
            FetchError: one line that says why it cannot or will not be fetched; it is a `SkipError`.
        """
        start = check_url(url, any_port=self.config.loopback)
        headers = {
            name: value
            for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified))
            if value and value.isascii() and value.isprintable()
        }
        final, answer = self._again(lambda: self._follow(start, headers))
        media_type, charset = _kind(answer.headers)
        return Fetched(
            url=url, final_url=str(final), status=answer.status, media_type=media_type, charset=charset,
            etag=_mark(answer, "etag"), last_modified=_mark(answer, "last-modified"), data=answer.data,
        )  # fmt: skip

    def _again[T](self, work: Callable[[], T]) -> T:
        """Do the work, and do it again after a wait when something passing failed.

        Raises:
            FetchError: of the last attempt.
        """
        wait = self.config.retry_seconds
        for left in reversed(range(self.config.attempts)):
            try:
                return work()
            except FetchError as error:
                asked = error.retry_after or 0.0
                useless = isinstance(error, LeftAloneError) or not error.passing
                if useless or not left or asked > self.config.longest_wait:
                    raise
                spread = random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 - nothing secret hangs on it
                self._turns.pause(max(asked, min(wait * spread, self.config.longest_wait)))
                wait *= 2
        raise AssertionError

    def _follow(self, url: httpx.URL, headers: dict[str, str]) -> tuple[httpx.URL, Answer]:
        """Ask an address and, where it redirects, the next ones."""
        left = self.config.total_seconds
        for _ in range(self.config.redirects + 1):
            delay = self._robots.check(origin_of(url), str(url)) if self.config.robots else 0.0
            with self._turns.turn(url.netloc.decode("ascii"), max(self.config.delay, delay)):
                start = time.monotonic()
                answer = ask(url, self._asking, headers=headers, seconds=left)
                left -= time.monotonic() - start
            if answer.status not in REDIRECTS:
                return url, _accepted(answer, headers)
            url = self._redirected(url, answer)
        message = f"redirects more than {self.config.redirects} times"
        raise FetchError(message)

    def _robots_txt(self, words: str) -> bytes | None:
        """Return a robots.txt, None where it redirects on and on."""
        return self._again(lambda: self._follow_robots(check_url(words, any_port=self.config.loopback)))

    def _follow_robots(self, url: httpx.URL) -> bytes | None:
        left = self.config.total_seconds
        asking = replace(self._asking, cut=min(LONGEST_ROBOTS, self.config.max_bytes))
        for _ in range(self.config.redirects + 1):
            start = time.monotonic()
            answer = ask(url, asking, headers={}, seconds=left)
            left -= time.monotonic() - start
            if answer.status not in REDIRECTS:
                return _accepted(answer, {}).data
            url = self._redirected(url, answer)
        return None

    def _redirected(self, url: httpx.URL, answer: Answer) -> httpx.URL:
        location = answer.headers.get("location", "").strip()
        if not location:
            message = f"answers {answer.status}, a redirect that leads nowhere"
            raise FetchError(message, status=answer.status)
        return next_url(url, location, any_port=self.config.loopback)


def _accepted(answer: Answer, headers: dict[str, str]) -> Answer:
    """Return an answer that is one.

    Raises:
        FetchError: any other status than 200, and 304 where a version was named.
    """
    if answer.status == OK or (answer.status == NOT_MODIFIED and headers):
        return answer
    message = f"answers {answer.status}{REASONS.get(answer.status, '')}"
    raise FetchError(
        message, passing=answer.status in PASSING, status=answer.status, retry_after=_retry_after(answer)
    )


REASONS = {
    401: " (asks for a password)",
    403: " (forbidden)",
    404: " (not found)",
    410: " (gone for good)",
    429: " (asked too often)",
    500: " (a fault of the server)",
    503: " (not available now)",
}


def _retry_after(answer: Answer) -> float | None:
    """Return the seconds of Retry-After, which may be a date; None where it says nothing that can be read."""
    words = answer.headers.get("retry-after", "").strip()
    if words.isascii() and words.isdigit():
        return float(words[:9])
    try:
        when = parsedate_to_datetime(words)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max((when - datetime.now(UTC)).total_seconds(), 0.0)


def _kind(headers: httpx.Headers) -> tuple[str | None, str | None]:
    """Return media type and charset of an answer."""
    words = headers.get("content-type", "")
    if not words.isascii() or not words.isprintable() or not words:
        return None, None
    message = Message()
    message["content-type"] = words
    charset = message.get_content_charset()
    return words.partition(";")[0].strip().lower() or None, charset


def _mark(answer: Answer, name: str) -> str | None:
    """Return a mark of the version, if it can be sent back."""
    value = answer.headers.get(name, "").strip()
    fits = 0 < len(value) <= LONGEST_MARK and value.isascii() and value.isprintable()
    return value if fits else None
