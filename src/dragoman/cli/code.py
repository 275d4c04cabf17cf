"""``dragoman code``: read articles and print what happened in them; no store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.exits import Skipped
from dragoman.cli.options import (
    AnyLanguage,
    Columns,
    Files,
    Knowledge,
    Outlet,
    OwnActors,
    Published,
    Quiet,
    Title,
    Url,
)
from dragoman.config import ReaderConfig
from dragoman.errors import UsageError
from dragoman.ingest.columns import parse_columns
from dragoman.ingest.files import Item, ReadOptions, read_items
from dragoman.ingest.metadata import Metadata

if TYPE_CHECKING:
    from dragoman.model.event import CodedDocument

TABLE = "table"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(code)


def code(
    files: Files,
    published: Published = None,
    outlet: Outlet = None,
    title: Title = None,
    url: Url = None,
    columns: Columns = None,
    any_language: AnyLanguage = False,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table, json, jsonl or csv")
    ] = TABLE,
    json: Annotated[bool, typer.Option("--json", help="the same as --format jsonl")] = False,
    knowledge: Knowledge = None,
    actors: OwnActors = None,
    words: Annotated[bool, typer.Option("--words", help="show the words that each field rests on")] = False,
    quiet: Quiet = False,
) -> int:
    """Read articles and print who did what to whom.

    Takes text, web pages, mails, PDF, feeds, JSON Lines, tables, web archives, ZIP and tar of these, and folders; the
    content decides, then the ending. What a page tells of itself (title, day, outlet) is taken where you say nothing.
    Ends with 0 when all were read, 3 when some were skipped, 2 when none could be read.

    \b
    Examples:
      dragoman code article.txt --published 2023-09-13
      dragoman code article.txt --published 2023-09-13 --words
      dragoman code page.html
      dragoman code table.csv --columns text=body,published=date
      cat article.txt | dragoman code - --format jsonl
    """  # noqa: D301 - \b keeps the lines of the help apart
    known = Metadata(published=published, outlet=outlet, title=title, url=url)
    format_ = "jsonl" if json else format_
    _check_format(format_)
    config = ReaderConfig(knowledge=knowledge, actors=actors)
    skipped = Skipped()
    options = ReadOptions(columns=parse_columns(columns), any_language=any_language)
    items = read_items(files, known, skipped, options)
    done = _Done(_coded(items, skipped, config, quiet=quiet))
    if format_ == TABLE:
        _print_tables(done, words=words)
    else:
        _print_export(format_, done)
    return skipped.exit_code(done.count)


class _Done:
    """Passes on what was read, and counts it."""

    def __init__(self, pairs: Iterator[tuple[Item, CodedDocument]]) -> None:
        self.pairs = self._counted(pairs)
        self.count = 0

    def _counted(self, pairs: Iterator[tuple[Item, CodedDocument]]) -> Iterator[tuple[Item, CodedDocument]]:
        for pair in pairs:
            self.count += 1
            yield pair


def _check_format(name: str) -> None:
    from dragoman.export.formats import EXPORTERS

    known = [TABLE, *(each.name for each in EXPORTERS)]
    if name not in known:
        message = f"unknown format {name!r}; known: {', '.join(known)}"
        raise UsageError(message)


def _coded(
    items: Iterator[Item], skipped: Skipped, config: ReaderConfig, *, quiet: bool
) -> Iterator[tuple[Item, CodedDocument]]:
    """Yield what is read from each item; the parser is loaded only when there is something to read."""
    first = next(items, None)
    if first is None:
        return
    from itertools import chain

    from dragoman.cli.progress import notice
    from dragoman.pipeline.reader import Reader
    from dragoman.pipeline.safely import read_safely

    reader = Reader(config, notice=notice(quiet=quiet))
    yield from read_safely(reader, chain([first], items), skipped)


def _print_tables(done: _Done, *, words: bool) -> None:
    """Print one table a document."""
    console = None
    for item, coded in done.pairs:
        from dragoman.cli.console import make_console
        from dragoman.cli.reports import print_document

        console = console or make_console()
        print_document(console, coded, name=item.name, words=words)


def _print_export(name: str, done: _Done) -> None:
    """Print in a format for programs, piece by piece."""
    from dragoman.export.formats import exporter

    chosen = exporter(name)
    if chosen is None:
        return
    for piece in chosen.write(coded for _, coded in done.pairs):
        sys.stdout.write(piece)
        sys.stdout.flush()
