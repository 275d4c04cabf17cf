"""``dragoman ingest``: read articles into a store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    Workers,
)
from dragoman.cli.plain import clean, counted
from dragoman.config import ReaderConfig
from dragoman.ingest.columns import parse_columns
from dragoman.ingest.files import ReadOptions, read_items
from dragoman.ingest.metadata import Metadata

if TYPE_CHECKING:
    from dragoman.store import Written

# Reasons for skipping that the summary tells; the rest is a number. Each skipped input has had its line.
REASONS = 8

Originals = Annotated[
    bool,
    typer.Option(
        "--originals/--no-originals",
        envvar="DRAGOMAN_ORIGINALS",
        help="keep what each article was read from as it was, compressed",
    ),
]


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
    workers: Workers = None,
    originals: Originals = True,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read articles into a store; the same article twice changes nothing.

    Another text at an address that the store knows is a new version, the old one is kept. Ctrl-C finishes the
    batch in hand; the same command again goes on.

    \b
    Examples:
      dragoman ingest monday/*.txt --published 2023-09-11 --db news.duckdb
      cat article.txt | dragoman ingest - --outlet "The Post"
      dragoman ingest archive/*.txt --workers 8 --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    known = Metadata(published=published, outlet=outlet, title=title, url=url)
    options = ReadOptions(columns=parse_columns(columns), any_language=any_language)
    from dragoman.cli.many import Many
    from dragoman.cli.progress import bar
    from dragoman.pipeline.ingest import Failures
    from dragoman.pipeline.ingest import ingest as run
    from dragoman.store import Run, Store

    many = Many(ReaderConfig(actors=actors), workers, quiet=quiet)
    skipped = Skipped()
    failures = Failures(skipped)
    with Store(db) as store, bar(_expected(files), quiet=quiet) as shown, many.stopping.listening():
        store.begin(Run("ingest", _digest(files, known, options)))
        total = run(
            read_items(files, known, failures, options), store, reader=many.reader, failures=failures,
            on_batch=lambda written: shown.advance(written.documents + written.known),
            options=many.options(originals=originals),
        )  # fmt: skip
        if not many.stopping:
            store.finish()
    if json:
        reasons = Counter(reason for _, reason in skipped.inputs)
        typer.echo(
            dumps({**asdict(total), "skipped": len(skipped.inputs), "reasons": dict(reasons.most_common())})
        )
    elif not quiet:
        typer.echo(_summary(total, db, skipped))
    return many.exit_code(skipped.exit_code(total.documents + total.known))


def _digest(files: Sequence[str], known: Metadata, options: ReadOptions) -> str:
    """Return a hash over what was asked for: a run that was stopped goes on when the same is asked again."""
    how = [sorted(options.columns.items()), options.any_language]
    asked = dumps([list(files), known.published, known.outlet, known.title, known.url, how])
    return sha256(asked.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _expected(files: Sequence[str]) -> int | None:
    """Return how many articles will come, where each input is one; None where nobody knows."""
    single = all(Path(name).suffix.lower() in {".txt", ".text", ".md", ".html", ".htm"} for name in files)
    return len(files) if single else None


def _summary(total: Written, db: Path, skipped: Skipped) -> str:
    """Return what was added in one line, and below it what was skipped, by reason."""
    added = ", ".join(counted(getattr(total, f"{noun}s"), noun) for noun in ("document", "report", "event"))
    more = [f"{total.versions} of them new versions"] if total.versions else []
    more += [f"{total.known} known before"] if total.known else []
    more += [f"{len(skipped.inputs)} skipped"] if skipped.inputs else []
    lines = ["; ".join([f"{db}: {added} added", *more])]
    reasons = Counter(reason for _, reason in skipped.inputs).most_common()
    lines += [f"  {number} skipped: {clean(reason)}" for reason, number in reasons[:REASONS]]
    others = sum(number for _, number in reasons[REASONS:])
    lines += [f"  {others} skipped for other reasons"] if others else []
    return "\n".join(lines)
