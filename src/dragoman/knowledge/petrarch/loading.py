"""Loading a folder of community dictionaries; every error names ``file:line``."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.petrarch.dictionary import (
    ActorEntry,
    AgentEntry,
    Coded,
    Dictionary,
    EventCode,
    VerbForm,
)
from dragoman.knowledge.petrarch.folder import (
    ACTORS,
    AGENTS,
    BETWEEN,
    CODES,
    DISCARDS,
    NULL_CODES,
    PATTERNS,
    SYNSETS,
    VERBS,
)
from dragoman.knowledge.petrarch.forms import verb_forms
from dragoman.knowledge.petrarch.pattern import Pattern, read_pattern
from dragoman.knowledge.petrarch.phrases import Phrase, read_phrase, synset_phrases, word_parts
from dragoman.knowledge.petrarch.rows import DatedCode
from dragoman.knowledge.tables import Row, read_table

NO_PLURAL = "-"
# What may stand in the column `plurals` and `scope`.
YES_NO = {"yes": True, "no": False}
SCOPES = {"story": True, "sentence": False}


@functools.lru_cache(maxsize=4)
def _load(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Dictionary:  # noqa: ARG001 - the cache's key
    synsets = _synsets(folder)
    codes = _codes(folder)
    forms, lemmas = _verbs(folder, _patterns(folder, synsets, codes), codes)
    return Dictionary(
        folder, forms, lemmas, synsets, _actors(folder), _agents(folder), _discards(folder), codes
    )


def load_dictionary(folder: Path) -> Dictionary:
    """Read the tables that `dragoman knowledge import` wrote, as they are now.

    Raises:
        KnowledgeError: the folder lacks a table, or a line of one is broken.
    """
    tables = sorted(folder.glob("*.tsv"))
    if not tables:
        message = f"{folder}: no dictionaries here; make them with dragoman knowledge import"
        raise KnowledgeError(message)
    state = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in tables)
    return _load(folder, state)


def _synsets(folder: Path) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of each synset; a member that names another synset stands for all of that one's."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in read_table(folder / "synsets.tsv", SYNSETS):
        phrases: list[tuple[str, ...]] = []
        for member in row.items("members"):
            if member.startswith("&"):
                phrases.extend(found.get(member[1:].strip("_").upper(), ()))
            else:
                phrases.extend(synset_phrases((member,), plurals=_choice(row, "plurals", YES_NO)))
        found[row["name"].upper()] = tuple(sorted(set(phrases), key=lambda words: (-len(words), words)))
    return found


def _choice(row: Row, column: str, known: dict[str, bool]) -> bool:
    if row[column] not in known:
        problem = f"{column} must be {' or '.join(known)}, not {row[column]!r}"
        raise row.fail(problem)
    return known[row[column]]


def _coded(row: Row, label: str, pattern: Pattern | None, codes: Mapping[str, EventCode]) -> Coded:
    code, _, reverse = row["code"].partition(":")
    for each in (code, *filter(None, (reverse,))):
        if each not in NULL_CODES and each not in codes:
            problem = f"the code {each} has no line in codes.tsv" if each else "no code"
            raise row.fail(problem)
    text = pattern.text if pattern else "*"
    return Coded(f"{label}: {text} [{row['code']}]", pattern, code, reverse)


def _patterns(
    folder: Path, synsets: Mapping[str, tuple[tuple[str, ...], ...]], codes: Mapping[str, EventCode]
) -> dict[str, list[Coded]]:
    found: dict[str, list[Coded]] = defaultdict(list)
    for row in read_table(folder / "patterns.tsv", PATTERNS):
        try:
            pattern = read_pattern(row["pattern"], synsets)
        except ValueError as error:
            raise row.fail(str(error)) from error
        found[row["block"]].append(_coded(row, row["block"], pattern, codes))
    return found


def _verbs(
    folder: Path, patterns: dict[str, list[Coded]], codes: Mapping[str, EventCode]
) -> tuple[dict[str, tuple[VerbForm, ...]], dict[str, tuple[Coded, ...]]]:
    """Return forms and lemmas. A verb of several blocks has the patterns of all and the first code that is one."""
    senses: dict[tuple[tuple[str, ...], int], list[tuple[str, Coded]]] = defaultdict(list)
    bases: dict[str, list[tuple[str, Coded]]] = defaultdict(list)
    for row in read_table(folder / "verbs.tsv", VERBS):
        sense = row["block"], _coded(row, row["verb"], None, codes)
        for number, text in enumerate((row["verb"], *row.items("forms"))):
            for form in _marked(row, text, regular=number == 0):
                senses[form].append(sense)
        words, _ = _parted(row, row["verb"])
        if len(words) == 1:
            bases[words[0]].append(sense)
    ordered = _Ordered(patterns)
    forms: dict[str, list[VerbForm]] = defaultdict(list)
    for (words, marked), of in senses.items():
        forms[words[marked]].append(VerbForm(words, marked, ordered(of)))
    by_word = {word: tuple(sorted(of, key=lambda form: -len(form.words))) for word, of in forms.items()}
    return by_word, {word: ordered(of) for word, of in bases.items()}


class _Ordered:
    """Puts what verbs may tell of in order: the most specific pattern first, the verb alone last."""

    def __init__(self, patterns: dict[str, list[Coded]]) -> None:
        self._patterns = patterns
        self._sorted: dict[tuple[str, ...], tuple[Coded, ...]] = {}

    def __call__(self, senses: Iterable[tuple[str, Coded]]) -> tuple[Coded, ...]:
        """Return it for a verb of these blocks; of several codes for it alone the first real one is taken."""
        blocks: tuple[str, ...] = ()
        alone: Coded | None = None
        for block, coded in senses:
            blocks = blocks if block in blocks else (*blocks, block)
            if alone is None or (alone.code in NULL_CODES and coded.code not in NULL_CODES):
                alone = coded
        if blocks not in self._sorted:
            told = [
                (each.pattern.weight, each)
                for block in blocks
                for each in self._patterns.get(block, ())
                if each.pattern
            ]
            told.sort(key=lambda pair: pair[0], reverse=True)
            self._sorted[blocks] = tuple(each for _, each in told)
        return self._sorted[blocks] if alone is None else (*self._sorted[blocks], alone)


def _parted(row: Row, text: str) -> tuple[tuple[str, ...], int]:
    """Return the words of a verb and the position of the one that is marked (the first when none is)."""
    chunks = [chunk for chunk in text.replace("_", " ").split() if chunk.strip("+")]
    words: list[str] = []
    marked = 0
    for chunk in chunks:
        if chunk.startswith("+"):
            marked = len(words)
        words.extend(word_parts(chunk.strip("+")))
    if not words or marked >= len(words):
        problem = f"no verb in {text!r}"
        raise row.fail(problem)
    return tuple(words), marked


def _marked(row: Row, text: str, *, regular: bool) -> set[tuple[tuple[str, ...], int]]:
    """Return the verb as it is written, with the regular forms of its marked word when ``regular``."""
    words, marked = _parted(row, text)
    made = verb_forms(words[marked]) if regular else {words[marked]}
    return {((*words[:marked], form, *words[marked + 1 :]), marked) for form in made}


def _by_first[T](entries: Iterable[tuple[Phrase, T]]) -> dict[str, tuple[tuple[Phrase, T], ...]]:
    found: dict[str, list[tuple[Phrase, T]]] = defaultdict(list)
    for phrase, entry in entries:
        found[phrase.words[0]].append((phrase, entry))
    return {word: tuple(sorted(of, key=lambda pair: -len(pair[0].words))) for word, of in found.items()}


def _phrase(row: Row, text: str) -> Phrase:
    phrase = read_phrase(text)
    if phrase is None:
        problem = f"no words in {text!r}"
        raise row.fail(problem)
    return phrase


def _actors(folder: Path) -> dict[str, tuple[tuple[Phrase, ActorEntry], ...]]:
    """Return the actors by name; where several rows share one, their codes are tried in the order of the rows."""
    gathered: dict[Phrase, ActorEntry] = {}
    for row in read_table(folder / "actors.tsv", ACTORS):
        names, codes = row.items("names"), tuple(_dated(row, text) for text in row.items("codes"))
        for name in names:
            phrase = _phrase(row, name)
            before = gathered.get(phrase)
            label = before.name if before else names[0].replace("_", " ").title()
            gathered[phrase] = ActorEntry(label, (*(before.codes if before else ()), *codes))
    return _by_first(gathered.items())


def _dated(row: Row, text: str) -> DatedCode:
    code, _, days = text.partition(" ")
    if not days:
        return DatedCode(code, "", "")
    since, between, until = days.strip().partition(BETWEEN)
    if not between or not all(_is_day(day) for day in (since, until) if day):
        problem = f"{text!r} must be a code, or a code and days like 1995-06-01{BETWEEN}1999-08-15"
        raise row.fail(problem)
    return DatedCode(code, since, until)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _agents(folder: Path) -> dict[str, tuple[tuple[Phrase, AgentEntry], ...]]:
    found: dict[Phrase, AgentEntry] = {}
    for row in read_table(folder / "agents.tsv", AGENTS):
        prefix, tilde, suffix = row["code"].partition("~")
        if not tilde or not (prefix or suffix):
            problem = f"the code of an agent needs a ~ at one end, not {row['code']!r}"
            raise row.fail(problem)
        phrase, entry = _phrase(row, row["words"]), AgentEntry(prefix, suffix)
        found.setdefault(phrase, entry)
        if row["plural"] != NO_PLURAL:
            other = _phrase(row, row["plural"]) if row["plural"] else phrase.pluralised()
            found.setdefault(other, entry)
    return _by_first(found.items())


def _discards(folder: Path) -> dict[str, tuple[tuple[Phrase, bool], ...]]:
    rows = read_table(folder / "discards.tsv", DISCARDS)
    return _by_first((_phrase(row, row["words"]), _choice(row, "scope", SCOPES)) for row in rows)


def _codes(folder: Path) -> dict[str, EventCode]:
    ontology = load_ontology()
    found: dict[str, EventCode] = {}
    for row in read_table(folder / "codes.tsv", CODES):
        cameo, event_type, mode = (row[name] or None for name in ("cameo", "type", "mode"))
        if row["code"] in found:
            problem = f"a second line for {row['code']}"
            raise row.fail(problem)
        if mode and not event_type:
            problem = "a mode without a type"
            raise row.fail(problem)
        if cameo and cameo not in ontology.cameo:
            problem = f"unknown CAMEO code {cameo!r}"
            raise row.fail(problem)
        if event_type:
            ontology.check(row, event_type, mode, None, ())
        found[row["code"]] = EventCode(row["code"], cameo, event_type, mode)
    return found
