"""Community dictionaries, ready for matching: what they say of actors, kinds of actors, verbs, and codes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.petrarch.folder import NULL_CODES
from dragoman.knowledge.petrarch.pattern import Pattern
from dragoman.knowledge.petrarch.phrases import Phrase
from dragoman.knowledge.petrarch.rows import DatedCode


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor of the dictionary: its first name, and its codes in the order in which they are tried."""

    name: str
    codes: tuple[DatedCode, ...]

    def codes_on(self, day: str | None) -> tuple[str, ...]:
        """Return the codes on an ISO date: several for a name of several actors, none for a null code.

        A code with dates goes before one without. Without a date only the latter holds.
        """
        always = ""
        for dated in self.codes:
            if not dated.since and not dated.until:
                always = always or dated.code
            elif day and (dated.since or day) <= day <= (dated.until or day):
                return _parts(dated.code)
        return _parts(always)


def _parts(code: str) -> tuple[str, ...]:
    return tuple(part for part in code.split("/") if part and part not in NULL_CODES)


@dataclass(frozen=True, slots=True)
class AgentEntry:
    """A kind of actor: what is put before and after the actor's code."""

    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A pattern, or a verb alone (``pattern`` is None), with its code and that of the opposite direction."""

    id: str
    pattern: Pattern | None
    code: str
    reverse: str


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One form of a verb: its words, which of them is the verb, and all that verb may tell of, in order of trial."""

    words: tuple[str, ...]
    marked: int
    coded: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class EventCode:
    """What an event code stands for in CAMEO and in PLOVER; None where nobody has said."""

    code: str
    cameo: str | None
    event_type: str | None
    mode: str | None


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All tables of a folder. Phrases are found by their first word, forms by the word of the verb."""

    folder: Path
    forms: dict[str, tuple[VerbForm, ...]]
    lemmas: dict[str, tuple[Coded, ...]]
    synsets: dict[str, tuple[tuple[str, ...], ...]]
    actors: dict[str, tuple[tuple[Phrase, ActorEntry], ...]]
    agents: dict[str, tuple[tuple[Phrase, AgentEntry], ...]]
    discards: dict[str, tuple[tuple[Phrase, bool], ...]]
    codes: dict[str, EventCode]
