"""RSS and Atom: each entry's full text, or its summary where the feed has no more, marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.errors import SkipError
from dragoman.ingest.dates import iso_date
from dragoman.ingest.feed_parsing import parse_feed
from dragoman.ingest.html.fragment import fragment_text
from dragoman.ingest.job import Item, Job, Source, read_bounded
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.original import Original
from dragoman.model.span import Note

MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
# A feed of more was made to harm; the longest we know of have some thousands.
MOST_ENTRIES = 20_000
ROOT = re.compile(r"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<\?[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>|\s)*<(?:rss|(?:\w+:)?RDF|feed)\b",
                  re.IGNORECASE | re.DOTALL)  # fmt: skip


def is_feed(head: str) -> bool:
    """Say whether a file begins like a feed."""
    return ROOT.match(head[:4096]) is not None


def read_feed(source: Source, job: Job) -> Iterator[Item]:
    """Yield an article an entry.

    Raises:
        SkipError: broken, without entries, or with entities that may unpack without end.
    """
    del job
    feed = parse_feed(read_bounded(source.file, what="one feed"), source.charset)
    entries = feed.get("entries") or []
    if not entries:
        message = "is a broken feed" if feed.get("bozo") else "is a feed without entries"
        raise SkipError(message)
    outlet = _words(feed.get("feed", {}).get("title"))
    language = _words(feed.get("feed", {}).get("language"))
    for number, entry in enumerate(entries[:MOST_ENTRIES], 1):
        item = _item(
            f"{source.name}: entry {number}", entry, source, Metadata(outlet=outlet, language=language)
        )
        if item is not None:
            yield item


def _item(name: str, entry: Mapping[str, Any], source: Source, feed: Metadata) -> Item | None:
    """Return the entry as an article, or None where it has no words of its own."""
    title = fragment_text(_words(entry.get("title")) or "").text or None
    contents = [each.get("value") or "" for each in entry.get("content") or []]
    full = max(contents, key=len, default="")
    summary = _words(entry.get("summary")) or ""
    chosen = full if len(full) >= len(summary) else summary
    found = fragment_text(chosen)
    if not found.text.strip():
        return None
    known = source.known.over(
        Metadata(
            title=title,
            url=_words(entry.get("link")),
            published=next(
                filter(None, (iso_date(entry.get(key)) for key in ("published", "updated", "created"))), None
            ),
            byline=_words(entry.get("author")),
            outlet=_words((entry.get("source") or {}).get("title")) or feed.outlet,
            language=feed.language,
        )
    )
    original = Original(
        media_type="text/html", encoding="utf-8", data=chosen.encode("utf-8", "replace"), pieces=found.pieces
    )
    notes = () if chosen is full else (Note(0, len(found.text), found.text, "summary"),)
    return Item(name, known.document(found.text), original, notes)


def _words(value: object) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None
