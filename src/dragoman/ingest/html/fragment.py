"""A piece of HTML, such as an entry of a feed, as text: all of it, for there are no menus in it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.ingest.html.blocks import blocks_of, join
from dragoman.ingest.html.tree import parse
from dragoman.ingest.original import Piece


@dataclass(frozen=True, slots=True)
class Fragment:
    """The words of a piece of HTML, and where they stood in it."""

    text: str
    pieces: tuple[Piece, ...]


def fragment_text(markup: str) -> Fragment:
    """Return the text of a piece of HTML."""
    return Fragment(*join(list(blocks_of(markup, parse(markup)))))
