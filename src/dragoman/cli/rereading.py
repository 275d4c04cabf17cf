"""``dragoman reread``, ``runs`` and ``diff``: a store read anew, and what that changed."""

from __future__ import annotations

from dataclasses import asdict
from json import dumps
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.exits import Skipped
from dragoman.cli.plain import counted
from dragoman.config import ReaderConfig

if TYPE_CHECKING:
    from dragoman.store import StoredRun

# Rereads whose replaced readings are kept unless told otherwise.
KEEP = 10


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(reread)
    app.command()(runs)
    app.command()(diff)


def reread(
    db: given.Db = given.DEFAULT_DB,
    everything: Annotated[
        bool, typer.Option("--all", help="read every document anew, also those that this reader has read")
    ] = False,
    keep: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="keep the readings that the last N rereads replaced, for diff"),
    ] = KEEP,
    actors: given.OwnActors = None,
    workers: given.Workers = None,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Read the documents of a store anew that an older reader has read, and replace what was read from them.

    \b
    Examples:
      dragoman reread --db news.duckdb
      dragoman reread --all --workers 4
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.many import Many
    from dragoman.cli.progress import bar
    from dragoman.pipeline.groups import Failures
    from dragoman.pipeline.rereading import Choice, Progress
    from dragoman.pipeline.rereading import reread as run
    from dragoman.store import Store

    many = Many(ReaderConfig(actors=actors), workers, quiet=quiet)
    skipped = Skipped()
    _refuse_missing(db)
    with Store(db) as store, bar(None, quiet=quiet) as shown, many.stopping.listening():
        done = run(
            store, Choice(everything=everything, keep=keep), reader=many.reader, options=many.options(),
            failures=Failures(skipped),
            progress=Progress(total=shown.expect, batch=lambda replaced: shown.advance(replaced.documents)),
        )  # fmt: skip
        if not many.stopping:
            store.finish()
        last = store.runs()[-1].id if done.documents else None
    if json:
        typer.echo(dumps({**asdict(done), "skipped": len(skipped.inputs), "run": last}))
    elif not quiet and last is None:
        typer.echo(f"{db}: nothing to read anew")
    elif not quiet:
        told = f"{counted(done.documents, 'document')} read anew, {done.changed} of them differently"
        typer.echo(f"{db}: {told}; see: dragoman diff {(last or 1) - 1} {last} --db {db}")
    return many.exit_code(skipped.exit_code(done.documents))


def _refuse_missing(db: given.Db) -> None:
    """Refuse a store that is not there: to read anew never makes one."""
    from dragoman.store import Store

    if not db.exists():
        Store(db, read_only=True)


def runs(db: given.Db = given.DEFAULT_DB, json: given.Json = False) -> None:
    """List each time that something was written to a store.

    \b
    Example:
      dragoman runs --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.store import Store

    with Store(db, read_only=True) as store:
        found = store.runs()
    if json:
        for run in found:
            typer.echo(dumps(run.to_dict()))
    else:
        _print_runs(found)


def _print_runs(found: list[StoredRun]) -> None:
    from dragoman.cli.listing import print_rows

    rows = [
        (str(r.id), r.kind, r.started, r.ended or "not finished", str(r.documents), str(r.read), r.reader_version or "-")
        for r in found
    ]  # fmt: skip
    headings = ("run", "what", "started", "ended", "documents", "read", "reader")
    print_rows(headings, rows, nothing="nothing was written yet")


def diff(
    before: Annotated[int, typer.Argument(metavar="RUN", help="the earlier run; dragoman runs lists them")],
    after: Annotated[int, typer.Argument(metavar="RUN", help="the later run")],
    db: given.Db = given.DEFAULT_DB,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> None:
    """Show what was read otherwise after the second run than after the first: reports and events added, gone, changed.

    \b
    Examples:
      dragoman diff 1 2 --db news.duckdb
      dragoman diff 3 7 --json
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.changes import print_change, summary
    from dragoman.pipeline.differences import Tally
    from dragoman.store import Store

    tally = Tally()
    with Store(db, read_only=True) as store:
        for change in tally.changes(store.readings(before, after)):
            if json:
                typer.echo(dumps(change.to_dict(), ensure_ascii=False))
            elif not quiet:
                print_change(change)
    if not json:
        typer.echo(summary(tally, before, after))
