"""``dragoman knowledge gaps``: the most frequent actors that no table knows."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.exits import ALL_DONE, Skipped
from dragoman.cli.plain import clean, counted
from dragoman.config import ReaderConfig
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.pipeline.gaps import Gap, Gaps

TOP = 20
# Characters of an example sentence that are shown; --json has all.
SENTENCE = 160


def gaps(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="text files; - is standard input")
    ] = None,
    db: Annotated[
        Path | None, typer.Option("--db", metavar="FILE", help="look through this store instead")
    ] = None,
    top: Annotated[int, typer.Option(metavar="N", min=1, help="how many are listed")] = TOP,
    actors: given.OwnActors = None,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """List the names of actors that are in no table, the most frequent first, each with an example.

    They are what a file of your own actors would gain most from: put a line for each into a folder of
    tables, and read with --actors. Roles without a name are left out.

    \b
    Examples:
      dragoman knowledge gaps monday/*.txt
      dragoman knowledge gaps --db news.duckdb --top 50
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.pipeline.gaps import Gaps

    if bool(files) == (db is not None):
        message = "name files, or a store with --db, and not both"
        raise UsageError(message)
    found, code = Gaps(), ALL_DONE
    if db is not None:
        _look_through(db, found)
    else:
        code = _read(files or [], found, ReaderConfig(actors=actors), quiet=quiet)
    _print(found.most_frequent(top), json=json)
    return code


def _look_through(db: Path, found: Gaps) -> None:
    from dragoman.store import Store

    with Store(db, read_only=True) as store:
        for stored in store.mentions():
            found.add(stored.document, stored.sentences, stored.actors)


def _read(files: list[str], found: Gaps, config: ReaderConfig, *, quiet: bool) -> int:
    """Read the files, and return how the command ends."""
    from itertools import chain

    from dragoman.cli.progress import notice, progress
    from dragoman.ingest.files import read_items
    from dragoman.ingest.metadata import Metadata
    from dragoman.pipeline.reader import Reader
    from dragoman.pipeline.safely import read_safely

    skipped, done = Skipped(), 0
    items = read_items(files, Metadata(), skipped)
    first = next(items, None)
    if first is not None:
        reader = Reader(config, notice=notice(quiet=quiet))
        with progress(len(files), quiet=quiet) as advance:
            for _, coded in read_safely(reader, chain([first], items), skipped):
                found.add(coded.document, coded.sentences, coded.mentions.actors)
                advance(1)
                done += 1
    return skipped.exit_code(done)


def _print(gaps_: Iterable[Gap], *, json: bool) -> None:
    for gap in gaps_:
        if json:
            typer.echo(dumps(gap.to_dict(), ensure_ascii=False))
            continue
        sector = f" {gap.sector}" if gap.sector else ""
        places = f"in {counted(gap.documents, 'document')}"
        typer.echo(f"{gap.mentions:5}  {clean(gap.name)}{sector}  ({places})")
        sentence = clean(gap.sentence)
        typer.echo(f"       {sentence if len(sentence) <= SENTENCE else sentence[: SENTENCE - 1] + '…'}")
