"""What a person or a program sees of following feeds."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from json import dumps
from typing import TYPE_CHECKING

import typer

from dragoman.cli.exits import complain
from dragoman.cli.plain import clean, counted

if TYPE_CHECKING:
    from dragoman.pipeline.watch_events import Tell, WatchEvent

# Kinds that tell of something that went wrong: told also with --quiet.
TROUBLE = ("feed-failed", "skipped")


@contextlib.contextmanager
def screen(*, json: bool, quiet: bool) -> Iterator[Tell]:
    """Give what events are told to: JSON lines on standard output, else lines on standard error.

    On a terminal a status line stands below them.
    """
    if json:
        yield _print_json
    elif quiet or not sys.stderr.isatty():
        yield lambda event: _print_line(event, quiet=quiet)
    else:
        from rich.console import Console

        console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        with console.status("asking feeds") as status:
            sums = _Sums(status.update)
            yield lambda event: _on_terminal(event, sums, lambda words: console.print(words, soft_wrap=True))


def _print_json(event: WatchEvent) -> None:
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    typer.echo(dumps({"event": event.kind, "at": at, "input": event.input, **event.told}, ensure_ascii=False))
    sys.stdout.flush()


def _print_line(event: WatchEvent, *, quiet: bool) -> None:
    words = in_words(event)
    if words and (not quiet or event.kind in TROUBLE):
        complain(words)


def _on_terminal(event: WatchEvent, sums: _Sums, show: Callable[[str], None]) -> None:
    sums.count(event)
    if words := in_words(event):
        show(f"dragoman: {clean(words)}")


class _Sums:
    """The status line."""

    def __init__(self, update: Callable[[str], None]) -> None:
        self._update = update
        self._checks = self._documents = self._reports = self._trouble = 0

    def count(self, event: WatchEvent) -> None:
        """Add an event and show the sums."""
        self._checks += event.kind in {"feed", "feed-failed"}
        self._trouble += event.kind in TROUBLE
        if event.kind == "written":
            self._documents += _number(event.told, "documents")
            self._reports += _number(event.told, "reports")
        self._update(
            f"{counted(self._checks, 'check')}, {counted(self._documents, 'article')} with "
            f"{counted(self._reports, 'report')} stored, {counted(self._trouble, 'failure')}; Ctrl-C ends"
        )


def in_words(event: WatchEvent) -> str | None:
    """Return an event as a line; None for what is not worth one."""
    told, where = event.told, event.input
    match event.kind:
        case "started":
            waiting = _number(told, "waiting")
            return f"following {counted(_number(told, 'feeds'), 'feed')}" + (
                f"; {counted(waiting, 'article')} left from before" if waiting else ""
            )
        case "feed":
            return f"{where}: {_number(told, 'new')} new" if told["new"] else None
        case "feed-failed" | "put-off":
            return f"{where}: {told['reason']}; again in {_span(_number(told, 'again_in'))}"
        case "skipped":
            return f"{where}: {told['reason']}"
        case "written":
            return (
                f"{counted(_number(told, 'documents'), 'article')} with {counted(_number(told, 'reports'), 'report')} "
                f"and {counted(_number(told, 'events'), 'event')} written; {_number(told, 'waiting')} waiting"
            )
        case "stopped":
            return (
                f"stopped: {counted(_number(told, 'documents'), 'article')}, {counted(_number(told, 'reports'), 'report')}, "
                f"{counted(_number(told, 'events'), 'event')} added; {_number(told, 'skipped')} skipped, "
                f"{_number(told, 'feed_failures')} of {counted(_number(told, 'checks'), 'check')} of feeds failed"
            )
        case _:
            return None


def _number(told: Mapping[str, object], name: str) -> int:
    value = told[name]
    return value if isinstance(value, int) else 0


def _span(seconds: int) -> str:
    """Return a time for a person."""
    for size, name in ((3600, "h"), (60, "m")):
        if seconds >= size:
            return f"{seconds / size:.3g} {name}"
    return f"{seconds} s"
