from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli.app import GROUPS, build, run

GROUPED = {"evaluate", "knowledge"}
COMMANDS = [
    "backup", "check", "code", "diff", "documents", "evaluate", "evaluate actors", "evaluate factuality", "evaluate petrarch", "evaluate records", "evaluate relations", "evaluate seed", "events", "explain", "export", "import", "ingest", "knowledge", "knowledge check", "knowledge diff", "knowledge gaps", "knowledge import",
    "reports", "reread", "runs", "watch",
]  # fmt: skip


def start(root: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run dragoman as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "dragoman", *arguments],
        capture_output=True, text=True, check=False, env={"PYTHONPATH": str(root / "src")}, **options,  # type: ignore[call-overload]
    )  # fmt: skip


def test_the_command_groups_are_pinned() -> None:
    assert [group.__name__.rpartition(".")[2] for group in GROUPS] == [
        "code", "ingest", "watch", "events", "explain", "rereading", "upkeep", "evaluate", "knowledge",
    ]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    words = capsys.readouterr().out
    if command not in GROUPED:
        assert "Example" in words
        assert f"dragoman {command}" in words.partition("Example")[2]


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    listed = capsys.readouterr().out.partition("Commands:")[2]
    assert {line.split()[0] for line in listed.strip().splitlines()} == {name.split()[0] for name in COMMANDS}
    assert build().info.name == "dragoman"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("dragoman 0.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cod"], "No such command 'cod'"),
        (["code"], "Missing argument 'FILE...'"),
        (["code", "a.txt", "--colour"], "No such option: --colour"),
        (["events", "--quad", "many"], "integer"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    line = capsys.readouterr().err
    assert words in line
    assert line.count("\n") == 1
    assert "--help" in line


def test_without_arguments_it_prints_its_help_and_ends_with_2(root: Path) -> None:
    found = start(root)
    assert found.returncode == 2
    assert found.stderr.startswith("Usage: dragoman")


def test_a_closed_pipe_ends_quietly(root: Path) -> None:
    command = [sys.executable, "-m", "dragoman", "--help"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": {"PYTHONPATH": str(root / "src")}}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_help_loads_nothing_heavy(root: Path) -> None:
    script = (
        "import sys; from dragoman.cli.app import run; run(['--help'])\n"
        "print([name for name in ('spacy', 'duckdb', 'numpy', 'rich') if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(root / "src")},
    )
    assert found.stdout.splitlines()[-1] == "[]"
