"""Markup of ``plover-gsr``: a sentence with ``(SRC: …)``, ``(EVT: …)`` and the like written into it by hand.

Brackets may nest, be of the wrong kind or lack their partner, and the words may differ from the sentence
by a slip of the pen; so marks are found in the sentence again by their words.
"""

from __future__ import annotations

import re
from collections import defaultdict

type Offsets = tuple[int, int]

OPENING = re.compile(r"\(([A-Z]+(?:/[A-Z]+)*):\s*")
BRACES = frozenset("{}")
# TeX's way to write quotes.
QUOTES = {"``": '"', "''": '"'}


def plain(marked: str) -> tuple[str, dict[str, list[Offsets]]]:
    """Return the sentence without markup, and the characters in it that each tag holds.

    Braces vanish, TeX quotes become straight ones, runs of blanks one blank; other brackets stay when they
    have their partner.
    """
    text = marked
    for tex, straight in QUOTES.items():
        text = text.replace(tex, straight)
    found: dict[str, list[Offsets]] = defaultdict(list)
    out, opened, i = "", list[tuple[str, int]](), 0
    while i < len(text):
        if opening := OPENING.match(text, i):
            opened.append((opening[1], len(out)))
            i = opening.end()
            continue
        character = text[i]
        i += 1
        if character in ")}" and opened and (opened[-1][0] or character == ")"):
            tag, start = opened.pop()
            if tag:
                found[tag].append((start, len(out)))
            else:
                out += character
        elif character == "(":
            opened.append(("", len(out)))
            out += character
        elif character not in BRACES and not (character == ")" and not opened):
            out += " " if character.isspace() else character
            if out.endswith("  ") or out == " ":
                out = out[:-1]
    return out.rstrip(), dict(found)


def find_words(words: str, sentence: str) -> tuple[Offsets, ...]:
    """Return every place where the words stand as whole words; none for no words."""
    if not words:
        return ()
    return tuple(match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", sentence))


def place(marked: str, sentence: str) -> dict[str, tuple[Offsets, ...]]:
    """Return where the marked words of each tag stand in ``sentence``; words it does not have are left out.

    Of several places the one nearest to the mark is taken.
    """
    text, tags = plain(marked)
    placed: dict[str, tuple[Offsets, ...]] = {}
    for tag, spans in tags.items():
        found = []
        for start, end in spans:
            if places := find_words(text[start:end].strip(" .,"), sentence):
                found.append(min(places, key=lambda offsets: abs(offsets[0] - start)))
        placed[tag] = tuple(found)
    return placed
