"""``dragoman evaluate``: how well the reader does on pages that people have annotated."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.evaluate_actors import actors
from dragoman.cli.evaluate_attacks import attacks
from dragoman.cli.evaluate_attribution import attribution
from dragoman.cli.evaluate_event_places import event_places
from dragoman.cli.evaluate_factuality import factuality
from dragoman.cli.evaluate_petrarch import petrarch
from dragoman.cli.evaluate_places import places
from dragoman.cli.evaluate_quantities import quantities
from dragoman.cli.evaluate_records import records
from dragoman.cli.evaluate_references import references
from dragoman.cli.evaluate_times import times
from dragoman.cli.exits import Skipped
from dragoman.cli.progress import notice, progress
from dragoman.errors import SkipError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.evaluate.annotation import Page
    from dragoman.evaluate.page_measures import PageResult

# How many pairs are typed between two steps of the progress bar.
AT_ONCE = 64


def register(app: typer.Typer) -> None:
    """Add the group; each gold set is a command of its own."""
    group = typer.Typer(name="evaluate", no_args_is_help=True, rich_markup_mode=None)
    group.callback()(_about)
    group.command()(seed)
    group.command()(relations)
    group.command()(records)
    group.command()(petrarch)
    group.command()(actors)
    group.command()(references)
    group.command()(times)
    group.command()(attacks)
    group.command()(quantities)
    group.command()(places)
    group.command()(event_places)
    group.command()(attribution)
    group.command()(factuality)
    app.add_typer(group)


def relations(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="pairs as a table: sentence, pair marked, root, quad class")
    ],
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score the trained typer on sentences with a marked pair: how often the type of event is right.

    Mind what it was trained on: knowledge/models/typer.md says, and has the figures on pairs kept back.
    With --json one object with every figure, the confusions and the errors.

    \b
    Example:
      dragoman evaluate relations ../shared/eval/plv/train.tsv
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.scores import relation_lines
    from dragoman.evaluate.relations import measure, read_pairs
    from dragoman.reading.typing import load_typer

    pairs = read_pairs(path)
    items = [(pair.sentence, pair.actor, pair.recipient) for pair in pairs]
    answers = []
    with progress(len(items), quiet=quiet) as advance:
        for first in range(0, len(items), AT_ONCE):
            answers += load_typer().probabilities(items[first : first + AT_ONCE])
            advance(AT_ONCE)
    result = measure(pairs, answers)
    typer.echo(dumps(result.to_dict(), ensure_ascii=False) if json else "\n".join(relation_lines(result)))
    return 0


def _about() -> None:
    """Score the reader against texts that people have annotated.

    \b
    Example:
      dragoman evaluate seed examples/pages
    """  # noqa: D301 - \b keeps the lines of the help apart


def seed(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="annotations (NAME.gold.json) or folders of them")
    ],
    summary: Annotated[bool, typer.Option("--summary", help="print the figures only")] = False,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score annotated pages: item by item what was found, and whether each field is right.

    The text lies beside its annotation; docs/reference/annotation.md explains the format. With --json each
    page is an object, and the figures over all pages come last. An annotation that breaks its rules is named
    and left out.

    \b
    Examples:
      dragoman evaluate seed examples/pages
      dragoman evaluate seed examples/pages/ceasefire.gold.json --json
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.scores import figures_lines, page_lines
    from dragoman.evaluate.page_measures import totals

    skipped = Skipped()
    pages = _read(paths, skipped)
    results = []
    for result in _measured(pages, skipped, quiet=quiet):
        results.append(result)
        if json:
            if not summary:
                typer.echo(dumps(result.to_dict(), ensure_ascii=False))
        elif not summary:
            typer.echo("\n".join(page_lines(result)))
    if results:
        figures = totals(results)
        if json:
            shown = {name: {"right": right, "of": total} for name, (right, total) in figures.items()}
            typer.echo(dumps({"figures": shown}, ensure_ascii=False))
        else:
            typer.echo("\n".join(figures_lines(figures, pages=len(results))))
    return skipped.exit_code(len(results))


def _read(paths: Sequence[Path], skipped: Skipped) -> list[Page]:
    """Return the annotated pages; those that cannot be read are named and left out."""
    from dragoman.evaluate.annotation import find_pages, read_page

    pages = []
    for path in paths:
        try:
            found = find_pages([path])
        except SkipError as error:
            skipped(str(path), error)
            continue
        for one in found:
            try:
                pages.append(read_page(one))
            except SkipError as error:
                skipped(str(one), error)
    return pages


def _measured(pages: Sequence[Page], skipped: Skipped, *, quiet: bool) -> Iterator[PageResult]:
    """Read the pages and yield what is measured on each."""
    if not pages:
        return
    from dragoman.evaluate.page_measures import measure
    from dragoman.ingest.files import Item
    from dragoman.model.document import Document
    from dragoman.pipeline.reader import Reader
    from dragoman.pipeline.safely import read_safely

    by_name = {str(page.path): page for page in pages}
    items = [Item(name, Document(text=page.text, published=page.published)) for name, page in by_name.items()]
    reader = Reader(notice=notice(quiet=quiet))
    with progress(len(items), quiet=quiet) as advance:
        for item, coded in read_safely(reader, items, skipped):
            yield measure(by_name[item.name], coded)
            advance(1)
