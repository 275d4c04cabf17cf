"""What a person sees while waiting: notices and a progress bar, on standard error of a terminal only."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator


def notice(*, quiet: bool) -> Callable[[str], None] | None:
    """Return what tells a person of something slow, or None where nobody wants to know."""
    if quiet or not sys.stderr.isatty():
        return None
    return lambda words: print(f"dragoman: {words}", file=sys.stderr)  # noqa: T201 - a notice is printed


@contextlib.contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar for ``total`` inputs; the function given is told how many more are done."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda more: bar.advance(task, more)
