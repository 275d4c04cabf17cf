from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dragoman.errors import UsageError
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.store import Filters, Store

TEXT = "Protesters in Zürich met 2,000 officers; 刘某 said Kim's aides agreed."


@pytest.fixture(scope="module")
def store(
    tmp_path_factory: pytest.TempPathFactory, make_coded: Callable[..., CodedDocument]
) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("search") / "s.duckdb") as opened:
        opened.write(
            [make_coded(Document(text=TEXT, title="Marches go on")), make_coded(Document(text="Rain."))]
        )
        yield opened


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("protest", True),
        ("PROTESTING zurich", True),
        ("officer", True),
        ("agreeing, aide!", True),
        ("kim's", True),
        ("2,000", True),
        ("刘某", True),
        ("march", True),
        ("protest rain", False),
        ("pro", False),
        ("'; DROP TABLE documents; --", False),
    ],
)
def test_words_are_found_in_any_form_case_and_order(store: Store, words: str, *, found: bool) -> None:
    assert [stored.document.text for stored in store.documents(text=words)] == [TEXT] * found


def test_reports_and_events_are_found_by_their_sentence(store: Store) -> None:
    assert [stored.report.sentence for stored in store.reports(Filters(text="officers MET"))] == [0]
    assert len(list(store.events(Filters(text="officers MET", event_type="CONSULT")))) == 1
    assert list(store.events(Filters(text="march"))) == []  # only in the title


@pytest.mark.parametrize("words", ["", " ", "?!"])
def test_looking_for_no_word_is_a_usage_error(store: Store, words: str) -> None:
    with pytest.raises(UsageError, match="must have a word"):
        list(store.documents(text=words))
