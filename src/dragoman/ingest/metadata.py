"""What is known about an article beside its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime

from dragoman.errors import UsageError
from dragoman.model.document import Document

ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Where an article came from, as far as the caller knows, or as its page tells.

    Raises:
        UsageError: ``published`` is no ISO date or date-time.
    """

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        """Refuse a wrong date before anything is read."""
        if self.published is not None:
            check_published(self.published)

    def over(self, found: Metadata) -> Metadata:
        """Return what is known, and from ``found`` what is not; who knows more wins over what a page says."""
        return Metadata(**{
            each.name: getattr(found, each.name) if getattr(self, each.name) is None else getattr(self, each.name)
            for each in fields(self)
        })  # fmt: skip

    def document(self, text: str) -> Document:
        """Return the article with this text; without a known language it is taken for English."""
        return Document(
            text=text,
            published=self.published,
            outlet=self.outlet,
            title=self.title,
            url=self.url,
            byline=self.byline,
            language=self.language or "en",
        )


def is_published(words: str) -> bool:
    """Say whether these are an ISO date (``2023-09-13``) or date-time (``2023-09-13T08:00Z``) of the calendar."""
    try:
        datetime.fromisoformat(words if ISO.fullmatch(words) else "")
    except ValueError:
        return False
    return True


def check_published(words: str) -> None:
    """Refuse what `is_published` does not take.

    Raises:
        UsageError: says what a date looks like.
    """
    if not is_published(words):
        message = f"published must be a date like 2023-09-13 or 2023-09-13T08:00Z, not {words!r}"
        raise UsageError(message)
