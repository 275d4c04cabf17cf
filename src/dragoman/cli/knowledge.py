"""``dragoman knowledge``: the dictionaries of actors, places, words and events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.exits import ALL_DONE, NOTHING_DONE
from dragoman.cli.knowledge_diff import diff
from dragoman.cli.knowledge_gaps import gaps
from dragoman.cli.knowledge_import import import_
from dragoman.errors import KnowledgeError


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(name="knowledge", no_args_is_help=True, rich_markup_mode=None)
    group.callback()(_about)
    group.command()(check)
    group.command("import")(import_)
    group.command()(diff)
    group.command()(gaps)
    app.add_typer(group)


def _about() -> None:
    """The dictionaries of actors, words and events."""


def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="tables of your own actors, instead of our files")
    ] = None,
) -> int:
    """Look for faults in the knowledge files; print each as file:line and end with 2 when there is one.

    \b
    Examples:
      dragoman knowledge check
      dragoman knowledge check my-actors
    """  # noqa: D301 - \b keeps the lines of the help apart
    checks = _checks() if folder is None else (partial(_own_problems, folder),)
    problems = list(dict.fromkeys(problem for each in checks for problem in _problems(each)))
    for problem in problems:
        typer.echo(_relative(problem))
    if not problems:
        typer.echo("the knowledge files are in order")
    return NOTHING_DONE if problems else ALL_DONE


def _own_problems(folder: Path) -> Iterable[str]:
    """Return what is wrong with a user's tables of actors.

    Raises:
        UsageError: it is no folder.
    """
    from dragoman.config import ReaderConfig
    from dragoman.knowledge.actor_checks import check_actors
    from dragoman.knowledge.gazetteer_own import own_places

    ReaderConfig(actors=folder)
    try:
        for _ in own_places(folder):
            pass
    except KnowledgeError as error:
        return (str(error), *check_actors(own=folder))
    return check_actors(own=folder)


def _checks() -> tuple[Callable[[], Iterable[str]], ...]:
    """Return one function a subject: it raises at the first fault, or returns all of them."""
    from dragoman.knowledge.actor_checks import check_actors
    from dragoman.knowledge.codings import load_codings
    from dragoman.knowledge.contexts import load_contexts
    from dragoman.knowledge.cues import load_cues
    from dragoman.knowledge.gazetteer_sources import country_entries, own_entries
    from dragoman.knowledge.lexicon import load_lexicon
    from dragoman.knowledge.ontology import load_ontology
    from dragoman.knowledge.place_words import place_words
    from dragoman.knowledge.quantities import load_quantities
    from dragoman.knowledge.times import load_calendar

    return (
        _loads(load_ontology), _loads(load_lexicon), check_actors, _loads(load_cues), _loads(load_calendar),
        _loads(load_quantities), _loads(place_words), _loads(lambda: list(own_entries())),
        _loads(lambda: list(country_entries())), _loads(load_codings), _loads(load_contexts),
    )  # fmt: skip


def _loads(load: Callable[[], object]) -> Callable[[], Iterable[str]]:
    """Return the check that a loader makes by loading: it raises or is content."""

    def check() -> Iterable[str]:
        load()
        return ()

    return check


def _problems(run: Callable[[], Iterable[str]]) -> list[str]:
    try:
        return list(run())
    except KnowledgeError as error:
        return [str(error)]


def _relative(problem: str) -> str:
    """Return the line with its path as seen from here, so that an editor can open it."""
    return problem.removeprefix(f"{Path.cwd()}/")
