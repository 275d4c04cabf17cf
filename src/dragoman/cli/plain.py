"""Words of an article on their way to a terminal: nothing in them may steer it."""

from __future__ import annotations

import unicodedata

# Control and format characters (escape sequences, text direction), surrogates, private use, line breaks.
STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def clean(words: str) -> str:
    """Return the words on one line, without any character that could steer a terminal."""
    kept = (" " if unicodedata.category(character) in STEERING else character for character in words)
    return " ".join("".join(kept).split())


def counted(number: int, noun: str) -> str:
    """Return the number with its noun: ``1 report``, ``2 reports``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
