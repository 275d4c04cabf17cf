"""What a feed lists: the addresses of articles, each with the names it is known by."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from dragoman.errors import SkipError
from dragoman.ingest.feed_parsing import parse_feed
from dragoman.ingest.fetching.fetch import Fetched
from dragoman.ingest.fetching.urls import same_page

# Entries looked at in one answer; feeds of news have 10 to 100.
MOST_ENTRIES = 1000
# Characters of a title or name that are kept.
LONGEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article: its address, the names it is known by, and what the feed says of it.

    ``published`` is an ISO date-time in UTC.
    """

    url: str
    names: tuple[str, ...]
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One answer of a feed; ``unlinked`` counts entries without an address of an article."""

    title: str | None
    entries: tuple[Entry, ...]
    unlinked: int


def read_listing(fetched: Fetched) -> Listing:
    """Return what a feed lists: RSS or Atom, also where it breaks off or is not well formed.

    Raises:
        SkipError: it is no feed, or made to harm.
    """
    parsed = parse_feed(fetched.data, fetched.charset, address=fetched.final_url)
    listed = parsed.get("entries", [])[:MOST_ENTRIES]
    if not listed and not parsed.get("version"):
        message = "is no feed: neither RSS nor Atom"
        raise SkipError(message)
    # A name that several entries share names none of them.
    shared = Counter(_guid(each) for each in listed)
    entries = [
        _entry(each, fetched.final_url, unique=shared[_guid(each)] == 1)
        for each in listed
        if _words(each, "link")
    ]
    return Listing(
        title=_words(parsed.get("feed", {}), "title"),
        entries=tuple(entries),
        unlinked=len(listed) - len(entries),
    )


def _entry(each: Any, feed: str, *, unique: bool) -> Entry:  # noqa: ANN401 - the parser ships no types
    url = _words(each, "link") or ""
    guid = _guid(each)
    names = [f"page {same_page(url)}"]
    if guid and unique:
        names.append(f"guid {same_page(feed)} {guid}")
    return Entry(url=url, names=tuple(names), title=_words(each, "title"), published=_published(each))


def _guid(each: Any) -> str | None:  # noqa: ANN401
    return _words(each, "id")


def _words(each: Any, name: str) -> str | None:  # noqa: ANN401
    value = each.get(name)
    if not isinstance(value, str):
        return None
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())[: 4 * LONGEST] or None


def _published(each: Any) -> str | None:  # noqa: ANN401
    """Return when it was published; a date that the feed gives only for a change is not that."""
    when = each.get("published_parsed") if each.get("published") else None
    if not isinstance(when, time.struct_time) or not 1000 <= when.tm_year <= 9999:  # noqa: PLR2004 - ISO years
        return None
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", when)
