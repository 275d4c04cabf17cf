"""``dragoman knowledge diff``: where our table of people differs from public lists of leaders."""

from __future__ import annotations

from datetime import date
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.exits import ALL_DONE
from dragoman.cli.plain import clean
from dragoman.errors import UsageError

# Lists that give months only are never nearer; a handover takes some weeks. Days.
DAYS = 45
SINCE = "1990-01-01"


def diff(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="a list in the layout of REIGN or the Factbook, or a folder"),
    ],
    days: Annotated[int, typer.Option(metavar="N", min=0, help="dates may be so far apart")] = DAYS,
    since: Annotated[
        str, typer.Option(metavar="DATE", help="leave out who was gone before this day")
    ] = SINCE,
    open_: Annotated[bool, typer.Option("--open", help="list only what is not explained yet")] = False,
    json: given.Json = False,
) -> int:
    """Compare our people and states with public lists: who is missing or of another state, which dates and words differ.

    Names are matched however they are romanised. Each difference has a key; once looked at, the key goes with a
    reason into knowledge/data/comparison/settled.tsv, and is told as explained.

    \b
    Examples:
      dragoman knowledge diff ../shared/eval/kb --open
      dragoman knowledge diff leaderlist_3_21.csv --days 90 --since 2000-01-01
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.knowledge.comparing import differences, differences_of_states, summary
    from dragoman.knowledge.leader_lists import read_claims

    _check(since)
    found = [*differences(read_claims(path), days=days, since=since), *differences_of_states(path)]
    for difference in found:
        if open_ and difference.reason:
            continue
        if json:
            typer.echo(dumps(difference.to_dict(), ensure_ascii=False))
        else:
            typer.echo(f"{clean(difference.key)}\n  {clean(difference.told)}")
            typer.echo(f"  {clean(difference.reason) or 'not explained yet'}")
    if not json:
        typer.echo(summary(found))
    return ALL_DONE


def _check(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError as error:
        message = f"--since must be a date like 2000-01-01, not {day!r}"
        raise UsageError(message) from error
