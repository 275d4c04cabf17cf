"""Documents through reading into the store, batch by batch."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from dragoman.errors import SkipError
from dragoman.ingest.files import Item
from dragoman.model.event import CodedDocument
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.safely import read_safely
from dragoman.store import Failure, Store, Written

# Documents written in one transaction. More is quicker; after a kill, at most so many are read again.
BATCH = 64


def ingest(
    items: Iterable[Item],
    store: Store,
    *,
    reader: Callable[[], Reader],
    failures: list[Failure],
    on_batch: Callable[[Written], None] | None = None,
) -> Written:
    """Read the items and write them; return what was added.

    ``reader`` makes the reader, and is asked only when there is something new to read. ``failures``
    is where inputs that cannot be read are put, here and by whoever makes ``items``: all go into the
    store. ``on_batch`` is told after each transaction.

    Raises:
        StoreError: it could not be written; earlier batches stay.
    """
    total, told = Written(), 0
    for batch in itertools.batched(items, BATCH):
        new = [item for item in batch if not store.has(item.document)]
        coded = list(_read(new, reader, failures)) if new else []
        written = store.write(coded, failures[told:]) + Written(known=len(batch) - len(new))
        told = len(failures)
        total += written
        if on_batch:
            on_batch(written)
    return total + store.write([], failures[told:])


def _read(
    items: Iterable[Item], reader: Callable[[], Reader], failures: list[Failure]
) -> Iterator[CodedDocument]:
    def skip(name: str, error: SkipError) -> None:
        failures.append(Failure(name, str(error)))

    for _, coded in read_safely(reader(), items, skip):
        yield coded
