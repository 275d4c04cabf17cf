from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.cli.app import run
from dragoman.config import SETTINGS
from dragoman.ingest.fetching.config import FETCH_SETTINGS
from dragoman.knowledge.actor_records import COLUMNS
from dragoman.reading.chain import PARSED, Chain
from dragoman.store.schema import TABLES

LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
COMMAND = re.compile(r"dragoman ((?:knowledge |evaluate )?[a-z]+)")
LAYER = re.compile(r"`([a-z]+)`")
README_LINES = 150


@pytest.fixture(scope="module")
def generate(root: Path) -> ModuleType:
    """Return the script that makes the pages."""
    sys.path.insert(0, str(root / "docs"))
    import generate as script

    return script


@pytest.mark.parametrize("name", ["cli.md", "settings.md", "records.md", "store.md"])
def test_a_made_page_is_up_to_date(generate: ModuleType, name: str) -> None:
    path = generate.REFERENCE / name
    made = generate.pages(output=False)[path]
    assert path.read_text(encoding="utf-8") == made, "run: make docs"


def test_every_command_and_option_is_on_the_page_of_the_command_line(
    generate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    sections = dict(part.split("\n", 1) for part in generate.cli_page().split("\n## ")[1:])
    assert len(sections) > len("some")
    for command, section in sections.items():
        assert run([*command.split()[1:], "--help"]) == 0
        options = set(re.findall(r"^  (?:-h, )?(--[a-z-]+)", capsys.readouterr().out, re.MULTILINE))
        assert options - {"--help"} == set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE))


def test_every_setting_is_on_the_page_of_settings(generate: ModuleType) -> None:
    page = generate.settings_page()
    assert all(f"| `{setting.name}` |" in page for setting in (*SETTINGS, *FETCH_SETTINGS))


def test_output_is_put_into_a_page_and_trimmed(generate: ModuleType) -> None:
    page = "a\n<!-- output of: dragoman --help lines 1-2 -->\n```text\nold\n```\nb\n"
    first, *_, last = generate.with_output(page).split("\n```")
    assert first == "a\n<!-- output of: dragoman --help lines 1-2 -->"
    assert last == "\nb\n"
    assert "\nUsage: dragoman [OPTIONS] COMMAND [ARGS]...\n\n…\n```\n" in generate.with_output(page)


def test_the_readme_is_short(root: Path) -> None:
    assert len((root / "README.md").read_text(encoding="utf-8").splitlines()) <= README_LINES


def _pages(root: Path) -> list[Path]:
    return [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("examples/**/*.md")]


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in _pages(root)
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_commands_in_code_blocks_exist(root: Path, generate: ModuleType) -> None:
    known = set(COMMAND.findall(generate.cli_page()))
    for page in _pages(root):
        for block in re.findall(r"```\w*\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            used = {match[1] for match in re.finditer(rf"^(?:.*\| )?{COMMAND.pattern}", block, re.MULTILINE)}
            assert used <= known, page


def test_the_table_of_stages_is_that_of_the_chain(root: Path, chain: Chain) -> None:
    page = (root / "docs" / "explain" / "architecture.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in page.splitlines() if line.count("|") == len("|||||")]
    told = {name.strip(): (LAYER.findall(needs), LAYER.findall(gives)) for name, _, needs, gives in rows}
    for stage in chain.stages:
        needs, gives = told[stage.name]
        assert gives == list(stage.gives)
        if stage.name != "assemble":
            assert needs == [layer for layer in stage.needs if layer not in PARSED]


def test_every_dependency_is_explained(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    listed = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    page = (root / "docs" / "explain" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert [name for entry in listed if (name := re.split(r"[<>=]", entry)[0]) not in page] == []


def test_every_table_of_knowledge_is_explained_beside_it(root: Path) -> None:
    for folder in (root / "src" / "dragoman" / "knowledge" / "data").iterdir():
        explained = (folder / "README.md").read_text(encoding="utf-8")
        tables = {path.name for path in folder.glob("*.tsv")}
        if folder.name == "triggers":
            tables = {"not-events.tsv", "support-verbs.tsv", "classes.tsv"}
        missing = [name for name in sorted(tables) if name.removesuffix(".tsv") not in explained]
        assert missing == [], folder.name


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_every_column_of_the_actor_tables_is_explained(root: Path, table: str) -> None:
    readme = root / "src" / "dragoman" / "knowledge" / "data" / "actors" / "README.md"
    line = next(
        line for line in readme.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {table} ")
    )
    assert [column for column in COLUMNS[table] if not re.search(rf"\b{column}\b", line)] == []


def test_every_table_and_column_is_on_the_page_of_the_store(generate: ModuleType) -> None:
    page = generate.store_page()
    for table in TABLES:
        section = page.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        assert all(f"| `{column.name}` |" in section for column in table.columns), table.name
