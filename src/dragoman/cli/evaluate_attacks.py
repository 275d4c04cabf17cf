"""``dragoman evaluate attacks``: incidents read from articles, against the answer keys of MUC-4."""

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
    from dragoman.evaluate.muc4_measures import AttackResult, KeyResult

SHOWN_WORDS = 160


def attacks(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="a folder of MUC-4 texts and keys, or such files (keys: key…)"
        ),
    ],
    errors: Annotated[int, typer.Option("--errors", metavar="N", help="show so many wrong answers")] = 20,
    first: Annotated[
        int | None, typer.Option("--first", metavar="N", help="read the first N articles only")
    ] = None,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score incidents against the answer keys of MUC-4: how far they went, who is held to have done it, when, where, victims.

    A key is answered by the event of ours whose words agree with it best; the figures are over the keys that are answered, beside
    how many are. With --json one object with every figure and every key.

    \b
    Example:
      dragoman evaluate attacks ../shared/eval/muc4/tst2
    """  # noqa: D301 - \b keeps the lines of the help apart
    result = judged(paths, first, quiet=quiet)
    typer.echo(
        dumps(result.to_dict(), ensure_ascii=False) if json else "\n".join(attack_lines(result, errors))
    )
    return 0


def judged(paths: list[Path], first: int | None, *, quiet: bool) -> AttackResult:
    """Read the articles, or the first of them, and return what is measured."""
    from dragoman.evaluate.muc4 import read_articles
    from dragoman.evaluate.muc4_measures import judge, totals
    from dragoman.knowledge.actors import load_actors
    from dragoman.pipeline.reader import Reader

    articles = read_articles(paths)[:first]
    reader, actors = Reader(notice=notice(quiet=quiet)), load_actors()
    results: list[KeyResult] = []
    extra = 0
    with progress(len(articles), quiet=quiet) as advance:
        coded = reader.read(article.document for article in articles)
        for article, read in zip(articles, coded, strict=True):
            judged, more = judge(article, read, actors)
            results += judged
            extra += more
            advance(1)
    return totals(len(articles), results, extra)


def attack_lines(result: AttackResult, errors: int) -> Iterator[str]:
    """Yield the figures, what is taken for what, and some of the wrong answers."""
    yield f"== {counted(result.articles, 'article')}, {counted(result.keys, 'key')}"
    yield share_line("found", result.found, result.keys)
    yield f"{'  and of doubted keys':24}{result.optional_found:5}"
    yield f"{'events without a key':24}{result.extra:5}"
    yield "right, of the keys that an event answers:"
    for field, (right, asked, missing, right_given) in result.fields.items():
        yield f"{share_line(f'  {field}', right, asked)}   of those given {right_given:4} of {asked - missing}"
    yield f"{'  place, but coarser':24}{result.coarser:5}"
    for field, pairs in result.confusions.items():
        yield ""
        yield f"{field}, key → event:"
        yield from (f"  {count:4}  {clean(pair)}" for pair, count in pairs.items())
    wrong = [(one, answer) for one in result.results for answer in one.answers if not answer.right]
    yield ""
    yield f"{counted(len(wrong), 'wrong answer')}{f', the first {errors}' if errors < len(wrong) else ''}:"
    for one, answer in wrong[:errors]:
        yield f"  {one.article}.{one.number} {answer.field}: expected {clean(answer.expected)}, got {clean(answer.got)}"
        yield f"      {clean(', '.join(one.triggers))}: {clean(one.sentence[:SHOWN_WORDS])}"


def share_line(name: str, right: int, of: int) -> str:
    """Return a figure as a line: how many of how many, and the share."""
    return f"{name:24}{right:5} of {of:<5}" + (f"{right / of:6.1%}" if of else "")
