"""``dragoman explain``: one event with every field, its words, its rule, its sources."""

from __future__ import annotations

from json import dumps
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT_DB, Db, Json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)


def explain(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="the id of an event, or its beginning")],
    db: Db = DEFAULT_DB,
    json: Json = False,
) -> None:
    """Show where each field of an event comes from: words, rule, source.

    \b
    Example:
      dragoman explain 3f2a91c07b --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.evidence import print_evidence
    from dragoman.store import Store

    with Store(db, read_only=True) as store:
        event = store.event(event_id)
        evidence = store.evidence(event)
    if json:
        shown = {"event": event.to_dict(), "evidence": [each.to_dict() for each in evidence]}
        typer.echo(dumps(shown, ensure_ascii=False))
    else:
        print_evidence(event, evidence)
