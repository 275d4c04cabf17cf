"""What a person sees while waiting: notices and a progress bar, on standard error of a terminal only."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import ProgressColumn


def notice(*, quiet: bool) -> Callable[[str], None] | None:
    """Return what tells a person of something slow, or None where nobody wants to know."""
    if quiet or not sys.stderr.isatty():
        return None
    return lambda words: print(f"dragoman: {words}", file=sys.stderr)  # noqa: T201 - a notice is printed


@contextlib.contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar for ``total`` inputs; the function given is told how many more are done."""
    with bar(total, quiet=quiet) as shown:
        yield shown.advance


# Seconds over which the rate is taken: some batches of long articles.
RATE = 120.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on the screen, or nothing: told how many more are done, and how many there will be."""

    advance: Callable[[int], None] = lambda _: None
    expect: Callable[[int], None] = lambda _: None


@contextlib.contextmanager
def bar(total: int | None, *, quiet: bool, noun: str = "articles") -> Iterator[Bar]:
    """Show a bar with how many are done, how many a second, and the time that remains.

    ``total`` None: nobody knows how many will come; then there is no time that remains.
    """
    if quiet or not sys.stderr.isatty():
        yield Bar()
        return
    from rich.console import Console
    from rich.progress import Progress

    columns, console = _columns(noun), Console(stderr=True)
    with Progress(*columns, console=console, transient=True, speed_estimate_period=RATE) as shown:
        task = shown.add_task("reading", total=total)
        yield Bar(lambda more: shown.advance(task, more), lambda new: shown.update(task, total=new))


def _columns(noun: str) -> list[ProgressColumn]:
    """Return the parts of the bar."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second, over the last minutes."""

        def render(self, task: Task) -> Text:
            """Return the rate, or nothing before it is known."""
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f} {noun}/s" if speed else "")

    return [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
    ]
