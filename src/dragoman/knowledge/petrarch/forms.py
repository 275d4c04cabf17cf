"""Regular English forms, as PETRARCH makes them where a file lists none."""

from __future__ import annotations

import re

SIBILANT = re.compile(r"(s|x|z|ch|sh)$")
CONSONANT_Y = re.compile(r"[^aeiou]y$")
# One vowel before one consonant at the end: "stop", "ban"; such verbs double it ("stopped").
DOUBLING = re.compile(r"(^|[^aeiou])[aeiou][bdglmnprt]$")


def verb_forms(verb: str) -> frozenset[str]:
    """Return a verb in lower case with its regular forms: "deny", "denies", "denied", "denying"."""
    if not verb:
        return frozenset()
    if verb.endswith("e"):
        made = {f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"}
    elif CONSONANT_Y.search(verb):
        made = {f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
    else:
        made = {f"{verb}{'es' if SIBILANT.search(verb) else 's'}", f"{verb}ed", f"{verb}ing"}
    if DOUBLING.search(verb):
        made |= {f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
    return frozenset({verb, *made})


def plural(word: str) -> str:
    """Return the regular plural of a noun in lower case."""
    if CONSONANT_Y.search(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if SIBILANT.search(word) else f"{word}s"
