from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli.app import run

TEXT = "The Zorin Front attacked soldiers in Mali. The Zorin Front took a town."
GROUP = "id\tname\taliases\tcountry\tsector\tkind\tlater\ngrp.zorin-front\tZorin Front\t\tMLI\tREB\tarmed\t\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "groups.tsv").write_text(GROUP, encoding="utf-8")
    return folder


def test_an_unknown_name_is_listed_until_a_table_has_it(
    article: Path, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["knowledge", "gaps", str(article), "--json"]) == 0
    (gap,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (gap["name"], gap["mentions"], gap["sentence"]) == ("Zorin Front", 2, TEXT.partition(" The")[0])
    assert run(["knowledge", "gaps", str(article), "--actors", str(tables)]) == 0
    assert capsys.readouterr().out == ""


def test_a_store_is_looked_through(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "news.duckdb")
    run(["ingest", str(article), "--db", db, "--quiet"])
    assert run(["knowledge", "gaps", "--db", db]) == 0
    assert capsys.readouterr().out.startswith("    2  Zorin Front  (in 1 document)\n")


def test_files_or_a_store(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "gaps"]) == 2
    assert run(["knowledge", "gaps", str(article), "--db", "x.duckdb"]) == 2
    assert "not both" in capsys.readouterr().err


def test_own_tables_are_read_with_code_and_change_the_reader_version(
    article: Path, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    versions, codes = [], []
    for more in ([], ["--actors", str(tables)]):
        assert run(["code", str(article), "--json", *more]) == 0
        coded = json.loads(capsys.readouterr().out)
        versions.append(coded["document"]["reader_version"])
        codes.append({actor["code"] for report in coded["reports"] for actor in report["actors"]})
    assert versions[0] != versions[1]
    assert "MLIREB" not in codes[0]
    assert "MLIREB" in codes[1]


def test_a_broken_table_is_told_with_its_line_and_nothing_of_it_is_read(
    article: Path, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tables / "groups.tsv").open("a", encoding="utf-8") as groups:
        groups.write("grp.other\tOther\t\tXXX\tREB\tarmed\t\n")
    assert run(["code", str(article), "--actors", str(tables)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"dragoman: {tables}/groups.tsv:3: unknown country code 'XXX'\n"
    assert run(["knowledge", "check", str(tables)]) == 2
    assert capsys.readouterr().out == f"{tables}/groups.tsv:3: unknown country code 'XXX'\n"
