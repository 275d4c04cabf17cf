"""Reader of PETRARCH validation records: sentences with the events that the other coder is to find in them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.knowledge.petrarch.importing import DictionaryFiles
from dragoman.model.record import Record

# Which list of dictionaries each entry of the environment names.
ENVIRONMENT = {"Verbfile": "verbs", "Actorfile": "actors", "Agentfile": "agents", "Discardfile": "discards"}
DAY = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
# Documents that define entities of their own can be made to grow without end.
DEFINITIONS = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# What such files have that strict XML has not: hyphens within comments, ampersands as they are.
COMMENT = re.compile(r"<!\s*--.*?-->", re.DOTALL)
BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
TRUE = "true"
# Whether an event needs both sides; PETRARCH's own default, until a record says otherwise.
REQUIRE_DYAD = "require_dyad"
DISCARDS = frozenset({"sentencediscard", "storydiscard"})


class Expected(StrEnum):
    """What a gold coding says: an event, that there is none, that the text is discarded, a fault of its own input."""

    EVENT = "event"
    NO_EVENT = "no event"
    DISCARD = "discarded"
    INPUT_FAULT = "fault of input"


@dataclass(frozen=True, slots=True)
class Coding(Record):
    """One event as codes: who, to whom, what. ``---`` is an actor that nobody names."""

    source: str
    target: str
    event: str

    @property
    def root(self) -> tuple[str, str, str]:
        """Source, target, and the root of the event's code: its first two characters."""
        return self.source, self.target, self.event[:2]


@dataclass(frozen=True, slots=True)
class GoldCoding(Record):
    """One ``EventCoding``: what it expects, and the event where it is one."""

    expected: Expected
    coding: Coding | None


@dataclass(frozen=True, slots=True)
class GoldSentence(Record):
    """One record. ``published`` is an ISO date; ``dyads_only``: events with one side unnamed do not count."""

    id: str
    category: str
    published: str | None
    text: str
    dyads_only: bool
    codings: tuple[GoldCoding, ...]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A file of records and the dictionaries that it names, which lie beside it."""

    path: Path
    files: DictionaryFiles
    sentences: tuple[GoldSentence, ...]


def read_gold(path: Path) -> GoldSet:
    """Read a file of records, or the only one in a folder.

    Raises:
        UsageError: no such file, or not such XML.
    """
    path = _records_in(path)
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UsageError(message) from error
    text = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    text = BARE_AMPERSAND.sub("&amp;", text)
    if DEFINITIONS.search(text):
        message = f"{path}: defines entities of its own, which are not read"
        raise UsageError(message)
    try:
        root = ET.fromstring(text)  # noqa: S314 - what could expand is refused above
    except ET.ParseError as error:
        message = f"{path}:{error.position[0]}: not well-formed XML"
        raise UsageError(message) from error
    sentences = tuple(_sentences(root))
    if not sentences:
        message = f"{path}: has no <Sentence>"
        raise UsageError(message)
    return GoldSet(path, _files(root, path), sentences)


def _records_in(path: Path) -> Path:
    if not path.is_dir():
        return path
    found = sorted(path.glob("*.xml"))
    if len(found) != 1:
        message = f"{path}: holds {len(found)} .xml files; name the one with the records"
        raise UsageError(message)
    return found[0]


def _files(root: ET.Element, path: Path) -> DictionaryFiles:
    """Return the dictionaries of the environment; several names in one entry are separated by commas."""
    named: dict[str, list[Path]] = {kind: [] for kind in ENVIRONMENT.values()}
    for tag, kind in ENVIRONMENT.items():
        for element in root.iter(tag):
            names = (element.text or "").split(",")
            named[kind] += [path.parent / Path(name.strip()).name for name in names if name.strip()]
    return DictionaryFiles(**named)


def _sentences(root: ET.Element) -> Iterator[GoldSentence]:
    options: dict[str, str] = {}
    for element in root.iter():
        if element.tag == "Config":
            options[element.get("option", "")] = element.get("value", "")
        elif element.tag == "Sentence":
            yield _sentence(element, options)


def _sentence(element: ET.Element, options: Mapping[str, str]) -> GoldSentence:
    day = DAY.match(element.get("date", "").strip())
    return GoldSentence(
        id=element.get("id", ""),
        category=element.get("category", ""),
        published="-".join(day.groups()) if day else None,
        text=" ".join((element.findtext("Text") or "").split()),
        dyads_only=options.get(REQUIRE_DYAD, TRUE).lower() == TRUE,
        codings=tuple(_gold(coding) for coding in element.iter("EventCoding")),
    )


def _gold(element: ET.Element) -> GoldCoding:
    if error := element.get("error"):
        return GoldCoding(Expected.DISCARD if error in DISCARDS else Expected.INPUT_FAULT, None)
    if element.get("noevents", "").lower() == TRUE:
        return GoldCoding(Expected.NO_EVENT, None)
    source, target, event = (element.get(f"{name}code", "").strip() for name in ("source", "target", "event"))
    return GoldCoding(Expected.EVENT, Coding(source, target, event))
