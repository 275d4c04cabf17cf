"""Finer codes: which words beside a trigger settle mode and CAMEO code; see ``data/coding/README.md``."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dragoman.knowledge.lexicon import expand_words, read_classes
from dragoman.knowledge.ontology import Ontology, load_ontology
from dragoman.knowledge.tables import DATA, Row, read_table

THEME_COLUMNS = ("theme", "when")
CODE_COLUMNS = ("type", "theme", "cameo", "mode", "over")
# Where the words of a condition may stand; what each means is told by `Surroundings`.
PLACES = frozenset({"self", "what", "deep", "how", "clause", "mod", "subj"})


class Surroundings(Protocol):
    """The words around a trigger, by place.

    ``self`` are those of the trigger, ``mod`` what modifies it, ``subj`` who or what is its subject, ``what``
    the heads it leads to (objects, nouns after prepositions, verbs of complements), ``deep`` all words of
    those phrases, ``how`` the heads that tell by what means (after "with", "by", "in", "using"), ``clause`` all words below the trigger. Lemmas, also two that stand side by side.
    """

    def words(self, place: str) -> AbstractSet[str]:
        """Return the lemmas in a place of `PLACES`."""
        ...


@dataclass(frozen=True, slots=True)
class Test:
    """One condition: some word of ``words`` stands in ``place`` (or, ``negated``, none does)."""

    place: str
    words: frozenset[str]
    negated: bool

    def holds(self, around: Surroundings) -> bool:
        """Say whether the condition holds of these surroundings."""
        return self.words.isdisjoint(around.words(self.place)) == self.negated


@dataclass(frozen=True, slots=True)
class Refinement:
    """What a theme makes of a type: a deeper code, a mode, or both (None: it says nothing of it).

    ``over`` are codes of another root that say no more than the type, in whose place the code may come too.
    """

    theme: str
    when: tuple[tuple[Test, ...], ...]
    cameo: str | None
    mode: str | None
    over: frozenset[str]

    def deepens(self, code: str) -> bool:
        """Say whether its code says more than this one."""
        return self.cameo is not None and (is_deeper(self.cameo, code) or code in self.over)

    def holds(self, around: Surroundings) -> bool:
        """Say whether one line of the theme holds."""
        return any(all(test.holds(around) for test in line) for line in self.when)


def is_deeper(code: str, than: str) -> bool:
    """Say whether a CAMEO code says more than another, and nothing else.

    "1053" is deeper than "105", and than "100" and "10", which name the root only.
    """
    vague = than[:2] if than[2:] in {"", "0"} else than
    return code != than and code.startswith(vague)


def _tests(row: Row, classes: dict[str, frozenset[str]]) -> tuple[Test, ...]:
    found = []
    for part in row["when"].split():
        place, _, words = part.removeprefix("!").partition("=")
        if place not in PLACES or not words:
            problem = f"condition {part!r} must be place=word|word; places: {', '.join(sorted(PLACES))}"
            raise row.fail(problem)
        found.append(Test(place, expand_words(row, words, classes), part.startswith("!")))
    if not found:
        problem = f"theme {row['theme']!r} needs a condition"
        raise row.fail(problem)
    return tuple(found)


def _refinement(
    row: Row, ontology: Ontology, themes: dict[str, tuple[tuple[Test, ...], ...]]
) -> tuple[str, Refinement]:
    event_type, cameo = row["type"], row["cameo"] or None
    own = ontology.cameo.get(cameo or "")
    mode = row["mode"] or (own.mode if own and own.event_type == event_type else None)
    ontology.check(row, event_type, mode, cameo, ())
    if row["theme"] not in themes:
        problem = f"no theme {row['theme']!r} in themes.tsv"
        raise row.fail(problem)
    if cameo is None and mode is None:
        problem = "a line needs a code or a mode"
        raise row.fail(problem)
    for other in row.items("over"):
        ontology.check(row, event_type, None, other, ())
    return event_type, Refinement(
        row["theme"], themes[row["theme"]], cameo, mode, frozenset(row.items("over"))
    )


@functools.cache
def load_codings(folder: Path = DATA / "coding") -> dict[str, tuple[Refinement, ...]]:
    """Read the refinements, by type and in the order in which they are tried.

    Raises:
        KnowledgeError: a line that breaks the format, an unknown theme, class or code.
    """
    ontology = load_ontology()
    classes = read_classes(DATA / "triggers" / "classes.tsv") | read_classes(folder / "classes.tsv")
    themes: dict[str, tuple[tuple[Test, ...], ...]] = defaultdict(tuple)
    for row in read_table(folder / "themes.tsv", THEME_COLUMNS):
        themes[row["theme"]] += (_tests(row, classes),)
    found: dict[str, list[Refinement]] = defaultdict(list)
    for row in read_table(folder / "codes.tsv", CODE_COLUMNS):
        event_type, refinement = _refinement(row, ontology, dict(themes))
        found[event_type].append(refinement)
    return {event_type: tuple(listed) for event_type, listed in found.items()}
