"""``dragoman watch``: follow feeds and read each new article into a store."""

from __future__ import annotations

import contextlib
import functools
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.exits import ALL_DONE, NOTHING_DONE, SOME_SKIPPED
from dragoman.cli.options import DEFAULT_DB, Db, Json, OwnActors, Quiet
from dragoman.config import ReaderConfig

if TYPE_CHECKING:
    from dragoman.pipeline.reader import Reader
    from dragoman.pipeline.watch_events import Tally

FeedFile = Annotated[Path, typer.Argument(metavar="FEEDS", help="the list of feeds, a TOML file")]
Once = Annotated[bool, typer.Option("--once", help="ask each feed one time, take what is new, and end")]
Interval = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="how often each feed is asked, like 10m, whatever the list says"),
]
For = Annotated[str | None, typer.Option("--for", metavar="TIME", help="end after so long, like 3m or 12h")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(watch)


def watch(
    feeds: FeedFile,
    db: Db = DEFAULT_DB,
    once: Once = False,
    interval: Interval = None,
    for_: For = None,
    actors: OwnActors = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Follow RSS and Atom feeds, and read each new article into a store, once; Ctrl-C ends it.

    It goes on where it stopped, whatever stopped it. What it does is told on standard error, with --json on standard
    output. Exit code 0 when it was stopped or its time was up; with --once 3 when something was skipped, and 2 when
    no feed could be had.

    \b
    Examples:
      dragoman watch feeds.toml --db news.duckdb
      dragoman watch feeds.toml --once --json
      dragoman watch feeds.toml --for 3m --interval 30s
    """  # noqa: D301 - \b keeps the lines of the help apart
    from dragoman.cli.watch_screen import screen
    from dragoman.ingest.fetching.feedlist import duration, load_feeds
    from dragoman.pipeline.watching import Watcher, WatchOptions
    from dragoman.store import Run, Store

    listed = load_feeds(feeds, interval=duration(interval) if interval else None)
    options = WatchOptions(once=once, seconds=duration(for_) if for_ else None)
    reader = _reader(ReaderConfig(actors=actors), quiet=quiet)
    with Store(db) as store, _stopped_by_signals() as stop, screen(json=json, quiet=quiet) as tell:
        store.begin(Run("watch"))
        tally = Watcher(listed, store, reader=reader, stop=stop, tell=tell, options=options).run()
        store.finish()
    return _exit_code(tally) if once else ALL_DONE


def _exit_code(tally: Tally) -> int:
    """Return how one look ends."""
    if tally.checks and tally.checks == tally.feed_failures and not tally.taken:
        return NOTHING_DONE
    return SOME_SKIPPED if tally.feed_failures or tally.skipped or tally.written.failures else ALL_DONE


def _reader(config: ReaderConfig, *, quiet: bool) -> Callable[[], Reader]:
    """Return what makes the reader, once, when there is something to read."""
    from dragoman.cli.progress import notice
    from dragoman.pipeline.reader import Reader

    return functools.cache(lambda: Reader(config, notice=notice(quiet=quiet)))


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C or a request to end sets; a second one ends at once."""
    stop = threading.Event()

    def ask(number: int, _: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        signal.signal(number, ask)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
