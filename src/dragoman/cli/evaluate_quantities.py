"""``dragoman evaluate quantities``: numbers of victims, against the answer keys of MUC-4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.evaluate_attacks import judged, share_line
from dragoman.cli.plain import clean, counted

if TYPE_CHECKING:
    from dragoman.evaluate.muc4_measures import AttackResult

COUNTS = ("dead", "wounded")


def quantities(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="a folder of MUC-4 texts and keys, or such files (keys: key…)"
        ),
    ],
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="show so many wrong numbers")
    ] = 0,
    first: Annotated[
        int | None, typer.Option("--first", metavar="N", help="read the first N articles only")
    ] = None,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score numbers of dead and wounded: those of our events against those of the keys that they answer.

    A number is right when both can be true ("at least 12" and 14). The events are paired with keys as by
    dragoman evaluate attacks. With --json one object with both figures and every answer.

    \b
    Example:
      dragoman evaluate quantities ../shared/eval/muc4/tst2 --errors 10
    """  # noqa: D301 - \b keeps the lines of the help apart
    result = judged(paths, first, quiet=quiet)
    if json:
        fields = {name: result.fields[name] for name in COUNTS}
        kept = (
            replace(one, answers=tuple(answer for answer in one.answers if answer.field in COUNTS))
            for one in result.results
        )
        shown = {
            "articles": result.articles,
            "fields": fields,
            "results": [one.to_dict() for one in kept if one.answers],
        }
        typer.echo(dumps(shown, ensure_ascii=False))
    else:
        typer.echo("\n".join(quantity_lines(result, errors)))
    return 0


def quantity_lines(result: AttackResult, errors: int) -> Iterator[str]:
    """Yield both figures and some of the wrong numbers."""
    yield f"== {counted(result.articles, 'article')}, {result.found} of {counted(result.keys, 'key')} answered"
    for name in COUNTS:
        right, asked, missing, right_given = result.fields[name]
        yield f"{share_line(name, right, asked)}   of those given {right_given:4} of {asked - missing}"
    wrong = [
        (one, answer)
        for one in result.results
        for answer in one.answers
        if answer.field in COUNTS and not answer.right
    ]
    for one, answer in wrong[:errors]:
        yield f"  {one.article}.{one.number} {answer.field}: expected {clean(answer.expected)}, got {clean(answer.got)}"
        yield f"      {clean(', '.join(one.triggers))}: {clean(one.sentence)}"
