from __future__ import annotations

from datetime import timedelta

from dragoman.pipeline.watch_queue import Waiting
from dragoman.store.watching import WatchedArticle, now


def article(url: str, seconds: float | None = None) -> WatchedArticle:
    due = None if seconds is None else now() + timedelta(seconds=seconds)
    return WatchedArticle(url=url, feed="f", due=due)


def test_a_slow_host_holds_up_none_but_itself() -> None:
    waiting = Waiting(2)
    waiting.add(article(f"http://slow.example/{n}") for n in range(5))
    waiting.add([article("http://other.example/0")])
    started = list(waiting.start(now(), 16))
    assert [each.url for each in started] == [
        "http://slow.example/0",
        "http://slow.example/1",
        "http://other.example/0",
    ]
    assert list(waiting.start(now(), 16)) == []
    waiting.landed(started[0])
    assert [each.url for each in waiting.start(now(), 16)] == ["http://slow.example/2"]
    assert (len(waiting), waiting.flying) == (5, 3)


def test_no_more_start_than_are_let() -> None:
    waiting = Waiting(2)
    waiting.add(article(f"http://{n}.example/") for n in range(9))
    assert len(list(waiting.start(now(), 4))) == 4
    assert waiting.any_due(now())


def test_what_is_put_off_waits_for_its_time() -> None:
    waiting = Waiting(2)
    waiting.add(
        [article("http://a.example/", 60), article("http://[broken", 30), article("http://b.example/", -1)]
    )
    assert [each.url for each in waiting.start(now(), 9)] == ["http://b.example/"]
    assert not waiting.any_due(now())
    later = now() + timedelta(seconds=90)
    assert [each.url for each in waiting.start(later, 9)] == ["http://[broken", "http://a.example/"]
