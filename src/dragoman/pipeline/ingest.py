"""Documents through reading into the store, batch by batch."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.errors import SkipError
from dragoman.ingest.files import Item
from dragoman.pipeline.groups import Batch, Failures, Group, Outcome, make_groups
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.safely import read_safely
from dragoman.pipeline.stopping import Stopping
from dragoman.pipeline.workers import Workers
from dragoman.store import Failure, Store, StoredOriginal, Written

__all__ = ["FEW", "Failures", "Options", "ingest", "read_groups"]

# Documents that are read without worker processes: loading one more reader costs as much as these. Measured on two cores
# with articles of 150 words (3 s to load, 60 ms an article); long articles count for more.
FEW = 96
FEW_CHARACTERS = 1_000 * FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to ingest: who reads when there is much, whether originals are kept, who asks for an end.

    ``workers`` starts worker processes; it is called once there are more than a `FEW` new documents, or at once when
    ``always``. Without it, all is read in this process.
    """

    workers: Callable[[], Workers] | None = None
    always: bool = False
    originals: bool = True
    stopping: Stopping | None = None


def ingest(
    items: Iterable[Item],
    store: Store,
    *,
    reader: Callable[[], Reader],
    failures: Failures,
    on_batch: Callable[[Written], None] | None = None,
    options: Options | None = None,
) -> Written:
    """Read the items and write them; return what was added.

    ``reader`` makes the reader, and is asked only when there is something new to read here. ``failures``
    collects what cannot be read, here and where ``items`` come from; all of it goes into the store.
    ``on_batch`` is told after each transaction.

    Raises:
        StoreError: it could not be written; earlier batches stay.
    """
    options = options or Options()
    stopping = Stopping() if options.stopping is None else options.stopping
    total = Written()
    groups = make_groups(stopping.until(items), known=store.known, failures=failures)
    for outcome in read_groups(groups, reader=reader, options=options):
        batch = outcome.group.batch
        batch.coded += outcome.coded
        batch.failures += outcome.failures
        for failure in outcome.failures:
            failures.tell(failure)
        if outcome.group.last:
            written = _write(store, batch, originals=options.originals)
            total += written
            if on_batch:
                on_batch(written)
    return total


def _write(store: Store, batch: Batch, *, originals: bool) -> Written:
    kept = [
        StoredOriginal(
            document=item.document.id, media_type=item.original.media_type, encoding=item.original.encoding,
            data=item.original.data, pieces=item.original.pieces,
        )
        for item in batch.items
        if originals and item.original is not None
    ]  # fmt: skip
    written = store.write(batch.coded, batch.failures, kept)
    return replace(written, known=written.known + batch.known)


def read_groups(
    groups: Iterable[Group], *, reader: Callable[[], Reader], options: Options
) -> Iterator[Outcome]:
    """Yield what is read from each group, in order: here when they are few, else by worker processes."""
    coming = iter(groups)
    if options.workers is None:
        yield from _read_here(coming, reader)
        return
    first = [] if options.always else list(_until_many(coming))
    following = next(coming, None)
    if following is None:
        yield from _read_here(first, reader)
        return
    with options.workers() as workers:
        yield from workers.read(itertools.chain(first, [following], coming))


def _until_many(groups: Iterator[Group]) -> Iterator[Group]:
    """Yield groups until they hold more than a few documents."""
    documents = characters = 0
    while documents < FEW and characters < FEW_CHARACTERS:
        group = next(groups, None)
        if group is None:
            return
        documents += len(group.items)
        characters += sum(len(item.document.text) for item in group.items)
        yield group


def _read_here(groups: Iterable[Group], reader: Callable[[], Reader]) -> Iterator[Outcome]:
    """Read in this process."""
    for group in groups:
        failures: list[Failure] = []

        def skip(name: str, error: SkipError, failures: list[Failure] = failures) -> None:
            failures.append(Failure(name, str(error)))

        coded = [each for _, each in read_safely(reader(), group.items, skip)] if group.items else []
        yield Outcome(group, coded, failures)
