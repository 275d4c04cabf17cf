from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli.app import run

VERBS = "--- GIVE [070] ---\nGIVE {GAVE}\n- * CASH [071]\n"


@pytest.fixture
def verbs(tmp_path: Path) -> Path:
    """Return a small verb file."""
    path = tmp_path / "verbs.txt"
    path.write_text(VERBS, encoding="utf-8")
    return path


def test_import_says_how_much_there_was(
    verbs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actors = tmp_path / "actors.txt"
    actors.write_text("SYLDAVIA [SYL]\nLILLIPUT [LIL]\n", encoding="utf-8")
    out = tmp_path / "mine"
    assert run(["knowledge", "import", str(out), "--verbs", str(verbs), "--actors", str(actors)]) == 0
    words = capsys.readouterr().out
    assert words == f"{out}: 1 verb, 1 pattern, 0 synsets, 2 actors, 0 agents, 0 discards\n"
    assert run(["code", "-", "--knowledge", str(verbs)]) == 2
    assert "knowledge must be a folder" in capsys.readouterr().err


def test_each_line_that_cannot_be_used_is_told(
    verbs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verbs.write_text(f"{VERBS}- CASH [071]\nrubbish]\n", encoding="utf-8")
    assert run(["knowledge", "import", str(tmp_path / "mine"), "--verbs", str(verbs), "--json"]) == 3
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "dragoman: verbs.txt:4: a pattern needs one * for its verb, this has 0",
        "dragoman: verbs.txt:5: neither a verb (VERB {FORMS} [code]) nor a pattern nor a synset",
    ]
    account = json.loads(told.out)
    assert account["patterns"] == 1
    assert len(account["problems"]) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "nothing to import"),
        (["--verbs", "nowhere.txt"], "nowhere.txt: No such file"),
    ],
)
def test_wrong_use(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["knowledge", "import", str(tmp_path / "mine"), *arguments]) == 2
    assert words in capsys.readouterr().err


def test_code_with_imported_dictionaries(
    verbs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actors = tmp_path / "actors.txt"
    actors.write_text("SYLDAVIA [SYL]\nLILLIPUT [LIL]\n", encoding="utf-8")
    article = tmp_path / "article.txt"
    article.write_text("Syldavia gave cash to Lilliput.", encoding="utf-8")
    out = str(tmp_path / "mine")
    assert run(["knowledge", "import", out, "--verbs", str(verbs), "--actors", str(actors), "--quiet"]) == 0
    assert run(["code", str(article), "--knowledge", out, "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert (report["event_type"], report["cameo"]) == ("AID", "071")
    assert [actor["code"] for actor in (*report["actors"], *report["recipients"])] == ["SYL", "LIL"]
    assert "lexicon:GIVE: * CASH [071]" in report["rules"]
