"""Web archives (WARC): the pages among their records, one by one."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from dragoman.errors import SkipError
from dragoman.ingest.job import LONGEST, Item, Job, Source
from dragoman.ingest.streams import read_some

MEDIA_TYPES = ("application/warc",)
PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
OK = 200
# Read at once where no size is asked for. Bytes.
SOME = 65536


def is_warc(head: bytes) -> bool:
    """Say whether a file begins like a web archive; packed ones are unpacked before."""
    return head.startswith(b"WARC/")


def read_warc(source: Source, job: Job) -> Iterator[Item]:
    """Yield the articles of the pages that were answered in full; records of other kinds are passed over and counted.

    The day of an article is what its page says, never when it was fetched.

    Raises:
        SkipError: it breaks off or is damaged; what stood before was read.
    """
    stream = _Stream(source.file)
    records = _records(stream)
    number = 0
    while True:
        with _panics(number):
            record = next(records, None)
        if stream.error is not None:
            raise stream.error
        if record is None:
            break
        number += 1
        try:
            with _panics(number):
                page = _page(record, source, number, job)
        except SkipError as error:
            job.skip(f"{source.name}: record {number}", error)
            continue
        if stream.error is not None:  # the page was cut off
            raise stream.error
        if page is not None:
            yield from job.inside(source, page)
    if not number:
        message = "holds no answered pages, or is damaged"
        raise SkipError(message)


def _records(stream: _Stream) -> Iterator[WarcRecord]:
    with _panics(0):
        records = ArchiveIterator(
            cast("BinaryIO", stream),
            record_types=WarcRecordType.response,
            parse_http=True,
            auto_decode="all",
            fsspec_args=False,
            stream_detect=False,
        )
    yield from records


class _Stream:
    """Gives the reader of archives no more than it needs: bytes. What goes wrong is kept, and told by us.

    That reader is no Python, and an error raised through it may end the program.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._position = 0
        self.error: SkipError | None = None

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Say where it stands; it never goes elsewhere."""
        del offset, whence
        return self._position

    def read(self, size: int = -1) -> bytes:
        if self.error is not None:
            return b""
        try:
            data = read_some(self._file, max(size, 1) if size >= 0 else SOME)
        except SkipError as error:
            self.error = error
        except (OSError, EOFError, ValueError) as error:
            self.error = SkipError(f"breaks off or is damaged ({' '.join(str(error).split())[:200]})")
        else:
            self._position += len(data)
            return data
        return b""


@contextlib.contextmanager
def _panics(number: int) -> Iterator[None]:
    """Tell what the reader of archives raises in one line; its panics are no usual exceptions.

    Raises:
        SkipError: it raised.
    """
    try:
        yield
    except (SkipError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        message = f"breaks off or is damaged after {number} records ({' '.join(str(error).split())[:200]})"
        raise SkipError(message) from error


def _page(record: WarcRecord, source: Source, number: int, job: Job) -> Source | None:
    """Return the page of a record, or None for one that is passed over.

    Raises:
        SkipError: it is too long.
    """
    headers = getattr(record, "http_headers", None)
    kind = str(record.http_content_type).lower()
    if headers is None or headers.status_code != OK or kind not in PAGES:
        job.passed["records of other kinds"] += 1
        return None
    data = record.reader.read(LONGEST + 1)
    if len(data) > LONGEST:
        message = f"is too long for one page: more than {LONGEST // 1024**2} MB"
        raise SkipError(message)
    url = str(record.headers.get("WARC-Target-URI", "")).strip("<> ") or None
    return Source(
        name=f"{source.name}: {url or f'record {number}'}",
        file=io.BytesIO(data),
        known=source.known,
        path=".html" if "html" in kind else ".txt",
        media_type=kind,
        charset=record.http_charset,
        depth=source.depth,
        address=url,
    )
