"""Undated articles: the day of their own dateline or address, and that this is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.times import load_calendar
from dragoman.model.document import Document
from dragoman.reading.anchors import find_anchor
from dragoman.reading.article import Article, Sentence
from dragoman.reading.chain import Chain


def cases() -> list[list[str]]:
    """Return the rows of the table: text, address, the day, how it is told."""
    lines = Path(__file__).with_name("anchors_cases.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[2:]]


@pytest.mark.parametrize(("text", "url", "day", "how"), cases())
def test_an_undated_article_is_read_against_the_day_it_tells_itself(
    text: str, url: str, day: str, how: str, parse_text: Callable[[str], Article]
) -> None:
    article = parse_text(text)
    document = Document(text=text, url=None if url == "-" else url)
    found = find_anchor(Article(document, sentences=article.sentences), load_calendar())
    assert (found.day, found.how) == (day, how) if found else (day, how) == ("-", "-")


def test_where_the_day_comes_from_is_noted_at_its_words(chain: Chain) -> None:
    text = "GENEVA, 3 May 2011 (IRIN) - Rebels attacked Misrata on Monday."
    (article,) = chain.read([Document(text=text)])
    (note,) = (note for note in article.notes if note.kind.startswith("anchored"))
    assert (note.kind, note.text) == ("anchored_by_dateline", "3 May 2011")
    assert [time.time.from_ for time in article.times] == ["2011-05-03", "2011-05-02"]
    assert article.document.published is None


def test_a_day_of_publication_is_never_overruled(chain: Chain) -> None:
    document = Document(text="GENEVA, 3 May 2011 - Rebels met on Monday.", published="2020-02-05")
    (article,) = chain.read([document])
    assert article.anchor is None
    assert article.times[-1].time.from_ == "2020-02-03"


@given(st.text(alphabet="ABCD0129/-,. may", max_size=60), st.text(alphabet="0129/-_may", max_size=30))
def test_any_head_and_address_give_a_day_of_the_calendar_or_none(text: str, url: str) -> None:
    article = Article(
        Document(text=text, url=url), sentences=(Sentence(0, 0, 1, 0, len(text), 0),) if text else ()
    )
    found = find_anchor(article, load_calendar())
    assert found is None or len(found.day) == len("2023-09-13")
