"""Inputs cut into groups that are read together, and batches that are written together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dragoman.errors import SkipError
from dragoman.ingest.files import Item
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.pipeline.safely import TOGETHER
from dragoman.store import Failure

# Documents written in one transaction. More is quicker; after a kill, at most so many are read again.
BATCH = 64
# Characters at which a group or batch is closed early, so that a row of very long articles does not fill the memory.
LONG_GROUP = 250_000
LONG_BATCH = 4 * LONG_GROUP


@dataclass(slots=True)
class Batch:
    """What is written together: documents that were known, failures on the way to them, and what was read."""

    known: int = 0
    failures: list[Failure] = field(default_factory=list)
    coded: list[CodedDocument] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are read together, the batch they belong to, and whether they are the last of it."""

    items: Sequence[Item]
    batch: Batch
    last: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A group with what was read from it, in order; and what could not be read, and why."""

    group: Group
    coded: Sequence[CodedDocument]
    failures: Sequence[Failure]


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

    def tell(self, failure: Failure) -> None:
        """Tell of one that is kept elsewhere."""
        if self._tell:
            self._tell(failure.input, SkipError(failure.reason))

    def take(self) -> list[Failure]:
        """Return what has come since the last time."""
        taken, self._waiting = self._waiting, []
        return taken


def make_groups(
    items: Iterable[Item], *, known: Callable[[Sequence[str]], set[str]], failures: Failures
) -> Iterator[Group]:
    """Yield the items in groups, those left out that are ``known``; each batch ends with a group that says so.

    What is a batch depends on the inputs alone, so that a run which was killed goes on with the same ones. ``failures``
    that come up while items are fetched belong to the batch that is being filled.
    """
    for taken in _cut(items, BATCH, LONG_BATCH):
        there = known([item.document.id for item in taken])
        new = list({item.document.id: item for item in taken if item.document.id not in there}.values())
        batch = Batch(known=len(taken) - len(new), failures=failures.take(), items=new)
        groups = list(_cut(new, TOGETHER, LONG_GROUP)) or [[]]
        for number, group in enumerate(groups, 1):
            yield Group(group, batch, last=number == len(groups))
    rest = failures.take()
    if rest:
        yield Group((), Batch(failures=rest), last=True)


def _cut(items: Iterable[Item], most: int, longest: int) -> Iterator[list[Item]]:
    """Yield lists of at most so many items; one is closed when its texts are together that long."""
    taken: list[Item] = []
    length = 0
    for item in items:
        taken.append(_storable(item))
        length += len(item.document.text)
        if len(taken) == most or length >= longest:
            yield taken
            taken, length = [], 0
    if taken:
        yield taken


def _storable(item: Item) -> Item:
    """Return the item without lone surrogates, which no store can hold; each becomes a question mark."""
    fields = (
        item.document.text,
        item.document.url,
        item.document.outlet,
        item.document.title,
        item.document.byline,
    )
    try:
        "".join(words for words in fields if words).encode("utf-8")
    except UnicodeEncodeError:
        text, url, outlet, title, byline = (
            words and words.encode("utf-8", "replace").decode("utf-8") for words in fields
        )
        document = item.document
        cleaned = Document(
            text=text or "", url=url, outlet=outlet, title=title, byline=byline,
            published=document.published, language=document.language,
        )  # fmt: skip
        return replace(item, document=cleaned)
    return item
