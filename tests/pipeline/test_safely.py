from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

import pytest

from dragoman.errors import SkipError, StopError
from dragoman.ingest.files import Item
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.pipeline.ingest import Failures, ingest
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.safely import read_safely
from dragoman.store import Store

Make = Callable[..., CodedDocument]


FAULT = "tuple index\nout of range"


class Faulty:
    """A reader that fails on some texts, as one with a fault would."""

    def __init__(self, make: Make, error: type[Exception] = IndexError) -> None:
        self.make, self.error = make, error
        self.asked = 0

    def read(self, documents: Iterable[Document]) -> Iterator[CodedDocument]:
        self.asked += 1
        for document in documents:
            if "bad" in document.text:
                raise self.error(FAULT)
            yield self.make(document)


def items(*texts: str) -> list[Item]:
    return [Item(text, Document(text=text)) for text in texts]


def test_one_bad_document_does_not_stop_the_others(make_coded: Make) -> None:
    told: list[tuple[str, str]] = []

    def skip(name: str, error: SkipError) -> None:
        told.append((name, str(error)))

    reader = cast("Reader", Faulty(make_coded))
    found = [item.name for item, _ in read_safely(reader, items("a", "bad", "c"), skip)]
    assert found == ["a", "c"]
    ((name, words),) = told
    assert name == "bad"
    assert "IndexError: tuple index out of range" in words


def test_what_must_stop_the_run_stops_it(make_coded: Make) -> None:
    reader = cast("Reader", Faulty(make_coded, StopError))
    with pytest.raises(StopError):
        list(read_safely(reader, items("a", "bad"), pytest.fail))


def test_ingest_loads_no_reader_when_all_is_known(make_coded: Make, tmp_path: Path) -> None:
    faulty = Faulty(make_coded)
    reader = cast("Reader", faulty)
    with Store(tmp_path / "s.duckdb") as store:
        first = ingest(items("a", "bad", "c"), store, reader=lambda: reader, failures=Failures())
        assert (first.documents, first.failures, first.known) == (2, 1, 0)
        asked = faulty.asked
        again = ingest(items("a", "c"), store, reader=lambda: reader, failures=Failures())
        assert (again.documents, again.known, faulty.asked) == (0, 2, asked)


def test_batches_are_told_as_they_are_written(make_coded: Make, tmp_path: Path) -> None:
    told: list[int] = []
    with Store(tmp_path / "s.duckdb") as store:
        ingest(
            items(*map(str, range(70))), store, reader=lambda: cast("Reader", Faulty(make_coded)),
            failures=Failures(), on_batch=lambda written: told.append(written.documents),
        )  # fmt: skip
    assert told == [64, 6]
