"""Contexts of events: which words and which circumstances speak for them; see ``data/contexts/README.md``."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.tables import DATA, Row, read_table

WORD_COLUMNS = ("context", "strength", "words", "flags")
SIGN_COLUMNS = (
    "context",
    "strength",
    "name",
    "types",
    "modes",
    "code",
    "actor",
    "recipient",
    "side",
    "between",
)
# Instead of a context: words that take others into another meaning and speak for nothing ("tennis court").
NOTHING = "-"
FLAGS = frozenset({"own"})
PARTS = {"n": frozenset({"NOUN", "PROPN"}), "v": frozenset({"VERB"}), "a": frozenset({"ADJ"})}
YES = "yes"
# Strengths run from a hint to what settles a context alone.
STRONGEST = 3.0
# Sectors that stand for more than one: states and their arms, and no sector at all beside a country.
STATE = "STATE"
STATE_SECTORS = frozenset({"", "GOV", "MIL", "LEG"})
ANYONE = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that speak for a context, with ``strength`` 1 to 3. ``own``: they do so within a name too.

    ``parts`` are the Universal parts of speech that the last word may have; empty: any.
    """

    context: str
    strength: float
    words: tuple[str, ...]
    parts: frozenset[str]
    own: bool

    @property
    def text(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Sign:
    """Circumstances of a report that speak for a context. What is empty asks for nothing.

    ``code``: the report's CAMEO code names the context. ``actor``, ``recipient`` and ``side`` (either of
    them) are sectors; ``between``: the sides belong to two states, or to a state and an organisation of states.
    """

    context: str
    strength: float
    name: str
    types: frozenset[str]
    modes: frozenset[str]
    code: bool
    actor: frozenset[str]
    recipient: frozenset[str]
    side: frozenset[str]
    between: bool


@dataclass(frozen=True, slots=True)
class ContextTables:
    """All clues, found by their first word, the longest first; and the signs."""

    clues: dict[str, tuple[tuple[Clue, ...], ...]]
    signs: tuple[Sign, ...]

    def match(self, forms: Sequence[tuple[str, str]], parts: Sequence[str], start: int) -> tuple[Clue, ...]:
        """Return the clues of the longest phrase that begins at ``start``; all of them have the same words.

        ``forms`` holds, for each token, its own word and its lemma in lower case; ``parts`` its part of speech.
        """
        word, lemma = forms[start]
        if word not in self.clues and lemma not in self.clues:
            return ()
        found = [group for form in {word, lemma} for group in self.clues.get(form, ())]
        for group in sorted(found, key=lambda same: -len(same[0].words)):
            words = group[0].words
            end = start + len(words)
            if end > len(forms):
                continue
            if all(word in forms[i] for i, word in enumerate(words[1:], start + 1)):
                fitting = tuple(clue for clue in group if not clue.parts or parts[end - 1] in clue.parts)
                if fitting:
                    return fitting
        return ()


def _strength(row: Row) -> float:
    try:
        strength = float(row["strength"])
    except ValueError:
        strength = 0.0
    if not 0 < strength <= STRONGEST:
        problem = f"strength must be a number above 0, at most {STRONGEST:g}, not {row['strength']!r}"
        raise row.fail(problem)
    return strength


def _context(row: Row) -> str:
    context = row["context"]
    if context not in load_ontology().contexts:
        problem = f"unknown context {context!r}"
        raise row.fail(problem)
    return context


def _clues(row: Row) -> list[Clue]:
    context, strength = (NOTHING, 0.0) if row["context"] == NOTHING else (_context(row), _strength(row))
    flags = set(row["flags"].split())
    if unknown := flags - FLAGS:
        problem = f"unknown flags: {', '.join(sorted(unknown))}"
        raise row.fail(problem)
    found = []
    for item in row.items("words"):
        text, _, part = item.partition("/")
        if (part and part not in PARTS) or not text or text != text.lower():
            problem = f"{item!r} must be lemmas in lower case, perhaps with /n, /v or /a"
            raise row.fail(problem)
        words = tuple(text.replace("-", " ").split())
        found.append(Clue(context, strength, words, PARTS.get(part, ANYONE), "own" in flags))
    return found


def _sign(row: Row) -> Sign:
    ontology = load_ontology()
    types, modes = frozenset(row.items("types")), frozenset(row.items("modes"))
    if unknown := sorted(types - set(ontology.types)):
        problem = f"unknown types: {', '.join(unknown)}"
        raise row.fail(problem)
    known = {mode for event_type, mode in ontology.modes if event_type in types}
    if unknown := sorted(modes - known):
        problem = f"these types have no such modes: {', '.join(unknown)}"
        raise row.fail(problem)
    if any(row[column] not in {"", YES} for column in ("code", "between")):
        problem = f"code and between are {YES} or empty"
        raise row.fail(problem)
    actor, recipient, side = (frozenset(row.items(column)) for column in ("actor", "recipient", "side"))
    return Sign(
        _context(row), _strength(row), row["name"], types, modes, bool(row["code"]), actor, recipient, side,
        bool(row["between"]),
    )  # fmt: skip


@functools.cache
def load_contexts(folder: Path = DATA / "contexts") -> ContextTables:
    """Read the tables of contexts.

    Raises:
        KnowledgeError: a line that breaks the format, an unknown context, the same words twice for one.
    """
    grouped: dict[tuple[str, ...], list[Clue]] = defaultdict(list)
    for path in sorted(folder.glob("*.tsv")):
        if path.stem == "signs":
            continue
        for row in read_table(path, WORD_COLUMNS):
            for clue in _clues(row):
                if any(other.context in {clue.context, NOTHING} for other in grouped[clue.words]):
                    problem = f"{clue.text!r} a second time for {clue.context}, or for none"
                    raise row.fail(problem)
                grouped[clue.words].append(clue)
    by_first: dict[str, list[tuple[Clue, ...]]] = defaultdict(list)
    for words, clues in grouped.items():
        by_first[words[0]].append(tuple(clues))
    found = {first: tuple(groups) for first, groups in by_first.items()}
    return ContextTables(found, tuple(map(_sign, read_table(folder / "signs.tsv", SIGN_COLUMNS))))
