from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.ingest.fetching.feedlist import duration, load_feeds

from .conftest import one_line

LIST = """
interval = "10m"

[fetch]
contact = "https://example.org/reader"
delay = 2

[[feed]]
url = "https://news.example/rss"
outlet = "The Post"

[[feed]]
url = "https://other.example/atom.xml"
interval = "1h"

[[feed]]
url = "https://news.example/rss"
outlet = "The Post"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feeds.toml"


def test_a_list_names_feeds_once_and_how_to_fetch(path: Path) -> None:
    path.write_text(LIST, encoding="utf-8")
    listed = load_feeds(path)
    assert [(feed.url, feed.outlet, feed.interval) for feed in listed.feeds] == [
        ("https://news.example/rss", "The Post", 600.0),
        ("https://other.example/atom.xml", None, 3600.0),
    ]
    assert (listed.fetch.contact, listed.fetch.delay) == ("https://example.org/reader", 2.0)
    assert {feed.interval for feed in load_feeds(path, interval=30.0).feeds} == {30.0}


def test_the_example_is_a_list(root: Path) -> None:
    assert load_feeds(root / "examples" / "feeds.toml").feeds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"names no feed; write a \[\[feed\]\]"), ("a = ", "cannot be read as TOML"),
        ("\xff".encode("latin-1").decode("latin-1") + "=", "cannot be read as TOML"),
        ("feed = 1", "two brackets"), ("[feed]\nurl = 'https://a.example'", "two brackets"),
        ("[[feed]]\noutlet = 'A'", "feed 1 has no url"), ("[[feed]]\nurl = 1", "feed 1 has no url"),
        ("[[feed]]\nurl = 'ftp://a.example'", "only http and https"),
        ("[[feed]]\nurl = 'https://a.example'\ninterval = 'soon'", "feed 1: interval: a time is like"),
        ("[[feed]]\nurl = 'https://a.example'\nname = 'A'", "feed 1: unknown key 'name'"),
        ("[[feed]]\nurl = 'https://a.example'\noutlet = 3", "feed 1: outlet must be text"),
        ("feeds = 1\n[[feed]]\nurl = 'https://a.example'", "unknown key 'feeds'"),
        ("fetch = 1\n[[feed]]\nurl = 'https://a.example'", "must be a table"),
        ("[fetch]\nspeed = 1\n[[feed]]\nurl = 'https://a.example'", r"\[fetch\] unknown setting 'speed'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_list_is_told_in_one_line(path: Path, text: str, words: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words) as caught:
        load_feeds(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load_feeds(tmp_path / "feeds.toml")
    with pytest.raises(UsageError, match="cannot be read"):
        load_feeds(tmp_path)


@pytest.mark.parametrize(
    ("words", "seconds"), [("90", 90), ("90s", 90), ("3m", 180), ("1.5h", 5400), ("2 D", 172800)]
)
def test_times_are_read(words: str, seconds: float) -> None:
    assert duration(words) == seconds


@given(st.text(max_size=20))
def test_any_text_is_a_time_of_a_second_or_more_or_refused(words: str) -> None:
    try:
        assert duration(words) >= 1
    except UsageError as error:
        one_line(error, "a time is like")
