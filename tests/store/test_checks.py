from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.store import Failure, Store, StoredOriginal


@pytest.fixture
def path(tmp_path: Path, make_coded: Callable[..., CodedDocument]) -> Path:
    path = tmp_path / "s.duckdb"
    coded = make_coded()
    other = make_coded(Document(text="Kim met Putin. \U0001d518", url="https://example.org/"))
    original = StoredOriginal(
        document=coded.document.id, media_type="text/plain", encoding="utf-8", data=b"x", pieces=((0, 1, 0),)
    )
    with Store(path) as store:
        store.write([coded, other], [Failure("a", "b")], [original])
    return path


def test_a_whole_store_has_no_fault(path: Path) -> None:
    with Store(path, read_only=True) as store:
        assert list(store.faults()) == list(store.faults(everything=True)) == []


@pytest.mark.parametrize(
    ("damage", "table", "words"),
    [
        ("INSERT INTO sentences SELECT * FROM sentences LIMIT 1", "sentences", "stand there twice"),
        (
            "DELETE FROM documents WHERE url IS NOT NULL",
            "reports",
            "name a document that is not in documents",
        ),
        ("DELETE FROM events", "reports", "name a event that is not in events"),
        ("DELETE FROM reports", "events", "name a report that is not there"),
        ("DELETE FROM runs", "documents", "name a run that is not in runs"),
        ("UPDATE documents SET supersedes = 'gone'", "documents", "name a supersedes"),
        ("UPDATE actors SET reader_version = 'x'", "actors", "of another reader"),
        (
            'UPDATE actors SET "start" = "start" + 1 WHERE text = \'Putin\'',
            "actors",
            "do not stand in the text",
        ),
        ("DELETE FROM times WHERE owned_by = 'document'", "times", "are not as many"),
        ("UPDATE reports SET number = 7", "reports", "are not numbered"),
        ("UPDATE documents SET document = '{}'", "documents", "record of another shape"),
        (
            "UPDATE documents SET document = replace(document, 'Kim', 'Kom')",
            "documents",
            "an id that their text",
        ),
        ("UPDATE documents SET address = 'x'", "documents", "an address that"),
        ("UPDATE reports SET record = '{\"id\": 1}'", "reports", "record of another shape"),
        ("UPDATE originals SET document = 'gone'", "originals", "name a document"),
    ],
)
def test_each_fault_is_found_and_told_in_one_line(path: Path, damage: str, table: str, words: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(damage)
    with Store(path, read_only=True) as store:
        told = [str(fault) for fault in store.faults() if fault.table == table]
    assert any(words in line for line in told), told
    assert all("\n" not in line for line in told)
