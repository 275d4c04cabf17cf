"""Verb patterns: what must stand before and after a verb, and where its source and its target are found."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from dragoman.knowledge.petrarch.phrases import word_parts

PIECES = re.compile(r"\*|\+|\$|%|\^|&[A-Za-z0-9]+|[^*+$%^&]+|&")
FOREIGN = re.compile(r"[{}()|\[\]]")


class Kind(Enum):
    """What an element of a pattern asks for."""

    WORD = "word"
    SYNSET = "&"
    VERB = "*"
    SOURCE = "$"
    TARGET = "+"
    COMPOUND = "%"
    SKIP = "^"


# At most once in a pattern; the verb exactly once.
ONCE = (Kind.SOURCE, Kind.TARGET, Kind.COMPOUND)


@dataclass(frozen=True, slots=True)
class Element:
    """One element. ``joined``: nothing may stand between it and the element before it (on its left)."""

    kind: Kind
    word: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """What stands ``before`` the verb and ``after`` it, both in the order of the text.

    ``joined`` says whether the last element before the verb stands right before it; the first element
    after it has a ``joined`` of its own.
    """

    text: str
    before: tuple[Element, ...]
    after: tuple[Element, ...]
    joined: bool

    @property
    def weight(self) -> tuple[int, int, int]:
        """How specific it is: number of elements, of joints, of letters."""
        elements = (*self.before, *self.after)
        joints = sum(element.joined for element in elements) + self.joined
        return len(elements), joints, len(self.text)

    @property
    def words(self) -> frozenset[str]:
        """The plain words, all of which a sentence must have."""
        return frozenset(e.word for e in (*self.before, *self.after) if e.kind is Kind.WORD)


def read_pattern(text: str, synsets: Collection[str]) -> Pattern:
    """Read ``+ KNOWN_ * IN_ $``; ``synsets`` are the names that may follow ``&``.

    Raises:
        ValueError: says in half a sentence why it cannot be used.
    """
    elements = _elements(text.replace("**", "*"))
    if not text.strip():
        problem = "an empty pattern"
        raise ValueError(problem)
    verbs = [n for n, element in enumerate(elements) if element.kind is Kind.VERB]
    if len(verbs) != 1:
        problem = f"a pattern needs one * for its verb, this has {len(verbs)}"
        raise ValueError(problem)
    for kind in ONCE:
        if sum(element.kind is kind for element in elements) > 1:
            problem = f"more than one {kind.value} in a pattern"
            raise ValueError(problem)
    for element in elements:
        if element.kind is Kind.SYNSET and element.word not in synsets:
            problem = f"no synset &{element.word}"
            raise ValueError(problem)
    middle = verbs[0]
    before, after = tuple(elements[:middle]), tuple(elements[middle + 1 :])
    return Pattern(" ".join(text.split()), before, after, bool(before) and elements[middle].joined)


def _elements(text: str) -> list[Element]:
    found: list[Element] = []
    for chunk in text.split():
        fresh = True
        for part in filter(None, chunk.split("_")):
            for piece in PIECES.findall(part):
                for element in _of_piece(piece):
                    found.append(Element(element.kind, element.word, joined=not fresh and bool(found)))
                    fresh = False
    return found


def _of_piece(piece: str) -> list[Element]:
    """Return the elements of one piece; a hyphen parts words."""
    if piece in {"*", "+", "$", "%", "^"}:
        return [Element(Kind(piece), "", joined=False)]
    if piece.startswith("&"):
        return [Element(Kind.SYNSET, piece[1:].upper(), joined=False)]
    if FOREIGN.search(piece):
        problem = f"{piece!r} is no word of a pattern (alternatives belong into a synset)"
        raise ValueError(problem)
    return [Element(Kind.WORD, word, joined=False) for word in word_parts(piece)]
