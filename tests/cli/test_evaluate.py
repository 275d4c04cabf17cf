from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dragoman.cli.app import run

EXAMPLES = Path(__file__).parents[2] / "examples/pages"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a folder with one annotated page."""
    for name in ("expulsion.txt", "expulsion.gold.json"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return tmp_path


def test_a_page_is_scored_item_by_item(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "seed", str(page)]) == 0
    words = capsys.readouterr().out
    assert words.startswith("== expulsion.gold.json: ")
    assert "\nrequired right " in words


def test_json_is_an_object_a_page_and_the_figures_last(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "seed", str(page / "expulsion.gold.json"), "--json"]) == 0
    result, figures = map(json.loads, capsys.readouterr().out.splitlines())
    assert result["page"] == "expulsion.gold.json"
    assert figures["figures"]["required found"]["of"] == sum(item["required"] for item in result["items"])


def test_a_summary_is_the_figures_only(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "seed", str(page), "--summary"]) == 0
    assert capsys.readouterr().out.startswith("== 1 page\n")


def test_a_broken_annotation_is_named_with_its_key_and_left_out(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = page / "broken.gold.json"
    broken.write_text('{"document": "expulsion.txt"}')
    assert run(["evaluate", "seed", str(page), "--summary"]) == 3
    assert capsys.readouterr().err == f"dragoman: {broken}: reports: is missing\n"


def test_nothing_to_score_is_a_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "seed", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"dragoman: {tmp_path}: no *.gold.json in this folder\n"


def test_relations_prints_figures_and_classes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text(
        "sentence_id\tmarked_sentence\tgold_root\tgold_penta\n"
        "1\t<s>Fiji</s> expelled two diplomats of <t>Tonga</t>.\tSANCTION\t4\n"
        "2\t<s>Fiji</s> praised <t>Tonga</t>.\tSUPPORT\t1\n",
        encoding="utf-8",
    )
    assert run(["evaluate", "relations", str(table)]) == 0
    words = capsys.readouterr().out
    assert words.startswith("== 2 pairs\naccuracy ")
    assert "\nSANCTION " in words


def test_a_table_without_its_columns_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("sentence\tpair\n", encoding="utf-8")
    assert run(["evaluate", "relations", str(table)]) == 2
    assert capsys.readouterr().err == f"dragoman: {table}: no column sentence_id\n"


def test_references_are_scored_by_kind_with_their_errors(capsys: pytest.CaptureFixture[str]) -> None:
    talks = str(EXAMPLES.parent / "reference/talks")
    assert run(["evaluate", "references", talks, "--texts", talks]) == 0
    words = capsys.readouterr().out
    assert words.startswith("== 16 references\nright ")
    assert "\n  pronoun " in words
    assert run(["evaluate", "references", talks, "--texts", talks, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["count"] == 16
    assert {error["verdict"] for error in result["errors"]} <= {"wrong", "missing"}


def test_times_are_scored_against_timeml_with_their_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.tml").write_text(
        '<TimeML><DCT><TIMEX3 value="2023-09-13">x</TIMEX3></DCT><TEXT>Fiji met Tonga on '
        '<TIMEX3 type="DATE" value="2023-09-05">Monday</TIMEX3>.</TEXT></TimeML>',
        encoding="utf-8",
    )
    (tmp_path / "b.tml").write_text("no xml", encoding="utf-8")
    assert run(["evaluate", "times", str(tmp_path), "--errors", "1"]) == 3
    printed = capsys.readouterr()
    assert "value: a.tml: annotated “Monday” DATE 2023-09-05; read “Monday” DATE 2023-09-11" in printed.out
    assert "b.tml" in printed.err
    assert run(["evaluate", "times", str(tmp_path), "--half", "odd", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["relaxed"] == 1.0
    assert run(["evaluate", "times", str(tmp_path), "--half", "left"]) == 2


def test_attacks_are_scored_against_answer_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tst-muc4").write_text(
        "TST2-MUC4-0001\n\n   LIMA, 3 JAN 90 -- [TEXT] REBELS KILLED TWO POLICEMEN IN LIMA YESTERDAY.\n\n"
    )
    (tmp_path / "key-tst.v4").write_text(
        "0.  MESSAGE: ID                     TST2-MUC4-0001\n1.  MESSAGE: TEMPLATE               1\n"
        "2.  INCIDENT: DATE                  02 JAN 90\n4.  INCIDENT: TYPE                  ATTACK\n"
        "5.  INCIDENT: STAGE OF EXECUTION    THREATENED\n"
    )
    assert run(["evaluate", "attacks", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "found                       1 of 1" in shown
    assert "THREATENED → ACCOMPLISHED" in shown
    assert run(["evaluate", "attacks", str(tmp_path), "--json", "--first", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["fields"]["date"] == [1, 1, 0, 1]
    assert run(["evaluate", "attacks", str(tmp_path / "missing")]) == 2


def test_attributions_are_scored_with_a_table_and_their_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in (
        ("text/paper_2016-03-11_day.txt", "The minister said that talks had failed."),
        ("attributions/paper_2016-03-11_day_4b22.ann", "T1\tSource 0 12\t\nT2\tCue 29 35\t\nT3\tContent 18 39\t\nE1\tCue:T2 Source:T1 Content:T3\n"),
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(content, "utf-8")
    assert run(["evaluate", "attribution", str(tmp_path), "--errors", "1", "--quiet"]) == 0
    words = capsys.readouterr().out
    assert words.startswith("== 1 article: 1 attributions annotated, 1 read\ncue precision")
    assert "\n2 errors:\n\nmissed: “had”" in words or "\n2 errors:\n\nmissed:" in words
    assert run(["evaluate", "attribution", str(tmp_path), "--json", "--quiet"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["total"]["gold"] == 1
    assert [verdict["verdict"] for verdict in result["verdicts"]] == ["missed", "not annotated"]
    assert run(["evaluate", "attribution", str(tmp_path / "text"), "--quiet"]) == 2
