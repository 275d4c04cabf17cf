"""What is known about an article beside its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from dragoman.errors import UsageError
from dragoman.model.document import Document

ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Where an article came from, as far as the caller knows.

    Raises:
        UsageError: ``published`` is no ISO date or date-time.
    """

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        """Refuse a wrong date before anything is read."""
        if self.published is not None:
            check_published(self.published)

    def document(self, text: str) -> Document:
        """Return the article with this text."""
        return Document(
            text=text, published=self.published, outlet=self.outlet, title=self.title, url=self.url
        )


def check_published(words: str) -> None:
    """Refuse what is not an ISO date (``2023-09-13``) or date-time (``2023-09-13T08:00Z``) of the calendar.

    Raises:
        UsageError: says what a date looks like.
    """
    try:
        datetime.fromisoformat(words if ISO.fullmatch(words) else "")
    except ValueError as error:
        message = f"published must be a date like 2023-09-13 or 2023-09-13T08:00Z, not {words!r}"
        raise UsageError(message) from error
