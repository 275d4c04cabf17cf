"""``dragoman evaluate records``: whole sentences read with no pair given, against what coders made of them."""

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
    from dragoman.evaluate.record_measures import JudgedReport, Outcome, RecordsResult
    from dragoman.evaluate.records import GoldActor
    from dragoman.model.actor import ActorSpan

# How many misses are listed unless told otherwise; --json has all.
MOST_ERRORS = 20


def records(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help="coded sentences: records.json of plover-gsr, or a table like plv"
        ),
    ],
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="how many misses are listed")] = MOST_ERRORS,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score reading end to end: whole sentences, no pair given; type, source and target must be right.

    Every miss is counted at the stage where it was lost. docs/reference/evaluation-sets.md says how each
    set is scored. With --json one object with all figures and every record.

    \b
    Example:
      dragoman evaluate records ../shared/eval/plover-gsr/records.json --errors 5
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.record_measures import outcomes, totals
    from dragoman.evaluate.records import read_records

    gold = read_records(path)
    found = []
    with progress(len(gold.records), quiet=quiet) as advance:
        for outcome in outcomes(gold):
            found.append(outcome)
            advance(1)
    result = totals(gold, found)
    lines = [dumps(result.to_dict(), ensure_ascii=False)] if json else record_lines(result, errors)
    typer.echo("\n".join(lines))
    return 0


def record_lines(result: RecordsResult, errors: int) -> Iterator[str]:
    """Yield the figures, the table of what goes wrong, the labels, and so many misses."""
    yield f"== {result.kind}: {counted(result.items, 'item')} in {counted(result.sentences, 'sentence')}"
    yield _share("right: type, source and target", result.right, result.items)
    yield _share("right type and at least one side", result.one_side, result.items)
    yield from (_share(f"country of the {side}", *pair) for side, pair in result.countries.items())
    yield ""
    ratio = "" if result.wrong_per_right is None else f"; wrong per right: {result.wrong_per_right:.2f}"
    counts = ", ".join(f"{number} {verdict}" for verdict, number in result.reports.items())
    yield f"reports: {counts}{ratio}"
    yield ""
    yield from _stage_lines(result)
    yield ""
    yield from _label_lines(result)
    missed = [outcome for outcome in result.outcomes if not outcome.right]
    if errors and missed:
        yield ""
        yield f"{counted(len(missed), 'miss' if len(missed) == 1 else 'misse')}:"
    for outcome in missed[:errors]:
        yield from _miss_lines(outcome)


def _share(name: str, right: int, of: int) -> str:
    return f"{name:34}{right:5} of {of:<5}{right / of:6.1%}"


def _stage_lines(result: RecordsResult) -> Iterator[str]:
    yield f"{'lost at':18}{'items':>6}  of all"
    for stage, number in sorted(result.stages.items(), key=lambda item: -item[1]):
        parts = ", ".join(f"{name} {n}" for name, n in result.details[stage].items() if name)
        yield f"{stage:18}{number:6}{number / result.items:8.1%}   {parts}".rstrip()


def _label_lines(result: RecordsResult) -> Iterator[str]:
    yield f"{'label':12}{'right':>6}{'of':>5}   the pair was read as"
    for label, (right, of) in result.labels.items():
        taken = ", ".join(f"{name} {n}" for name, n in result.confusion[label].items())
        yield f"{label:12}{right:6}{of:5}   {taken}"


def _miss_lines(outcome: Outcome) -> Iterator[str]:
    gold = outcome.gold
    where = f"{outcome.stage}: {outcome.detail}" if outcome.detail else outcome.stage
    yield f"  {clean(gold.id)} ({where})"
    yield f"    {clean(gold.sentence)}"
    yield f"    expected {gold.label}: {_parties(gold.sources)} > {_parties(gold.targets)}"
    yield from (f"    {_report(report)}" for report in outcome.reports)


def _parties(parties: tuple[GoldActor, ...]) -> str:
    return clean(" + ".join(party.words for party in parties)) or "anyone"


def _report(report: JudgedReport) -> str:
    sides = f"{_side(report.actors)} > {_side(report.recipients)}"
    return f"{report.verdict}: {report.event_type} “{clean(report.text)}”: {sides}"


def _side(actors: tuple[ActorSpan, ...]) -> str:
    return clean(" + ".join(f"{actor.text} {actor.code or ''}".strip() for actor in actors)) or "-"
