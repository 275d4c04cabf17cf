"""Articles that wait to be fetched, host by host, so that a slow host holds up none but itself."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

from dragoman.store.watching import WatchedArticle


class Waiting:
    """The queue; an article that was started is flying until it has landed."""

    def __init__(self, per_host: int) -> None:
        """Let ``per_host`` articles of one host fly at a time."""
        self._per_host = per_host
        self._ready: defaultdict[str, deque[WatchedArticle]] = defaultdict(deque)
        self._later: list[tuple[datetime, int, WatchedArticle]] = []
        self._number = itertools.count()
        self._flying: Counter[str] = Counter()

    def __len__(self) -> int:
        """Count those that wait or fly."""
        return sum(map(len, self._ready.values())) + len(self._later) + self.flying

    @property
    def flying(self) -> int:
        """How many are being fetched."""
        return self._flying.total()

    def add(self, articles: Iterable[WatchedArticle]) -> None:
        """Let articles wait, those with a time until then."""
        for article in articles:
            if article.due is None:
                self._ready[_host(article)].append(article)
            else:
                heapq.heappush(self._later, (article.due, next(self._number), article))

    def any_due(self, moment: datetime) -> bool:
        """Say whether one could be started."""
        return any(self._ready.values()) or bool(self._later and self._later[0][0] <= moment)

    def start(self, moment: datetime, most: int) -> Iterator[WatchedArticle]:
        """Yield articles to be fetched now, while fewer than ``most`` fly."""
        while self._later and self._later[0][0] <= moment:
            article = heapq.heappop(self._later)[2]
            self._ready[_host(article)].append(article)
        for host in list(self._ready):
            waiting = self._ready[host]
            while waiting and self._flying[host] < self._per_host and self.flying < most:
                self._flying[host] += 1
                yield waiting.popleft()
            if not waiting:
                del self._ready[host]

    def landed(self, article: WatchedArticle) -> None:
        """Note that an article is no longer being fetched."""
        self._flying[_host(article)] -= 1
        self._flying = +self._flying


def _host(article: WatchedArticle) -> str:
    try:
        return urlsplit(article.url).netloc.lower()
    except ValueError:
        return ""
