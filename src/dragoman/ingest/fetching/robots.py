"""robots.txt: asked once an origin, kept for a while, and obeyed (RFC 9309).

What the answer to the question for robots.txt means:

- 200: its rules hold, of at most its first 500 KB.
- any other 4xx: there are no rules.
- 429, 5xx, no connection, too slow: nothing is fetched from there until it is asked again, ten minutes later.
- more redirects than are followed: as if there were none; a redirect that may not be followed: as 5xx.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from protego import Protego

from dragoman.errors import FetchError
from dragoman.ingest.fetching.config import AGENT

# RFC 9309 asks for at least this much to be read. Bytes.
LONGEST = 500 * 1024
# A robots.txt that could not be had is asked for again after so many seconds.
AGAIN_SECONDS = 600.0
# A Crawl-delay above this would stop all reading. Seconds.
LONGEST_DELAY = 60.0
# Origins whose rules are kept; the one that was asked first goes first.
MOST_ORIGINS = 1000
TOO_MANY_REQUESTS = 429
CLIENT_FAULTS = range(400, 500)


class LeftAloneError(FetchError):
    """Nothing is fetched from an origin for now, since its robots.txt cannot be had; trying again at once is no use."""

    def __init__(self, origin: str, trouble: FetchError) -> None:
        """Tell the trouble: as it is where nothing answered, for the page would fare no better."""
        words = (
            str(trouble) if trouble.status is None else f"is left alone, since {origin}/robots.txt {trouble}"
        )
        super().__init__(
            words,
            passing=trouble.passing or trouble.status is not None,
            status=trouble.status,
            retry_after=trouble.retry_after,
        )


@dataclass(slots=True)
class _Rules:
    """What is known of one origin; ``trouble`` says why nothing may be fetched there for now."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    until: float = 0.0
    rules: Protego | None = None
    trouble: FetchError | None = None


class Robots:
    """The rules of the origins that were asked."""

    def __init__(self, get: Callable[[str], bytes | None], hours: float) -> None:
        """``get`` fetches a robots.txt, None for too many redirects; what it gave holds for ``hours``."""
        self._get = get
        self._seconds = hours * 3600
        self._lock = threading.Lock()
        self._known: dict[str, _Rules] = {}

    def check(self, origin: str, url: str) -> float:
        """Return the delay in seconds that the rules ask for, 0 when they ask for none.

        Raises:
            FetchError: the address may not be fetched, or the rules cannot be had.
        """
        known = self._of(origin)
        with known.lock:
            if time.monotonic() >= known.until:
                self._ask(origin, known)
            rules, trouble = known.rules, known.trouble
        if trouble is not None:
            raise LeftAloneError(origin, trouble)
        if rules is None:
            return 0.0
        if not rules.can_fetch(url, AGENT):
            message = f"is forbidden by {origin}/robots.txt"
            raise FetchError(message)
        return min(rules.crawl_delay(AGENT) or 0.0, LONGEST_DELAY)

    def _of(self, origin: str) -> _Rules:
        with self._lock:
            while origin not in self._known and len(self._known) >= MOST_ORIGINS:
                del self._known[next(iter(self._known))]
            return self._known.setdefault(origin, _Rules())

    def _ask(self, origin: str, known: _Rules) -> None:
        known.rules, known.trouble = None, None
        known.until = time.monotonic() + self._seconds
        try:
            data = self._get(f"{origin}/robots.txt")
        except FetchError as error:
            if error.status in CLIENT_FAULTS and error.status != TOO_MANY_REQUESTS:
                return
            known.trouble = error
            known.until = time.monotonic() + min(self._seconds, max(error.retry_after or 0.0, AGAIN_SECONDS))
        else:
            known.rules = _parse(data)


def _parse(data: bytes | None) -> Protego | None:
    """Return the rules; none when they make no sense to the parser."""
    if data is None:
        return None
    try:
        return Protego.parse(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
