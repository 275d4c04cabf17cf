"""``dragoman evaluate references``: pronouns and descriptions, against what people say whom they stand for."""

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
    from dragoman.evaluate.references import Judged, ReferencesResult


def references(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="annotated references (a table), or a folder of tables")
    ],
    texts: Annotated[Path, typer.Option("--texts", metavar="DIR", help="where the articles lie")],
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score references within articles: whom pronouns, roles and groups stand for.

    A mention is right when it is resolved to an actor of the annotated name or code; one that stands for
    nobody must be left alone. docs/reference/annotation.md explains the format. With --json one object with
    all figures and errors.

    \b
    Example:
      dragoman evaluate references examples/reference/talks --texts examples/reference/talks
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.names_agree import NameJudge
    from dragoman.evaluate.references import judge, read_references, totals
    from dragoman.knowledge.actors import load_actors
    from dragoman.pipeline.reader import Reader

    articles = read_references(path, texts)
    judges = NameJudge(load_actors())
    reader = Reader(notice=notice(quiet=quiet))
    judged: list[Judged] = []
    with progress(len(articles), quiet=quiet) as advance:
        coded = reader.read(article.document for article in articles)
        for article, read in zip(articles, coded, strict=True):
            judged += judge(article, read, judges)
            advance(1)
    result = totals(judged)
    lines = [dumps(result.to_dict(), ensure_ascii=False)] if json else reference_lines(result)
    typer.echo("\n".join(lines))
    return 0


def reference_lines(result: ReferencesResult) -> Iterator[str]:
    """Yield the figures and then every mention that is not right."""
    yield f"== {counted(result.count, 'reference')}"
    yield _share("right", result.right, result.count)
    yield from (_share(f"  {kind}", *pair) for kind, pair in result.kinds.items())
    yield _share("right, of those resolved", result.resolved_right, result.resolved)
    for one in result.errors:
        yield from _error(one)


def _share(name: str, right: int, of: int) -> str:
    return f"{name:30}{right:5} of {of:<5}" + (f"{right / of:6.1%}" if of else "").rstrip()


def _error(one: Judged) -> Iterator[str]:
    gold = one.reference
    wanted = " or ".join(" + ".join(names) for names in gold.refers_to)
    wanted = " ".join(filter(None, (wanted, gold.code))) or "nobody"
    found = " + ".join(f"{actor.name} {actor.code or ''}".strip() for actor in one.found) or "nothing"
    yield ""
    yield f"{one.verdict}: {gold.kind} “{clean(gold.words)}” {clean(one.document)}:{gold.start}"
    yield f"    …{clean(one.around)}…"
    yield f"    stands for {clean(wanted)}, read {clean(found)}"
