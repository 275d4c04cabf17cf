"""The rows the typer is fitted to: gold pairs, the lexicon's votes, made-up sentences, and pairs in no event."""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dictionary_rows
from fitting import Row

from dragoman.evaluate.relations import MERGED, GoldPair
from dragoman.reading.typing import Side

LABELS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "NONE",
)  # fmt: skip
NONE = "NONE"
# The two labels that the gold set does not tell apart.
PAIR = (LABELS.index("CONCEDE"), LABELS.index("RETREAT"))
# Done by one side to the other: with the marks exchanged, the pair stands in no event.
DIRECTED = frozenset(
    {"ACCUSE", "ASSAULT", "COERCE", "SANCTION", "REJECT", "REQUEST", "THREATEN", "AID", "PROTEST"}
)
# Weights against a gold row's 1; set once by hand, not tuned.
VOTE_WEIGHT, MADE_WEIGHT, NONE_WEIGHT = 0.8, 0.6, 0.5
# How many rows of each kind are taken, so that one run takes minutes on two cores.
VOTES_A_TYPE, SWAPPED_A_TYPE, REAL_NONE, STORY_NONE, PHRASE_COPIES = 500, 60, 1500, 400, 4

# Names to fill in: neither initials nor half a sentence. Characters.
SHORTEST_NAME, LONGEST_NAME = 4, 39

type Encode = Callable[[str, Side, Side], list[int]]


def one_hot(label: str) -> tuple[float, ...]:
    """Return the target that is sure of ``label``."""
    return tuple(float(name == label) for name in LABELS)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes rows; ``encode`` turns a sentence with two spans into word pieces."""

    encode: Encode

    def row(self, sentence: str, actor: Side, recipient: Side, label: str, weight: float) -> Row:
        """Return the row of a sentence whose label is known."""
        return Row(tuple(self.encode(sentence, actor, recipient)), one_hot(label), weight)

    def gold(self, pair: GoldPair) -> Row:
        """Return the row of a gold pair; of YIELD only the sum of its two types is known."""
        ids = tuple(self.encode(pair.sentence, pair.actor, pair.recipient))
        if pair.root not in MERGED.values():
            return Row(ids, one_hot(pair.root))
        return Row(ids, tuple(0.5 * (n in PAIR) for n in range(len(LABELS))), merged=True)

    def swapped(self, pairs: Sequence[GoldPair], count: int) -> list[Row]:
        """Return ``count`` pairs of directed types with the marks exchanged, as NONE."""
        fit = [pair for pair in pairs if pair.root in DIRECTED and pair.actor and pair.recipient]
        chosen = random.sample(fit, min(count, len(fit)))
        return [self.row(pair.sentence, pair.recipient, pair.actor, NONE, NONE_WEIGHT) for pair in chosen]

    def votes(self, weak: Sequence[dict[str, Any]]) -> list[Row]:
        """Return pairs with the lexicon's vote, first those whose story is labelled so, and some exchanged."""
        by_type: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for pair in weak:
            if pair["vote"]:
                by_type[pair["vote"]].append(pair)
        rows = []
        for label in sorted(by_type):
            mixed = random.sample(by_type[label], len(by_type[label]))
            chosen = sorted(mixed, key=lambda pair, of=label: pair["story"] != of)[:VOTES_A_TYPE]
            rows += [
                self._weak(pair, label, 1.0 if pair["story"] == label else VOTE_WEIGHT) for pair in chosen
            ]
            if label in DIRECTED:
                for pair in chosen[:SWAPPED_A_TYPE]:
                    turned = {**pair, "actor": pair["recipient"], "recipient": pair["actor"]}
                    rows.append(self._weak(turned, NONE, NONE_WEIGHT))
        return rows

    def no_events(self, weak: Sequence[dict[str, Any]], real: int, story: int) -> list[Row]:
        """Return pairs from sentences without any trigger, one a sentence, as NONE."""
        seen: dict[str, dict[str, Any]] = {}
        for pair in weak:
            if not pair["vote"] and not pair["triggers"]:
                seen.setdefault(pair["sentence"], pair)
        rows = []
        for count, made_up in ((real, False), (story, True)):
            fit = [pair for pair in seen.values() if (pair["corpus"] == "synthetic") == made_up]
            rows += [self._weak(pair, NONE, NONE_WEIGHT) for pair in random.sample(fit, min(count, len(fit)))]
        return rows

    def _weak(self, pair: dict[str, Any], label: str, weight: float) -> Row:
        return self.row(pair["sentence"], tuple(pair["actor"]), tuple(pair["recipient"]), label, weight)

    def made(self, found: Sequence[dictionary_rows.MadeSentence], weight: float) -> list[Row]:
        """Return the rows of made-up sentences."""
        return [self.row(one.sentence, one.actor, one.recipient, one.event_type, weight) for one in found]


def names_of(weak: Sequence[dict[str, Any]]) -> list[str]:
    """Return the distinct words for actors in the weak pairs that look like names or descriptions."""
    found = {
        pair["sentence"][slice(*pair[side])]
        for pair in weak
        if pair["vote"]
        for side in ("actor", "recipient")
    }
    return sorted(
        name
        for name in found
        if SHORTEST_NAME <= len(name) <= LONGEST_NAME and name.lower() not in PRONOUNS and "\n" not in name
    )


PRONOUNS = frozenset(
    {"they", "them", "their", "his", "hers", "himself", "herself", "itself", "themselves", "theirs"}
)


def phrases(path: Path, names: Sequence[str], copies: int) -> list[dictionary_rows.MadeSentence]:
    """Return our own phrases, each with ``copies`` pairs of names, some with something said around them."""
    found = []
    with path.open(encoding="utf-8") as lines:
        lines.readline()
        for row in csv.DictReader(lines, delimiter="\t"):
            words = row["phrase"].replace("{A}", "\t$\t").replace("{B}", "\t+\t")
            for _ in range(copies):
                parts = [part for part in words.split("\t") if part]
                pair = dict(zip("$+", random.sample(names, 2), strict=True))
                found.append(dictionary_rows.filled(parts, pair, row["type"]))
    return found


def weak_pairs(path: Path, without: set[str]) -> list[dict[str, Any]]:
    """Read the weak pairs, without those whose sentence is in the gold set."""
    with path.open(encoding="utf-8") as lines:
        return [pair for line in lines if (pair := json.loads(line))["sentence"] not in without]
