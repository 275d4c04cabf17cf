"""HTML to a tree that knows where each text stood. Our own, for three reasons.

It gives offsets, which the common parsers do not; its depth and size are bounded while it is built, so that no page
can exhaust the stack of whoever walks it; and it takes time in proportion to the page, whatever is in it. It does not
repair a page as a browser would: it closes what HTML lets be left open, and passes over ends without a beginning.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.errors import SkipError
from dragoman.ingest.html.tags import BLOCKS, ENDS, RAW, VOID

# Tags within tags; deeper ones are left out, and what they hold stays. Saved pages of news reach 40.
DEEPEST_TAG = 200
# Tags of a page; the longest news pages we know of have 20,000.
MOST_TAGS = 400_000
# How far the end of a tag is looked for past a quote that is open. Characters; pictures stand in attributes.
LONGEST_TAG = 4_000_000
# Attributes of a tag that are looked at.
MOST_ATTRIBUTES = 60
MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
NAME = re.compile(r"[a-zA-Z][^\s/>]*")
ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
QUOTES = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')|=\s*(["'])""")


@dataclass(slots=True, eq=False)
class Node:
    """A tag: its name in lower case, attributes, where it began, and what it holds.

    ``children`` are nodes, and texts as start and end in the page.
    """

    tag: str
    attributes: dict[str, str]
    parent: Node | None
    start: int = 0
    depth: int = 0
    children: list[Node | tuple[int, int]] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, empty where it is missing."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in the order of the page."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def ancestors(self) -> Iterator[Node]:
        """Yield the node that holds this one, and so on up."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def parse(page: str) -> Node:
    """Return the tree of a page.

    Raises:
        SkipError: it has too many tags.
    """
    return _Builder(page).build()


def raw_text(page: str, node: Node) -> str:
    """Return what stands directly in a node, entities resolved."""
    return html.unescape("".join(page[c[0] : c[1]] for c in node.children if isinstance(c, tuple)))


class _Builder:
    """Builds one tree, tag by tag."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._root = Node("#page", {}, None)
        self._open = self._root
        self._too_deep = 0
        self._tags = 0

    def build(self) -> Node:
        page, at = self._page, 0
        while (tag := MARKUP.search(page, at)) is not None:
            self._text(at, tag.start())
            at = self._take(tag.start(), self._markup_end(tag.start()))
        self._text(at, len(page))
        return self._root

    def _text(self, start: int, end: int) -> None:
        if end > start:
            self._open.children.append((start, end))

    def _markup_end(self, at: int) -> int:
        """Return where the markup that begins here ends."""
        page = self._page
        if page.startswith("<!--", at):
            end = page.find("-->", at + 4)
            return end + 3 if end >= 0 else len(page)
        if page[at + 1] in "!?":
            end = page.find(">", at)
            return end + 1 if end >= 0 else len(page)
        return self._tag_end(at)

    def _tag_end(self, at: int) -> int:
        """Return where a tag ends: at the first ``>`` that stands in no quotes."""
        page = self._page
        end = page.find(">", at)
        for _ in range(MOST_ATTRIBUTES):
            quote = next((match[1] for match in QUOTES.finditer(page, at, max(end, at)) if match[1]), None)
            close = page.find(quote, end, at + LONGEST_TAG) if quote else -1
            further = page.find(">", close) if close >= 0 else -1
            if further < 0:
                break
            end = further
        return end + 1 if end >= 0 else len(page)

    def _take(self, at: int, after: int) -> int:
        """Take the markup between the two offsets; return where to go on."""
        page = self._page
        closing = page.startswith("</", at)
        match = NAME.match(page, at + 1 + closing, after)
        if match is None:
            return after
        self._tags += 1
        if self._tags > MOST_TAGS:
            message = f"has more than {MOST_TAGS:,} tags"
            raise SkipError(message)
        name = match.group()[:40].lower()
        if closing:
            self._close(name)
            return after
        node = self._begin(name, at, page[match.end() : after - 1])
        if name in RAW:
            end = re.compile(rf"</{re.escape(name)}\b", re.IGNORECASE).search(page, after)
            stop = end.start() if end else len(page)
            if node is not None and stop > after:
                node.children.append((after, stop))
        else:
            stop = after
        if node is not None and name not in VOID and name not in RAW:
            self._open = node
        elif name in RAW:
            gt = page.find(">", stop)
            stop = len(page) if gt < 0 else gt + 1
        return stop

    def _begin(self, name: str, at: int, attributes: str) -> Node | None:
        if name in ENDS:
            ended, within = ENDS[name]
            self._end_up_to(ended, within)
        elif name in BLOCKS:
            self._end_up_to(frozenset({"p"}), BLOCKS - {"p"})
        if self._open.depth >= DEEPEST_TAG:
            self._too_deep += name not in VOID and name not in RAW
            return None
        found: dict[str, str] = {}
        for match in ATTRIBUTE.finditer(attributes):
            if len(found) >= MOST_ATTRIBUTES:
                break
            value = match[2] or ""
            value = value[1:-1] if value[:1] in {'"', "'"} else value
            found.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
        node = Node(name, found, self._open, at, self._open.depth + 1)
        self._open.children.append(node)
        return node

    def _end_up_to(self, ended: frozenset[str], within: frozenset[str]) -> None:
        """Close the nearest open tag of ``ended`` that is not outside one of ``within``."""
        node, last = self._open, None
        while node.parent is not None and node.tag not in within:
            if node.tag in ended:
                last = node
            node = node.parent
        if last is not None and last.parent is not None:
            self._open = last.parent

    def _close(self, name: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        node = self._open
        while node.parent is not None:
            if node.tag == name:
                self._open = node.parent
                return
            if node.tag in BLOCKS and name not in BLOCKS:
                return
            if node.tag in {"td", "th", "table"} and name not in {
                "table",
                "tr",
                "td",
                "th",
                "tbody",
                "body",
                "html",
                "thead",
                "tfoot",
            }:
                return
            node = node.parent
