"""Cue words: who says what (attribution) and how surely (factuality); see ``data/cues/README.md``."""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.tables import DATA, Row, read_table
from dragoman.model import speech

# The other two have tables of their own: attitudes and silences.
STANCES = frozenset(speech.STANCES) - {"addresses", "declines"}
TAKES = frozenset(
    {
        "clause",
        "quote",
        "inf",
        "ing",
        "object",
        "as",
        "of",
        "for",
        "for-alone",
        "about",
        "against",
        "by",
        "passive",
    }
)
ATTITUDE_TAKES = frozenset(
    {"object", "passive", "inf", "ing", "clause"}
    | {"about", "against", "at", "behind", "by", "for", "from", "in", "into", "of", "on", "over"}
    | {"regarding", "to", "toward", "towards", "upon", "with"}
)
SUBJECTS = frozenset({"any", "person", "document"})
SHAPES = frozenset({"preposition", "speaker", "of", "possessor", "citing"})
KINDS = frozenset(
    {"outlet", "agency", "official", "organisation", "expert", "witness", "document", "anonymous"}
)
LABELS = frozenset({"actual", "planned", "possible", "hypothetical", "demanded", "denied"})
EFFECTS = LABELS | {"same", "fact"}
MODIFIER_KINDS = frozenset(
    {
        "modal",
        "negation",
        "carrier",
        "softener",
        "adverb",
        "adjective",
        "determiner",
        "mark",
        "present mark",
        "time",
        "preposition",
        "gerund",
        "noun gerund",
        "question",
        "compound",
        "light",
        "generic",
        "state",
    }
)
# Verbs that deny; verbs that deny only when it is a claim that they reject; words for claims; words for one's share in a deed.
DENIAL_PARTS = ("denies", "rejects", "claim", "share")
PARTS_OF_SPEECH = frozenset({"v", "n", "a"})


@dataclass(frozen=True, slots=True)
class SayCue:
    """A verb or noun of speech or thought.

    ``takes`` says where its content may stand, ``source`` who may be its subject, ``strength`` how
    firmly the source stands behind the content, from 1 (hints) to 3 (insists).
    """

    lemma: str
    stance: str
    takes: frozenset[str]
    source: str
    strength: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that names a source without a verb of speech ("according to"); ``shape`` is one of `SHAPES`."""

    words: tuple[str, ...]
    shape: str
    stance: str


@dataclass(frozen=True, slots=True)
class Embedder:
    """What a predicate does to the event in one kind of its complements.

    ``positive`` and ``negated`` are effects: a label, ``same`` (the event shares the predicate's
    fate) or ``fact`` (the event stands whatever becomes of the predicate). ``positive`` may be two,
    ``demanded/actual``: the second where the predicate is told as past ("had to leave").
    """

    id: str
    positive: str
    negated: str


@dataclass(frozen=True, slots=True)
class Cues:
    """All cue tables.

    ``embedders`` is keyed by lemma, part of speech (v, n, a) and kind of complement; ``modifiers``
    by kind and word; ``sources`` maps the head word of a source to its kind; ``attitudes`` is keyed by
    lemma and part of speech and says where what one addresses may stand. ``silences`` are a verb, whether it is denied, and
    what goes with it; ``denials`` the words of each of `DENIAL_PARTS`; ``cancelling`` are the names of embedders that
    deny what they embed ("refuse").
    """

    say_verbs: dict[str, SayCue]
    say_nouns: dict[str, SayCue]
    say_adverbs: dict[str, str]
    phrases: tuple[Phrase, ...]
    sources: dict[str, str]
    publishing: frozenset[str]
    voicing: frozenset[str]
    attitudes: dict[tuple[str, str], frozenset[str]]
    silences: frozenset[tuple[str, bool, str]]
    denials: dict[str, frozenset[str]]
    signs: frozenset[str]
    embedders: dict[tuple[str, str, str], Embedder]
    modifiers: dict[tuple[str, str], str]
    cancelling: frozenset[str]


def _known(row: Row, column: str, allowed: Collection[str]) -> str:
    value = row[column]
    if value not in allowed:
        problem = f"unknown {column} {value!r}; known: {', '.join(sorted(allowed))}"
        raise row.fail(problem)
    return value


def _known_items(row: Row, column: str, allowed: Collection[str]) -> frozenset[str]:
    values = frozenset(row.items(column))
    if unknown := values - frozenset(allowed):
        problem = f"unknown {column}: {', '.join(sorted(unknown))}"
        raise row.fail(problem)
    return values


def _new[K](row: Row, key: K, seen: Collection[K]) -> K:
    if key in seen:
        problem = f"a second line for {key}"
        raise row.fail(problem)
    return key


def _say_verbs(path: Path) -> dict[str, SayCue]:
    verbs: dict[str, SayCue] = {}
    for row in read_table(path, ("lemma", "stance", "takes", "source", "strength")):
        verbs[_new(row, row["lemma"], verbs)] = SayCue(
            row["lemma"],
            _known(row, "stance", STANCES),
            _known_items(row, "takes", TAKES),
            _known(row, "source", SUBJECTS),
            int(_known(row, "strength", ("1", "2", "3"))),
        )
    return verbs


def _say_nouns(path: Path) -> dict[str, SayCue]:
    nouns: dict[str, SayCue] = {}
    for row in read_table(path, ("lemma", "stance", "takes")):
        takes = _known_items(row, "takes", TAKES)
        nouns[_new(row, row["lemma"], nouns)] = SayCue(
            row["lemma"], _known(row, "stance", STANCES), takes, "any", 2
        )
    return nouns


def _pairs(path: Path, key: str, value: str, allowed: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_table(path, (key, value)):
        found[_new(row, row[key], found)] = _known(row, value, allowed)
    return found


def _words(path: Path) -> frozenset[str]:
    return frozenset(row["lemma"] for row in read_table(path, ("lemma",)))


def _phrases(path: Path) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(tuple(row["words"].split()), _known(row, "shape", SHAPES), _known(row, "stance", STANCES))
        for row in read_table(path, ("words", "shape", "stance"))
    )


def _attitudes(path: Path) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for row in read_table(path, ("lemma", "pos", "takes")):
        key = _new(row, (row["lemma"], _known(row, "pos", PARTS_OF_SPEECH)), found)
        found[key] = _known_items(row, "takes", ATTITUDE_TAKES)
    return found


def _silences(path: Path) -> frozenset[tuple[str, bool, str]]:
    found: set[tuple[str, bool, str]] = set()
    for row in read_table(path, ("verb", "negated", "with")):
        negated = _known(row, "negated", ("yes", "no")) == "yes"
        found.add(_new(row, (row["verb"], negated, row["with"]), found))
    return frozenset(found)


def _denials(path: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {part: set() for part in DENIAL_PARTS}
    for row in read_table(path, ("lemma", "part")):
        words = found[_known(row, "part", DENIAL_PARTS)]
        words.add(_new(row, row["lemma"], words))
    return {part: frozenset(words) for part, words in found.items()}


def _embedders(path: Path) -> dict[tuple[str, str, str], Embedder]:
    found: dict[tuple[str, str, str], Embedder] = {}
    for row in read_table(path, ("lemma", "pos", "complement", "positive", "negated")):
        pos = _known(row, "pos", PARTS_OF_SPEECH)
        for complement in row.items("complement"):
            key = _new(row, (row["lemma"], pos, complement), found)
            name = f"embedders: {row['lemma']}.{pos}[{complement}]"
            positive = _known(
                row, "positive", EFFECTS | {f"{now}/{past}" for now in EFFECTS for past in EFFECTS}
            )
            found[key] = Embedder(name, positive, _known(row, "negated", EFFECTS))
    return found


def _modifiers(path: Path) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in read_table(path, ("word", "kind", "effect")):
        key = _new(row, (_known(row, "kind", MODIFIER_KINDS), row["word"]), found)
        found[key] = _known(row, "effect", LABELS | {"would", "ability"})
    return found


@functools.cache
def load_cues(folder: Path = DATA / "cues") -> Cues:
    """Read all cue tables.

    Raises:
        KnowledgeError: a line that breaks the format, an unknown value, two lines for one word.
    """
    embedders = _embedders(folder / "embedders.tsv")
    return Cues(
        _say_verbs(folder / "say-verbs.tsv"),
        _say_nouns(folder / "say-nouns.tsv"),
        _pairs(folder / "say-adverbs.tsv", "lemma", "stance", STANCES),
        _phrases(folder / "say-phrases.tsv"),
        _pairs(folder / "source-words.tsv", "words", "kind", KINDS),
        _words(folder / "publishing-verbs.tsv"),
        _words(folder / "voicing-verbs.tsv"),
        _attitudes(folder / "attitudes.tsv"),
        _silences(folder / "silences.tsv"),
        _denials(folder / "denials.tsv"),
        _words(folder / "political-signs.tsv"),
        embedders,
        _modifiers(folder / "modifiers.tsv"),
        frozenset(one.id for one in embedders.values() if one.positive == "denied"),
    )
