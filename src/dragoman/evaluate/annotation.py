"""Annotated pages: ``NAME.gold.json`` beside ``NAME.txt``, as ``docs/reference/annotation.md`` explains."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import SkipError
from dragoman.evaluate.entry import Entry
from dragoman.knowledge.ontology import load_ontology
from dragoman.model.event import CONFLICT_FIELDS
from dragoman.model.report import FACTUALITIES
from dragoman.model.span import NOTE_KINDS, Bounds, Span

CONTRADICTION = "contradiction"
# Kilometres from the annotated point, where the annotation sets no other distance: about a city and its edges.
WITHIN_KM = 60.0


@dataclass(frozen=True, slots=True)
class GoldActor:
    """An actor or source: its words, and the codes that are right, the best first (none: not scored)."""

    text: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place: its words, country, and how far from a point (latitude, longitude) it may be put."""

    text: str
    country: str | None
    near: tuple[float, float] | None
    within_km: float


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """How many: ``high`` is None when the words give only a lower bound."""

    text: str
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One annotated report; alternatives are tuples, and what is None is not scored."""

    id: str
    sentence: Span
    trigger: Span
    event_types: tuple[str, ...]
    actors: tuple[GoldActor, ...]
    recipients: tuple[GoldActor, ...]
    factuality: tuple[str, ...]
    attribution: tuple[GoldActor, ...] | None
    required: bool
    symmetric: bool = False
    same_event: str | None = None
    mode: str | None = None
    date: tuple[str, str] | None = None
    place: GoldPlace | None = None
    quantity: GoldQuantity | None = None


@dataclass(frozen=True, slots=True)
class GoldNote:
    """Something to be noticed: words of a kind, or values of a field of one event that contradict each other."""

    kind: str
    span: Span | None = None
    field: str | None = None
    same_event: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeverRule:
    """What must not be read: any report ``inside`` words, or reports for which all that is given holds.

    ``actor`` and ``recipient`` are beginnings of codes.
    """

    why: str
    inside: Bounds | None = None
    event_types: tuple[str, ...] = ()
    actor: str | None = None
    recipient: str | None = None
    factuality: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """An annotated page: its text and date, and all that its annotation says."""

    path: Path
    text: str
    published: str | None
    reports: tuple[GoldReport, ...]
    people: tuple[GoldActor, ...] = ()
    notes: tuple[GoldNote, ...] = ()
    never: tuple[NeverRule, ...] = ()


def find_pages(paths: Iterable[Path]) -> list[Path]:
    """Return the annotation files named, and those inside folders named, in order.

    Raises:
        SkipError: a path does not exist, or a folder holds no ``*.gold.json``.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.glob("*.gold.json"))
            if not inside:
                message = "no *.gold.json in this folder"
                raise SkipError(message)
            found += inside
        elif path.exists():
            found.append(path)
        else:
            message = "no such file or folder"
            raise SkipError(message)
    return list(dict.fromkeys(found))


def read_page(path: Path) -> Page:
    """Read an annotation and the text beside it, and check every key and offset.

    Raises:
        SkipError: names the key, or the text file, and what is wrong with it.
    """
    gold = Entry(_json(path))
    text = _words(path.parent / gold.text("document"))
    reports = tuple(_report(item, text) for item in gold.entries("reports"))
    _refuse_twins(gold, reports)
    return Page(
        path=path, text=text, published=gold.text_or_none("published"), reports=reports,
        people=tuple(_actor(item) for item in gold.entries_or_none("people")),
        notes=tuple(_note(item, text, reports) for item in gold.entries_or_none("notes")),
        never=tuple(_never(item, text) for item in gold.entries_or_none("never")),
    )  # fmt: skip


def _words(path: Path) -> str:
    """Return a file as text, line ends as they are: offsets are counted in them."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        message = f"{path.name} cannot be read: {(error.strerror or 'unknown fault').lower()}"
        raise SkipError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path.name} is no UTF-8 text (byte {error.start})"
        raise SkipError(message) from error


def _json(path: Path) -> dict[str, object]:
    try:
        gold = json.loads(_words(path))
    except ValueError as error:
        message = f"is no JSON: {error}"
        raise SkipError(message) from error
    if not isinstance(gold, dict):
        message = "must hold one JSON object"
        raise SkipError(message)
    return gold


def _refuse_twins(gold: Entry, reports: Iterable[GoldReport]) -> None:
    seen: set[str] = set()
    for report in reports:
        if report.id in seen:
            gold.refuse("reports", f"the id {report.id!r} is given twice")
        seen.add(report.id)


def _actor(item: Entry) -> GoldActor:
    code = item.text_or_none("code")
    accept = item.texts("accept") if item.has("accept") else ()
    return GoldActor(item.text("text"), tuple(dict.fromkeys((*((code,) if code else ()), *accept))))


def _side(item: Entry, side: str, text: str) -> tuple[GoldActor, ...]:
    """Return the actors of one side; their words must stand where the annotation says."""
    actors = item.entries(side)
    for actor in actors:
        actor.span(text)
    return tuple(_actor(actor) for actor in actors)


def _report(item: Entry, text: str) -> GoldReport:
    ontology = load_ontology()
    event_types = item.texts("event_types", ontology.types)
    modes = tuple(name for of, name in ontology.modes if of in event_types)
    sentence, trigger = item.entry("sentence").span(text), item.entry("trigger").span(text)
    if not sentence.start <= trigger.start < trigger.end <= sentence.end:
        item.refuse("trigger", "must stand inside the sentence")
    date, place, quantity = (item.entry_or_none(key) for key in ("date", "place", "quantity"))
    return GoldReport(
        id=item.text("id"), sentence=sentence, trigger=trigger, event_types=event_types,
        actors=_side(item, "actors", text), recipients=_side(item, "recipients", text),
        factuality=item.texts("factuality", FACTUALITIES),
        attribution=tuple(_actor(one) for one in item.entries("attribution")) if item.has("attribution") else None,
        required=item.flag("required", default=False), symmetric=item.flag("symmetric", default=False),
        same_event=item.text_or_none("same_event"), mode=item.text_or_none("mode", modes),
        date=(date.day("from"), date.day("to")) if date else None,
        place=_place(place) if place else None,
        quantity=GoldQuantity(quantity.text("text"), quantity.number("low"), quantity.number_or_none("high"))
        if quantity
        else None,
    )  # fmt: skip


def _place(item: Entry) -> GoldPlace:
    near = item.data.get("near")
    if near is not None and not (
        isinstance(near, list)
        and len(near) == len(("lat", "lon"))
        and all(isinstance(x, int | float) for x in near)
    ):
        item.refuse("near", f"must be latitude and longitude in degrees, not {near!r}")
    within_km = item.number("within_km") if item.has("within_km") else WITHIN_KM
    point = (float(near[0]), float(near[1])) if near else None
    return GoldPlace(item.text("text"), item.text_or_none("country"), point, within_km)


def _note(item: Entry, text: str, reports: Iterable[GoldReport]) -> GoldNote:
    kind = item.text("kind", (*NOTE_KINDS, CONTRADICTION))
    if kind != CONTRADICTION:
        return GoldNote(kind, span=item.span(text))
    groups = sorted({report.same_event for report in reports if report.same_event})
    values = item.entries("values")
    key = "from" if item.text("field", CONFLICT_FIELDS) == "date" else "value"
    return GoldNote(
        kind, field=item.text("field"), same_event=item.text("same_event", groups),
        values=tuple(
            f"{value.number(key):g}" if isinstance(value.data.get(key), int | float) else value.text(key)
            for value in values
        ),
    )  # fmt: skip


def _never(item: Entry, text: str) -> NeverRule:
    inside = item.entry_or_none("inside")
    if inside:
        return NeverRule(item.text("why"), inside=inside.span(text))
    return NeverRule(
        item.text("why"), event_types=item.texts("event_types", load_ontology().types),
        actor=item.text_or_none("actor"), recipient=item.text_or_none("recipient"),
        factuality=item.text_or_none("factuality", FACTUALITIES),
    )  # fmt: skip
