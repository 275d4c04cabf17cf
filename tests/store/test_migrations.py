from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman.errors import StoreError
from dragoman.model.event import CodedDocument
from dragoman.store import Filters, Store
from dragoman.store.migrations import LATEST, MIGRATIONS
from dragoman.store.schema import TABLES

Make = Callable[..., CodedDocument]
OLD = Path(__file__).with_name("version1.sql")


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(OLD.read_text(encoding="utf-8"))
    return path


def test_the_steps_are_counted() -> None:
    assert len(MIGRATIONS) == LATEST == 3


def test_all_steps_together_make_the_tables_of_today(tmp_path: Path) -> None:
    Store(tmp_path / "s.duckdb").close()
    query = "SELECT table_name, column_name, data_type FROM duckdb_columns() ORDER BY table_oid, column_index"
    made: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in rows(tmp_path / "s.duckdb", query):
        made.setdefault(table, []).append((column, kind))
    for table in TABLES:
        assert made[table.name] == [(column.name, column.kind) for column in table.columns]
    keyed = {name for (name,) in rows(tmp_path / "s.duckdb", "SELECT table_name FROM duckdb_constraints()")}
    assert keyed == {table.name for table in TABLES if table.keyed} | {"dragoman_store"}


def test_an_old_store_is_brought_up_to_date_without_loss(old: Path) -> None:
    tables = ("documents", "reports", "events")
    queries = {
        name: f"SELECT id, {'document' if name == 'documents' else 'record'} FROM {name} ORDER BY id"  # noqa: S608
        for name in tables
    }
    records = {name: rows(old, query) for name, query in queries.items()}
    with Store(old) as store:
        assert list(store.faults(everything=True)) == []
        assert len(list(store.events(Filters(all_versions=True)))) == 3
        assert [failure.reason for failure in store.failures()] == ["no such file"]
        assert [run.kind for run in store.runs()] == ["ingest"] * 3
    assert {name: rows(old, query) for name, query in queries.items()} == records
    assert rows(old, "SELECT count(*) FROM sentences") == [(4,)]


def test_texts_at_one_address_become_versions(old: Path) -> None:
    Store(old).close()
    found = rows(old, "SELECT address, version, supersedes IS NULL FROM documents ORDER BY run")
    assert found == [("example.org/a", 1, True), ("example.org/a", 2, False), (None, 1, True)]
    with Store(old, read_only=True) as store:
        assert len(list(store.documents())) == 2
        assert len(list(store.documents(all_versions=True))) == 3
        assert [stored.document.text[:12] for stored in store.documents(text="thanks 300 TONNE")] == [
            "Iran thanked"
        ]


def test_an_old_store_is_not_changed_by_reading(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(StoreError, match="of an older dragoman; bring it up to date"):
        Store(old, read_only=True)
    assert old.read_bytes() == before


def test_a_step_that_fails_leaves_the_store_as_it_was(old: Path) -> None:
    with duckdb.connect(str(old)) as connection:
        connection.execute("UPDATE documents SET mentions = '[]' WHERE run = 2")
    with pytest.raises((StoreError, TypeError, KeyError)):
        Store(old)
    with duckdb.connect(str(old)) as connection:
        assert connection.execute("SELECT max(version) FROM dragoman_store").fetchone() == (1,)
        assert len(connection.execute("SELECT * FROM duckdb_tables()").fetchall()) == 6


def test_a_kill_while_it_is_brought_up_to_date_costs_nothing(old: Path, root: Path) -> None:
    script = (
        "import os, sys; from dragoman.store import Store, migrations\n"
        "steps = (*migrations.MIGRATIONS[1], lambda _: os.kill(os.getpid(), 9))\n"
        "from dragoman.store import opening; opening.MIGRATIONS = (migrations.MIGRATIONS[0], steps)\n"
        "Store(sys.argv[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(old)], check=False, env={"PYTHONPATH": str(root / "src")}
    )
    assert done.returncode == -9
    with Store(old) as store:
        assert list(store.faults()) == []
        assert len(list(store.documents(all_versions=True))) == 3


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM dragoman_store WHERE version = 3", "half brought up to date"),
        ("DELETE FROM dragoman_store", "half brought up to date"),
        ("DROP TABLE quantities", "lacks the table quantities"),
        ("ALTER TABLE sentences DROP COLUMN stems", "lacks sentences.stems"),
    ],
)
def test_a_half_made_store_is_refused_in_one_line_and_left_alone(
    tmp_path: Path, make_coded: Make, damage: str, words: str
) -> None:
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.write([make_coded()])
    with duckdb.connect(str(path)) as connection:
        connection.execute(damage)
    for read_only in (False, True):
        with pytest.raises(StoreError) as caught:
            Store(path, read_only=read_only)
        assert "\n" not in str(caught.value)
        assert words in str(caught.value) or read_only
    assert rows(path, "SELECT count(*) FROM reports") == [(1,)]
