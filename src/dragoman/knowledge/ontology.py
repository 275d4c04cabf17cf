"""The ontology: PLOVER's types, modes and contexts, CAMEO's codes, and how they correspond.

Everything is read from the tables under ``data/ontology/``; the README.md there says where they
differ from their sources.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.knowledge.tables import DATA, Row, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TYPE_COLUMNS = ("name", "quad", "score", "cameo", "description")
MODE_COLUMNS = ("type", "mode", "score", "description")
CONTEXT_COLUMNS = ("name", "description")
CAMEO_COLUMNS = ("code", "quad", "goldstein", "types", "mode", "contexts", "description")
QUADS = frozenset("1234")
# Scores of PLOVER and of Goldstein run from -10 to 10; anything outside is a slip of the pen.
HIGHEST_SCORE = 10.0


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type. ``quad`` is PLOVER's class 1-4, ``score`` −10…10, ``cameo`` the code used by default."""

    name: str
    quad: int
    score: float
    cameo: str
    description: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A PLOVER mode of a type; ``score`` −10…10, None where PLOVER gives none."""

    event_type: str
    name: str
    score: float | None
    description: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code. ``quad`` is GDELT's class 1-4, ``goldstein`` −10…10.

    ``event_types`` are the PLOVER types it may stand for, the usual one first (empty: any);
    ``event_type`` is that first one, to which ``mode`` belongs.
    """

    code: str
    description: str
    quad: int
    goldstein: float
    event_types: tuple[str, ...]
    mode: str | None
    contexts: tuple[str, ...]

    @property
    def event_type(self) -> str | None:
        """The PLOVER type this code usually stands for; None when it is left open."""
        return self.event_types[0] if self.event_types else None


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types, modes (by type and name), contexts (name to description) and CAMEO codes."""

    types: dict[str, EventType]
    modes: dict[tuple[str, str], Mode]
    contexts: dict[str, str]
    cameo: dict[str, CameoCode]

    def default_cameo(self, event_type: str) -> str:
        """Return the CAMEO root used for a type when the words settle no code.

        Raises:
            KeyError: no such type.
        """
        return self.types[event_type].cameo

    def intensity(self, event_type: str, mode: str | None) -> float:
        """Return the PLOVER score, −10…10: the mode's where it has one, else the type's.

        Raises:
            KeyError: no such type, or no such mode of it.
        """
        score = self.modes[event_type, mode].score if mode else None
        return self.types[event_type].score if score is None else score

    def check(
        self, row: Row, event_type: str, mode: str | None, cameo: str | None, contexts: Sequence[str]
    ) -> None:
        """Refuse codes that do not exist or do not go together.

        Raises:
            KnowledgeError: names the file and line of ``row`` and the code.
        """
        if event_type not in self.types:
            problem = f"unknown type {event_type!r}; known: {', '.join(self.types)}"
            raise row.fail(problem)
        if mode is not None and (event_type, mode) not in self.modes:
            known = ", ".join(name for of, name in self.modes if of == event_type) or "none"
            problem = f"{event_type} has no mode {mode!r}; its modes: {known}"
            raise row.fail(problem)
        if cameo is not None:
            self._check_cameo(row, event_type, cameo)
        if unknown := [name for name in contexts if name not in self.contexts]:
            problem = f"unknown contexts: {', '.join(unknown)}"
            raise row.fail(problem)

    def _check_cameo(self, row: Row, event_type: str, cameo: str) -> None:
        if cameo not in self.cameo:
            problem = f"unknown CAMEO code {cameo!r}"
            raise row.fail(problem)
        allowed = self.cameo[cameo].event_types
        if allowed and event_type not in allowed:
            problem = f"CAMEO code {cameo} stands for {' or '.join(allowed)}, not {event_type}"
            raise row.fail(problem)


@functools.cache
def load_ontology(folder: Path = DATA / "ontology") -> Ontology:
    """Read the ontology's tables.

    Raises:
        KnowledgeError: a line that breaks the format, names an unknown code, or repeats one.
    """
    types = _unique(folder / "plover-types.tsv", TYPE_COLUMNS, _name, _event_type)
    modes = _unique(folder / "plover-modes.tsv", MODE_COLUMNS, lambda row: (row["type"], row["mode"]), _mode)
    contexts = _unique(folder / "plover-contexts.tsv", CONTEXT_COLUMNS, _name, lambda row: row["description"])
    cameo = _unique(folder / "cameo.tsv", CAMEO_COLUMNS, lambda row: row["code"], _cameo)
    ontology = Ontology(types, modes, contexts, cameo)
    for row in read_table(folder / "plover-types.tsv", TYPE_COLUMNS):
        ontology.check(row, row["name"], None, row["cameo"], ())
    for row in read_table(folder / "plover-modes.tsv", MODE_COLUMNS):
        ontology.check(row, row["type"], row["mode"], None, ())
    for row in read_table(folder / "cameo.tsv", CAMEO_COLUMNS):
        for event_type in row.items("types"):
            mode = row["mode"] if event_type == cameo[row["code"]].event_type else None
            ontology.check(row, event_type, mode or None, None, row.items("contexts"))
    return ontology


def _name(row: Row) -> str:
    return row["name"]


def _unique[K, V](
    path: Path, columns: Sequence[str], key: Callable[[Row], K], value: Callable[[Row], V]
) -> dict[K, V]:
    """Read a table into a dictionary; a key that comes twice is refused."""
    found: dict[K, V] = {}
    for row in read_table(path, columns):
        name = key(row)
        if name in found:
            problem = f"a second line for {name if isinstance(name, str) else row['mode']}"
            raise row.fail(problem)
        found[name] = value(row)
    return found


def _event_type(row: Row) -> EventType:
    return EventType(row["name"], _quad(row), _score(row, "score"), row["cameo"], row["description"])


def _mode(row: Row) -> Mode:
    score = _score(row, "score") if row["score"] else None
    return Mode(row["type"], row["mode"], score, row["description"])


def _cameo(row: Row) -> CameoCode:
    mode, event_types = row["mode"] or None, row.items("types")
    if mode and not event_types:
        problem = f"a mode ({mode}) without a type"
        raise row.fail(problem)
    score = _score(row, "goldstein")
    return CameoCode(
        row["code"], row["description"], _quad(row), score, event_types, mode, row.items("contexts")
    )


def _quad(row: Row) -> int:
    if row["quad"] not in QUADS:
        problem = f"quad must be 1, 2, 3 or 4, not {row['quad']!r}"
        raise row.fail(problem)
    return int(row["quad"])


def _score(row: Row, column: str) -> float:
    try:
        score = float(row[column])
    except ValueError:
        score = float("nan")
    if not -HIGHEST_SCORE <= score <= HIGHEST_SCORE:
        problem = f"{column} must be a number from -10 to 10, not {row[column]!r}"
        raise row.fail(problem)
    return score
