"""Spans: pieces of an article's text, by code point offsets, half open."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.record import Record


@dataclass(frozen=True, slots=True)
class Bounds(Record):
    """Where something stands: ``text[start:end]``, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span(Bounds):
    """Words of the article: ``document.text[start:end] == text`` always holds."""

    text: str


@dataclass(frozen=True, slots=True)
class Note(Span):
    """Something noticed about the text itself, such as a sentence cut off.

    ``kind`` is one of `NOTE_KINDS`.
    """

    kind: str


NOTE_KINDS = (
    "truncated",
    "boilerplate",
    "repeated",
    "unbalanced_quote",
    "mojibake",
    "undated",
    "discarded",
    "summary",
    "paywalled",
)
