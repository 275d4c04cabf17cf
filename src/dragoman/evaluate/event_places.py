"""Where one event happened: items of a text, the event's word and the words of its place, or that none is given.

An item counts where the reader makes a report whose trigger shares the event's word. Its place is right when its
words share those of an annotated place; where nothing is annotated the place must be null.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.model.event import CodedDocument
from dragoman.model.record import Record

EVENT, PLACE = "VERB", "LOCATION"
RIGHT, WRONG, MISSING, TOO_MANY = "right", "wrong", "missing", "not null"


@dataclass(frozen=True, slots=True)
class EventPlace(Record):
    """An item: its text, the characters of the event's words and of its places (none: nothing is given)."""

    text: str
    events: tuple[tuple[int, int], ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PlaceVerdict(Record):
    """What the report on an item's event has for a place: `RIGHT`, `WRONG`, `MISSING` or `TOO_MANY`; its words."""

    item: int
    verdict: str
    wanted: tuple[str, ...]
    got: str | None


@dataclass(frozen=True, slots=True)
class EventPlaceResult(Record):
    """Counts of items: with a report of those annotated with a place (``placed``) and without (``null``), and right."""

    items: int
    placed: int
    placed_right: int
    placed_missing: int
    null: int
    null_right: int
    errors: tuple[PlaceVerdict, ...]


def read_event_places(path: Path) -> tuple[EventPlace, ...]:
    """Read items, one JSON object a line: ``text`` and ``spans`` with ``start``, ``end`` and ``label``.

    Raises:
        UsageError: the file cannot be read, or a line is no item; it is named.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read ({error})"
        raise UsageError(message) from error
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(_item(json.loads(line)))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            message = f"{path}:{number}: no item with text and spans ({error})"
            raise UsageError(message) from error
    if not found:
        message = f"{path}: holds no items"
        raise UsageError(message)
    return tuple(found)


def _item(item: dict[str, Any]) -> EventPlace:
    spans: dict[str, list[tuple[int, int]]] = {EVENT: [], PLACE: []}
    text = item["text"]
    if not isinstance(text, str):
        message = "text is no text"
        raise TypeError(message)
    for span in item["spans"]:
        spans[span["label"]].append(_characters(text, span))
    return EventPlace(text, tuple(spans[EVENT]), tuple(spans[PLACE]))


def _characters(text: str, span: dict[str, Any]) -> tuple[int, int]:
    """Return the characters of a span; some count words in ``start`` and have their words in ``text``.

    Of several places where those stand it is the one nearest to the word of that number.
    """
    start, end, words = int(span["start"]), int(span["end"]), span.get("text")
    if not words or text[start:end] == words:
        return start, end
    guess = len(" ".join(text.split(" ")[:start]))
    found = [place for place in range(len(text)) if text.startswith(words, place)]
    if not found:
        return start, end
    nearest = min(found, key=lambda place: abs(place - guess))
    return nearest, nearest + len(words)


def judge(number: int, item: EventPlace, coded: CodedDocument) -> PlaceVerdict | None:
    """Return the verdict on an item; None where no report is made of its event."""
    reports = [one for one in coded.reports if _touches((one.start, one.end), item.events)]
    if not reports:
        return None
    wanted = tuple(item.text[start:end] for start, end in item.places)
    places = [one.place for one in reports if one.place is not None]
    if not item.places:
        return PlaceVerdict(number, TOO_MANY if places else RIGHT, (), places[0].text if places else None)
    if not places:
        return PlaceVerdict(number, MISSING, wanted, None)
    right = next((place for place in places if _touches((place.start, place.end), item.places)), None)
    shown = right or places[0]
    return PlaceVerdict(number, WRONG if right is None else RIGHT, wanted, shown.text)


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def totals(items: Sequence[EventPlace], verdicts: Sequence[PlaceVerdict]) -> EventPlaceResult:
    """Return the figures over all verdicts."""
    placed = [one for one in verdicts if one.wanted]
    null = [one for one in verdicts if not one.wanted]
    return EventPlaceResult(
        items=len(items), placed=len(placed), placed_right=_count(placed, RIGHT),
        placed_missing=_count(placed, MISSING), null=len(null), null_right=_count(null, RIGHT),
        errors=tuple(one for one in verdicts if one.verdict != RIGHT),
    )  # fmt: skip


def _count(verdicts: Iterable[PlaceVerdict], verdict: str) -> int:
    return sum(one.verdict == verdict for one in verdicts)


def error_texts(
    items: Sequence[EventPlace], verdicts: Iterable[PlaceVerdict]
) -> Iterator[tuple[PlaceVerdict, str]]:
    """Yield each error with its text, the event's words in square brackets."""
    for one in verdicts:
        text = items[one.item].text
        for start, end in sorted(items[one.item].events, reverse=True):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        yield one, text
