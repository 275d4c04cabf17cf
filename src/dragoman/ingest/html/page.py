"""A web page as one article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.errors import SkipError
from dragoman.ingest.encoding import decode_any
from dragoman.ingest.html.blocks import blocks_of, join
from dragoman.ingest.html.jsonld import articles
from dragoman.ingest.html.main_text import main_blocks
from dragoman.ingest.html.metadata import metadata_of
from dragoman.ingest.html.tree import parse
from dragoman.ingest.job import Item, Job, Source, read_bounded
from dragoman.ingest.original import Original
from dragoman.model.span import Note

MEDIA_TYPES = ("text/html", "application/xhtml+xml")
START = re.compile(
    r"(?:<\?xml[^>]*\?>|<!--.*?-->|[\s\ufeff])*<(?:!doctype\s+html|html|head|body|meta|title|script|link|div|article|main|section|p|h1|table|span|style)\b",
    re.IGNORECASE | re.DOTALL,
)
# Where a page may say its encoding. Bytes; browsers look at 1,024.
DECLARED_WITHIN = 16 * 1024
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


def is_page(head: str) -> bool:
    """Say whether a file begins like a web page."""
    return START.match(head[:8192]) is not None


def read_page(source: Source, job: Job) -> Iterator[Item]:
    """Yield the page's main text, with what the page says of it.

    Raises:
        SkipError: too long, with too many tags, or without text.
    """
    del job
    data = read_bounded(source.file, what="one page")
    declared = [match.decode("ascii", "replace") for match in DECLARED.findall(data[:DECLARED_WITHIN])]
    page, encoding = decode_any(data, [source.charset, *declared])
    root = parse(page)
    blocks = list(blocks_of(page, root))
    found = metadata_of(page, root, blocks, source.address)
    chosen = main_blocks(blocks, found.title)
    text, pieces = join(chosen)
    if not text.strip():
        message = "is a web page without text"
        raise SkipError(message)
    known = source.settled(found)
    original = Original(media_type="text/html", encoding=encoding, data=data, pieces=pieces)
    locked = any(str(each.get("isAccessibleForFree")).lower() == "false" for each in articles(page, root))
    last = len(text) - len(chosen[-1].text)
    notes = (Note(last, len(text), text[last:], "paywalled"),) if locked else ()
    yield Item(source.name, known.document(text), original, notes)
