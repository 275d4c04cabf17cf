from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.config import ReaderConfig
from dragoman.errors import StopError
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.model.span import Span
from dragoman.model.when import TimeSpan
from dragoman.reading.article import Article
from dragoman.reading.assemble import to_coded
from dragoman.reading.chain import PARSED, Chain, build_chain
from dragoman.reading.stage import check_chain

SETS = Path(__file__).parents[3] / "shared" / "eval"
# Articles read of each set, the first by name, in groups; all of them would take minutes.
PER_SET = 75
GROUP = 15
GROUPS = PER_SET // GROUP
# Words the stages know, between odd ones: names, roles, triggers, cues, times, numbers, marks.
WORDS = st.sampled_from(
    [
        "Iran",
        "Putin",
        "Xi",
        "Kim",
        "Paris",
        "the",
        "The",
        "president",
        "rebels",
        "police",
        "said",
        "met",
        "attacked",
        "talks",
        "with",
        "between",
        "and",
        "by",
        "to",
        "in",
        "on",
        "of",
        "Monday",
        "2019",
        "12",
        '"two',
        'dozen"',
        "soldiers",
        "“",
        "”",
        "‘",
        "’",
        '"',
        "'",
        "(",
        ")",
        ".",
        ".",
        ",",
        ";",
        ":",
        "…",
        "-",
        "—",
        "who",
        "which",
        "both",
        "sides",
        "they",
        "he",
        "its",
        "denied",
        "According",
        "will",
        "may",
        "not",
        "\n\n",
        "\n",
        "\x00",
        "\u200b",
        "\u202e",
        "👩\u200d🚀",
        "שלום",
        "مرحبا",
        "ﬁ",
        "İ",
        "ß",
        "1/2",
        "$5",
        "5%",
        "31",
        "February",
        "9999",
        "0000-00-00",
    ]
)
ODD = st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=40).map(" ".join)


def spans_of(value: object) -> Iterator[Span]:
    """Yield all spans inside a record, those of records within records too."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple | list):
        for item in value:
            yield from spans_of(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spans_of(getattr(value, name))


def check_record(coded: CodedDocument) -> None:
    """Check that every field stands on its words, that sentences do not overlap, that ids differ."""
    text = coded.document.text
    for span in spans_of((coded.reports, coded.mentions, coded.notes)):
        assert 0 <= span.start <= span.end <= len(text)
        assert text[span.start : span.end] == span.text
    bounds = coded.sentences
    assert all(before.end <= after.start for before, after in itertools.pairwise(bounds))
    for report in coded.reports:
        sentence = bounds[report.sentence]
        assert sentence.start <= report.start < report.end <= sentence.end
        if report.time is not None:
            check_time(report.time)
    assert len({report.id for report in coded.reports}) == len(coded.reports)


def check_time(time: TimeSpan) -> None:
    """Check that a time is either anchored with both days in order, or has neither."""
    assert time.anchored == (time.from_ is not None) == (time.to is not None)
    if time.from_ is not None and time.to is not None:
        assert time.from_ <= time.to


def coded(article: Article) -> CodedDocument:
    """Return the record of an article, without merging."""
    return to_coded(article, (), reader_version="test")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\x00",
        ".",
        "“",
        "…",
        "Iran",
        "met",
        "\u202eIran met Iraq.",
        "İran met Iraq. " * 3,
        "a" * 5000,
        "Iran met " * 300,
    ],
)
def test_texts_at_the_edge_are_read(text: str, chain: Chain) -> None:
    (article,) = chain.read([Document(text=text)])
    check_record(coded(article))


@settings(max_examples=60, deadline=None)
@given(text=ODD, published=st.sampled_from([None, "2023-09-13", "2024-02-29T23:59:59Z", "0001-01-01"]))
@example(text="Iran met Iraq on 31 February 9999 .", published="0001-01-01")
@example(text="¸ ¸", published=None)
@example(text="“ Putin met Kim \n\n “ they said ; both sides attacked", published=None)
def test_any_text_is_read_and_every_field_stands_on_its_words(
    text: str, published: str | None, chain: Chain
) -> None:
    document = Document(text=text, published=published)
    first, second = chain.read([document, document])
    check_record(coded(first))
    assert first == second


@cache
def polnear() -> tuple[Document, ...]:
    """Return the first articles of PolNeAR's development part, by name."""
    texts = sorted((SETS / "polnear" / "dev").glob("**/text/*.txt"))[:PER_SET]
    return tuple(Document(text=path.read_text(encoding="utf-8"), published="2016-10-01") for path in texts)


@cache
def tempeval() -> tuple[Document, ...]:
    """Return the first articles of TempEval-3's TimeBank, by name, as plain text."""
    pages = sorted((SETS / "tempeval3" / "TimeBank").glob("*.tml"))[:PER_SET]
    found = (ET.parse(page).getroot().find("TEXT") for page in pages)  # noqa: S314 - our own reviewed files
    return tuple(
        Document(text="".join(part.itertext()), published="1998-03-01") for part in found if part is not None
    )


SOURCES = {"polnear": polnear, "tempeval3": tempeval}


@pytest.mark.parametrize("group", range(GROUPS))
@pytest.mark.parametrize("source", SOURCES)
def test_real_articles_are_read_and_every_field_stands_on_its_words(
    source: str, group: int, chain: Chain
) -> None:
    documents = SOURCES[source]()[group * GROUP : (group + 1) * GROUP]
    if not documents:
        pytest.skip(f"no articles {group * GROUP} and on of the development set {source} in ../shared/eval")
    articles = list(chain.read(documents))
    assert [article.document for article in articles] == list(documents)
    for article in articles:
        check_record(coded(article))


def test_ids_are_the_same_alone_and_among_others(chain: Chain) -> None:
    texts = ["Iran attacked Iraq. Chad met Mali.", "Kenya thanked Qatar, TASS said.", "Rain fell."]
    documents = [Document(text=text, published="2023-09-13") for text in texts]
    together = [ids(article) for article in chain.read(documents)]
    alone = [ids(article) for document in documents for article in chain.read([document])]
    assert together == alone
    assert [len(found) for found in together] == [2, 1, 0]


def ids(article: Article) -> list[str]:
    """Return the ids of an article's reports."""
    return [report.id for report in article.reports]


def test_documents_are_taken_in_as_they_are_needed(chain: Chain) -> None:
    taken: list[int] = []

    def endless() -> Iterable[Document]:
        for number in itertools.count():
            taken.append(number)
            yield Document(text=f"Iran met Iraq {number} times.")

    first = next(chain.read(endless()))
    assert first.document.text == "Iran met Iraq 0 times."
    assert len(taken) < 500


def test_each_layer_is_given_by_the_chain_in_an_order_that_fits(chain: Chain) -> None:
    check_chain(chain.stages, given=PARSED)
    given_layers = {layer for stage in chain.stages for layer in stage.gives}
    assert given_layers >= {
        "notes",
        "times",
        "places",
        "actors",
        "quantities",
        "triggers",
        "frames",
        "sayings",
        "facts",
        "reports",
    }


def test_stages_in_another_order_are_refused(chain: Chain) -> None:
    with pytest.raises(StopError):
        check_chain(replace(chain, stages=tuple(reversed(chain.stages))).stages, given=PARSED)


def test_a_parser_that_is_not_installed_stops_the_run() -> None:
    with pytest.raises(StopError, match="no_such_pipeline"):
        build_chain(ReaderConfig(pipeline="no_such_pipeline"))
