"""Pages in thirty layouts of our own, and what pages say of themselves."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.files import dispatch
from dragoman.ingest.html.blocks import blocks_of, join
from dragoman.ingest.html.tree import DEEPEST_TAG, parse
from dragoman.ingest.job import Item, Job, ReadOptions, Source
from dragoman.ingest.metadata import Metadata

PARAGRAPHS = (
    "The foreign ministers of Syldavia and Borduria met in Geneva on Tuesday and agreed to free forty prisoners before the end of May.",
    "“It was time,” the Syldavian minister told reporters after the talks, which the United Nations had called for in March.",
    "He left.",
    "A spokesman for the Bordurian army said that its soldiers would leave two villages near the border, but gave no day for it.",
    "Aid workers have not been let into the villages since the fighting began, and the number of those who fled is not known.",
    "The two states broke off relations in 2019 after a bridge was blown up, for which each blamed the other; 12 people were killed.",
)


def _layouts() -> ModuleType:
    path = Path(__file__).parents[3] / "benchmarks" / "page_layouts.py"
    spec = importlib.util.spec_from_file_location("page_layouts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["page_layouts"] = module
    spec.loader.exec_module(module)
    return module


LAYOUTS = _layouts()
STORY = LAYOUTS.Story(
    "Ministers of two states meet in Geneva", "2023-09-13T08:00:00+02:00", "Jane Doe", PARAGRAPHS
)


def read(page: str, address: str | None = None) -> Item:
    job = Job(ReadOptions(), lambda name, error: pytest.fail(f"{name}: {error}"), dispatch)
    source = Source(
        name="page", file=io.BytesIO(page.encode()), known=Metadata(), path="a.html", address=address
    )
    return next(dispatch(source, job))


@pytest.mark.parametrize("number", range(len(LAYOUTS.LAYOUTS)))
def test_text_title_and_day_are_found_in_every_layout(number: int) -> None:
    layout = LAYOUTS.LAYOUTS[number]
    page = LAYOUTS.Page(STORY, layout, number).render()
    item = read(page)
    document, original = item.document, item.original
    assert document.text.split("\n\n") == list(PARAGRAPHS)
    assert (document.title, (document.published or "")[:10]) == (STORY.title, "2023-09-13")
    assert original is not None
    # Entities aside, the map leads to the very words in the page.
    assert all(
        document.text[a:b].split() == page[c : c + b - a].split() or b - a == 1 for a, b, c in original.pieces
    )


def test_what_the_page_says_is_taken_in_order_of_trust() -> None:
    page = """<html lang="en-GB"><head><title>Wrong | Post</title><link rel=canonical href="/story/1">
    <meta property="og:title" content="Also wrong"><meta property="og:site_name" content="Wrong Post">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Right", "datePublished": "2023-09-13T08:00:00Z",
    "author": [{"name": "Jane Doe"}, {"name": "Ali Hassan"}], "publisher": {"name": "The Post"}}</script></head>
    <body><p>The ministers met in the capital and said that they would go on talking in May, as they had agreed.</p></body></html>"""
    document = read(page, "https://post.example/x?y=1").document
    assert (document.title, document.published, document.byline) == (
        "Right",
        "2023-09-13T08:00:00Z",
        "Jane Doe, Ali Hassan",
    )
    assert (document.outlet, document.url, document.language) == (
        "The Post",
        "https://post.example/story/1",
        "en",
    )


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Ministers meet in Geneva - The Post</title>", "Ministers meet in Geneva"),
        (
            "<title>Ministers meet &amp; talk | World | The Post</title><meta property=og:site_name content='The Post'>",
            "Ministers meet & talk | World",
        ),
        ("<meta property=og:title content='Ministers meet'><title>x</title>", "Ministers meet"),
    ],
)
def test_titles_lose_the_name_of_the_outlet(head: str, title: str) -> None:
    assert (
        read(f"<html><head>{head}</head><body><p>{PARAGRAPHS[0]}</p></body></html>").document.title == title
    )


def test_a_page_without_a_day_has_none() -> None:
    assert (
        read(f"<html><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[-1]}</p></body></html>").document.published
        is None
    )


def test_a_page_for_subscribers_is_marked() -> None:
    locked = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    )
    assert [note.kind for note in read(f"<html>{locked}<p>{PARAGRAPHS[0]}</p></html>").notes] == ["paywalled"]


def test_the_tree_has_a_bound_and_keeps_the_words() -> None:
    page = "<div>" * 5000 + "deep" + "</div>" * 5000 + "after"
    root = parse(page)
    assert max(node.depth for node in root.walk()) == DEEPEST_TAG
    assert [block.text for block in blocks_of(page, root)] == ["deep", "after"]


@given(st.text() | st.text(alphabet="<>/!-ab =\"'&;\n"))
def test_any_words_are_a_tree_whose_map_holds(page: str) -> None:
    text, pieces = join(list(blocks_of(page, parse(page))))
    last = 0
    for start, end, origin in pieces:
        assert last <= start < end <= len(text)
        assert 0 <= origin < len(page)
        last = end
