from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import FetchError
from dragoman.ingest.fetching.urls import check_url, next_url, origin_of, same_page

from .conftest import one_line


@pytest.mark.parametrize(
    "words",
    [
        "ftp://example.org/a", "file:///etc/passwd", "gopher://example.org", "data:text/html,a", "javascript:alert(1)",
        "example.org", "//example.org/a", "", "http://", "http:///path", "http://user@example.org/",
        "http://user:secret@example.org/", "http://example.org:22/", "http://example.org:25", "https://example.org:0/",
        "http://example.org:99999/", "http://exa mple.org/", "http://example.org/\r\nHost: other", "http://[::1",
        f"http://example.org/{'a' * 5000}",
    ],
)  # fmt: skip
def test_what_may_not_be_looked_up_is_refused(words: str) -> None:
    with pytest.raises(FetchError):
        check_url(words)


@pytest.mark.parametrize(
    "words", ["http://example.org", "https://example.org:8443/a?b=c", "http://Bücher.example/ä"]
)
def test_web_addresses_pass(words: str) -> None:
    assert check_url(words).scheme in {"http", "https"}


def test_a_fragment_is_not_sent() -> None:
    assert str(check_url("http://example.org/a#b")) == "http://example.org/a"


@given(st.text())
def test_any_text_is_an_address_or_a_refusal(words: str) -> None:
    for each in (words, f"http://{words}", f"https://example.org/{words}"):
        try:
            assert origin_of(check_url(each))
        except FetchError as error:
            one_line(error)


@given(st.text())
def test_any_location_of_a_redirect_is_an_address_or_a_refusal(words: str) -> None:
    try:
        assert next_url(httpx.URL("http://example.org/a/b"), words).scheme in {"http", "https"}
    except FetchError as error:
        one_line(error, "redirects")


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/c", "https://example.org/c"), ("c", "https://example.org/a/c"), ("?x=1", "https://example.org/a/b?x=1"),
        ("//other.example/d", "https://other.example/d"),
    ],
)  # fmt: skip
def test_a_location_may_be_relative(location: str, target: str) -> None:
    assert str(next_url(httpx.URL("https://example.org/a/b"), location)) == target


@pytest.mark.parametrize(
    "location", ["http://example.org/a", "ftp://example.org/", "https://u:p@example.org/"]
)
def test_a_redirect_may_not_lead_out_of_what_is_protected_or_fetched(location: str) -> None:
    with pytest.raises(FetchError, match="redirects"):
        next_url(httpx.URL("https://example.org/"), location)


@pytest.mark.parametrize(
    "words",
    [
        "http://example.org/news/1", "https://example.org/news/1/", "HTTPS://EXAMPLE.org:443/news/1#top",
        "https://example.org/news/1?utm_source=rss&utm_medium=feed", "http://example.org:80/news/1?fbclid=x",
    ],
)  # fmt: skip
def test_spellings_of_one_page_are_the_same(words: str) -> None:
    assert same_page(words) == "example.org/news/1"


def test_parameters_that_choose_the_page_keep_it_apart() -> None:
    assert same_page("https://example.org/story?id=1") != same_page("https://example.org/story?id=2")
    assert same_page("https://example.org/?b=1&a=2") == same_page("https://example.org/?a=2&b=1")
    assert same_page("http://127.0.0.1:8001/a") != same_page("http://127.0.0.1:8002/a")


@given(st.text())
def test_any_text_has_a_same_page(words: str) -> None:
    assert isinstance(same_page(words), str)
