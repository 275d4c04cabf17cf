from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman.errors import StoreError, UsageError
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.store import Failure, Store, StoredOriginal, copy_store
from dragoman.store.schema import TABLES

Make = Callable[..., CodedDocument]
DAYS = ("2023-09-13", "2023-09-30T10:00Z", "2023-10-01", None)


def all_rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            table.name: connection.execute(f"SELECT * FROM {table.name} ORDER BY ALL").fetchall()  # noqa: S608
            for table in TABLES
        }


@pytest.fixture
def path(tmp_path: Path, make_coded: Make) -> Path:
    path = tmp_path / "s.duckdb"
    coded = [
        make_coded(Document(text=f"Kim met Putin {day}.", published=day, url="https://example.org/"))
        for day in DAYS
    ]
    original = StoredOriginal(
        document=coded[0].document.id,
        media_type="text/html",
        encoding="utf-8",
        data=b"<p>\x00" * 99,
        pieces=((0, 5, 3),),
    )
    with Store(path) as store:
        store.write(coded, [Failure("a", "b")], [original])
        store.replace([make_coded(coded[0].document, reports=({"event_type": "AID"},))])
    return path


def test_originals_are_kept_compressed(path: Path) -> None:
    ((_, kind, encoding, size, data, pieces, _),) = all_rows(path)["originals"]
    assert (kind, encoding, size, pieces) == ("text/html", "utf-8", 396, "[[0,5,3]]")
    assert zlib.decompress(data) == b"<p>\x00" * 99


def test_a_backup_holds_what_the_store_holds(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "it's a copy.duckdb"
    copy_store(path, out)
    assert all_rows(out) == all_rows(path)
    with Store(out) as store:
        assert list(store.faults()) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["it's a copy.duckdb", "s.duckdb"]


def test_a_backup_writes_over_nothing_and_leaves_nothing_half(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        copy_store(path, path)
    with pytest.raises(StoreError, match="does not exist"):
        copy_store(path, tmp_path / "none" / "x")
    with pytest.raises(StoreError):
        copy_store(tmp_path / "none", tmp_path / "x")
    assert [each.name for each in tmp_path.iterdir()] == ["s.duckdb"]


def test_parquet_is_parted_by_month_and_comes_back_row_for_row(path: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "news", tmp_path / "again.duckdb"
    with Store(path, read_only=True) as store:
        assert store.export_parquet(out)["documents"] == 4
    months = sorted(each.name for each in (out / "documents").iterdir())
    assert months == ["month=2023-09", "month=2023-10", "month=undated"]
    assert {each.name for each in (out / "reports").iterdir()} == set(months)
    with Store(again) as store:
        assert store.import_parquet(out)["documents"] == 4
        assert list(store.faults(everything=True)) == []
    assert all_rows(again) == all_rows(path)


def test_importing_again_adds_nothing_and_only_new_documents_come_into_a_store(
    path: Path, tmp_path: Path, make_coded: Make
) -> None:
    out, other = tmp_path / "news", tmp_path / "other.duckdb"
    older = make_coded(Document(text="Kim may meet Putin.", url="http://example.org"))
    with Store(path, read_only=True) as store:
        store.export_parquet(out)
    with Store(other) as store:
        store.write([older], [Failure("a", "b")])
        added = store.import_parquet(out)
        assert (added["documents"], added["failures"], added["readings"]) == (4, 0, 0)
        assert set(store.import_parquet(out).values()) == {0}
        assert [run.kind for run in store.runs()] == ["ingest", "import"]
        assert [stored.document.published for stored in store.documents()] == [None]
        versions = [(stored.supersedes is None) for stored in store.documents(all_versions=True)]
        assert versions.count(True) == 1
        assert list(store.faults(everything=True)) == []


def test_a_folder_that_is_none_of_ours_or_damaged_is_one_line_and_adds_nothing(
    path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "news"
    with Store(path, read_only=True) as store:
        store.export_parquet(out)
        with pytest.raises(UsageError, match="is there already"):
            store.export_parquet(out)
    with Store(tmp_path / "new.duckdb") as store:
        with pytest.raises(StoreError, match=r"dragoman.json is missing"):
            store.import_parquet(tmp_path)
        next((out / "events").rglob("*.parquet")).write_bytes(b"PAR1 not really")
        with pytest.raises(StoreError) as caught:
            store.import_parquet(out)
        assert "\n" not in str(caught.value)
        assert list(store.documents()) == []
        (out / "dragoman.json").write_text('{"store_version": 99, "rows": {}}')
        with pytest.raises(StoreError, match="version 99"):
            store.import_parquet(out)
