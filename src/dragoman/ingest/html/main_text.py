"""Which blocks of a page are its article.

1. Blocks in parts that are no article by their tag, role or name (menu, comments, caption …) are left out, unless the
   part holds most of the page's prose: names alone are not believed. So is what follows a heading like "Related" or "Comments".
2. Of the rest, the smallest part that holds most of the prose is the article, with prose before it under the same headline.
3. Lines in it that are links, share lines, or the author's and date's, are left out.

What this accepts: a page that is a list of links or a live blog of many short notes may give little, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dragoman.ingest.dates import iso_date
from dragoman.ingest.html.blocks import Block
from dragoman.ingest.html.tags import HEADINGS
from dragoman.ingest.html.tree import Node
from dragoman.knowledge.boilerplate import ABOUT_ARTICLE, boilerplate_kind, page_parts

NEVER_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "figcaption", "figure", "menu", "dialog", "label", "fieldset",
                        "address", "noscript", "caption", "search"})  # fmt: skip
NEVER_ROLES = frozenset({"navigation", "complementary", "contentinfo", "banner", "dialog", "alertdialog", "alert", "search", "menu",
                         "menubar", "toolbar", "tablist", "status"})  # fmt: skip
# Prose: at least so many characters, at most this share of them links. Set on our own layouts.
PROSE, LINKED = 60, 0.4
# A part with this share of the page's prose is no menu and no comments, whatever its name.
MOST = 0.5
# Comments may be longer than the article: they are left out if so much other prose is there. Characters.
LEAST = 200
# From the whole page, we go down into a part as long as it holds this share of the prose.
MAIN = 0.7
# A part with a doubtful name ("meta", "premium") is the article's where it holds so many characters of prose.
SHORT = 400
# A block with more links than this share is no text of the article, but a list of links.
LINKS = 0.6
# Lines of author and date are shorter than this. Characters.
CREDIT = 140
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
BY = re.compile(r"^(?:by|written by|reported by|text:|author:?)\s+[A-Z]", re.IGNORECASE)
DATE_LINE = re.compile(
    r"^(?:(?:first |last )?(?:published|posted|updated|modified|created)\b|\d{1,3}[ -]?min(?:ute)?s?[ -]read)",
    re.IGNORECASE,
)
# A line that tells a day and has at least this share of words with digits is no sentence. Share.
DIGITS = 0.3
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Kinds of lines that begin another part of the page where they are its heading.
SECTIONS = frozenset(
    {"heading of comments", "invitation to comment", "teaser", "share link", "solicitation", "navigation"}
)
COMMENTS = frozenset({"heading of comments", "invitation to comment"})
HEADING_LENGTH = 60
# Such headings that are looked at: each costs a look at all that follows.
MOST_SECTIONS = 100


def main_blocks(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """Return the blocks of the article, in the order of the page; ``title`` is its headline, which is left out."""
    prose = _prose(blocks)
    excluded = _Excluded(prose)
    kept = [block for block in blocks if not excluded(block.node)]
    kept = _without_sections(kept)
    if not _prose(kept):
        kept = [block for block in blocks if not excluded.by_tag(block.node)]
    main = _main_node(kept)
    if main is None:
        return [block for block in kept if block.link_share <= LINKS]
    article = _article(kept, main)
    early = next((number for number, each in enumerate(article) if _weight(each)), 0) + 1
    return [
        block
        for number, block in enumerate(article)
        if not _is_furniture(block, title, early=number <= early, alone=len(article) == 1)
    ]


def _weight(block: Block) -> int:
    """Return how much prose a block is, in characters: nothing where it is short or of links."""
    if len(block.text) < PROSE or block.link_share > LINKED or block.node.tag in HEADINGS:
        return 0
    return len(block.text)


def _prose(blocks: Iterable[Block]) -> dict[Node, int]:
    """Return how much prose each node holds."""
    held: dict[Node, int] = {}
    for block in blocks:
        if weight := _weight(block):
            for node in (block.node, *block.node.ancestors()):
                held[node] = held.get(node, 0) + weight
    return held


class _Excluded:
    """Says whether a node lies in a part that is no article; remembers what it has seen."""

    def __init__(self, prose: dict[Node, int]) -> None:
        self._prose = prose
        self._total = max(prose.values(), default=0)
        self._most = MOST * self._total
        self._known: dict[Node, bool] = {}

    def __call__(self, node: Node) -> bool:
        chain = []
        at: Node | None = node
        while at is not None and at not in self._known:
            chain.append(at)
            at = at.parent
        verdict = self._known[at] if at is not None else False
        for each in reversed(chain):
            verdict = verdict or self._itself(each)
            self._known[each] = verdict
        return verdict

    def by_tag(self, node: Node) -> bool:
        """Say whether its tag alone excludes it: for pages where the names mislead."""
        return any(each.tag in NEVER_TAGS for each in (node, *node.ancestors()))

    def _itself(self, node: Node) -> bool:
        if node.tag in {"html", "body", "main", "#page"}:
            return False
        verdicts = {page_parts().get(word) for word in _name_words(node)}
        held = self._prose.get(node, 0)
        if "comments" in verdicts and self._total - held > LEAST:
            return True
        if held > self._most:
            return False
        hidden = (
            "hidden" in node.attributes
            or node.get("aria-hidden") == "true"
            or HIDDEN.search(node.get("style"))
        )
        if node.tag in NEVER_TAGS or node.get("role").lower() in NEVER_ROLES or hidden:
            return True
        if node.tag == "header" and not any(each.tag in {"article", "main"} for each in node.ancestors()):
            return True
        if "author" in node.get("rel") or node.get("itemprop") in {
            "author",
            "datePublished",
            "comment",
            "caption",
        }:
            return True
        if "article" in verdicts:
            return False
        return bool({"never", "comments"} & verdicts) or ("short" in verdicts and held < SHORT)


def _name_words(node: Node) -> set[str]:
    names = f"{node.get('class')} {node.get('id')} {node.get('data-testid')} {node.get('data-component')}"[
        :400
    ]
    return {word.lower() for word in WORDS.findall(names)} | {
        part.lower() for part in re.split(r"[\s_]+", names)
    }


def _without_sections(blocks: list[Block]) -> list[Block]:
    """Leave out what stands under a heading like "Related" or "Comments", up to the end of what holds the heading.

    A heading that stands alone in its box heads what follows the box.
    """
    ended: set[Node] = set()
    kept: list[Block] = []
    headings = 0
    total = sum(map(_weight, blocks)) or 1
    for number, block in enumerate(blocks):
        lineage = {block.node, *block.node.ancestors()}
        if ended & lineage:
            continue
        if headings < MOST_SECTIONS and _heads_section(block):
            headings += 1
            holder = _holder(block, blocks[number + 1 : number + 2])
            under = [b for b in blocks[number + 1 :] if holder in {b.node, *b.node.ancestors()}]
            comments = boilerplate_kind(block.text) in COMMENTS and sum(map(_weight, kept)) > LEAST
            if holder is not None and (comments or sum(map(_weight, under)) < MOST * total):
                ended.add(holder)
                continue
        kept.append(block)
    return kept


def _heads_section(block: Block) -> bool:
    kind = boilerplate_kind(block.text) if len(block.text) <= HEADING_LENGTH else None
    if kind in COMMENTS:
        return True
    return kind in SECTIONS and (block.node.tag in HEADINGS or (block.node.tag == "div" and not block.linked))


def _holder(block: Block, following: Sequence[Block]) -> Node | None:
    """Return the smallest part that holds a heading and what comes after it, if it is a part and not the page."""
    if not following:
        return None
    below = {following[0].node, *following[0].node.ancestors()}
    node = next((each for each in block.node.ancestors() if each in below), None)
    return None if node is None or node.tag in {"html", "#page", "article", "main"} else node


def _main_node(blocks: Sequence[Block]) -> Node | None:
    """Return the smallest part that holds most of the prose, or None where there is none."""
    held = _prose(blocks)
    if not held:
        return None
    node = next(each for each in held if each.tag == "#page")
    while True:
        below = [child for child in node.children if isinstance(child, Node) and child in held]
        largest = max(below, key=held.__getitem__, default=None)
        if largest is None or held[largest] < MAIN * held[node] or largest.tag in {"p", "blockquote", "li"}:
            return node
        node = largest


def _article(blocks: Sequence[Block], main: Node) -> list[Block]:
    """Return the blocks of the part, and prose before it that belongs to the same article."""
    inside = [main in {block.node, *block.node.ancestors()} for block in blocks]
    first = inside.index(True) if True in inside else 0
    scope = next(
        (n for n in (main, *main.ancestors()) if n.tag in {"article", "main"} or n.get("role") == "main"),
        None,
    )
    heading = max((i for i, b in enumerate(blocks[:first]) if b.node.tag == "h1"), default=None)
    found = []
    for number, block in enumerate(blocks):
        under = scope is not None and scope in {block.node, *block.node.ancestors()}
        after_heading = heading is not None and heading < number < first
        if inside[number] or (_weight(block) and (after_heading or (under and scope is not None))):
            found.append(block)
    return found


def _is_furniture(block: Block, title: str | None, *, early: bool, alone: bool) -> bool:
    """Say whether a block of the article's part is none of its text: its title, links, lines of author and date.

    ``early`` says that no prose stands before it, ``alone`` that the part has nothing else.
    """
    text = block.text
    if block.node.tag == "h1" or (title and _same(text, title)):
        return True
    if block.link_share > LINKS and (alone or not _in_prose(block)):
        return True
    kind = boilerplate_kind(text)
    if kind is not None and kind not in ABOUT_ARTICLE:
        return True
    if early and len(text) <= CREDIT:
        has_time = any(node.tag == "time" for node in block.node.walk())
        by_line = BY.match(text) and not text.endswith(".") and not _weight(block)
        if (has_time and not _weight(block)) or _tells_day(text) or by_line:
            return True
    return not any(letter.isalnum() for letter in text)


def _tells_day(text: str) -> bool:
    words = text.split()
    digits = sum(any(map(str.isdigit, word)) for word in words)
    return digits > 0 and (
        bool(DATE_LINE.match(text)) or (digits >= DIGITS * len(words) and iso_date(text) is not None)
    )


def _in_prose(block: Block) -> bool:
    """Say whether a linked paragraph is one of the text all the same: a sentence among paragraphs."""
    return (
        block.node.tag == "p"
        and len(block.text) >= PROSE
        and block.text.rstrip("”\"').")[-1:].isalnum()
        and block.text[-1] in '.”"'
    )


def _same(text: str, title: str) -> bool:
    return "".join(filter(str.isalnum, text)).lower() == "".join(filter(str.isalnum, title)).lower()
