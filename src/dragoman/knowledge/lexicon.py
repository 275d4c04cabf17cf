"""The trigger lexicon: which words tell of which events, under which conditions; see ``data/triggers/README.md``."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.ontology import Ontology, load_ontology
from dragoman.knowledge.tables import DATA, Row, read_table

COLUMNS = ("words", "pos", "when", "type", "mode", "cameo", "actor", "recipient", "flags", "contexts")
FLAGS = frozenset({"sym", "support", "both"})
CONDITIONS = frozenset(
    {"prt", "prep", "obj", "noobj", "subj", "xcomp", "comp", "mod", "passive", "active", "iobj"}
)
ACTOR_CONDITIONS = frozenset({"actor", "party"})
# Lines of speech acts have conditions of their own: on an event that the speaker tells of.
SPEECH = "s"
SPEECH_CONDITIONS = frozenset({"modal", "own", "other", "fact", "type"})
NOT_AN_EVENT = "NONE"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of an entry: ``prep:to=talks|meeting`` has subject prep, of ``to``, words {talks, meeting}.

    ``actor`` asks for an actor instead of words: ``party`` for the word itself, ``actor`` for it or one inside
    its phrase; else it is empty. ``negated`` turns the condition round.
    """

    subject: str
    of: str
    words: frozenset[str]
    actor: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon."""

    id: str
    words: tuple[str, ...]
    pos: str
    when: tuple[Condition, ...]
    event_type: str
    mode: str | None
    cameo: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    flags: frozenset[str]
    contexts: tuple[str, ...]

    @property
    def sense(self) -> str:
        """What kind of act the entry tells of, whatever its word: "met" and "talks" share theirs.

        Type, mode and the first three digits of the CAMEO code, where CAMEO names its kinds of acts.
        """
        return f"{self.event_type}/{self.mode or ''}/{(self.cameo or '')[:3]}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, found by the lemma of their last word; support verbs with the nouns they carry.

    ``speech`` are the lines of speech acts, in the order of their file; no word leads to them.
    """

    by_head: dict[str, tuple[Entry, ...]]
    speech: tuple[Entry, ...]
    by_id: dict[str, Entry]
    support: dict[str, frozenset[str] | None]
    occurrence: frozenset[str]

    def occurs(self, verb: str, objects: Sequence[str]) -> bool:
        """Say whether ``verb`` with these objects only says that its subject happens ("took place"; lemmas)."""
        return verb in self.occurrence or any(f"{verb} {noun}" in self.occurrence for noun in objects)

    def supports(self, verb: str, noun: str) -> bool:
        """Say whether ``verb`` merely carries ``noun`` ("hold" and "talks"; lemmas)."""
        if verb not in self.support:
            return False
        nouns = self.support[verb]
        return nouns is None or noun in nouns


def read_classes(path: Path) -> dict[str, frozenset[str]]:
    """Read the word lists that conditions name as ``@name``.

    Raises:
        KnowledgeError: a second list of one name.
    """
    found: dict[str, frozenset[str]] = {}
    for row in read_table(path, ("name", "words")):
        if row["name"] in found:
            problem = f"a second class {row['name']}"
            raise row.fail(problem)
        found[row["name"]] = frozenset(row.items("words"))
    return found


def _support(path: Path, classes: dict[str, frozenset[str]]) -> dict[str, frozenset[str] | None]:
    found: dict[str, frozenset[str] | None] = {}
    for row in read_table(path, ("verb", "nouns")):
        if row["verb"] in found:
            problem = f"a second row for the verb {row['verb']}"
            raise row.fail(problem)
        found[row["verb"]] = None if row["nouns"] == "*" else expand_words(row, row["nouns"], classes)
    return found


def expand_words(row: Row, cell: str, classes: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the words of a condition (``a|b|@class``), classes unfolded and ``_`` turned to a blank.

    Raises:
        KnowledgeError: no such class; names the line of ``row``.
    """
    found: set[str] = set()
    for part in filter(None, cell.split("|")):
        if not part.startswith("@"):
            found.add(part.replace("_", " "))
        elif part[1:] in classes:
            found |= classes[part[1:]]
        else:
            problem = f"no class {part} in classes.tsv"
            raise row.fail(problem)
    return frozenset(found)


def _condition(row: Row, text: str, classes: dict[str, frozenset[str]]) -> Condition:
    left, _, right = text.removeprefix("!").partition("=")
    subject, *rest = left.split(":")
    allowed = SPEECH_CONDITIONS if row["pos"] == SPEECH else CONDITIONS
    if subject not in allowed:
        problem = f"unknown condition {text!r}; known: {', '.join(sorted(allowed))}"
        raise row.fail(problem)
    actor = rest[-1] if rest and rest[-1] in ACTOR_CONDITIONS else ""
    of = rest[0] if rest and rest[0] != actor else ""
    if of and subject != "prep":
        problem = f"condition {text!r}: only prep takes a word before the colon's actor, as in prep:to:actor"
        raise row.fail(problem)
    return Condition(subject, of, expand_words(row, right, classes), actor, text.startswith("!"))


def _entry(row: Row, ontology: Ontology, classes: dict[str, frozenset[str]]) -> Entry:
    event_type, mode, cameo = row["type"], row["mode"] or None, row["cameo"] or None
    if event_type != NOT_AN_EVENT:
        ontology.check(row, event_type, mode, cameo, row.items("contexts"))
    flags = frozenset(row["flags"].split())
    if unknown := flags - FLAGS:
        problem = f"unknown flags: {', '.join(sorted(unknown))}"
        raise row.fail(problem)
    if row["pos"] not in {"v", "n", "a", SPEECH}:
        problem = f"pos must be v, n, a or s, not {row['pos']!r}"
        raise row.fail(problem)
    words = tuple(row["words"].split())
    if not words or row["words"] != row["words"].lower():
        problem = "words must be lemmas in lower case"
        raise row.fail(problem)
    when = tuple(_condition(row, part, classes) for part in row["when"].split())
    slots = {
        name: tuple(filter(None, map(str.strip, row[name].split(",")))) for name in ("actor", "recipient")
    }
    condition = f"[{row['when']}]" if when else ""
    return Entry(
        f"{row['words']}.{row['pos']}{condition}", words, row["pos"], when, event_type, mode, cameo,
        slots["actor"], slots["recipient"], flags, row.items("contexts"),
    )  # fmt: skip


@functools.cache
def load_lexicon(folder: Path = DATA / "triggers") -> Lexicon:
    """Read the lexicon.

    Raises:
        KnowledgeError: a line that breaks the format, an unknown code, two entries for the same words and conditions.
    """
    ontology = load_ontology()
    classes = read_classes(folder / "classes.tsv")
    entries: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.tsv")):
        if path.stem in {"classes", "support-verbs"}:
            continue
        for row in read_table(path, COLUMNS):
            entry = _entry(row, ontology, classes)
            if entry.id in entries:
                problem = f"a second entry for {entry.id}"
                raise row.fail(problem)
            entries[entry.id] = entry
    by_head: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        if entry.pos != SPEECH:
            by_head[entry.words[-1]].append(entry)
    speech = tuple(entry for entry in entries.values() if entry.pos == SPEECH)
    support = _support(folder / "support-verbs.tsv", classes)
    grouped = {head: tuple(found) for head, found in by_head.items()}
    return Lexicon(grouped, speech, entries, support, classes.get("occurrence", frozenset()))
