"""The one list of formats. To read another: write its reader in a file of its own, and add a line here."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dragoman.ingest import archives, compressed, feeds, jsonl, mail, pdf, tables, text, warc
from dragoman.ingest.encoding import marked
from dragoman.ingest.html import page
from dragoman.ingest.job import Item, Job, Source

# A first line of JSON: an object, or a list of them.
JSON_START = re.compile(r"\s*(?:\[\s*)?\{\s*(?:\"|\}|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: how it is told, and its reader.

    ``sniff`` looks at the first bytes, and at the same as text; it must be sure, for it outweighs the ending.
    ``suffixes`` (in lower case) and ``media_types`` tell formats that have no sure beginning; where ``sure``, what begins otherwise
    is not of the format whatever its ending. The reader
    yields items and raises `SkipError` for what it cannot read.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    sniff: Callable[[bytes, str], bool]
    read: Callable[[Source, Job], Iterator[Item]]
    sure: bool = False


def _never(data: bytes, words: str) -> bool:
    del data, words
    return False


# The order matters: the first that is sure of the content is taken.
FORMATS: tuple[Format, ...] = (
    Format(
        name="web archive", suffixes=(".warc",), media_types=warc.MEDIA_TYPES,
        sniff=lambda data, _: warc.is_warc(data), read=warc.read_warc, sure=True,
    ),
    Format(
        name="packed file", suffixes=compressed.SUFFIXES, media_types=compressed.MEDIA_TYPES,
        sniff=lambda data, _: compressed.is_packed(data), read=compressed.read_packed, sure=True,
    ),
    Format(
        name="ZIP", suffixes=(".zip",), media_types=archives.ZIP_TYPES,
        sniff=lambda data, _: archives.is_zip(data), read=archives.read_zip, sure=True,
    ),
    Format(
        name="tar", suffixes=(".tar",), media_types=archives.TAR_TYPES,
        sniff=lambda data, _: archives.is_tar(data), read=archives.read_tar,
    ),
    Format(
        name="PDF", suffixes=(".pdf",), media_types=pdf.MEDIA_TYPES,
        sniff=lambda data, _: pdf.is_pdf(data), read=pdf.read_pdf, sure=True,
    ),
    Format(
        name="feed", suffixes=(".rss", ".atom", ".rdf"), media_types=feeds.MEDIA_TYPES,
        sniff=lambda _, words: feeds.is_feed(words), read=feeds.read_feed,
    ),
    Format(
        name="web page", suffixes=(".html", ".htm", ".xhtml"), media_types=page.MEDIA_TYPES,
        sniff=lambda _, words: page.is_page(words), read=page.read_page,
    ),
    Format(
        name="mail", suffixes=(".eml", ".mht", ".mhtml"), media_types=mail.MEDIA_TYPES,
        sniff=lambda _, words: mail.is_mail(words), read=mail.read_mail,
    ),
    Format(
        name="JSON Lines", suffixes=(".jsonl", ".ndjson", ".json"),
        media_types=("application/json", "application/jsonl", jsonl.MEDIA_TYPE),
        sniff=lambda _, words: JSON_START.match(words) is not None, read=jsonl.read_jsonl,
    ),
    Format(
        name="table", suffixes=(".csv", ".tsv", ".tab"), media_types=(*tables.CSV_TYPES, *tables.TSV_TYPES),
        sniff=_never, read=tables.read_table_rows,
    ),
    Format(
        name="plain text", suffixes=(".txt", ".text", ".md", ""), media_types=("text/plain",),
        sniff=_never, read=text.read_text,
    ),
)  # fmt: skip

TEXT = FORMATS[-1]
TABLE = FORMATS[-2]


def choose_format(head: bytes, source: Source, *, columns: bool = False) -> Format:
    """Return the format of a source by its first bytes; then by its ending, by what a server says; else plain text.

    ``columns`` says that the user named columns: what looks like nothing else is then a table.
    """
    words = head_text(head)
    path = source.path.lower()
    suffix = posixpath.splitext(path)[1]
    for each in FORMATS:
        if each.sniff(head, words):
            return each
    for each in FORMATS:
        if suffix and suffix in each.suffixes and not each.sure:
            return each
    media_type = (source.media_type or "").split(";")[0].strip().lower()
    for each in FORMATS:
        if media_type in each.media_types and not each.sure:
            return each
    return TABLE if columns else TEXT


def head_text(head: bytes) -> str:
    """Return the beginning of a file as text, letter by letter at worst: enough to see marks and names in it."""
    if (found := marked(head)) is not None:
        return head[len(found[0]) :].decode(found[1], errors="replace")
    return head.decode("utf-8", errors="replace")
