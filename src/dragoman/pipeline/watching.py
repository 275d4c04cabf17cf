"""Following feeds: asked when they are due, each new article fetched once, read and written batch by batch.

One thread decides, reads and writes; others fetch. What is remembered is in the store, so that a run goes on where
the last one stopped, whatever ended it.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from dragoman.errors import FetchError, SkipError
from dragoman.ingest.fetching.entries import Listing, read_listing
from dragoman.ingest.fetching.feedlist import Feed, FeedList
from dragoman.ingest.fetching.fetch import NOT_MODIFIED, Fetched, Fetcher
from dragoman.ingest.fetching.pages import read_page
from dragoman.ingest.fetching.urls import same_page
from dragoman.ingest.files import Item
from dragoman.ingest.metadata import Metadata
from dragoman.pipeline.ingest import Failures, ingest
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.watch_events import Tally, Tell, WatchEvent
from dragoman.pipeline.watch_queue import Waiting
from dragoman.store import Store
from dragoman.store.watching import FAILED, SAME, TAKEN, WatchedArticle, WatchedFeed, now

# Feeds and articles that are fetched at the same time, of which so many articles. A slow host holds one place.
THREADS = 32
MOST_ARTICLES = 16
# Articles read and written together. Few, so that a stop waits for seconds only. Set by hand.
BATCH = 16
# An article in hand waits at most so many seconds for others to join its batch.
LONGEST_IN_HAND = 5.0
# How long the deciding thread waits for news before it looks around. Seconds.
TICK = 0.1
# A feed that fails is asked less and less often: after twice the interval, four times, ... up to so many seconds.
LONGEST_BACK_OFF = 12 * 3600.0
# An article that could not be fetched for a passing reason is tried so often in all, then given up.
MOST_TRIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOptions:
    """``once``: ask each feed one time and end; ``seconds``: end after so long."""

    once: bool = False
    seconds: float | None = None


@dataclass(slots=True)
class _Followed:
    """A feed, how it stands, and whether it is being asked or, with ``once``, was."""

    feed: Feed
    state: WatchedFeed
    busy: bool = False
    asked: bool = False


class Watcher:
    """Follows the feeds of a list."""

    def __init__(
        self,
        feeds: FeedList,
        store: Store,
        *,
        reader: Callable[[], Reader],
        stop: threading.Event,
        tell: Tell,
        options: WatchOptions | None = None,
    ) -> None:
        """``reader`` is asked when there is something to read; ``stop`` ends the run after the batch in hand."""
        self._store, self._reader, self._stop, self._tell = store, reader, stop, tell
        self._watched = store.watched()
        self._options = options or WatchOptions()
        self._fetcher = Fetcher(feeds.fetch, stop=stop)
        self._feeds = {feed.url: _Followed(feed, self._watched.feed(feed.url)) for feed in feeds.feeds}
        self._waiting = Waiting(feeds.fetch.per_host)
        # One page or feed is taken apart at a time: many long ones at once would fill the memory.
        self._parsing = threading.Lock()
        self._done: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._hand: list[tuple[WatchedArticle, Item]] = []
        self._hand_since = 0.0
        self._failures = Failures()
        self.tally = Tally()

    def run(self) -> Tally:
        """Follow until stopped, the time is up or, with ``once``, all is done; return what was done.

        Raises:
            StoreError: it could not be written; what was written before stays.
        """
        end = time.monotonic() + (self._options.seconds or float("inf"))
        self._waiting.add(self._watched.waiting(self._feeds))
        self._tell(WatchEvent("started", None, {"feeds": len(self._feeds), "waiting": len(self._waiting)}))
        pool = ThreadPoolExecutor(THREADS, "dragoman-fetch")
        try:
            while not (self._stop.is_set() or time.monotonic() >= end or self._all_done()):
                self._start(pool)
                self._take_news()
                if len(self._hand) >= BATCH or (
                    self._hand and time.monotonic() - self._hand_since > LONGEST_IN_HAND
                ):
                    self._write()
            reason = "signal" if self._stop.is_set() else "time" if time.monotonic() >= end else "done"
            self._write()
        finally:
            self._stop.set()
            pool.shutdown(cancel_futures=True)
        self._tell(WatchEvent("stopped", None, {"reason": reason, **self.tally.told()}))
        return self.tally

    def _all_done(self) -> bool:
        """Say whether one look at everything is over."""
        return (
            self._options.once
            and all(each.asked and not each.busy for each in self._feeds.values())
            and not self._waiting.flying
            and not self._waiting.any_due(now())
        )

    def _start(self, pool: ThreadPoolExecutor) -> None:
        """Start asking feeds that are due, and fetching articles whose hosts have a place."""
        for each in self._feeds.values():
            if not each.busy and self._is_due(each):
                each.busy = each.asked = True
                pool.submit(self._ask_feed, each)
        for article in self._waiting.start(now(), MOST_ARTICLES):
            pool.submit(self._fetch_article, article)

    def _is_due(self, each: _Followed) -> bool:
        if self._options.once:
            return not each.asked
        state = each.state
        if state.due is None or state.checked is None:
            return True
        # The list may ask for a shorter interval than it did when the time was set.
        due = state.due if state.failures else min(state.due, _later(each.feed.interval, state.checked))
        return now() >= due

    # In threads: nothing of the watcher is changed here but by what is put into the queue of news.

    def _ask_feed(self, each: _Followed) -> None:
        state = each.state
        try:
            fetched = self._fetcher.get(state.url, etag=state.etag, last_modified=state.last_modified)
            with self._parsing:
                listing = None if fetched.status == NOT_MODIFIED else read_listing(fetched)
        except SkipError as error:
            self._done.put(partial(self._feed_failed, each, error))
        except Exception as error:  # noqa: BLE001 - a fault of ours on one feed must not stop the others; told
            self._done.put(partial(self._feed_failed, each, _fault(error)))
        else:
            self._done.put(partial(self._feed_answered, each, fetched, listing))

    def _fetch_article(self, article: WatchedArticle) -> None:
        followed = self._feeds[article.feed]
        known = Metadata(outlet=followed.feed.outlet)
        try:
            fetched = self._fetcher.get(article.url)
            otherwise = Metadata(
                title=article.title,
                published=article.published,
                outlet=followed.state.title,
                url=fetched.final_url,
            )
            with self._parsing:
                item = read_page(fetched, known, otherwise=otherwise)
        except SkipError as error:
            self._done.put(partial(self._article_failed, article, error))
        except Exception as error:  # noqa: BLE001
            self._done.put(partial(self._article_failed, article, _fault(error)))
        else:
            self._done.put(partial(self._article_came, article, fetched, item))

    # In the deciding thread.

    def _take_news(self) -> None:
        """Take all that has come, after waiting a moment for the first."""
        try:
            self._done.get(timeout=TICK)()
            while len(self._hand) < BATCH:
                self._done.get_nowait()()
        except queue.Empty:
            return

    def _feed_answered(self, each: _Followed, fetched: Fetched, listing: Listing | None) -> None:
        each.busy = False
        feed, old = each.feed, each.state
        each.state = replace(
            old, title=(listing and listing.title) or old.title, etag=fetched.etag or (None if listing else old.etag),
            last_modified=fetched.last_modified or (None if listing else old.last_modified),
            checked=now(), due=_later(feed.interval), failures=0, trouble=None,
        )  # fmt: skip
        entries = listing.entries if listing else ()
        new = self._watched.note(
            each.state,
            [
                (
                    WatchedArticle(
                        url=entry.url, feed=feed.url, title=entry.title, published=entry.published
                    ),
                    entry.names,
                )
                for entry in entries
            ],
        )
        self._waiting.add(new)
        if listing and listing.unlinked:
            self._failures(feed.url, SkipError(f"{listing.unlinked} entries have no address of an article"))
        self.tally.checks += 1
        self.tally.found += len(new)
        self._tell(
            WatchEvent(
                "feed", feed.url, {"new": len(new), "listed": len(entries), "changed": listing is not None}
            )
        )

    def _feed_failed(self, each: _Followed, error: SkipError) -> None:
        each.busy = False
        if self._stop.is_set():
            return
        failures = each.state.failures + 1
        wait = min(each.feed.interval * 2 ** min(failures, 30), max(LONGEST_BACK_OFF, each.feed.interval))
        if isinstance(error, FetchError) and error.retry_after:
            wait = max(wait, min(error.retry_after, LONGEST_BACK_OFF))
        each.state = replace(
            each.state, checked=now(), due=_later(wait), failures=failures, trouble=str(error)
        )
        self._watched.note(each.state)
        self._failures(each.feed.url, error)
        self.tally.checks += 1
        self.tally.feed_failures += 1
        self._tell(
            WatchEvent(
                "feed-failed",
                each.feed.url,
                {"reason": str(error), "failures": failures, "again_in": round(wait)},
            )
        )

    def _article_came(self, article: WatchedArticle, fetched: Fetched, item: Item) -> None:
        self._waiting.landed(article)
        addresses = (article.url, fetched.final_url, item.document.url or fetched.final_url)
        owner = self._watched.claim([f"page {same_page(each)}" for each in addresses], article.url)
        if owner != article.url:
            self._watched.settle([replace(article, state=SAME, reason=owner)])
            self.tally.same += 1
            self._tell(WatchEvent("same", article.url, {"as": owner}))
            return
        if not self._hand:
            self._hand_since = time.monotonic()
        self._hand.append((article, item))
        self._tell(WatchEvent("article", article.url, {"title": item.document.title, "feed": article.feed}))

    def _article_failed(self, article: WatchedArticle, error: SkipError) -> None:
        self._waiting.landed(article)
        if self._stop.is_set():
            return
        tries = article.tries + 1
        if isinstance(error, FetchError) and error.passing and tries < MOST_TRIES:
            wait = max(self._feeds[article.feed].feed.interval * 2**tries, error.retry_after or 0.0)
            later = replace(article, tries=tries, due=_later(min(wait, LONGEST_BACK_OFF)), reason=str(error))
            self._watched.settle([later])
            self._waiting.add([later])
            self._tell(WatchEvent("put-off", article.url, {"reason": str(error), "again_in": round(wait)}))
            return
        self._watched.settle([replace(article, state=FAILED, tries=tries, reason=str(error))])
        self._failures(article.url, error)
        self.tally.skipped += 1
        self._tell(WatchEvent("skipped", article.url, {"reason": str(error)}))

    def _write(self) -> None:
        """Read and write the articles in hand, then note that they are taken."""
        hand, self._hand = self._hand, []
        written = ingest(
            [item for _, item in hand], self._store, reader=self._reader, failures=self._failures
        )
        self._watched.settle([replace(article, state=TAKEN, reason=None) for article, _ in hand])
        self.tally.written += written
        self.tally.taken += len(hand)
        if hand:
            self._tell(
                WatchEvent(
                    "written", None,
                    {"articles": len(hand), "documents": written.documents, "known": written.known,
                     "reports": written.reports, "events": written.events, "waiting": len(self._waiting)},
                )
            )  # fmt: skip


def _later(seconds: float, start: datetime | None = None) -> datetime:
    return (start or now()) + timedelta(seconds=seconds)


def _fault(error: Exception) -> SkipError:
    """Return a fault of ours on one input as a reason to skip it."""
    words = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return SkipError(f"could not be read because of a fault in dragoman ({words})")
