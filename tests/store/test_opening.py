from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.errors import StoreError
from dragoman.store import Store
from dragoman.store.opening import why

# Writes articles until the files may not grow any more; prints how many batches went in, then the error.
WRITER = """
import resource, sys
from dragoman.errors import StoreError
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.model.report import Mentions
from dragoman.store import Store
path, limit = sys.argv[1], int(sys.argv[2])
with Store(path) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        for number in range(400):
            text = " ".join(str(hash((number, word))) for word in range(3000))
            coded = CodedDocument(Document(text=text), (), (), Mentions((), (), (), ()), (), ())
            store.write([coded])
            print(number + 1, flush=True)
    except StoreError as error:
        print(error)
"""


@pytest.mark.parametrize("limit", [400_000, 3_000_000])
def test_a_full_disk_is_one_line_and_keeps_what_was_written(tmp_path: Path, root: Path, limit: int) -> None:
    path = tmp_path / "s.duckdb"
    done = subprocess.run(
        [sys.executable, "-c", WRITER, str(path), str(limit)],
        capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(root / "src"), "PYTHONHASHSEED": "1"},
    )  # fmt: skip
    *written, error = done.stdout.splitlines()
    assert error == f"{path}: {why(Path(), 'no space left').partition(': ')[2]}", done.stderr
    with Store(path) as store:
        assert len(list(store.documents())) == len(written)
        assert list(store.faults()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("file/s.duckdb", "is a file, not a folder"),
        ("none/s.duckdb", "does not exist"),
        ("x" * 300, "cannot be opened|file in another folder"),
    ],
)
def test_a_place_where_no_store_can_be_is_one_line(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=words) as caught:
        Store(tmp_path / name)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that even root may not write to")
def test_a_folder_that_may_not_be_written_is_one_line() -> None:
    with pytest.raises(StoreError, match="with --db") as caught:
        Store("/proc/self/s.duckdb")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    with pytest.raises(StoreError, match="may not be written here"):
        Store(tmp_path / "shut" / "s.duckdb")
