"""Documents of a store read anew, by a newer reader."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from dragoman.ingest.files import Item
from dragoman.model.document import Document
from dragoman.pipeline.groups import Failures, Group, Outcome, make_groups
from dragoman.pipeline.ingest import FEW, Options, read_groups
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.stopping import Stopping
from dragoman.store import Replaced, Run, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Who is told how it goes: of the number of documents once it is known, then of each batch."""

    total: Callable[[int], None] = lambda _: None
    batch: Callable[[Replaced], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which documents are read anew, and how many old readings are kept: those of the last ``keep`` rereads."""

    everything: bool = False
    keep: int = 10


def reread(
    store: Store, choice: Choice, *, reader: Callable[[], Reader], options: Options, failures: Failures,
    progress: Progress,
) -> Replaced:  # fmt: skip
    """Read documents anew that another reader has read, and replace what was read; return how many were.

    What cannot be read keeps its old reading, and is a failure.

    Raises:
        StoreError: it could not be written; earlier batches stay.
    """
    store.begin(Run("reread", "everything" if choice.everything else "outdated"))
    stopping = Stopping() if options.stopping is None else options.stopping
    done = Replaced()
    with _readers(store, reader=reader, options=options) as (version, read):
        count, documents = store.outdated(None if choice.everything else version)
        progress.total(count)
        items = (Item(_name(document), document) for document in documents)
        for outcome in read(make_groups(stopping.until(items), known=lambda _: set(), failures=failures)):
            batch = outcome.group.batch
            batch.coded += outcome.coded
            batch.failures += outcome.failures
            for failure in outcome.failures:
                failures.tell(failure)
            if outcome.group.last:
                replaced = store.replace(batch.coded)
                store.write([], batch.failures)
                done += replaced
                progress.batch(replaced)
    store.forget(choice.keep)
    return done


@contextlib.contextmanager
def _readers(
    store: Store, *, reader: Callable[[], Reader], options: Options
) -> Iterator[tuple[str, Callable[[Iterable[Group]], Iterator[Outcome]]]]:
    """Give the version of the reader and what reads groups: here for a small store, else worker processes."""
    count, _ = store.outdated(None)
    if options.workers is None or not (options.always or count > FEW):
        yield reader().version, partial(read_groups, reader=reader, options=Options())
        return
    with options.workers() as workers:
        yield workers.version(), workers.read


def _name(document: Document) -> str:
    """Return how a document is called in messages."""
    return document.url or f"document {document.id}"
