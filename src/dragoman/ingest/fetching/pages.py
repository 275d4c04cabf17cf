"""From a fetched page to its article."""

from __future__ import annotations

from dataclasses import replace

import trafilatura

from dragoman.errors import SkipError, UsageError
from dragoman.ingest.fetching.fetch import Fetched
from dragoman.ingest.files import Item
from dragoman.ingest.formats import TEXT
from dragoman.ingest.metadata import Metadata, check_published
from dragoman.model.document import Document

HTML = ("text/html", "application/xhtml+xml", None)


def read_page(fetched: Fetched, known: Metadata, *, otherwise: Metadata) -> Item:
    """Return the article of a page.

    ``known`` outweighs what the page says of itself; ``otherwise`` fills in what neither says.

    Raises:
        SkipError: there is no article in it.
    """
    if fetched.media_type in HTML:
        document = _html(fetched, known)
    elif (fetched.media_type or "").startswith("text/plain"):
        (document,) = TEXT.read(fetched.data, known)
    else:
        message = f"is no article but {(fetched.media_type or '')[:60]}"
        raise SkipError(message)
    missing = {
        name: getattr(otherwise, name)
        for name in ("title", "published", "outlet", "url")
        if getattr(document, name) is None
    }
    return Item(fetched.url, replace(document, **missing))


def _html(fetched: Fetched, known: Metadata) -> Document:
    found = trafilatura.bare_extraction(
        fetched.data, url=fetched.final_url, include_comments=False, with_metadata=True
    )
    text = (found.text or "").strip() if found is not None and not isinstance(found, dict) else ""
    if not text or found is None or isinstance(found, dict):
        message = "holds no article"
        raise SkipError(message)
    published = found.date
    try:
        check_published(published or "")
    except UsageError:
        published = None
    return Metadata(
        published=known.published or published,
        outlet=known.outlet or found.sitename,
        title=known.title or found.title,
        url=known.url or found.url,
    ).document(text)
