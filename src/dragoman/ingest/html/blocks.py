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
PIECE = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[\s\u200b\ufeff]+|[^&\s\u200b\ufeff]+|&"
)
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
        self.entity = False

    def add(self, page: str, start: int, end: int, *, link: bool) -> None:
        for match in PIECE.finditer(page, start, end):
            words = match.group()
            if words.isspace() or words[0] in "\u200b\ufeff":
                self._blank(" ", match.start())
                continue
            plain = len(words) == 1 or words[0] != "&"
            letters = words if plain else html.unescape(words)
            if letters.isspace() or not letters:
                self._blank(" ", match.start())
                continue
            self._flush()
            self._append(letters, match.start(), entity=not plain)
            self.linked += len(letters) if link else 0

    def _blank(self, letter: str, start: int) -> None:
        if self.space is None or self.space[0] != "\n":
            self.space = self.space or (letter, start)

    def newline(self, start: int) -> None:
        """A line break within the block."""
        self.space = ("\n", start)

    def _flush(self) -> None:
        if self.space is not None and self.parts:
            letter, start = self.space
            self._append(letter if letter == "\n" else " ", start, entity=False)
        self.space = None

    def _append(self, letters: str, start: int, *, entity: bool) -> None:
        letters = NO_LETTER.sub("\ufffd", letters)
        size = len(letters)
        last = self.pieces[-1] if self.pieces else None
        follows = last is not None and last[2] + last[1] - last[0] == start and not self.entity
        if last is not None and follows and not entity:
            last[1] += size
        else:
            self.pieces += (
                [[self.length + i, self.length + i + 1, start] for i in range(size)]
                if entity
                else [[self.length, self.length + size, start]]
            )
        self.entity = entity
        self.parts.append(letters)
        self.length += size

    def block(self, node: Node) -> Block | None:
        if not self.parts:
            return None
        pieces = [(a, b, c) for a, b, c in self.pieces]
        return Block(node, "".join(self.parts), pieces, self.linked)


def blocks_of(page: str, root: Node) -> Iterator[Block]:
    """Yield the blocks of a tree that hold words, in the order of the page. Two line breaks part a block."""
    walk = _Walk(page, root)
    waiting: list[Node | tuple[int, int] | _End] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            walk.text(*each)
            continue
        node = each.node if isinstance(each, _End) else each
        if isinstance(each, Node):
            if node.tag in SILENT:
                continue
            if node.tag != "br":
                waiting.append(_End(node))
                waiting += reversed(node.children)
        done = walk.line_break(node) if node.tag == "br" else walk.border(node, begins=isinstance(each, Node))
        if done is not None:
            yield done
    if (last := walk.finished()) is not None:
        yield last


@dataclass(slots=True)
class _End:
    """Where a node ends."""

    node: Node


class _Walk:
    """Where a walk over a tree is: the line that is being filled, the part it stands in, links that are open."""

    def __init__(self, page: str, root: Node) -> None:
        self._page, self._root = page, root
        self._line, self._at = _Line(), root
        self._links = self._breaks = 0

    def text(self, start: int, end: int) -> None:
        if not self._page[start:end].isspace():
            self._breaks = 0
        self._line.add(self._page, start, end, link=self._links > 0)

    def line_break(self, node: Node) -> Block | None:
        self._breaks += 1
        if self._breaks == 1:
            self._line.newline(node.start)
            return None
        return self.finished()

    def border(self, node: Node, *, begins: bool) -> Block | None:
        self._links += (1 if begins else -1) * (node.tag == "a")
        if node.tag not in BLOCKS:
            return None
        done = self.finished()
        self._breaks = 0
        self._at = (
            node if begins else next((each for each in node.ancestors() if each.tag in BLOCKS), self._root)
        )
        return done

    def finished(self) -> Block | None:
        """Return the line as a block, if it holds words, and begin another."""
        block = self._line.block(self._at)
        self._line = _Line()
        return block


def join(blocks: list[Block]) -> tuple[str, tuple[Piece, ...]]:
    """Return blocks as one text with blank lines between, and the map of the whole."""
    pieces: list[Piece] = []
    at = 0
    for block in blocks:
        pieces += [(a + at, b + at, c) for a, b, c in block.pieces]
        at += len(block.text) + 2
    return "\n\n".join(block.text for block in blocks), tuple(pieces)
