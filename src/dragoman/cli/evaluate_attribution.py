"""``dragoman evaluate attribution``: who says what, against what people have marked in news articles."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.plain import clean, counted
from dragoman.cli.progress import notice, progress

if TYPE_CHECKING:
    from dragoman.evaluate.attribution_measures import AttributionResult, Tally, Verdict

# How many errors are listed unless told otherwise; --json has all.
MOST_ERRORS = 0


def attribution(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="a part of PolNeAR: a folder with text/ and attributions/")
    ],
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="how many errors are listed")] = MOST_ERRORS,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score attributions: sources, cues and contents, against those that people have marked.

    Where several people have annotated an article, it is scored against the first by name, and their agreement
    with each other is printed beside. docs/reference/evaluation-sets.md says how parts are compared. With --json one object with
    all figures and the verdict on each attribution.

    \b
    Example:
      dragoman evaluate attribution ../shared/eval/polnear/dev --errors 20
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.attribution_measures import totals
    from dragoman.evaluate.attribution_verdicts import judge
    from dragoman.evaluate.polnear import read_polnear
    from dragoman.knowledge.cues import load_cues
    from dragoman.pipeline.reader import Reader

    articles, cues = read_polnear(path), load_cues()
    reader = Reader(notice=notice(quiet=quiet))
    counts: list[Tally] = []
    verdicts: list[Verdict] = []
    with progress(len(articles), quiet=quiet) as advance:
        coded = reader.read(article.document for article in articles)
        for article, read in zip(articles, coded, strict=True):
            count, found = judge(article, read, cues)
            counts.append(count)
            verdicts += found
            advance(1)
    result = totals(articles, counts, verdicts)
    lines = [dumps(result.to_dict(), ensure_ascii=False)] if json else attribution_lines(result, errors)
    typer.echo("\n".join(lines))
    return 0


def attribution_lines(result: AttributionResult, errors: int) -> Iterator[str]:
    """Yield the figures, the annotators' agreement, the table of errors by kind, and so many errors."""
    total = result.total
    yield f"== {counted(result.articles, 'article')}: {total.gold} attributions annotated, {total.read} read"
    yield from _figures(total)
    if result.annotators is not None:
        yield ""
        yield "annotators of the same article with each other:"
        yield from _figures(result.annotators)
    yield ""
    yield from _table(result)
    wrong = result.errors
    if errors and wrong:
        yield ""
        yield f"{counted(len(wrong), 'error')}:"
    for one in wrong[:errors]:
        yield from _error(one)


def _figures(total: Tally) -> Iterator[str]:
    yield from (f"{name:34}{value:6.3f}" for name, value in total.figures().items())


def _table(result: AttributionResult) -> Iterator[str]:
    from dragoman.evaluate.attribution_measures import VERDICTS

    heads = {name: max(len(name), 6) for name in VERDICTS}
    yield f"{'kind':30}" + "".join(f"  {name:>{width}}" for name, width in heads.items())
    for kind, row in result.table.items():
        yield f"{kind:30}" + "".join(f"  {row[name]:>{width}}" for name, width in heads.items())


def _error(one: Verdict) -> Iterator[str]:
    yield ""
    yield f"{one.verdict}: “{clean(one.cue)}” {clean(one.document)} ({', '.join(one.kinds)})"
    yield f"    …{clean(one.around)}…"
    yield from (
        f"    {name}: {clean(line)}" for name, line in (("annotated", one.gold), ("read", one.read)) if line
    )
