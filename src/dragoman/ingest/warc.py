"""Web archives (WARC, also packed with gzip): the pages among their records, one by one."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from dragoman.errors import SkipError
from dragoman.ingest.job import LONGEST, Item, Job, Source
from dragoman.ingest.streams import look

MEDIA_TYPES = ("application/warc",)
PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
OK = 200
PACKED_HEAD = 1024


def is_warc(head: bytes) -> bool:
    """Say whether a file, or what it unpacks to, begins like a web archive."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = gzip.GzipFile(fileobj=io.BytesIO(head)).read(16)
        except (OSError, EOFError, ValueError, zlib.error):
            return False
    return head.startswith(b"WARC/")


def read_warc(source: Source, job: Job) -> Iterator[Item]:
    """Yield the articles of the pages that were answered in full; records of other kinds are passed over and counted.

    The day of an article is what its page says, never when it was fetched.

    Raises:
        SkipError: it breaks off or is damaged; what stood before was read.
    """
    _, file = look(source.file, PACKED_HEAD)
    records = ArchiveIterator(
        file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all", fsspec_args=False
    )
    number = 0
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            number += 1
            page = _page(record, source, number, job)
        except SkipError as error:
            job.skip(f"{source.name}: record {number}", error)
            continue
        except (OSError, EOFError, ValueError, RuntimeError, ArithmeticError) as error:
            message = (
                f"breaks off or is damaged after {number} records ({' '.join(str(error).split())[:200]})"
            )
            raise SkipError(message) from error
        if page is not None:
            yield from job.inside(source, page)
    if not number:
        message = "holds no answered pages, or is damaged"
        raise SkipError(message)


def _page(record: WarcRecord, source: Source, number: int, job: Job) -> Source | None:
    """Return the page of a record, or None for one that is passed over.

    Raises:
        SkipError: it is too long.
    """
    headers = record.http_headers
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
