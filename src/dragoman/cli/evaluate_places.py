"""``dragoman evaluate places``: place names and where they are, against people's annotations and other systems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli import options as given
from dragoman.cli.plain import clean, counted
from dragoman.cli.progress import notice, progress
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.evaluate.place_measures import Placed, PlaceFigures
    from dragoman.evaluate.places import PlaceArticle

OURS = "dragoman"
HALVES = ("all", "odd", "even")


def places(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help="a file in the format of LGL or GeoVirus (.xml), or a folder of them"
        ),
    ],
    peers: Annotated[
        Path | None,
        typer.Option(
            "--peers", metavar="DIR", help="other systems' answers, SET_SYSTEM.txt, scored beside ours"
        ),
    ] = None,
    half: Annotated[
        str, typer.Option("--half", help="which articles count: all, or odd (tuned on) or even ones alone")
    ] = "all",
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="list so many words of each kind of error")
    ] = 0,
    json: given.Json = False,
    quiet: given.Quiet = False,
) -> int:
    """Score place names: which are found, and how far from the truth they lie.

    A found place answers the gold place whose words it shares. Gold places without coordinates (streets, farms) neither
    count as missed nor make a found one false. near: within 161 km. right: found and near. docs/explain/reading.md
    (Places) says more. The shipped weights were fitted to the odd articles of LGL and GeoVirus. With --json one
    object a file, with all figures and errors.

    \b
    Example:
      dragoman evaluate places ../shared/eval/geoparsing/lgl.xml --half even --peers ../shared/eval/geoparsing/peers/geoparser_output
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.evaluate.places import find_sets

    for file in find_sets(path):
        results, placed = _scored(file, peers, half, quiet=quiet)
        if json:
            typer.echo(dumps({"set": file.name} | _as_json(results, placed), ensure_ascii=False))
        else:
            typer.echo("\n".join((*place_lines(file.name, results), *error_lines(placed, errors))))
    return 0


def _scored(
    path: Path, peers: Path | None, half: str, *, quiet: bool
) -> tuple[dict[str, PlaceFigures], list[Placed]]:
    """Return the figures of ours and of the others on one set, and what became of each of its places with us."""
    from dragoman.evaluate.place_measures import align, figures
    from dragoman.evaluate.places import peer_files, read_peer, read_place_articles

    everything = read_place_articles(path)
    chosen = numbers_of(half, len(everything))
    articles = [everything[number] for number in chosen]
    others = (
        {name: read_peer(file, everything) for name, file in peer_files(peers, path).items()} if peers else {}
    )
    placed = list(_ours(articles, quiet=quiet))
    results = {OURS: figures(placed, articles=len(articles))}
    for name, answers in others.items():
        pairs = [
            pair
            for number, article in zip(chosen, articles, strict=True)
            for pair in align(number, article.places, answers[number])
        ]
        results[name] = figures(pairs, articles=len(articles))
    return results, placed


def numbers_of(half: str, count: int) -> range:
    """Return which of ``count`` items are in a half: the first, third, fifth … are the odd ones.

    Raises:
        UsageError: there is no such half.
    """
    if half not in HALVES:
        message = f"--half must be one of {', '.join(HALVES)}, it is {half!r}"
        raise UsageError(message)
    return range(1 if half == "even" else 0, count, 1 if half == "all" else 2)


def _ours(articles: Sequence[PlaceArticle], *, quiet: bool) -> Iterator[Placed]:
    """Read the articles and yield what becomes of their places."""
    from dragoman.evaluate.place_measures import align
    from dragoman.evaluate.places import Located
    from dragoman.pipeline.reader import Reader

    reader = Reader(notice=notice(quiet=quiet))
    with progress(len(articles), quiet=quiet) as advance:
        coded = reader.read(article.document for article in articles)
        for number, (article, read) in enumerate(zip(articles, coded, strict=True)):
            found = [Located(one.start, one.end, one.text, one.lat, one.lon) for one in read.mentions.places]
            yield from align(number, article.places, found)
            advance(1)


def _as_json(results: dict[str, PlaceFigures], placed: Sequence[Placed]) -> dict[str, Any]:
    wrong = [one.to_dict() | {"verdict": one.verdict} for one in placed if one.verdict]
    for one in wrong:
        one["km"] = None if one["km"] == float("inf") else one["km"]
    return {"systems": {name: result.to_dict() for name, result in results.items()}, "errors": wrong}


def place_lines(name: str, results: dict[str, PlaceFigures]) -> Iterator[str]:
    """Yield a head line and a line a system: finding, near of those found, found and near, median distance."""
    ours = results[OURS]
    yield f"== {clean(name)}: {counted(ours.articles, 'article')}, {counted(ours.gold, 'place')}"
    yield f"{'':14}{'precision':>10}{'recall':>8}{'F1':>7}{'near':>7}{'right F1':>10}{'right':>7}{'median km':>11}"
    for system, one in results.items():
        middle = "–" if one.median_km is None else f"{one.median_km:.1f}"
        yield (
            f"{clean(system):14}{one.precision:10.3f}{one.recall:8.3f}{one.f1:7.3f}{one.near:7.3f}"
            f"{one.both:10.3f}{one.both_recall:7.3f}{middle:>11}"
        )


def error_lines(placed: Sequence[Placed], most: int) -> Iterator[str]:
    """Yield the words of what is missed, false and far, at most so many of each, the most frequent first."""
    if not most:
        return
    kinds: dict[str, Counter[str]] = {}
    for one in placed:
        words = one.gold or one.found
        if one.verdict and words is not None:
            kinds.setdefault(one.verdict, Counter())[clean(words.words)] += 1
    for kind, words_of in sorted(kinds.items()):
        shown = ", ".join(f"{words} {count}" for words, count in words_of.most_common(most))
        yield ""
        yield f"{kind} ({words_of.total()}): {shown}"
