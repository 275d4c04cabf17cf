"""``dragoman evaluate event-places``: where one event happened, against what people marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.evaluate_places import numbers_of
from dragoman.cli.plain import clean, counted
from dragoman.cli.progress import notice, progress

if TYPE_CHECKING:
    from dragoman.evaluate.event_places import EventPlace, EventPlaceResult


ITEMS = "items.jsonl"


def event_places(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="items with VERB and LOCATION spans (JSON Lines), or the folder of items.jsonl",
        ),
    ],
    half: Annotated[
        str, typer.Option("--half", help="which items count: all, or odd (tuned on) or even ones alone")
    ] = "all",
    errors: Annotated[
        int,
        typer.Option("--errors", metavar="N", min=0, help="show so many reports whose place is not right"),
    ] = 0,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score the places of reports: each item has a text, the word of an event, and the words of its place or none.

    Only items count of whose event a report is made. With --json one object with all figures and errors. The
    shipped judge was fitted to the odd items.

    \b
    Example:
      dragoman evaluate event-places ../shared/eval/event-location/items.jsonl
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.event_places import judge, read_event_places, totals
    from dragoman.model.document import Document
    from dragoman.pipeline.reader import Reader

    everything = read_event_places(path / ITEMS if path.is_dir() else path)
    items = [everything[number] for number in numbers_of(half, len(everything))]
    reader = Reader(notice=notice(quiet=quiet))
    verdicts = []
    with progress(len(items), quiet=quiet) as advance:
        coded = reader.read(Document(text=item.text) for item in items)
        for number, (item, read) in enumerate(zip(items, coded, strict=True)):
            if (verdict := judge(number, item, read)) is not None:
                verdicts.append(verdict)
            advance(1)
    result = totals(items, verdicts)
    lines = (
        [dumps(result.to_dict(), ensure_ascii=False)]
        if json
        else event_place_lines(items, result, errors=errors)
    )
    typer.echo("\n".join(lines))
    return 0


def event_place_lines(items: Sequence[EventPlace], result: EventPlaceResult, *, errors: int) -> Iterator[str]:
    """Yield the figures and so many of the reports whose place is not right."""
    from dragoman.evaluate.event_places import error_texts

    yield f"== {counted(result.items, 'item')}, reports made of {result.placed + result.null}"
    yield _share("right place, where one is given", result.placed_right, result.placed)
    yield _share("  no place found there", result.placed_missing, result.placed)
    yield _share("null, where none is given", result.null_right, result.null)
    for one, text in islice(error_texts(items, result.errors), errors):
        wanted = " or ".join(map(clean, one.wanted)) or "nothing"
        yield ""
        yield f"{one.verdict}: wanted {wanted}, got {clean(one.got or 'nothing')}"
        yield f"    {clean(text)}"


def _share(name: str, right: int, of: int) -> str:
    return f"{name:34}{right:5} of {of:<5}" + (f"{right / of:6.1%}" if of else "").rstrip()
