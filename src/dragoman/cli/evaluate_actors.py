"""``dragoman evaluate actors``: words, with or without a context and a date, and the actor they mean."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.plain import clean, counted
from dragoman.cli.progress import progress

if TYPE_CHECKING:
    from dragoman.evaluate.actor_cases import CaseOutcome, CasesResult


def actors(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="cases as a table: words, context, date, country, sector")
    ],
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score resolve_actor: how often country and sector of some words are right, where the set states them.

    The set's codes are those of another scheme; docs/reference/actor-cases.md says what each means here.
    The cases that are not right are listed, each with the reason that is known for it.

    \b
    Example:
      dragoman evaluate actors ../shared/eval/actor-cases/cases.tsv
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.actor_cases import measure, read_cases
    from dragoman.reading.resolving import ActorResolver

    cases = read_cases(path)
    resolver = ActorResolver()
    with progress(len(cases), quiet=quiet) as advance:
        result = measure(cases, resolver.resolve, advance)
    typer.echo(dumps(result.to_dict(), ensure_ascii=False) if json else "\n".join(_lines(result)))
    return 0


def _lines(result: CasesResult) -> Iterator[str]:
    """Yield the figures, then every case that is not right."""
    yield f"== {counted(result.cases, 'case')}"
    yield _share("country", result.countries_right, result.countries)
    yield _share("sector", result.sectors_right, result.sectors)
    rest = [outcome for outcome in result.outcomes if not outcome.right]
    explained = sum(bool(outcome.reason) for outcome in rest)
    yield ""
    yield f"not right: {counted(len(rest), 'case')}, {explained} with a reason"
    for outcome in rest:
        yield from _case_lines(outcome)


def _share(name: str, right: int, of: int) -> str:
    return f"{name:10}{right:4} of {of:<4}{right / of:6.1%}" if of else f"{name:10}   0 of 0"


def _case_lines(outcome: CaseOutcome) -> Iterator[str]:
    case, actor = outcome.case, outcome.actor
    beside = ", ".join(filter(None, (case.context, case.date)))
    yield f"  {clean(case.name)}  “{clean(case.words)}”{f' ({clean(beside)})' if beside else ''}"
    got = f"{actor.country or '-'}/{actor.sector or '-'}"
    yield f"    expected {clean(case.expected)}, got {got} {clean(actor.name or '')}"
    yield f"    {clean(outcome.reason) or 'no reason known'}"
