"""``dragoman events``, ``reports`` and ``documents``: what a store holds, filtered."""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.errors import UsageError
from dragoman.model.record import Record

if TYPE_CHECKING:
    from dragoman.store import StoredDocument, StoredReport


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(events)
    app.command()(reports)
    app.command()(documents)


def events(
    actor: given.Actor = None,
    recipient: given.Recipient = None,
    dyad: given.Dyad = None,
    event_type: given.EventType = None,
    quad: given.Quad = None,
    since: given.Since = None,
    until: given.Until = None,
    country: given.Country = None,
    source: given.Source = None,
    factuality: given.Factuality = None,
    min_sources: given.MinSources = None,
    text: given.Text = None,
    all_versions: given.AllVersions = False,
    db: given.Db = given.DEFAULT_DB,
    json: given.Json = False,
) -> None:
    """List the events of a store, by date.

    \b
    Examples:
      dragoman events --dyad PRK,RUS --since 2023-09-01 --db news.duckdb
      dragoman events --type ASSAULT --factuality actual --json
      dragoman events --text "food aid" --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.listing import print_events
    from dragoman.store import Filters, Store

    filters = Filters(
        actor=actor, recipient=recipient, dyad=_pair(dyad), event_type=event_type, quad=quad, since=since,
        until=until, country=country, source=source, factuality=factuality, min_sources=min_sources, text=text,
        all_versions=all_versions,
    )  # fmt: skip
    with Store(db, read_only=True) as store:
        found = store.events(filters)
        _print_json(found) if json else print_events(found)


def reports(
    actor: given.Actor = None,
    recipient: given.Recipient = None,
    dyad: given.Dyad = None,
    event_type: given.EventType = None,
    quad: given.Quad = None,
    since: given.Since = None,
    until: given.Until = None,
    country: given.Country = None,
    source: given.Source = None,
    factuality: given.Factuality = None,
    text: given.Text = None,
    all_versions: given.AllVersions = False,
    db: given.Db = given.DEFAULT_DB,
    json: given.Json = False,
) -> None:
    """List the reports of a store, by date: each single statement that something happened.

    \b
    Examples:
      dragoman reports --source TASS --db news.duckdb
      dragoman reports --actor RUSMIL --until 2023-12-31 --json
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.listing import print_reports
    from dragoman.store import Filters, Store

    filters = Filters(
        actor=actor, recipient=recipient, dyad=_pair(dyad), event_type=event_type, quad=quad, since=since,
        until=until, country=country, source=source, factuality=factuality, text=text, all_versions=all_versions,
    )  # fmt: skip
    with Store(db, read_only=True) as store:
        found = store.reports(filters)
        _print_json(found) if json else print_reports(found)


def documents(
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="part of the outlet's name")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="published on this day or later")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="published on this day or earlier")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="title and text have all these words, in any form and order"),
    ] = None,
    all_versions: given.AllVersions = False,
    db: given.Db = given.DEFAULT_DB,
    json: given.Json = False,
) -> None:
    """List the documents of a store, as they came in.

    \b
    Example:
      dragoman documents --outlet Post --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.listing import print_documents
    from dragoman.store import Filters, Store

    Filters(since=since, until=until)
    with Store(db, read_only=True) as store:
        found = store.documents(outlet=outlet, since=since, until=until, text=text, all_versions=all_versions)
        _print_json(found) if json else print_documents(found)


def _pair(words: str | None) -> tuple[str, str] | None:
    """Return the two sides of ``A,B``."""
    if words is None:
        return None
    sides = [side.strip() for side in words.split(",")]
    if len(sides) != len(("A", "B")) or not all(sides):
        message = f"dyad must be two actors with a comma, like PRK,RUS, not {words!r}"
        raise UsageError(message)
    return sides[0], sides[1]


def _print_json(records: Iterable[Record | StoredReport | StoredDocument]) -> None:
    for record in records:
        typer.echo(dumps(record.to_dict(), ensure_ascii=False))
