"""What following feeds remembers, so that it goes on where it stopped: feeds, articles, and names of articles.

An article waits from the moment a feed lists it until it is in the store or given up; both the list and the marks
with which the feed is asked next (ETag) are written in one transaction, so that none is lost in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

# The step that makes the tables; it stands in the list of migrations.
WATCHING: tuple[str, ...] = (
    (
        'CREATE TABLE watch_feeds ("url" VARCHAR, "title" VARCHAR, "etag" VARCHAR, "last_modified" VARCHAR, '
        '"checked" TIMESTAMP, "due" TIMESTAMP, "failures" INTEGER, "trouble" VARCHAR, PRIMARY KEY (url))'
    ),
    (
        'CREATE TABLE watch_articles ("url" VARCHAR, "feed" VARCHAR, "title" VARCHAR, "published" VARCHAR, '
        '"found" TIMESTAMP, "state" VARCHAR, "tries" INTEGER, "due" TIMESTAMP, "reason" VARCHAR, PRIMARY KEY (url))'
    ),
    'CREATE TABLE watch_names ("name" VARCHAR, "url" VARCHAR, PRIMARY KEY (name))',
)

# States of an article: still to be fetched; in the store; the same as another one; given up.
WAITING, TAKEN, SAME, FAILED = "waiting", "taken", "same", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFeed:
    """What is known of a feed: times are UTC; ``failures`` counts those since it last answered well."""

    url: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    checked: datetime | None = None
    due: datetime | None = None
    failures: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedArticle:
    """An article that a feed lists, with what the feed says of it; ``tries`` counts failed ones, ``due`` is UTC."""

    url: str
    feed: str
    title: str | None = None
    published: str | None = None
    state: str = WAITING
    tries: int = 0
    due: datetime | None = None
    reason: str | None = None


def now() -> datetime:
    """Return the time, UTC, as the store has it: without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


class Watched:
    """Reads and writes the three tables."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, transaction: Callable[[Callable[[], None]], None]
    ) -> None:
        """``transaction`` does some work, all of it or nothing."""
        self._connection = connection
        self._transaction = transaction

    def feed(self, url: str) -> WatchedFeed:
        """Return what is known of a feed; a new one if nothing is."""
        row = self._connection.execute(
            "SELECT title, etag, last_modified, checked, due, failures, trouble FROM watch_feeds WHERE url = ?",
            [url],
        ).fetchone()
        if row is None:
            return WatchedFeed(url=url)
        title, etag, last_modified, checked, due, failures, trouble = row
        return WatchedFeed(
            url=url, title=title, etag=etag, last_modified=last_modified, checked=checked, due=due,
            failures=failures, trouble=trouble,
        )  # fmt: skip

    def waiting(self, feeds: Iterable[str]) -> list[WatchedArticle]:
        """Return the articles of some feeds that are still to be fetched, first found first."""
        rows = self._connection.execute(
            "SELECT url, feed, title, published, tries, due FROM watch_articles "
            "WHERE state = ? AND list_contains(?::VARCHAR[], feed) ORDER BY found, url",
            [WAITING, list(feeds)],
        ).fetchall()
        return [
            WatchedArticle(url=url, feed=feed, title=title, published=published, tries=tries, due=due)
            for url, feed, title, published, tries, due in rows
        ]

    def note(
        self, feed: WatchedFeed, listed: Sequence[tuple[WatchedArticle, Sequence[str]]] = ()
    ) -> list[WatchedArticle]:
        """Write how a feed stands and what it lists, in one transaction; return the articles that are new.

        Each article comes with its names; one of which any name is known already is not new, and its other
        names are learnt.

        Raises:
            StoreError: it could not be written.
        """
        new: list[WatchedArticle] = []

        def work() -> None:
            self._put(
                "watch_feeds",
                [feed.url, feed.title, feed.etag, feed.last_modified, feed.checked, feed.due, feed.failures,
                 feed.trouble],
            )  # fmt: skip
            known = self._owners(name for _, names in listed for name in names)
            for article, names in listed:
                owner = next((known[name] for name in names if name in known), article.url)
                if not any(name in known for name in names):
                    new.append(article)
                    self._put_article(article)
                for name in names:
                    if name not in known:
                        known[name] = owner
                        self._put("watch_names", [name, owner])

        self._transaction(work)
        return new

    def claim(self, names: Sequence[str], url: str) -> str:
        """Return the address of the article that has one of these names: ``url`` when no other has.

        Names that nobody has are this article's from now on.
        """
        known = self._owners(names)
        owner = next((known[name] for name in names if known.get(name, url) != url), url)

        def work() -> None:
            for name in dict.fromkeys(names):
                if name not in known:
                    self._put("watch_names", [name, owner])

        if any(name not in known for name in names):
            self._transaction(work)
        return owner

    def settle(self, articles: Sequence[WatchedArticle]) -> None:
        """Write how articles stand now.

        Raises:
            StoreError: it could not be written.
        """

        def work() -> None:
            for article in articles:
                self._put_article(article)

        if articles:
            self._transaction(work)

    def _owners(self, names: Iterable[str]) -> dict[str, str]:
        found = self._connection.execute(
            "SELECT name, url FROM watch_names WHERE list_contains(?::VARCHAR[], name)",
            [list(dict.fromkeys(names))],
        )
        return dict(found.fetchall())

    def _put_article(self, article: WatchedArticle) -> None:
        self._put(
            "watch_articles",
            [article.url, article.feed, article.title, article.published, now(), article.state, article.tries,
             article.due, article.reason],
        )  # fmt: skip

    def _put(self, table: str, values: list[Any]) -> None:
        """Write a row, in the place of the one with its key."""
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", values)
