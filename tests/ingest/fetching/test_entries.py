from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import SkipError
from dragoman.ingest.fetching.entries import Listing, read_listing
from dragoman.ingest.fetching.fetch import Fetched

from .conftest import one_line

FEED = "https://news.example/rss"


def listing(text: str | bytes, charset: str | None = None) -> Listing:
    data = text.encode() if isinstance(text, str) else text
    return read_listing(Fetched(url=FEED, final_url=FEED, status=200, charset=charset, data=data))


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>The Post</title>{"".join(items)}</channel></rss>'


def item(link: str, guid: str = "", more: str = "") -> str:
    return f"<item><title>News</title><link>{link}</link><guid>{guid}</guid>{more}</item>"


def test_an_entry_has_address_names_title_and_day() -> None:
    found = listing(
        rss(item("/a?utm_source=rss", "tag:1", "<pubDate>Tue, 14 Nov 2023 10:00:00 +0200</pubDate>"))
    )
    (entry,) = found.entries
    assert found.title == "The Post"
    assert (entry.url, entry.title) == ("https://news.example/a?utm_source=rss", "News")
    assert entry.published == "2023-11-14T08:00:00Z"
    assert entry.names == ("page news.example/a", "guid news.example/rss tag:1")


def test_atom_is_read_and_a_day_of_change_is_no_day_of_publication() -> None:
    entry = '<entry><title>N</title><id>i</id><link href="https://n.example/a"/><updated>2023-11-14T08:00:00Z</updated></entry>'
    (found,) = listing(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>{entry}</feed>').entries
    assert (found.url, found.published) == ("https://n.example/a", None)


def test_a_name_that_several_entries_share_names_none() -> None:
    found = listing(rss(item("/a", "0"), item("/b", "0"), item("/c", "1")))
    assert [len(entry.names) for entry in found.entries] == [1, 1, 2]


def test_entries_without_an_address_are_counted() -> None:
    found = listing(rss("<item><title>News</title><description>Words.</description></item>", item("/a")))
    assert (len(found.entries), found.unlinked) == (1, 1)


def test_a_feed_that_breaks_off_gives_what_came() -> None:
    assert len(listing(rss(item("/a"), item("/b"))[:-30]).entries) == 2


def test_the_encoding_that_the_server_names_holds() -> None:
    text = rss(item("/a")).replace("The Post", "Le Café")
    assert listing(text.encode("iso-8859-1"), "iso-8859-1").title == "Le Café"


def test_no_file_is_read_for_what_looks_like_its_name() -> None:
    for words in (b"/etc/passwd", b"https://news.example/rss", b"file:///etc/passwd"):
        with pytest.raises(SkipError, match="is no feed"):
            listing(words)


@pytest.mark.parametrize(("text", "why"), [
    ("", "is empty"), ("<html><body><p>Moved.</p></body></html>", "is no feed"), ("{}", "is no feed"),
    ("\0\1\2", "is binary"), ("<rss", "is no feed"),
])  # fmt: skip
def test_what_is_no_feed_is_told(text: str, why: str) -> None:
    with pytest.raises(SkipError, match=why):
        listing(text)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "entity",
    [
        f'<!ENTITY l0 "ha">{LAUGHS}', '<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % a "b">',
        f'<!ENTITY a "{"x" * 1000}">', f'<!ENTITY a "<{"x" * 1000}">', "<!ENTITY a '&b;'>",
    ],
)  # fmt: skip
def test_entities_that_may_unpack_without_end_are_refused(entity: str) -> None:
    with pytest.raises(SkipError, match="declares entities"):
        listing(f"<!DOCTYPE rss [{entity}]>{rss(item('/a', more='<description>&a;</description>'))}")


def test_entities_for_letters_are_read() -> None:
    text = f'<!DOCTYPE rss [<!ENTITY eacute "&#233;">]>{rss()}'
    assert listing(text.replace("The Post", "Caf&eacute;")).title == "Café"


def test_what_would_take_the_parser_forever_is_refused_or_shortened() -> None:
    with pytest.raises(SkipError, match="nested more than 1000 deep"):
        listing("<rss version='2.0'><channel>" + "<a>" * 300_000)
    with pytest.raises(SkipError, match="more than 4 MB"):
        listing(b" " * 5_000_000)
    assert len(listing("\n" * 1_000_000 + rss(item("/a"), "\n" * 1_000_000, item("/b"))).entries) == 2


def test_html_that_leaves_its_tags_open_is_not_deep() -> None:
    words = "<br>" * 1500 + "<p>x" * 1500 + "<![CDATA[" + "<b>" * 1500 + "]]><!--" + "<i>" * 1500 + "-->"
    assert len(listing(rss(item("/a", more=f"<description>{words}</description>"))).entries) == 1


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1251", "iso-8859-5", "koi8-r"]
)
def test_feeds_of_many_encodings_are_read(encoding: str) -> None:
    text = rss(item("/a")).replace("The Post", "Новости")
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'
    served = encoding if encoding == "utf-16-le" else None
    assert listing(declared.encode(encoding), served).title == "Новости"


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda words: rss(item(words, words)).encode()))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        for entry in listing(data).entries:
            assert "\n" not in entry.url
    except SkipError as error:
        one_line(error)
