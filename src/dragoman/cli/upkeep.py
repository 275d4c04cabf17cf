"""``dragoman backup``, ``check``, ``export`` and ``import``: a store kept safe, and carried elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.exits import ALL_DONE, NOTHING_DONE
from dragoman.cli.plain import clean, counted
from dragoman.errors import UsageError

PARQUET = "parquet"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(backup)
    app.command()(check)
    app.command()(export)
    app.command("import")(import_)


def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="the new file")],
    db: given.Db = given.DEFAULT_DB,
    quiet: given.Quiet = False,
) -> None:
    """Copy a store to a new file, in one go: it is whole, or not there.

    \b
    Example:
      dragoman backup news-monday.duckdb --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.store import Store, copy_store

    Store(db, read_only=True).close()
    rows = copy_store(db, out)
    if not quiet:
        typer.echo(f"{out}: {counted(rows, 'row')}")


def check(
    db: given.Db = given.DEFAULT_DB,
    everything: Annotated[
        bool, typer.Option("--all", help="look at the record of every document, not of some 500")
    ] = False,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Look whether a store is whole: keys, links, spans against texts, records against their shape, counts.

    Each fault is a line; with any, the exit code is 2.

    \b
    Example:
      dragoman check --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.store import Store

    with Store(db, read_only=True) as store:
        found = 0
        for fault in store.faults(everything=everything):
            found += 1
            typer.echo(dumps(fault.to_dict()) if json else clean(str(fault)))
        documents = sum(run.documents for run in store.runs())
    if not (json or quiet):
        what = counted(found, "fault") if found else "no fault found"
        typer.echo(f"{db}: {what} ({counted(documents, 'document')})")
    return NOTHING_DONE if found else ALL_DONE


def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="parquet, jsonl, json or csv")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="a new file; for parquet a new folder")],
    db: given.Db = given.DEFAULT_DB,
    all_versions: given.AllVersions = False,
    quiet: given.Quiet = False,
) -> None:
    """Write what a store holds into files for other programs; parquet holds all of it, by table and month.

    \b
    Examples:
      dragoman export parquet news/ --db news.duckdb
      dragoman export csv reports.csv --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.export.formats import EXPORTERS, exporter
    from dragoman.store import Store

    chosen = exporter(format_)
    if chosen is None and format_ != PARQUET:
        known = ", ".join([PARQUET, *(each.name for each in EXPORTERS)])
        message = f"unknown format {format_!r}; known: {known}"
        raise UsageError(message)
    with Store(db, read_only=True) as store:
        if chosen is None:
            counts = store.export_parquet(out)
            told = counted(counts["documents"], "document")
        else:
            told = _write(out, chosen.write(store.coded(all_versions=all_versions)))
    if not quiet:
        typer.echo(f"{out}: {told}")


def _write(out: Path, pieces: Iterable[str]) -> str:
    """Write pieces of text to a new file, under another name until it is whole; return how much it was."""
    if out.exists():
        message = f"{out}: is there already; name a new file"
        raise UsageError(message)
    part = out.with_name(f"{out.name}.part")
    size = 0
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            for piece in pieces:
                size += file.write(piece)
        part.rename(out)
    except OSError as error:
        message = f"{out}: cannot be written: {(error.strerror or '').lower()}"
        raise UsageError(message) from error
    finally:
        part.unlink(missing_ok=True)
    return counted(size, "character")


def import_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="a folder that export parquet has written")],
    db: given.Db = given.DEFAULT_DB,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> None:
    """Add what a folder of Parquet files holds and a store does not; documents that it has are left alone.

    \b
    Example:
      dragoman import news/ --db all.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.store import Store

    if not folder.is_dir():
        message = f"{folder}: is no folder"
        raise UsageError(message)
    with Store(db) as store:
        added = store.import_parquet(folder)
    if json:
        typer.echo(dumps(added))
    elif not quiet:
        told = ", ".join(counted(added[f"{noun}s"], noun) for noun in ("document", "report", "event"))
        typer.echo(f"{db}: {told} added")
