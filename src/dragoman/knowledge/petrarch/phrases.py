"""Phrases of community dictionaries: words joined by ``_``, or by a blank where others may stand between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.petrarch.forms import plural

CUT = re.compile(r"[-–‐‑]+")
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'", "ʼ": "'"})
EDGES = '"“”,'


def word_parts(text: str) -> tuple[str, ...]:
    """Return the lower-case words in a token: hyphens and underscores part them, quotes are dropped."""
    if text.isalnum():
        return (text.lower(),)
    plain = text.translate(STRAIGHT).lower().replace("_", "-")
    return tuple(part for part in (each.strip(EDGES) for each in CUT.split(plain)) if part)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a phrase in lower case; ``gaps[n]`` says whether others may stand before word ``n``."""

    words: tuple[str, ...]
    gaps: tuple[bool, ...]

    def pluralised(self) -> Phrase:
        """Return the phrase with its last word in the regular plural."""
        return Phrase((*self.words[:-1], plural(self.words[-1])), self.gaps)


def read_phrase(text: str) -> Phrase | None:
    """Return the phrase of ``GROUP OF_77``; None when it has no words."""
    words: list[str] = []
    gaps: list[bool] = []
    for chunk in text.split():
        for number, part in enumerate(filter(None, chunk.split("_"))):
            for position, word in enumerate(word_parts(part)):
                words.append(word)
                gaps.append(number == 0 and position == 0 and len(words) > 1)
    return Phrase(tuple(words), tuple(gaps)) if words else None


def synset_phrases(members: tuple[str, ...], *, plurals: bool) -> Iterator[tuple[str, ...]]:
    """Yield the words of each member of a synset, and its plural.

    A member that ends with ``_`` has none. Words of a member always follow one another.
    """
    for member in members:
        phrase = read_phrase(member)
        if phrase is None:
            continue
        yield phrase.words
        if plurals and not member.endswith("_"):
            yield phrase.pluralised().words
