"""Made-up sentences from the CAMEO verb patterns of the community dictionaries, with PLOVER types.

A pattern such as ``- * SANCTIONS AGAINST [163]  # ANNOUNCE`` becomes "Peru announced sanctions against
Chad", typed by the crosswalk from CAMEO to PLOVER. Names are drawn from real mentions, so that no name
goes with a type.
"""

# ruff: noqa: S311 - these draws shuffle training rows; nobody guesses them to do harm

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PATTERN = re.compile(r"^- (.+?)\s*\[([0-9A-Z:\-]+)\]\s*(?:#\s*(\w+))?")
VERB = re.compile(r"^([A-Z][A-Z_]*|\+[A-Z_]+)\s*(?:\{([^}]*)\})?\s*(?:\[([0-9A-Z:\-]+)\])?")
BLOCK = re.compile(r"^---\s+\S+\s*\[([0-9A-Z:\-]+)\]")
# What may stand around a sentence without changing what it reports.
BEFORE = ("", "", "", "", "On Monday, ", "WARSAW -- ", "According to local media, ", "Last week, ")
AFTER = ("", "", "", "", " on Tuesday", ", officials said", ", a spokesman said on Friday", " last month",
         ", according to state television", " in 2019")  # fmt: skip
# What leads to the recipient where a pattern does not say; often nothing.
LINKS = ("", "", "to", "with", "against", "of", "for", "in")
# Of one type at most this many, so that the four verbs of speaking do not drown the rest.
MOST_A_TYPE = 450
NOTHING = "---"
# Longer patterns are notes of coders rather than phrases. Words.
LONGEST = 9


@dataclass(frozen=True, slots=True)
class MadeSentence:
    """A made-up sentence, the characters of actor and recipient, and the type."""

    sentence: str
    actor: tuple[int, int]
    recipient: tuple[int, int]
    event_type: str


def crosswalk(path: Path) -> dict[str, str]:
    """Return the PLOVER type of each CAMEO code; empty for statements and appeals, which are no events."""
    with path.open(encoding="utf-8") as lines:
        return {row["cameo_code"]: row["plover_event"] for row in csv.DictReader(lines, delimiter="\t")}


def past(verb: str, forms: str) -> str:
    """Return the past tense: the second of the listed forms, or by rule."""
    listed = forms.split()
    if len(listed) > 1:
        return listed[1].lower().replace("_", " ").strip("+")
    word, *rest = verb.strip("+").lower().split("_")
    if word.endswith("e"):
        word += "d"
    elif word.endswith("y") and word[-2:-1] not in set("aeiou"):
        word = f"{word[:-1]}ied"
    else:
        word += "ed"
    return " ".join([word, *rest])


def patterns(path: Path) -> Iterator[tuple[list[str], str, str]]:
    """Yield words of a pattern (``*`` replaced by the verb, ``$`` actor, ``+`` recipient) and CAMEO code."""
    verbs: dict[str, str] = {}
    synonyms: dict[str, list[str]] = defaultdict(list)
    default, name, head = NOTHING, "", ""
    for line in path.read_text("utf-8", errors="replace").splitlines():
        if line.startswith("&"):
            name = line.split()[0]
        elif line.startswith("+") and name:
            synonyms[name].append(line.split("#")[0].strip().strip("+_").lower().replace("_", " "))
        elif block := BLOCK.match(line):
            default, verbs, name, head = block[1], {}, "", ""
        elif found := PATTERN.match(line):
            verb = verbs.get(found[3] or "", head)
            if verb:
                yield _words(found[1], verb, synonyms), found[2]
        elif not name and (found := VERB.match(line)):
            verbs[found[1].strip("+")] = past(found[1], found[2] or "")
            head = head or verbs[found[1].strip("+")]
            yield [verbs[found[1].strip("+")]], found[3] or default


def _words(pattern: str, verb: str, synonyms: dict[str, list[str]]) -> list[str]:
    words = []
    for part in re.split(r"[\s_]+", pattern):
        if part in {"*", "+", "$"}:
            words.append(verb if part == "*" else part)
        elif part.startswith("&"):
            words.append(random.choice(synonyms.get(part) or [part[1:].lower()]))
        elif part.strip("+-%^(){}"):
            words.append(part.strip("+-%^(){}").lower())
    return words


def sentence(words: Sequence[str], actor: str, recipient: str, event_type: str) -> MadeSentence:
    """Return the words as a sentence with the two names in their places, something said around it."""
    order = list(words)
    if "+" in order and "$" not in order and order[0] == "+":
        order += ["by", "$"]
    if "$" not in order:
        order.insert(0, "$")
    if "+" not in order:
        order += [random.choice(LINKS), "+"] if len(words) > 1 else ["+"]
    parts = [part for word in order if word for part in (word, " ")][:-1]
    return filled(parts, {"$": actor, "+": recipient}, event_type)


def filled(parts: Sequence[str], names: dict[str, str], event_type: str) -> MadeSentence:
    """Return the parts joined, ``$`` and ``+`` replaced by the names, something said around them."""
    text, spans = random.choice(BEFORE), {}
    for part in parts:
        shown = names.get(part, part)
        spans.setdefault(part, (len(text), len(text) + len(shown)))
        text += shown
    return MadeSentence(text + random.choice(AFTER) + ".", spans["$"], spans["+"], event_type)


def make(verb_patterns: Path, types: dict[str, str], names: Sequence[str], seed: int) -> list[MadeSentence]:
    """Return the made-up sentences of all patterns, at most ``MOST_A_TYPE`` of one type, in random order."""
    random.seed(seed)
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for words, code in patterns(verb_patterns):
        code_known = code == NOTHING or code in types
        if code_known and 0 < len(words) <= LONGEST:
            found[types.get(code, "") or "NONE"].add(tuple(words))
    made = []
    for event_type in sorted(found):
        several = sorted(found[event_type])
        for words in random.sample(several, min(MOST_A_TYPE, len(several))):
            actor, recipient = random.sample(names, 2)
            made.append(sentence(words, actor, recipient, event_type))
    random.shuffle(made)
    return made
