from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from dragoman.cli.app import run
from dragoman.model.schema import json_schema

TEXT = "Russian President Vladimir Putin met Chinese President Xi Jinping in Moscow on Tuesday."

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "a.txt")


def _bad(folder: Path) -> dict[str, str]:
    (folder / "empty.txt").write_text(" \n")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02")
    (folder / "folder").mkdir(exist_ok=True)
    (folder / "french.txt").write_text(
        "Le ministre a rencontré son homologue à Moscou, a dit le porte-parole. " * 4
    )
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return {
        str(folder / "none.txt"): "no such file",
        str(folder / "folder"): "is a folder without files",
        str(folder / "empty.txt"): "is empty",
        str(folder / "binary.txt"): "is binary",
        str(folder / "french.txt"): "is in French; dragoman reads English",
        str(folder / "picture.png"): "is binary",
        str(folder / "*.none"): "nothing has a name like this",
        "a\0b": "no such file",
    }


def test_each_bad_input_is_one_line_on_standard_error_and_exit_code_2(
    tmp_path: Path, capsys: Captured
) -> None:
    for name, words in _bad(tmp_path).items():
        assert run(["code", name]) == 2
        captured = capsys.readouterr()
        assert words in captured.err
        assert captured.err.count("\n") == 1
        assert captured.out == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--published", "last week"], "published must be a date like"),
        (["--published", "2023-02-30"], "published must be a date like"),
        (["--format", "xml"], "unknown format 'xml'; known: table, json, jsonl, csv"),
    ],
)
def test_wrong_options_are_one_line_and_exit_code_2(
    article: str, options: list[str], words: str, capsys: Captured
) -> None:
    assert run(["code", article, *options]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert (captured.err.count("\n"), captured.out) == (1, "")


def test_in_a_batch_the_others_go_through(article: str, tmp_path: Path, capsys: Captured) -> None:
    bad = _bad(tmp_path)
    assert run(["code", *bad, article, "--json"]) == 3
    captured = capsys.readouterr()
    assert captured.err.count("\n") == len(bad)
    assert json.loads(captured.out)["document"]["text"] == TEXT


def test_jsonl_conforms_to_the_schema_and_json_is_the_same(article: str, capsys: Captured) -> None:
    arguments = ["code", article, "--published", "2024-03-13", "--outlet", "The Post"]
    assert run([*arguments, "--format", "jsonl"]) == 0
    printed = json.loads(capsys.readouterr().out)
    Draft202012Validator(json_schema()).validate(printed)
    assert printed["document"]["published"] == "2024-03-13"
    assert printed["reports"]
    run([*arguments, "--format", "json"])
    assert json.loads(capsys.readouterr().out) == printed


def test_several_documents_are_several_lines_and_one_list(article: str, capsys: Captured) -> None:
    run(["code", article, article, "--json"])
    assert capsys.readouterr().out.count("\n") == 2
    run(["code", article, article, "--format", "json"])
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_csv_has_one_row_a_report(article: str, capsys: Captured) -> None:
    assert run(["code", article, "--format", "csv", "--published", "2024-03-13"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["event_type"] for row in rows] == ["CONSULT"]
    assert "RUSGOV" in rows[0]["actor_codes"] + rows[0]["recipient_codes"]
    assert rows[0]["from"] == "2024-03-12"


def test_the_table_is_plain_where_there_is_no_terminal(article: str, capsys: Captured) -> None:
    assert run(["code", article, "--published", "2024-03-13"]) == 0
    table = capsys.readouterr().out
    assert "\x1b" not in table
    assert "CONSULT" in table
    assert "Xi Jinping" in table
    assert "stay open" not in table


def test_without_a_date_the_days_stay_open_and_it_says_so(article: str, capsys: Captured) -> None:
    run(["code", article])
    table = capsys.readouterr().out
    assert "stay open. Give it with --published" in table
    assert "open:" in table


def test_the_words_are_shown_on_demand(article: str, capsys: Captured) -> None:
    run(["code", article])
    assert "“Tuesday”" not in capsys.readouterr().out.replace("on Tuesday", "Tuesday")
    run(["code", article, "--words"])
    assert "Tuesday”" in capsys.readouterr().out


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert run(["code", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["document"]["text"] == TEXT


def test_words_of_an_article_cannot_steer_the_terminal(tmp_path: Path, capsys: Captured) -> None:
    hostile = "The [bold]United States[/bold] \x1b[31mcondemned\x1b[0m Iran\u202e on Tuesday \x9b2J and [red"
    (tmp_path / "h.txt").write_text(hostile, encoding="utf-8")
    assert run(["code", str(tmp_path / "h.txt"), "--title", "\x1b]0;x\x07[link=http://x]y"]) == 0
    table = capsys.readouterr().out
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(table)
    assert "[link=http://x]y" in table
