from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.store import Store
from dragoman.store.watching import TAKEN, Watched, WatchedArticle, WatchedFeed, now

FEED = WatchedFeed(url="https://n.example/rss", etag='"1"')


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with Store(tmp_path / "s.duckdb") as store:
        yield store.watched()


def article(url: str) -> WatchedArticle:
    return WatchedArticle(url=url, feed=FEED.url, title="News", published="2023-11-14")


def test_a_feed_is_remembered(watched: Watched) -> None:
    assert watched.feed(FEED.url) == WatchedFeed(url=FEED.url)
    state = replace(FEED, title="The Post", checked=now(), due=now(), failures=2, trouble="answers 500")
    watched.note(state)
    assert watched.feed(FEED.url) == state


def test_an_article_is_new_once_by_any_of_its_names(watched: Watched) -> None:
    first, second, third = (
        article("https://n.example/a"),
        article("https://n.example/b"),
        article("https://n.example/c"),
    )
    assert watched.note(FEED, [(first, ["p1", "g1"]), (second, ["p2", "g1"]), (third, ["p3"])]) == [
        first,
        third,
    ]
    assert watched.note(FEED, [(second, ["p2"]), (third, ["p3", "g3"])]) == []
    assert watched.waiting([FEED.url]) == [first, third]
    assert watched.waiting(["https://other.example/rss"]) == []


def test_a_name_belongs_to_who_claims_it_first(watched: Watched) -> None:
    assert watched.claim(["p1", "p2", "p1"], "u1") == "u1"
    assert watched.claim(["p2", "p3"], "u2") == "u1"
    assert watched.claim(["p3"], "u3") == "u1"
    assert watched.claim(["p1"], "u1") == "u1"


def test_what_is_settled_waits_no_more(watched: Watched) -> None:
    first, second = article("https://n.example/a"), article("https://n.example/b")
    watched.note(FEED, [(first, ["p1"]), (second, ["p2"])])
    later = replace(second, tries=1, due=now(), reason="answers 503")
    watched.settle([replace(first, state=TAKEN), later])
    assert watched.waiting([FEED.url]) == [replace(later, reason=None)]
    watched.settle([])


def test_a_store_from_before_is_brought_up_to_date(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "s.duckdb"
    Store(path).close()
    with duckdb.connect(str(path)) as connection:
        for table in ("watch_feeds", "watch_articles", "watch_names"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute(
            "DELETE FROM dragoman_store WHERE version = (SELECT max(version) FROM dragoman_store)"
        )
    with Store(path) as store:
        assert store.watched().waiting([FEED.url]) == []
