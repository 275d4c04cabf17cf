"""Inputs made to harm: none may crash or take much memory, each is named once with a reason, the rest go in."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

# Bytes of address space the whole may take.
MEMORY = 2_500_000_000
MEGA = 1024 * 1024
READ = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from dragoman.ingest.files import read_items
from dragoman.ingest.metadata import Metadata
told = []
items = [item.name for item in read_items([sys.argv[1]], Metadata(), lambda name, error: told.append((name, str(error))))]
print(json.dumps([items, told]))
"""
ENCODINGS = ["utf-8", "latin1", "cp1251", "koi8-r", "shift_jis", "euc-jp", "gb2312", "big5", "euc-kr", "iso-8859-7", "windows-1255", "utf-16", "utf-7", "hex", "idna", "unicode_escape", "bogus"]  # fmt: skip


def _write(folder: Path, make: SimpleNamespace) -> dict[str, str]:
    """Write the inputs; return what must be said of each, nothing where it goes in."""
    first = make.first
    zeros = gzip.compress(bytes(16 * MEGA)) * 64
    bomb = "".join(f'<!ENTITY l{i} "{(f"&l{i - 1};" if i else "lol") * 10}">' for i in range(10))
    nested = "<html><body>" + "<div>" * 50_000 + first + "</div>" * 50_000
    claims = "".join(f'<meta charset="{name}">' for name in ENCODINGS)
    line = "met " * (50 * MEGA // 4)
    one = json.dumps({"text": first})
    files: dict[str, tuple[bytes, str]] = {
        "zeros.gz": (zeros, "too long"),
        "zeros.warc.gz": (zeros, "too long"),
        "zeros.tar.gz": (zeros, "no articles"),
        "nested.html": (nested.encode(), ""),
        "unclosed.html": (("<b><i>" * 50_000 + first).encode(), ""),
        "brackets.html": (("<html>" + "<" * MEGA + first).encode(), "without text"),
        "line.txt": (line.encode(), "too long"),
        "line.jsonl": (f'{one}\n{{"text": "{line}"}}\n{one}\n'.encode(), "too long"),
        "deep.jsonl": (("[" * 200_000 + f"\n{one}\n").encode(), "no JSON object"),
        "laughs.rss": (
            make.feed("<description>&l9;</description>", f"<!DOCTYPE x [{bomb}]>").encode(),
            "without end",
        ),
        "dots.zip": (make.zip({"../evil.txt": b"x", "ok.txt": first.encode()}), "points out"),
        "bomb.zip": (make.zip({"zeros.txt": b"0" * (100 * MEGA), "ok.txt": first.encode()}), "too long"),
        "office.zip": (make.zip({"[Content_Types].xml": b"x"}), "Office document"),
        "loop.pdf": (make.pdf(["x"], kids="[2 0 R]"), "damaged PDF"),
        "cut.pdf": (make.pdf([first])[:400], "damaged PDF"),
        "claims.html": (f"<html><head>{claims}</head><p>{first} Caf".encode() + b"\xe9</p>", ""),
        "good.txt": (first.encode(), ""),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    (folder.parent / "secret.txt").write_text(first)
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    return {name: words for name, (_, words) in files.items()} | {"link.txt": "link out of the folder"}


@pytest.fixture(scope="module")
def outcome(
    tmp_path_factory: pytest.TempPathFactory, make: SimpleNamespace
) -> tuple[list[str], list[tuple[str, str]], dict[str, str]]:
    """Return the names read, those told, and what must be said of each, after one run in bounded memory."""
    folder = tmp_path_factory.mktemp("hostile") / "folder"
    folder.mkdir()
    expected = _write(folder, make)
    command = [sys.executable, "-c", READ, str(folder), str(MEMORY)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    items, told = json.loads(done.stdout)
    short = len(str(folder)) + 1
    return [name[short:] for name in items], [(name[short:], words) for name, words in told], expected


def test_each_is_named_once_with_its_reason(
    outcome: tuple[list[str], list[tuple[str, str]], dict[str, str]],
) -> None:
    _, told, expected = outcome
    bad = {name: words for name, words in expected.items() if words}
    assert len(told) == len(bad)
    for name, words in told:
        assert "\n" not in words
        assert bad[name.split("/")[0].split(":")[0]] in words


def test_the_rest_go_in(outcome: tuple[list[str], list[tuple[str, str]], dict[str, str]]) -> None:
    items, _, expected = outcome
    good = {name for name, words in expected.items() if not words}
    inside = {"line.jsonl:1", "line.jsonl:3", "deep.jsonl:2", "dots.zip/ok.txt", "bomb.zip/ok.txt"}
    assert set(items) == good | inside


def test_archives_in_archives_have_an_end(make: SimpleNamespace, tmp_path: Path, read_names: object) -> None:
    packed = make.first.encode()
    for _ in range(8):
        packed = make.zip({"a.zip": packed})
    (tmp_path / "a.zip").write_bytes(packed)
    items, told = read_names(tmp_path / "a.zip")  # type: ignore[operator]
    assert items == []
    assert [words for _, words in told] == ["is packed more than 5 times"]


def test_a_damaged_archive_gives_what_stood_before_the_damage(
    make: SimpleNamespace, tmp_path: Path, read_names: object
) -> None:
    pages = b"".join(make.warc(make.page.encode(), f"https://post.example/{number}") for number in range(3))
    packed = gzip.compress(pages)
    (tmp_path / "a.warc.gz").write_bytes(packed[: len(packed) - 30])
    items, told = read_names(tmp_path / "a.warc.gz")  # type: ignore[operator]
    assert items
    assert len(told) == 1
    assert "breaks off" in told[0][1]
