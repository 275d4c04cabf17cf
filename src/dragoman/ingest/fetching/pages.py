"""From a fetched page to its article."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from dragoman.errors import SkipError
from dragoman.ingest.fetching.fetch import Fetched
from dragoman.ingest.files import dispatch, source_of
from dragoman.ingest.job import Item, Job, ReadOptions
from dragoman.ingest.metadata import Metadata

# What a link of a feed may lead to; archives and feeds are for whoever names them.
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", None)


def read_page(fetched: Fetched, known: Metadata, *, otherwise: Metadata) -> Item:
    """Return the article of a page.

    ``known`` outweighs what the page says of itself; ``otherwise`` fills in what neither says.

    Raises:
        SkipError: there is no article in it, or more than one.
    """
    if fetched.media_type not in PAGES:
        message = f"is no article but {(fetched.media_type or '')[:60]}"
        raise SkipError(message)
    errors: list[SkipError] = []
    job = Job(ReadOptions(), lambda _, error: errors.append(error), dispatch)
    found = list(islice(dispatch(source_of(fetched.url, fetched, known), job), 2))
    if len(found) != 1:
        raise errors[0] if errors and not found else SkipError("holds more than one article")
    (item,) = found
    missing = {
        name: getattr(otherwise, name)
        for name in ("title", "published", "outlet", "url")
        if getattr(item.document, name) is None
    }
    return replace(item, document=replace(item.document, **missing))
