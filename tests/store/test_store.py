from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import StoreError, UsageError
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.store import Failure, Store, Written
from dragoman.store.migrations import LATEST
from dragoman.store.schema import TABLES


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.duckdb") as opened:
        yield opened


def counts(store: Store) -> dict[str, int]:
    with duckdb.connect(str(store.path)) as connection:
        found = {
            table.name: connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608 - our own names
            for table in TABLES
        }
    return {name: row[0] for name, row in found.items() if row}


def test_what_is_written_comes_back_equal(store: Store, make_coded: Callable[..., CodedDocument]) -> None:
    coded = make_coded()
    assert store.write([coded]) == Written(documents=1, reports=1, events=1)
    assert list(store.events()) == list(coded.events)
    assert [stored.report for stored in store.reports()] == list(coded.reports)
    assert [stored.document for stored in store.documents()] == [coded.document]


def test_the_same_document_twice_changes_nothing(
    store: Store, make_coded: Callable[..., CodedDocument]
) -> None:
    coded = make_coded()
    store.write([coded], [Failure("a.txt", "empty")])
    before = counts(store)
    assert store.write([coded, coded], [Failure("a.txt", "empty")]) == Written(known=2)
    assert counts(store) == before
    assert before["runs"] == 1


def test_the_same_document_twice_in_one_batch_is_one(
    store: Store, make_coded: Callable[..., CodedDocument]
) -> None:
    assert store.write([make_coded(), make_coded()]).documents == 1


def test_a_batch_that_fails_leaves_nothing(store: Store, make_coded: Callable[..., CodedDocument]) -> None:
    twin = make_coded(Document(text="other"), reports=({"id": "x"}, {"id": "x"}))
    with pytest.raises(StoreError):
        store.write([make_coded(), twin])
    assert set(counts(store).values()) == {0}
    assert store.write([make_coded()]).documents == 1


def test_nothing_to_write_writes_no_run(store: Store) -> None:
    store.write([])
    assert counts(store)["runs"] == 0


def test_hostile_text_is_kept(store: Store, make_coded: Callable[..., CodedDocument]) -> None:
    text = "'; DROP TABLE events; -- \x00 \x1b[31m \u202e 𝔘 $v0 \" \\ "
    store.write([make_coded(Document(text=text, outlet="it's"))])
    assert next(store.documents()).document.text == text


def test_a_lone_surrogate_becomes_a_question_mark_of_the_same_length(
    store: Store, make_coded: Callable[..., CodedDocument]
) -> None:
    store.write([make_coded(Document(text="a\ud800b"))])
    assert next(store.documents()).document.text == "a?b"


def test_failures_are_kept_in_order(store: Store) -> None:
    store.write([], [Failure("b", "2"), Failure("a", "1")])
    assert list(store.failures()) == [Failure("a", "1"), Failure("b", "2")]


def test_an_event_is_found_by_the_beginning_of_its_id(
    store: Store, make_coded: Callable[..., CodedDocument]
) -> None:
    coded = make_coded(reports=({}, {"event_type": "AID"}))
    store.write([coded])
    event = coded.events[0]
    assert store.event(event.id) == store.event(event.id[:12]) == event
    (found,) = store.evidence(event)
    assert (found.report, found.document) == (coded.reports[0], coded.document)
    assert found.sentence.text == coded.document.text


@pytest.mark.parametrize("id_", ["", "zzz", "%"])
def test_an_unknown_event_is_a_usage_error(store: Store, id_: str) -> None:
    with pytest.raises(UsageError, match="no event"):
        store.event(id_)


def test_has_knows_a_document(store: Store, make_coded: Callable[..., CodedDocument]) -> None:
    coded = make_coded()
    store.write([coded])
    assert store.has(coded.document)
    assert not store.has(Document(text="other"))


def test_a_store_is_read_by_two_at_once(tmp_path: Path, make_coded: Callable[..., CodedDocument]) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        store.write([make_coded()])
    with (
        Store(tmp_path / "s.duckdb", read_only=True) as one,
        Store(tmp_path / "s.duckdb", read_only=True) as two,
    ):
        assert list(one.events()) == list(two.events())


def test_a_store_in_use_is_one_line(store: Store, root: Path) -> None:
    script = f"from dragoman.store import Store; Store({str(store.path)!r})"
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(root / "src")},
    )
    assert "another program is using this store" in found.stderr.splitlines()[-1]


def _text(path: Path) -> Path:
    (path / "t.duckdb").write_text("not a database " * 1000)
    return path / "t.duckdb"


def _foreign(path: Path) -> Path:
    with duckdb.connect(str(path / "f.duckdb")) as connection:
        connection.execute("CREATE TABLE other (x INTEGER)")
    return path / "f.duckdb"


def _newer(path: Path) -> Path:
    Store(path / "n.duckdb").close()
    with duckdb.connect(str(path / "n.duckdb")) as connection:
        connection.execute("INSERT INTO dragoman_store VALUES (?, now()::TIMESTAMP)", [LATEST + 1])
    return path / "n.duckdb"


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda path: path, "is a folder"),
        (lambda path: path / "none" / "s.duckdb", "does not exist"),
        (_text, "is not a dragoman store"),
        (_foreign, "of another program"),
        (_newer, "newer dragoman"),
    ],
)
def test_what_is_no_store_is_told_in_one_line(
    tmp_path: Path, prepare: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        Store(prepare(tmp_path))
    assert "\n" not in str(caught.value)


def test_reading_never_makes_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        Store(tmp_path / "s.duckdb", read_only=True)
    assert not (tmp_path / "s.duckdb").exists()


def test_a_killed_writer_leaves_no_half_batch(tmp_path: Path, root: Path) -> None:
    script = (
        "import os, sys; from dragoman.store import Store, Failure; from dragoman.store import store as s\n"
        "opened = Store(sys.argv[1]); opened.write([], [Failure('kept', 'x')])\n"
        "s.writing.insert(opened._connection.execute('BEGIN'), s.writing.FAILURES,"
        " [{'input': 'lost', 'reason': 'x', 'run': 2}])\n"
        "os.kill(os.getpid(), 9)"
    )
    path = str(tmp_path / "s.duckdb")
    env = {"PYTHONPATH": str(root / "src")}
    subprocess.run([sys.executable, "-c", script, path], capture_output=True, check=False, env=env)
    with Store(path, read_only=True) as store:
        assert [failure.input for failure in store.failures()] == ["kept"]
