"""``dragoman ingest``: read articles into a store."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import asdict
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.cli.exits import Skipped
from dragoman.cli.options import (
    DEFAULT_DB,
    AnyLanguage,
    Columns,
    Db,
    Files,
    Json,
    Outlet,
    OwnActors,
    Published,
    Quiet,
    Title,
    Url,
)
from dragoman.cli.plain import counted
from dragoman.config import ReaderConfig
from dragoman.ingest.columns import parse_columns
from dragoman.ingest.files import ReadOptions, read_items
from dragoman.ingest.metadata import Metadata

if TYPE_CHECKING:
    from dragoman.pipeline.reader import Reader
    from dragoman.store import Written


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ingest)


def ingest(
    files: Files,
    db: Db = DEFAULT_DB,
    published: Published = None,
    outlet: Outlet = None,
    title: Title = None,
    url: Url = None,
    columns: Columns = None,
    any_language: AnyLanguage = False,
    actors: OwnActors = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read articles into a store; the same article twice changes nothing.

    \b
    Examples:
      dragoman ingest monday/*.txt --published 2023-09-11 --db news.duckdb
      cat article.txt | dragoman ingest - --outlet "The Post"
    """  # noqa: D301 - \b keeps the lines of the help apart
    known = Metadata(published=published, outlet=outlet, title=title, url=url)
    options = ReadOptions(columns=parse_columns(columns), any_language=any_language)
    from dragoman.cli.progress import progress
    from dragoman.pipeline.ingest import Failures
    from dragoman.pipeline.ingest import ingest as run
    from dragoman.store import Store

    skipped = Skipped()
    failures = Failures(skipped)
    with Store(db) as store, progress(len(files), quiet=quiet) as advance:
        items = read_items(files, known, failures, options)
        total = run(
            items, store, reader=_reader(ReaderConfig(actors=actors), quiet=quiet), failures=failures,
            on_batch=lambda written: advance(written.documents + written.known),
        )  # fmt: skip
    if json:
        typer.echo(dumps({**asdict(total), "skipped": len(skipped.inputs)}))
    elif not quiet:
        typer.echo(_summary(total, db))
    return skipped.exit_code(total.documents + total.known)


def _reader(config: ReaderConfig, *, quiet: bool) -> Callable[[], Reader]:
    """Return what makes the reader, once, when there is something to read."""
    from dragoman.cli.progress import notice
    from dragoman.pipeline.reader import Reader

    return functools.cache(lambda: Reader(config, notice=notice(quiet=quiet)))


def _summary(total: Written, db: Path) -> str:
    """Return one line about what was added."""
    known = f"; {total.known} known before" if total.known else ""
    added = ", ".join(counted(getattr(total, f"{noun}s"), noun) for noun in ("document", "report", "event"))
    return f"{db}: {added} added{known}"
