"""Reading that one bad document cannot stop."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from dragoman.errors import SkipError, StopError
from dragoman.ingest.files import Item
from dragoman.model.event import CodedDocument
from dragoman.pipeline.reader import Reader

# Documents read together: enough for the parser to work in batches, few enough to print soon. Set by
# hand; the parser gains nothing beyond some sixty paragraphs.
TOGETHER = 16


def read_safely(
    reader: Reader, items: Iterable[Item], on_skip: Callable[[str, SkipError], None]
) -> Iterator[tuple[Item, CodedDocument]]:
    """Yield each item with what was read from it, in order.

    If a batch fails, its documents are read again one by one; ``on_skip`` is told of those that fail.
    """
    for batch in itertools.batched(items, TOGETHER):
        try:
            coded = list(reader.read([item.document for item in batch]))
        except StopError:
            raise
        except Exception:  # noqa: BLE001 - a fault of ours on one text must not stop the others; told below
            yield from _one_by_one(reader, batch, on_skip)
        else:
            for item, each in zip(batch, coded, strict=True):
                yield item, _with_notes(each, item)


def _one_by_one(
    reader: Reader, batch: Iterable[Item], on_skip: Callable[[str, SkipError], None]
) -> Iterator[tuple[Item, CodedDocument]]:
    for item in batch:
        try:
            coded = next(iter(reader.read([item.document])))
        except StopError:
            raise
        except Exception as error:  # noqa: BLE001 - told as a skipped document, with the fault's own words
            words = " ".join(f"{type(error).__name__}: {error}".split())
            on_skip(item.name, SkipError(f"could not be read because of a fault in dragoman ({words})"))
        else:
            yield item, _with_notes(coded, item)


def _with_notes(coded: CodedDocument, item: Item) -> CodedDocument:
    """Add what the reader of the format noted, such as that a feed has a summary only."""
    if not item.notes:
        return coded
    notes = sorted((*coded.notes, *item.notes), key=lambda note: (note.start, note.end, note.kind))
    return replace(coded, notes=tuple(notes))
