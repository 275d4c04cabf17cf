"""Documents: one article as text, plus where it came from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from dragoman.model.record import Record


def digest(*parts: object, length: int = 16) -> str:
    """Return the first ``length`` hexadecimal digits of the SHA-256 of the parts, as canonical JSON."""
    packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return hashlib.sha256(packed).hexdigest()[:length]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """One article. ``published`` is an ISO date or date-time, or null; ``language`` an ISO 639-1 code.

    ``id`` is made from the text and the metadata alone, so the same article has the same id in any
    store. ``reader_version`` is filled in by the reader.
    """

    id: str = field(init=False, default="")
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = "en"
    text: str
    reader_version: str | None = None

    def __post_init__(self) -> None:
        """Derive the id."""
        parts = (self.url, self.outlet, self.title, self.byline, self.published, self.text)
        object.__setattr__(self, "id", digest("document", *parts))
