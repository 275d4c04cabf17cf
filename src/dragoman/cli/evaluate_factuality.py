"""``dragoman evaluate factuality``: how surely events happened, against what people say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.plain import clean, counted
from dragoman.cli.progress import progress

if TYPE_CHECKING:
    from dragoman.evaluate.factuality import Rated
    from dragoman.evaluate.factuality_measures import ClassFigures, FactError, FactResult, PolarityResult


def factuality(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="rated events (JSON Lines), or a folder of TimeML files")
    ],
    errors: Annotated[int, typer.Option("--errors", metavar="N", min=0, help="show so many errors")] = 0,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score dragoman.factuality on event words that people have rated from -3 to +3, or whose polarity is known.

    Labels count as numbers: actual 3, planned 1, possible 0.75, hypothetical and demanded 0, denied -3. Of classes
    there are three: what happened (rated above 2; actual), what did not (below -1.5; denied), and what is open.
    Of TimeML files it is told how many of the denied events are read as denied, and what becomes of modal ones.
    With --json one object with every figure and all errors.

    \b
    Examples:
      dragoman evaluate factuality ../shared/eval/factuality/UW/dev.jsonl --errors 30
      dragoman evaluate factuality ../shared/eval/tempeval3
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.factuality import read_polarities, read_rated
    from dragoman.evaluate.factuality_measures import measure_numbers, measure_polarity

    result: FactResult | PolarityResult
    if path.is_dir():
        rated, left_out = read_polarities(path)
        with progress(len(rated), quiet=quiet) as advance:
            result = measure_polarity(rated, left_out, _answers(rated), advance)
        lines = polarity_lines(result)
    else:
        rated = read_rated(path)
        with progress(len(rated), quiet=quiet) as advance:
            result = measure_numbers(rated, _answers(rated), advance)
        lines = number_lines(result)
    if json:
        typer.echo(dumps(result.to_dict(), ensure_ascii=False))
    else:
        typer.echo("\n".join([*lines, *_errors(result.errors[:errors])]))
    return 0


def _answers(rated: Sequence[Rated]) -> Iterator[list[tuple[str, str]]]:
    from dragoman.reading.event_words import judgements

    asked = ((one.text, [(event.start, event.end) for event in one.events]) for one in rated)
    for found in judgements(asked):
        yield [(one.factuality, one.rule) for one in found]


def number_lines(result: FactResult) -> Iterator[str]:
    """Yield correlation and error, then the classes, then what people say of the words of each label."""
    yield f"== {counted(result.count, 'event')}"
    yield f"Pearson r           {result.pearson:6.3f}"
    yield f"mean absolute error {result.mean_error:6.3f}"
    yield ""
    yield from _classes(result.classes)
    yield ""
    yield f"{'label':14} {'given':>6} {'mean rating':>12}"
    yield from (f"{label:14} {count:6} {mean:12.2f}" for label, (count, mean) in result.labels.items())


def polarity_lines(result: PolarityResult) -> Iterator[str]:
    """Yield the figures of denied events, then the labels of those with a modal word."""
    yield f"== {counted(result.count, 'event')}"
    yield from _classes([result.denied])
    yield ""
    yield "modal word: labels"
    for word, found in result.modal.items():
        yield f"  {clean(word)}: " + ", ".join(f"{label} {n}" for label, n in found.items())
    if result.left_out:
        yield ""
        yield f"left out, polarity turned round: {counted(len(result.left_out), 'file')}"


def _classes(classes: Sequence[ClassFigures]) -> Iterator[str]:
    yield f"{'class':14} {'events':>6} {'given':>6} {'precision':>10} {'recall':>7}"
    for one in classes:
        yield f"{one.name:14} {one.count:6} {one.given:6} {one.precision:10.3f} {one.recall:7.3f}"


def _errors(errors: Sequence[FactError]) -> Iterator[str]:
    if errors:
        yield ""
        yield f"{counted(len(errors), 'error')}, the worst first:"
    for one in errors:
        yield f"  {one.gold} read as {one.label} ({clean(one.rule)}) {clean(one.name)}"
        yield f"      {clean(one.around)}"
