"""What readers are given and what they give: sources, found articles, and the job that joins them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Protocol

from dragoman.errors import SkipError
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.original import Original
from dragoman.model.document import Document
from dragoman.model.span import Note

# One article, or one page, mail or feed that holds it; the longest articles we know of have 1 MB. Bytes.
LONGEST = 16 * 1024 * 1024
# An archive in an archive in an archive; deeper ones are made to harm.
DEEPEST = 5

OnSkip = Callable[[str, SkipError], None]


class Fetched(Protocol):
    """What came from an address."""

    @property
    def final_url(self) -> str:
        """The address after redirects."""
        ...

    @property
    def media_type(self) -> str | None:
        """What the server calls it, like ``text/html``."""
        ...

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        ...

    @property
    def data(self) -> bytes:
        """The bytes."""
        ...


class Fetch(Protocol):
    """What fetches addresses; raises `SkipError` for what it cannot or will not fetch."""

    def get(self, url: str) -> Fetched:
        """Return what stands at an address."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How inputs are read.

    ``columns`` maps fields of a document to the names that a table has for them. ``any_language`` takes
    articles that are not in English too. ``fetch`` fetches addresses; None: the usual one.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    any_language: bool = False
    fetch: Fetch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One input: its name in messages, its bytes, and what is known of it.

    ``file`` stands at its beginning; it can seek only where ``seekable()`` says so. ``path`` is the name
    whose ending may tell the format. ``media_type`` and ``charset`` are what a server or mail says.
    ``depth`` counts the archives it lies in. ``address`` is where it was fetched from, which the address that
    the page itself tells outweighs.
    """

    name: str
    file: BinaryIO
    known: Metadata
    path: str = ""
    media_type: str | None = None
    charset: str | None = None
    depth: int = 0
    address: str | None = None

    def settled(self, found: Metadata) -> Metadata:
        """Return what is known of its one article: what the caller knows, what it says itself, where it came from."""
        return self.known.over(found).over(Metadata(url=self.address))


@dataclass(frozen=True, slots=True)
class Item:
    """A document, the name of the input it came from, the input as it was, and notes of its reader."""

    name: str
    document: Document
    original: Original | None = None
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class Job:
    """One run over inputs: the options, whom to tell of what is skipped, and what was passed over in silence."""

    options: ReadOptions
    on_skip: OnSkip
    dispatch: Callable[[Source, Job], Iterator[Item]]
    passed: Counter[str] = field(default_factory=Counter)
    told: int = 0

    def skip(self, name: str, error: SkipError) -> None:
        """Tell of a part that is skipped, and why."""
        self.told += 1
        self.on_skip(name, error)

    def inside(self, outer: Source, inner: Source) -> Iterator[Item]:
        """Read a source that lies in another, and goes on after what cannot be read.

        Raises:
            SkipError: it lies too deep.
        """
        if outer.depth >= DEEPEST:
            message = f"is packed more than {DEEPEST} times"
            raise SkipError(message)
        return self.dispatch(replace(inner, depth=outer.depth + 1), self)


def read_bounded(file: BinaryIO, limit: int = LONGEST, what: str = "one article") -> bytes:
    """Return all bytes of a file.

    Raises:
        SkipError: it has more than ``limit`` bytes.
    """
    data = file.read(limit + 1)
    if len(data) > limit:
        message = f"is too long for {what}: more than {limit // 1024**2} MB"
        raise SkipError(message)
    return data
