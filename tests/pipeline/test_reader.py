from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

import pytest

from dragoman.config import ReaderConfig
from dragoman.errors import StopError
from dragoman.knowledge.lexicon import load_lexicon
from dragoman.knowledge.tables import fingerprint
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.pipeline.reader import Reader, sense_of
from dragoman.reading.typing import MODELS
from dragoman.version import VERSION

Coded = Callable[..., CodedDocument]
STORY = (
    "Russian President Vladimir Putin met Chinese President Xi Jinping in Moscow on Tuesday. "
    "Iran thanked Qatar. The meeting between Putin and Xi was short."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def story(reader: Reader) -> CodedDocument:
    return next(reader.read([Document(text=STORY, published="2023-09-13")]))


def test_retellings_become_one_event(story: CodedDocument) -> None:
    meeting = next(event for event in story.events if event.event_type == "CONSULT")
    assert len(meeting.reports) == 2
    assert [report.text for report in story.reports if report.id in meeting.reports] == ["met", "meeting"]


def test_each_report_is_in_exactly_one_event(story: CodedDocument) -> None:
    merged = [id_ for event in story.events for id_ in event.reports]
    assert sorted(merged) == sorted(report.id for report in story.reports)


def test_the_version_names_package_knowledge_and_model(reader: Reader, story: CodedDocument) -> None:
    assert reader.version.startswith(f"{VERSION}+{fingerprint()}+{fingerprint(MODELS)}+")
    assert story.document.reader_version == reader.version


def test_documents_come_back_in_order_and_the_same_each_time(reader: Reader, story: CodedDocument) -> None:
    texts = ["Chad met Mali.", STORY, "", "Rain fell."]
    documents = [Document(text=text, published="2023-09-13") for text in texts]
    found = list(reader.read(documents))
    assert [coded.document.text for coded in found] == texts
    assert found[1] == story


def test_no_documents_give_nothing(reader: Reader) -> None:
    assert list(reader.read([])) == []


def test_a_text_without_events_is_read_all_the_same(reader: Reader) -> None:
    (coded,) = reader.read([Document(text="Rain fell.")])
    assert (coded.reports, coded.events) == ((), ())
    assert len(coded.sentences) == 1


def test_an_endless_stream_is_read_as_it_comes(reader: Reader) -> None:
    def endless() -> Iterable[Document]:
        for number in itertools.count():
            yield Document(text=f"Iran thanked Qatar {number} times.")

    found = list(itertools.islice(reader.read(endless()), 3))
    assert len({coded.document.id for coded in found}) == 3


def test_a_parser_that_is_not_installed_stops_with_its_name() -> None:
    with pytest.raises(StopError, match="no_such_pipeline"):
        Reader(ReaderConfig(pipeline="no_such_pipeline"))


def test_the_sense_of_a_report_is_that_of_its_lexicon_entry(story: CodedDocument) -> None:
    entries = {f"lexicon:{id_}": entry for id_, entry in load_lexicon().by_id.items()}
    for report in story.reports:
        entry = next(entries[rule] for rule in report.rules if rule in entries)
        assert sense_of(report) == entry.sense


def test_without_a_lexicon_entry_the_words_are_the_sense(make_coded: Coded) -> None:
    (report,) = make_coded(reports=({"rules": ("model:1",)},)).reports
    assert sense_of(report) == "met"


def test_two_refusals_of_one_party_are_two_events(reader: Reader) -> None:
    text = "Ghana said it will not meet Mali. Ghana said it will not send food to Niger."
    (coded,) = reader.read([Document(text=text)])
    assert [len(event.reports) for event in coded.events if event.event_type == "REJECT"] == [1, 1]
