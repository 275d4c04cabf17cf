"""Documents through reading into the store, batch by batch."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from dragoman.errors import SkipError
from dragoman.ingest.files import Item
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.safely import read_safely
from dragoman.store import Failure, Store, Written

# Documents written in one transaction. More is quicker; after a kill, at most so many are read again.
BATCH = 64


class Failures:
    """Collects inputs that cannot be read until they are written; ``tell`` is told of each at once."""

    def __init__(self, tell: Callable[[str, SkipError], None] | None = None) -> None:
        """Start with none."""
        self._tell = tell
        self._waiting: list[Failure] = []

    def __call__(self, name: str, error: SkipError) -> None:
        """Keep one."""
        self._waiting.append(Failure(name, str(error)))
        if self._tell:
            self._tell(name, error)

    def take(self) -> list[Failure]:
        """Return what has come since the last time."""
        taken, self._waiting = self._waiting, []
        return taken


def ingest(
    items: Iterable[Item],
    store: Store,
    *,
    reader: Callable[[], Reader],
    failures: Failures,
    on_batch: Callable[[Written], None] | None = None,
) -> Written:
    """Read the items and write them; return what was added.

    ``reader`` makes the reader, and is asked only when there is something new to read. ``failures``
    collects what cannot be read, here and where ``items`` come from; all of it goes into the store.
    ``on_batch`` is told after each transaction.

    Raises:
        StoreError: it could not be written; earlier batches stay.
    """
    total = Written()
    for batch in itertools.batched(items, BATCH):
        new = [item for item in batch if not store.has(item.document)]
        coded = [each for _, each in read_safely(reader(), new, failures)] if new else []
        written = store.write(coded, failures.take()) + Written(known=len(batch) - len(new))
        total += written
        if on_batch:
            on_batch(written)
    return total + store.write([], failures.take())
