"""``dragoman evaluate petrarch``: coding with community dictionaries, against their own validation records."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options as given
from dragoman.cli.plain import clean, counted
from dragoman.cli.progress import notice, progress
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.evaluate.petrarch import CategoryScore, Disagreement, PetrarchResult
    from dragoman.evaluate.petrarch_records import GoldSet
    from dragoman.model.event import CodedDocument


def petrarch(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="validation records (XML), or the folder they are in")
    ],
    knowledge: given.Knowledge = None,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score coding with community dictionaries against PETRARCH validation records.

    The dictionaries are those that the records' <Environment> names, which lie beside it, unless --knowledge
    names others. A coding agrees at
    root level when source and target are the same and the event codes have the same first two characters.
    With --json one object with every figure, the errors and the extra codings.

    \b
    Example:
      dragoman evaluate petrarch ../shared/eval/petrarch
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.petrarch import measure
    from dragoman.evaluate.petrarch_records import read_gold

    gold = read_gold(path)
    result = measure(gold.sentences, list(code_gold(gold, knowledge, quiet=quiet)))
    if json:
        shown = {"total": result.total.to_dict(), **result.to_dict()}
        typer.echo(dumps(shown, ensure_ascii=False))
    else:
        typer.echo("\n".join(_lines(result)))
    return 0


def code_gold(gold: GoldSet, knowledge: Path | None, *, quiet: bool) -> Iterator[CodedDocument]:
    """Yield what is coded in each sentence; the dictionaries of the records are imported for the while."""
    import tempfile

    from dragoman.knowledge.petrarch.importing import import_dictionaries

    if knowledge is not None:
        yield from _read(gold, knowledge, quiet=quiet)
        return
    if not gold.files.verbs or not gold.files.actors:
        message = f"{gold.path}: its <Environment> names no verb file or no actor file; give --knowledge"
        raise UsageError(message)
    with tempfile.TemporaryDirectory() as folder:
        import_dictionaries(gold.files, Path(folder))
        yield from _read(gold, Path(folder), quiet=quiet)


def _read(gold: GoldSet, knowledge: Path, *, quiet: bool) -> Iterator[CodedDocument]:
    from dragoman.config import ReaderConfig
    from dragoman.model.document import Document
    from dragoman.pipeline.reader import Reader

    reader = Reader(ReaderConfig(knowledge=knowledge), notice=notice(quiet=quiet))
    documents = (Document(text=each.text, published=each.published) for each in gold.sentences)
    with progress(len(gold.sentences), quiet=quiet) as advance:
        for coded in reader.read(documents):
            yield coded
            advance(1)


def _lines(result: PetrarchResult) -> Iterator[str]:
    """Yield the figures, then the errors, then what is coded beyond gold."""
    total = result.total
    yield f"== {counted(total.count, 'gold coding')}"
    yield f"agree at root level  {_share(total.root, total.count)}"
    yield f"agree in full        {_share(total.full, total.count)}"
    yield f"extra codings        {total.extra:4d}"
    yield ""
    yield from _table("expected", result.expectations)
    yield from _table("category", result.categories)
    yield f"{counted(len(result.errors), 'disagreement')}, by what differs:"
    yield from (f"  {count:4d}  {why}" for why, count in result.reasons.items())
    yield ""
    yield from (line for error in result.errors for line in _error(error))
    yield f"{counted(len(result.extra), 'extra coding')}:"
    yield from (f"  {clean(each.id)}  {clean(each.ours[0])}: {clean(each.sentence)}" for each in result.extra)


def _table(heading: str, scores: tuple[CategoryScore, ...]) -> Iterator[str]:
    yield f"{heading:16}{'codings':>8} {'root':>6} {'full':>6} {'extra':>6}"
    for score in scores:
        yield f"{clean(score.name):16}{score.count:8} {score.root:6} {score.full:6} {score.extra:6}"
    yield ""


def _error(error: Disagreement) -> Iterator[str]:
    ours = "; ".join(map(clean, error.ours)) or "nothing"
    yield f"  {clean(error.id)}  {error.why}: expected {clean(error.gold)}, coded {ours}"
    yield f"      {clean(error.sentence)}"


def _share(part: int, whole: int) -> str:
    return f"{part:4d} of {whole:4d}  {part / whole:6.1%}" if whole else f"{part:4d} of    0"
