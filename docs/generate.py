#!/usr/bin/env python3
"""Writes the pages that are made from the code, and puts real output into those that show some.

Run it with ``make docs``; ``--check`` writes nothing and names the pages that are out of date. Made whole:
``docs/reference/cli.md``, ``settings.md``, ``records.md`` and ``store.md``. In `WITH_OUTPUT` each code block that follows a
comment ``<!-- output of: dragoman … -->`` is replaced by what the command prints; ``lines 1-20`` at the comment's
end keeps only these, and a line ``…`` then stands for the rest.
"""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
import shlex
import subprocess
import sys
import typing
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from dragoman.cli.app import build
from dragoman.config import SETTINGS, ReaderConfig, Setting, default_of
from dragoman.ingest.fetching.config import FETCH_SETTINGS, FetchConfig
from dragoman.model.event import CodedDocument
from dragoman.model.record import Record, json_names
from dragoman.model.schema import CLOSED
from dragoman.store.migrations import LATEST
from dragoman.store.schema import TABLES

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
WITH_OUTPUT = (ROOT / "README.md", ROOT / "docs" / "explain" / "reading.md")
MADE = "<!-- made by docs/generate.py: change the code, then run `make docs` -->"
OUTPUT = re.compile(
    r"(?P<head><!-- output of: (?P<command>dragoman [^\n]*?)(?: lines (?P<first>\d+)-(?P<last>\d+))? -->\n```text\n)"
    r"(?P<body>.*?)(?P<tail>```\n)",
    re.DOTALL,
)
type Parameter = TyperArgument | TyperOption
PLAIN_TYPES: dict[type, str] = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def cli_page() -> str:
    """Return the page of the command line: every command with its help, arguments and options."""
    lines = [
        MADE, "", "# Command line", "",
        "Exit codes: 0 all done, 2 wrong use or nothing could be read, 3 done but some inputs were skipped. Each skipped",
        "input is one line on standard error. Every command has `--help`.", "",
    ]  # fmt: skip
    for name, command in _commands("dragoman", typer.main.get_command(build())):
        lines += [f"## {name}", "", *_help(command.help or ""), *_parameters(command.params)]
    return "\n".join(lines).rstrip() + "\n"


def _commands(
    name: str, command: TyperCommand | TyperGroup
) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Yield a command and those below it, each with the words that call it."""
    yield name, command
    if isinstance(command, TyperGroup):
        for word, inner in command.commands.items():
            yield from _commands(f"{name} {word}", inner)


def _help(words: str) -> list[str]:
    """Return the help as Markdown: paragraphs, and the examples as a code block."""
    text, _, examples = inspect.cleandoc(words).partition("\b\n")
    lines = [text.strip(), ""]
    if examples:
        listed = [line.strip() for line in examples.splitlines() if line.startswith(" ")]
        lines += ["```", *listed, "```", ""]
    return lines


def _parameters(parameters: Sequence[Parameter]) -> list[str]:
    """Return a table of arguments and options; nothing when there are none."""
    if not parameters:
        return []
    rows = [f"| {_call(each)} | {_cell(each.help or '')}{_default(each)} |" for each in parameters]
    return ["| | |", "|---|---|", *rows, ""]


def _cell(words: str) -> str:
    """Return words that may stand in a cell of a table."""
    return words.replace("|", "\\|")


def _call(parameter: Parameter) -> str:
    if isinstance(parameter, TyperArgument):
        return f"`{parameter.metavar}`"
    value = "" if parameter.is_flag else f" {parameter.metavar}"
    return f"`{', '.join(parameter.opts)}{value}`"


def _default(parameter: Parameter) -> str:
    """Return what holds when the option is left out, and the variable that may set it."""
    told = []
    if parameter.envvar:
        told.append(f"also set by `{parameter.envvar}`")
    if parameter.default not in {None, False}:
        told.append(f"otherwise `{parameter.default}`")
    return f"; {', '.join(told)}" if told else ""


def settings_page() -> str:
    """Return the page of the settings of a reader, and of fetching."""
    return "\n".join([
        MADE, "", "# Settings of a reader", "",
        "`dragoman.Reader(dragoman.ReaderConfig(batch_size=16))` reads with settings of your own; the command line uses",
        "the defaults. All that is wrong with them is told together, as one `UsageError`.", "",
        *_settings(SETTINGS, ReaderConfig), "",
        "# Settings of fetching", "",
        "`dragoman watch` takes them from the table `[fetch]` of its list of feeds; what stands nowhere comes from the environment,",
        "like `DRAGOMAN_FETCH_DELAY=2`, else from here.", "",
        *_settings(FETCH_SETTINGS, FetchConfig), "",
    ])  # fmt: skip


def _settings(settings: Sequence[Setting], record: type) -> list[str]:
    """Return a table of settings with the values they have when nobody sets them."""
    rows = [
        f"| `{each.name}` | {each.unit} | `{default_of(each, record)!r}` | {_cell(each.help)} |"
        for each in settings
    ]
    return ["| setting | unit | default | meaning |", "|---|---|---|---|", *rows]


def records_page() -> str:
    """Return the page of the records: each with its fields, their types and the closed lists of words."""
    lines = [
        MADE, "", "# Records", "",
        "What `dragoman code --format jsonl` prints, one `CodedDocument` a line, and what `dragoman.code(...)` returns as frozen",
        "dataclasses with `.to_dict()`. `dragoman.model.schema.json_schema()` gives the same as a JSON Schema. Every field is",
        "always there; one that may be null says so. Offsets are code points into the document's text, half open.", "",
    ]  # fmt: skip
    for record in _records(CodedDocument, []):
        hints = typing.get_type_hints(record)
        about = inspect.cleandoc(record.__doc__ or "").replace("``", "`")
        for attribute, name in json_names(record):
            about = about.replace(f"`{attribute}`", f"`{name}`")
        lines += [f"## {record.__name__}", "", about, "", "| field | type |", "|---|---|"]
        lines += [f"| `{name}` | {_type(hints[attribute])} |" for attribute, name in json_names(record)]
        lines += ["", *_closed(record)]
    return "\n".join(lines).rstrip() + "\n"


def _records(record: type[Record], seen: list[type[Record]]) -> list[type[Record]]:
    """Return the record and all within it, in the order they are met."""
    if record not in seen:
        seen.append(record)
        hints = typing.get_type_hints(record)
        for field in dataclasses.fields(record):
            for part in [hints[field.name], *typing.get_args(hints[field.name])]:
                if isinstance(part, type) and issubclass(part, Record):
                    _records(part, seen)
    return seen


def _type(hint: type) -> str:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if type(None) in parts:
        return f"{_type(next(part for part in parts if part is not type(None)))}, or null"
    if origin is tuple:
        return f"list of {_type(parts[0])}"
    if origin is dict:
        return f"object of {_type(parts[1])} by name"
    return PLAIN_TYPES.get(hint) or f"[{hint.__name__}](#{hint.__name__.lower()})"


def _closed(record: type[Record]) -> list[str]:
    """Return one line for each field that holds one of a closed list of words."""
    own = {field.name for field in dataclasses.fields(record)}
    found = [
        f"`{name}`: {', '.join(f'`{word}`' for word in words)}."
        for owner, name, words in CLOSED
        if issubclass(record, owner) and name in own
    ]
    return [*found, ""] if found else []


def store_page() -> str:
    """Return the page of the tables of a store."""
    lines = [
        MADE, "", "# Tables of a store", "",
        f"A store is one DuckDB file (tables of version {LATEST}); `duckdb news.duckdb` opens it, and so does any program that reads",
        "DuckDB. Listings print the whole records, which stand in the columns of type JSON; the other columns are there to be",
        "asked: `SELECT country, count(*) FROM places WHERE owned_by = 'event' GROUP BY country`. What only the newest text at an",
        "address says: `… WHERE document NOT IN (SELECT supersedes FROM documents WHERE supersedes IS NOT NULL)`.",
        "[architecture.md](../explain/architecture.md#store) says why it is laid out so.", "",
    ]  # fmt: skip
    for table in TABLES:
        key = ", ".join(f"`{name}`" for name in table.key)
        lines += [
            f"## {table.name}",
            "",
            f"A row is {table.row}. Key: {key}.",
            "",
            "| column | type | holds |",
            "|---|---|---|",
        ]
        lines += [f"| `{column.name}` | {column.kind} | {_cell(column.about)} |" for column in table.columns]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def with_output(text: str) -> str:
    """Return a page with the output of its commands as it is now."""
    return OUTPUT.sub(_fresh, text)


def _fresh(match: re.Match[str]) -> str:
    arguments = shlex.split(match["command"])[1:]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment["PYTHONPATH"] = str(ROOT / "src")
    done = subprocess.run(  # noqa: S603 - our own command, from our own pages
        [sys.executable, "-m", "dragoman", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    lines = [line.rstrip() for line in done.stdout.rstrip().split("\n")]
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        lines = lines[first - 1 : last] + (["…"] if last < len(lines) else [])
    return "".join([match["head"], *(f"{line}\n" for line in lines), match["tail"]])


def pages(*, output: bool = True) -> dict[Path, str]:
    """Return each page with the text it should have; without ``output``, only those that need no reading."""
    made = {
        REFERENCE / "cli.md": cli_page(),
        REFERENCE / "settings.md": settings_page(),
        REFERENCE / "records.md": records_page(),
        REFERENCE / "store.md": store_page(),
    }
    if output:
        made |= {path: with_output(path.read_text(encoding="utf-8")) for path in WITH_OUTPUT}
    return made


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` name those that are out of date; return the exit code."""
    stale = {path: text for path, text in pages().items() if not _is(path, text)}
    if "--check" not in arguments:
        for path, text in stale.items():
            path.write_text(text, encoding="utf-8")
        return 0
    for path in stale:
        sys.stderr.write(f"{path.relative_to(ROOT)}: out of date; run: make docs\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
