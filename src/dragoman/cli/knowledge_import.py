"""``dragoman knowledge import``: community dictionaries into plain tables that can be read, edited and coded with."""

from __future__ import annotations

from dataclasses import asdict
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.exits import ALL_DONE, SOME_SKIPPED, complain
from dragoman.cli.plain import clean, counted
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.knowledge.petrarch.importing import ImportResult


def import_(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="the folder to write, new or empty")],
    verbs: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="verbs, patterns, synsets")] = None,
    actors: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="names of actors, with dates")
    ] = None,
    agents: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help='kinds of actors, such as "police"')
    ] = None,
    discards: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="phrases that are not coded")
    ] = None,
    other_codes: Annotated[
        bool, typer.Option("--other-codes", help="the event codes are not CAMEO's: leave what they mean open")
    ] = False,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Read dictionaries in PETRARCH format and write them as plain tables, to code with or to edit.

    Each option may be given several times. Every line that cannot be used, or not in full, is told as
    file:line: what is wrong; the command then ends with 3. The README.md in the folder explains the tables.

    \b
    Example:
      dragoman knowledge import mine --verbs verbs.txt --actors countries.txt --actors igos.txt --agents agents.txt
      dragoman code article.txt --knowledge mine
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.knowledge.petrarch.importing import DictionaryFiles, import_dictionaries

    files = DictionaryFiles(
        verbs=verbs or (), actors=actors or (), agents=agents or (), discards=discards or ()
    )
    if not files.all:
        message = "nothing to import; name files with --verbs, --actors, --agents, --discards"
        raise UsageError(message)
    result = import_dictionaries(files, folder, cameo=not other_codes)
    for problem in result.problems:
        complain(problem)
    if json:
        typer.echo(dumps(asdict(result), ensure_ascii=False))
    elif not quiet:
        typer.echo(_summary(result, folder))
    return SOME_SKIPPED if result.problems else ALL_DONE


def _summary(result: ImportResult, folder: Path) -> str:
    """Return one line about what was imported."""
    nouns = ("verb", "pattern", "synset", "actor", "agent", "discard")
    found = ", ".join(counted(getattr(result, f"{noun}s"), noun) for noun in nouns)
    told = f"; {counted(len(result.problems), 'line')} told above" if result.problems else ""
    return f"{clean(str(folder))}: {found}{told}"
