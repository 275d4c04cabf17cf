"""The text of a tree in blocks, each with the map of its letters to the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.ingest.html.tags import BLOCKS
from dragoman.ingest.html.tree import Node
from dragoman.ingest.original import Piece

# What holds no text that a person reads.
SILENT = frozenset({"script", "style", "template", "head", "textarea", "iframe", "svg", "math", "object", "canvas",
                    "select", "datalist", "noembed", "noframes", "title", "audio", "video"})  # fmt: skip
PIECE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[\s\u200b\ufeff]+|[^&\s\u200b\ufeff]+|&")
NO_LETTER = re.compile(r"[\ud800-\udfff\0]")


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, heading, cell or the like: its words, the block-level tag it stands in, letters that are links."""

    node: Node
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0

    @property
    def link_share(self) -> float:
        """Share of the letters that are links, 0 to 1."""
        return self.linked / len(self.text) if self.text else 0.0


class _Line:
    """Collects the text of one block: white space becomes one space, entities become letters."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[list[int]] = []
        self.length = 0
        self.linked = 0
        self.space: tuple[str, int] | None = None

    def add(self, page: str, start: int, end: int, *, link: bool) -> None:
        for match in PIECE.finditer(page, start, end):
            words = match.group()
            if words.isspace() or words[0] in "\u200b\ufeff":
                self._blank(" " if len(words) > 1 or words != "\xa0" else words, match.start(), len(words))
                continue
            plain = len(words) == 1 or words[0] != "&"
            letters = words if plain else html.unescape(words)
            if letters.isspace() or not letters:
                self._blank(" ", match.start(), len(words))
                continue
            self._flush()
            self._append(letters if plain else letters, match.start(), one=not plain)
            self.linked += len(letters) if link else 0

    def _blank(self, letter: str, start: int, length: int) -> None:
        if self.space is None or self.space[0] != "\n":
            known = self.space
            self.space = known if known is not None else (letter, start if length == 1 else start)

    def newline(self, start: int) -> None:
        """A line break within the block."""
        self.space = ("\n", start)

    def _flush(self) -> None:
        if self.space is not None and self.parts:
            letter, start = self.space
            self._append(letter if letter == "\n" else " ", start, one=True)
        self.space = None

    def _append(self, letters: str, start: int, *, one: bool) -> None:
        letters = NO_LETTER.sub("\ufffd", letters)
        size = len(letters)
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last[1] == self.length and last[2] + last[1] - last[0] == start:
            last[1] += size
        elif one and size > 1:
            self.pieces += [[self.length + i, self.length + i + 1, start] for i in range(size)]
        else:
            self.pieces.append([self.length, self.length + size, start])
        self.parts.append(letters)
        self.length += size

    def block(self, node: Node) -> Block | None:
        if not self.parts:
            return None
        pieces = [(a, b, c) for a, b, c in self.pieces]
        return Block(node, "".join(self.parts), pieces, self.linked)


def blocks_of(page: str, root: Node) -> Iterator[Block]:
    """Yield the blocks of a tree that hold words, in the order of the page. Two line breaks part a block."""
    line, at, links, breaks = _Line(), root, 0, 0
    waiting: list[Node | tuple[int, int] | tuple[str, Node]] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Node):
            if each.tag in SILENT:
                continue
            if each.tag == "br":
                breaks += 1
                if breaks > 1 and (block := line.block(at)):
                    yield block
                    line = _Line()
                else:
                    line.newline(each.start)
                continue
            if each.tag in BLOCKS:
                if block := line.block(at):
                    yield block
                line, at, breaks = _Line(), each, 0
            links += each.tag == "a"
            waiting.append(("end", each))
            waiting += reversed(each.children)
        elif isinstance(each[1], Node):
            node = each[1]
            links -= node.tag == "a"
            if node.tag in BLOCKS:
                if block := line.block(at):
                    yield block
                line, at, breaks = _Line(), next((n for n in node.ancestors() if n.tag in BLOCKS), root), 0
        else:
            start, end = int(each[0]), each[1]
            breaks = 0 if page[start:end].strip() else breaks
            line.add(page, start, end, link=links > 0)
    if block := line.block(at):
        yield block


def join(blocks: list[Block]) -> tuple[str, tuple[Piece, ...]]:
    """Return blocks as one text with blank lines between, and the map of the whole."""
    pieces: list[Piece] = []
    at = 0
    for block in blocks:
        pieces += [(a + at, b + at, c) for a, b, c in block.pieces]
        at += len(block.text) + 2
    return "\n\n".join(block.text for block in blocks), tuple(pieces)
