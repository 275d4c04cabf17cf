"""``dragoman evaluate times``: time expressions, against TIMEX3 annotation."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.exits import Skipped
from dragoman.cli.plain import clean, counted
from dragoman.cli.progress import notice, progress
from dragoman.errors import SkipError

if TYPE_CHECKING:
    from dragoman.evaluate.time_measures import TimesResult, TimeVerdict
    from dragoman.evaluate.timeml import TimemlFile

HALVES = ("odd", "even")


def times(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="a TimeML file, or a folder of *.tml")],
    half: Annotated[
        str | None, typer.Option("--half", help="every second file only: odd (the first, third, …) or even")
    ] = None,
    errors: Annotated[int, typer.Option("--errors", min=0, help="list so many of the errors")] = 0,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score time expressions: which are found, with which type and value (TIMEX3).

    The measures are those of TempEval-3. --half keeps a set apart: tune on one half, report the other. With
    --json one object with all figures and errors.

    \b
    Examples:
      dragoman evaluate times ../shared/eval/tempeval3 --half even
      dragoman evaluate times ../shared/eval/tempeval3/AQUAINT --errors 20
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.time_measures import judge, totals
    from dragoman.evaluate.timeml import find_timeml, read_timeml, times_of
    from dragoman.model.document import Document
    from dragoman.pipeline.reader import Reader

    if half is not None and half not in HALVES:
        message = f"--half is odd or even, not {half!r}"
        raise typer.BadParameter(message)
    skipped = Skipped()
    articles: list[TimemlFile] = []
    for file in _halved(find_timeml(path), half):
        try:
            articles.append(read_timeml(file))
        except SkipError as error:
            skipped(str(file), error)
    verdicts: list[TimeVerdict] = []
    reader = Reader(notice=notice(quiet=quiet))
    documents = (Document(text=article.text, published=article.created) for article in articles)
    with progress(len(articles), quiet=quiet) as advance:
        for article, coded in zip(articles, reader.read(documents), strict=True):
            verdicts += judge(article.name, article.text, times_of(article), coded.mentions.times)
            advance(1)
    if articles:
        result = totals(verdicts, documents=len(articles))
        typer.echo(dumps(result.to_dict(), ensure_ascii=False) if json else "\n".join(_lines(result, errors)))
    return skipped.exit_code(len(articles))


def _halved(files: list[Path], half: str | None) -> list[Path]:
    return files if half is None else files[HALVES.index(half) :: 2]


def _lines(result: TimesResult, errors: int) -> Iterator[str]:
    """Yield the figures, then as many errors as asked for."""
    yield f"== {counted(result.documents, 'article')}, {counted(result.annotated, 'time')}, {result.found} found"
    for name, value in (
        ("span F1, by overlap", result.relaxed),
        ("span F1, same words", result.strict),
        ("value F1", result.value),
        ("type accuracy", result.type_accuracy),
    ):
        yield f"{name:24}{value:.3f}"
    for verdict in result.errors[:errors]:
        yield ""
        yield from _error(verdict)


def _error(verdict: TimeVerdict) -> Iterator[str]:
    shown = [
        f"{name} “{clean(one.text)}” {one.type} {clean(str(one.value))}"
        for name, one in (("annotated", verdict.gold), ("read", verdict.found))
        if one is not None
    ]
    yield f"{verdict.kind}: {clean(verdict.document)}: {'; '.join(shown)}"
    yield f"    …{clean(verdict.around)}…"
