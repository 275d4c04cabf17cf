"""What a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from dragoman.ingest.html.tree import Node

# Objects that are looked at, and how long one script may be (characters): more is no description of an article.
MOST_OBJECTS = 2000
LONGEST_SCRIPT = 2_000_000
ARTICLE = re.compile(r"(?:Article|Posting|Report|LiveBlog|NewsStory)$")
COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)


def articles(page: str, root: Node) -> list[dict[str, Any]]:
    """Return the objects that describe articles, in the order of the page."""
    found = []
    for node in root.walk():
        if node.tag == "script" and "ld+json" in node.get("type").lower():
            script = "".join(page[child[0] : child[1]] for child in node.children if isinstance(child, tuple))
            found += [each for each in _objects(_load(script)) if _is_article(each)]
    return found


def _load(script: str) -> object:
    if len(script) > LONGEST_SCRIPT:
        return None
    try:
        loaded: object = json.loads(COMMENT.sub("", script).strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None
    return loaded


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """Yield the objects in a value: itself, those of a list or graph, and what a page is about; not what it links to."""
    waiting, count = [value], 0
    while waiting and count < MOST_OBJECTS:
        count += 1
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting += each[:MOST_OBJECTS]
        elif isinstance(each, dict):
            yield each
            waiting += [each[key] for key in ("@graph", "mainEntity") if key in each]


def _is_article(value: dict[str, Any]) -> bool:
    kinds = value.get("@type")
    return any(
        isinstance(kind, str) and ARTICLE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def words_of(value: object) -> str | None:
    """Return the words of a value: a string, the name of an object, or the first of a list."""
    if isinstance(value, list):
        return next((words for each in value[:20] if (words := words_of(each))), None)
    if isinstance(value, dict):
        return words_of(value.get("name") or value.get("@value") or value.get("@id") or value.get("url"))
    return " ".join(value.split()) or None if isinstance(value, str) else None


def names_of(value: object) -> str | None:
    """Return the names of authors, joined by commas."""
    each = value if isinstance(value, list) else [value]
    names = [
        words for one in each[:20] if (words := words_of(one)) and not words.startswith(("http:", "https:"))
    ]
    return ", ".join(dict.fromkeys(names)) or None
