"""Importing: PETRARCH files in, a folder of checked tables out, and an account of what could not be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.petrarch.actors import read_actors
from dragoman.knowledge.petrarch.agents import read_agents, read_discards
from dragoman.knowledge.petrarch.folder import write_folder
from dragoman.knowledge.petrarch.rows import Found
from dragoman.knowledge.petrarch.source import read_lines
from dragoman.knowledge.petrarch.verbs import VerbReader


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryFiles:
    """Which files to import, by what they hold; each may be several, or none."""

    verbs: Sequence[Path] = ()
    actors: Sequence[Path] = ()
    agents: Sequence[Path] = ()
    discards: Sequence[Path] = ()

    @property
    def all(self) -> tuple[Path, ...]:
        """All files, in order."""
        return (*self.verbs, *self.actors, *self.agents, *self.discards)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How much was imported, and ``file:line: what is wrong`` for each line that was not, or not in full."""

    verbs: int
    patterns: int
    synsets: int
    actors: int
    names: int
    agents: int
    discards: int
    problems: tuple[str, ...]


def read_files(files: DictionaryFiles) -> Found:
    """Read all files.

    Raises:
        UsageError: one cannot be read.
    """
    found = Found()
    verbs = VerbReader(found)
    for path in files.verbs:
        verbs.read(read_lines(path))
    verbs.finish()
    for path in files.actors:
        read_actors(read_lines(path), found)
    for path in files.agents:
        read_agents(read_lines(path), found)
    for path in files.discards:
        read_discards(read_lines(path), found)
    return found


def import_dictionaries(files: DictionaryFiles, folder: Path, *, cameo: bool = True) -> ImportResult:
    """Read PETRARCH files and write them as tables into ``folder``, which must be new or empty.

    ``cameo`` says whether the event codes are CAMEO's, so that their PLOVER types are known.

    Raises:
        UsageError: a file cannot be read, or the folder not be written.
    """
    found = read_files(files)
    write_folder(found, folder, files.all, cameo=cameo)
    problems = sorted(found.problems, key=lambda problem: (problem.line.file, problem.line.number))
    return ImportResult(
        verbs=len(found.verbs),
        patterns=len(found.patterns),
        synsets=len(found.synsets),
        actors=len(found.actors),
        names=sum(len(row.names) for row in found.actors),
        agents=len(found.agents),
        discards=len(found.discards),
        problems=tuple(map(str, problems)),
    )
