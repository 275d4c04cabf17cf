"""Gold records for scoring end to end: a sentence, and who does what to whom in it by the coders' words.

`read_records` knows two kinds of set by their content: ``plover-gsr`` (JSON) and ``plv`` (a table of
marked pairs). Labels and codes that differ from today's are translated by the tables under ``data/``.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.evaluate.markup import find_words, place, plain
from dragoman.evaluate.relations import read_pairs
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.tables import read_table
from dragoman.model.record import Record

type Offsets = tuple[int, int]

DATA = Path(__file__).parent / "data"
GSR, PLV = "plover-gsr", "plv"
# What stands in a record of plover-gsr for "no date".
PLACEHOLDER_DATE = "2000-01-01"
# Marks of the two sides in plover-gsr; some words are both.
SIDES = {"source": ("SRC", "SRC/TAR"), "target": ("TAR", "SRC/TAR")}
TRIGGER = "EVT"
# A sector may have an ethnic group glued to it: CVLalb.
SECTOR_LETTERS = 3


@dataclass(frozen=True, slots=True)
class GoldActor(Record):
    """One party of a gold record: its words, where they stand in the sentence (none: not found), its codes.

    ``country`` and ``sector`` are None where the set gives none.
    """

    words: str
    spans: tuple[Offsets, ...]
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class GoldRecord(Record):
    """A coded sentence. ``types`` are the types of today that are right for ``label``.

    A side without actors is one that the coders left open. ``triggers`` are the words of the event, where
    the set marks them. ``published`` is None where the set has no date.
    """

    id: str
    sentence: str
    label: str
    types: tuple[str, ...]
    sources: tuple[GoldActor, ...]
    targets: tuple[GoldActor, ...]
    triggers: tuple[Offsets, ...] = ()
    published: str | None = None


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A whole set: its kind, ``plover-gsr`` or ``plv``, and its records in order."""

    kind: str
    records: tuple[GoldRecord, ...]


def read_records(path: Path) -> GoldSet:
    """Read a set of either kind; what it is is seen from its first character.

    Raises:
        UsageError: the file cannot be read, or breaks the rules of its kind.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UsageError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8"
        raise UsageError(message) from error
    is_json = text.lstrip()[:1] in {"[", "{"}
    found = GoldSet(GSR, _gsr(path, text)) if is_json else GoldSet(PLV, _plv(path))
    if not found.records:
        message = f"{path}: holds no records"
        raise UsageError(message)
    return found


@functools.cache
def _table(name: str, key: str, value: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    rows = read_table(DATA / name, ("set", key, value, "reason"))
    return {(row["set"], row[key]): row.items(value) for row in rows}


def acceptable(kind: str, label: str) -> tuple[str, ...]:
    """Return the types of today that are right for a label of the set; empty for a label nobody knows."""
    found = _table("older-labels.tsv", "label", "types").get((kind, label))
    return found or ((label,) if label in load_ontology().types else ())


def _country(code: str | None) -> str | None:
    if not code:
        return None
    return _table("older-countries.tsv", "code", "country").get((GSR, code), (code,))[0]


def _plv(path: Path) -> tuple[GoldRecord, ...]:
    return tuple(
        GoldRecord(
            pair.sentence_id, pair.sentence, pair.root, acceptable(PLV, pair.root),
            _marked(pair.sentence, pair.actor), _marked(pair.sentence, pair.recipient),
        )
        for pair in read_pairs(path)
    )  # fmt: skip


def _marked(sentence: str, offsets: Offsets | None) -> tuple[GoldActor, ...]:
    """Return the party at the marked words; the same words elsewhere in the sentence are it too."""
    if offsets is None:
        return ()
    words = sentence[slice(*offsets)].strip()
    return (GoldActor(words, find_words(words, sentence) or (offsets,), None, None),)


def _gsr(path: Path, text: str) -> tuple[GoldRecord, ...]:
    try:
        records = json.loads(text)
    except ValueError as error:
        message = f"{path}: neither JSON nor a table: {error}"
        raise UsageError(message) from error
    if not isinstance(records, list):
        message = f"{path}: expected a list of records"
        raise UsageError(message)
    return tuple(_gsr_record(path, number, record) for number, record in enumerate(records, 1))


def _gsr_record(path: Path, number: int, record: Mapping[str, Any]) -> GoldRecord:
    """Return one record of plover-gsr; a record of another shape is named by its number."""
    try:
        name, label, text = (str(record[key]) for key in ("id", "event", "text"))
        info = record.get("textInfo")
        markup = str(info.get("markup", "")) if isinstance(info, Mapping) else str(info or "")
        sides = {side: record.get(side) or [] for side in SIDES}
        sentence = plain(text)[0]
        marks = place(markup, sentence)
        actors = {side: _parties(sides[side], sentence, marks, SIDES[side]) for side in SIDES}
    except (AttributeError, KeyError, TypeError) as error:
        message = f"{path}: record {number}: expected id, event, text, and parties with actorText"
        raise UsageError(message) from error
    types = acceptable(GSR, label)
    if not types:
        message = f"{path}: record {number}: unknown label {label!r}"
        raise UsageError(message)
    date = str(record.get("date") or "")
    published = None if date in {"", PLACEHOLDER_DATE} else date
    triggers = marks.get(TRIGGER, ())
    return GoldRecord(
        name, sentence, label, types, actors["source"], actors["target"], triggers, published
    )  # fmt: skip


def _parties(
    given: Sequence[Mapping[str, Any]],
    sentence: str,
    marks: Mapping[str, tuple[Offsets, ...]],
    tags: tuple[str, ...],
) -> tuple[GoldActor, ...]:
    """Return the parties of a side: at their words, or else at all that is marked for the side.

    Of several places where the words stand, the marked one is theirs.
    """
    marked = tuple(offsets for tag in tags for offsets in marks.get(tag, ()))
    found = []
    for actor in given:
        words = str(actor["actorText"]).strip()
        everywhere = find_words(words, sentence)
        near = tuple((a, b) for a, b in everywhere if any(a < d and c < b for c, d in marked))
        sector = str(actor.get("sector") or "")[:SECTOR_LETTERS] or None
        found.append(GoldActor(words, near or everywhere or marked, _country(actor.get("code")), sector))
    return tuple(found)
