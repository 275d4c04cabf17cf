"""What the files say, line by line, before it is checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.knowledge.petrarch.source import Line, Problem


@dataclass(frozen=True, slots=True)
class VerbRow:
    """A verb of a block. ``verb`` and ``forms`` mark the verb of several words with ``+`` (``WIRE_+TAP``)."""

    block: str
    verb: str
    forms: tuple[str, ...]
    code: str
    line: Line


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A pattern of a block and its code."""

    block: str
    pattern: str
    code: str
    line: Line


@dataclass(frozen=True, slots=True)
class SynsetRow:
    """A synset: its name without ``&``, its words and phrases, whether regular plurals belong to it."""

    name: str
    members: tuple[str, ...]
    plurals: bool
    line: Line


@dataclass(frozen=True, slots=True)
class DatedCode:
    """An actor's code from one day to another, both included (ISO dates; empty: open)."""

    code: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor: its names, and its codes in the order in which they are tried."""

    names: tuple[str, ...]
    codes: tuple[DatedCode, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class AgentRow:
    """A kind of actor. ``plural``: empty for the regular one, ``-`` for none; ``code`` bears a ``~``."""

    words: str
    plural: str
    code: str
    line: Line


@dataclass(frozen=True, slots=True)
class DiscardRow:
    """Words that make a sentence, or a whole story, no matter to code."""

    words: str
    story: bool
    line: Line


@dataclass(slots=True)
class Found:
    """Everything read so far, in the order of the files."""

    verbs: list[VerbRow] = field(default_factory=list)
    patterns: list[PatternRow] = field(default_factory=list)
    synsets: list[SynsetRow] = field(default_factory=list)
    actors: list[ActorRow] = field(default_factory=list)
    agents: list[AgentRow] = field(default_factory=list)
    discards: list[DiscardRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: Line, why: str) -> None:
        """Keep what is wrong with a line."""
        self.problems.append(Problem(line, why))
