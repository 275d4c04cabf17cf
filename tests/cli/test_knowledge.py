from __future__ import annotations

import pytest

from dragoman.cli.app import run


def test_the_knowledge_files_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "check"]) == 0
    assert capsys.readouterr().out == "the knowledge files are in order\n"
