from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli.app import run

ROW = {"text": "They met , but they did not agree .", "targets": [
    {"span1": [1, 2], "label": 3.0}, {"span1": [7, 8], "label": -2.6}, {"span1": [0, 1], "label": -2.6},
]}  # fmt: skip


@pytest.fixture
def rated(tmp_path: Path) -> Path:
    """Return a file with a rated sentence; one of its ratings is absurd."""
    path = tmp_path / "rated.jsonl"
    path.write_text(json.dumps(ROW) + "\n", "utf-8")
    return path


def test_figures_come_first_then_as_many_errors_as_asked(
    rated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "factuality", str(rated), "--errors", "5", "--quiet"]) == 0
    words = capsys.readouterr().out
    assert words.startswith("== 3 events\nPearson r ")
    assert "-2.6 read as actual (factuality: default) rated.jsonl:1" in words
    assert run(["evaluate", "factuality", str(rated), "--quiet"]) == 0
    assert "read as" not in capsys.readouterr().out


def test_json_is_one_object_with_all_errors(rated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "factuality", str(rated), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["count"], len(result["errors"])) == (3, 1)
    assert {one["name"] for one in result["classes"]} == {"happened", "open", "did not"}


def test_a_folder_of_timeml_is_measured_by_polarity(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.tml").write_text(
        '<TimeML><TEXT>They did not <EVENT eid="e1">meet</EVENT>. They <EVENT eid="e2">left</EVENT>.</TEXT>'
        '<MAKEINSTANCE eventID="e1" polarity="NEG"/><MAKEINSTANCE eventID="e2" polarity="POS"/></TimeML>',
        "utf-8",
    )
    assert run(["evaluate", "factuality", str(tmp_path), "--quiet"]) == 0
    assert "denied              1      1      1.000   1.000" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_what_cannot_be_read_is_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "factuality", str(tmp_path / name)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_both_sets_agree_with_the_labels_as_well_as_promised(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = []
    for name in ("UW", "UDS_IH2"):
        assert (
            run(["evaluate", "factuality", str(shared / f"eval/factuality/{name}/dev.jsonl"), "--json"]) == 0
        )
        found.append(json.loads(capsys.readouterr().out)["pearson"])
    assert sum(found) / 2 >= 0.68


def test_denied_events_of_wire_copy_are_found_as_promised(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "factuality", str(shared / "eval/tempeval3"), "--json"]) == 0
    denied = json.loads(capsys.readouterr().out)["denied"]
    assert denied["right"] / denied["count"] >= 0.85
