from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest

from dragoman.ingest.files import Item
from dragoman.ingest.original import Original
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.pipeline.ingest import FEW, Failures, Options, ingest
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.rereading import Choice, Progress, reread
from dragoman.pipeline.stopping import Stopping
from dragoman.pipeline.workers import Workers
from dragoman.store import Store


class Fake:
    """A reader of some version that finds the sample's meeting in each text, or a fault in a bad one."""

    def __init__(self, make: Callable[..., CodedDocument], version: str = "1") -> None:
        self.make, self.version = make, version

    def read(self, documents: Iterable[Document]) -> Iterator[CodedDocument]:
        for document in documents:
            if "bad" in document.text:
                raise IndexError(self.version)
            yield self.make(Document(**{**_fields(document), "reader_version": self.version}))


def _fields(document: Document) -> dict[str, str | None]:
    return {name: value for name, value in document.to_dict().items() if name != "id"}


def items(*texts: str) -> list[Item]:
    return [Item(text, Document(text=text)) for text in texts]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.duckdb") as opened:
        yield opened


@pytest.fixture
def reader(make_coded: Callable[..., CodedDocument]) -> Callable[..., Reader]:
    return lambda version="1": cast("Reader", Fake(make_coded, version))


def no_workers() -> Workers:
    pytest.fail("worker processes were started")


def test_a_few_documents_are_read_without_worker_processes(
    store: Store, reader: Callable[..., Reader]
) -> None:
    few = items(*map(str, range(FEW - 1)))
    total = ingest(few, store, reader=reader, failures=Failures(), options=Options(workers=no_workers))
    assert total.documents == FEW - 1


def test_an_end_that_is_asked_for_finishes_the_batch_in_hand(
    store: Store, reader: Callable[..., Reader]
) -> None:
    stopping = Stopping()

    def coming() -> Iterator[Item]:
        for number, item in enumerate(items(*map(str, range(300)))):
            if number == 70:
                stopping.signal = 2
            yield item

    options = Options(stopping=stopping)
    assert ingest(coming(), store, reader=reader, failures=Failures(), options=options).documents == 70
    rest = ingest(items(*map(str, range(300))), store, reader=reader, failures=Failures())
    assert (rest.documents, rest.known) == (230, 70)


@pytest.mark.parametrize("kept", [True, False])
def test_originals_are_kept_unless_told_otherwise(
    store: Store, reader: Callable[..., Reader], *, kept: bool
) -> None:
    original = Original(media_type="text/html", encoding="utf-8", data=b"<p>a", pieces=((0, 1, 3),))
    item = Item("a", Document(text="a"), original)
    ingest([item], store, reader=reader, failures=Failures(), options=Options(originals=kept))
    query = "SELECT media_type, size FROM originals"
    assert store._connection.execute(query).fetchall() == [("text/html", 4)] * kept  # noqa: SLF001 - no reader yet


def test_only_what_an_older_reader_has_read_is_read_anew(store: Store, reader: Callable[..., Reader]) -> None:
    ingest(items("a", "b"), store, reader=reader, failures=Failures())
    ingest(items("c"), store, reader=lambda: reader("2"), failures=Failures())
    totals: list[int] = []

    def again(version: str, choice: Choice) -> tuple[int, int]:
        done = reread(
            store, choice, reader=lambda: reader(version), options=Options(workers=no_workers), failures=Failures(),
            progress=Progress(total=totals.append),
        )  # fmt: skip
        store.finish()
        return done.documents, done.changed

    assert again("2", Choice()) == (2, 0)
    assert again("2", Choice()) == (0, 0)
    assert again("2", Choice(everything=True)) == (3, 0)
    assert totals == [2, 0, 3]
    assert [run.kind for run in store.runs()] == ["ingest", "ingest", "reread", "reread"]
    assert {run.ended is None for run in store.runs()[2:]} == {False}


def test_what_cannot_be_read_anew_keeps_its_reading_and_is_a_failure(
    store: Store, make_coded: Callable[..., CodedDocument], reader: Callable[..., Reader]
) -> None:
    store.write(
        [make_coded(Document(text="bad", url="http://example.org/")), make_coded(Document(text="good"))]
    )
    failures: list[str] = []
    done = reread(
        store, Choice(), reader=lambda: reader("2"), options=Options(),
        failures=Failures(lambda name, _: failures.append(name)), progress=Progress(),
    )  # fmt: skip
    assert (done.documents, failures) == (1, ["http://example.org/"])
    assert len(list(store.reports())) == 2
    assert [each.input for each in store.failures()] == failures


@pytest.fixture(scope="module")
def kill_ingest(root: Path) -> ModuleType:
    """Return the script that kills an ingest again and again."""
    sys.path.insert(0, str(root / "benchmarks"))
    import kill_ingest as script

    return script


def test_an_ingest_that_is_killed_goes_on_and_holds_what_an_undisturbed_one_holds(
    kill_ingest: ModuleType, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))
    plan = kill_ingest.Plan(articles=180, kills=4, latest=0.5, seed=3, workers="0")
    assert kill_ingest.kill_and_compare(tmp_path, plan) == []
