"""One text in, everything read from it out."""

from __future__ import annotations

import functools

from dragoman.ingest.metadata import Metadata
from dragoman.model.event import CodedDocument
from dragoman.pipeline.reader import Reader


@functools.cache
def default_reader() -> Reader:
    """Return the reader with the default settings, loaded once."""
    return Reader()


def code(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> CodedDocument:
    """Read one article and return who did what to whom in it.

    ``published`` is an ISO date or date-time; without it, days like "Wednesday" stay open. The first
    call loads the parser, which takes some seconds; `Reader.read` reads many documents faster.

    Raises:
        UsageError: ``published`` is no date.
        StopError: the parser is not installed, or a knowledge file is broken.
    """
    document = Metadata(published=published, outlet=outlet, title=title, url=url).document(text)
    return next(iter(default_reader().read([document])))
