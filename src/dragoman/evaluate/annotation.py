"""Annotated pages: the format of ``examples/pages/*.gold.json``, explained in ``docs/reference/annotation.md``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import SkipError
from dragoman.model.report import FACTUALITIES
from dragoman.model.span import Span


@dataclass(frozen=True, slots=True)
class GoldActor:
    """An actor of a gold item: its words and code (None: the code is not scored)."""

    text: str
    code: str | None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One annotated report; alternatives are lists, and what is None is not scored."""

    id: str
    sentence: Span
    trigger: Span
    event_types: tuple[str, ...]
    actors: tuple[GoldActor, ...]
    recipients: tuple[GoldActor, ...]
    factuality: tuple[str, ...]
    attribution: tuple[GoldActor, ...] | None
    same_event: str | None
    required: bool
    symmetric: bool
    mode: str | None
    date: Mapping[str, str] | None
    place: Mapping[str, Any] | None
    quantity: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Page:
    """An annotated page: the text, its date, its gold reports, notes, and what must never be read."""

    path: Path
    text: str
    published: str | None
    reports: tuple[GoldReport, ...]
    notes: tuple[Mapping[str, Any], ...]
    never: tuple[Mapping[str, Any], ...]


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
                message = f"{path}: no *.gold.json in this folder"
                raise SkipError(message)
            found += inside
        elif path.exists():
            found.append(path)
        else:
            message = f"{path}: no such file"
            raise SkipError(message)
    return found


def read_page(path: Path) -> Page:
    """Read an annotation and the text beside it, and check every offset.

    Raises:
        SkipError: names the file and the key that is wrong.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / gold["document"]).read_text(encoding="utf-8")
        reports = tuple(_report(item, text) for item in gold["reports"])
    except OSError as error:
        message = f"{path}: cannot read {error.filename}: {error.strerror}"
        raise SkipError(message) from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        message = f"{path}: not an annotation as docs/reference/annotation.md describes: {error!r}"
        raise SkipError(message) from error
    return Page(path, text, gold.get("published"), reports, tuple(gold.get("notes", ())), tuple(gold.get("never", ())))


def _span(item: Mapping[str, Any], text: str) -> Span:
    start, end, words = item["start"], item["end"], item["text"]
    if text[start:end] != words:
        message = f"text[{start}:{end}] is {text[start:end]!r}, not {words!r}"
        raise ValueError(message)
    return Span(start, end, words)


def _actors(items: Sequence[Mapping[str, Any]]) -> tuple[GoldActor, ...]:
    return tuple(GoldActor(item["text"], item.get("code")) for item in items)


def _report(item: Mapping[str, Any], text: str) -> GoldReport:
    factuality = tuple(item["factuality"])
    if unknown := set(factuality) - set(FACTUALITIES):
        message = f"{item['id']}: unknown factuality {', '.join(sorted(unknown))}"
        raise ValueError(message)
    attribution = item.get("attribution")
    return GoldReport(
        id=item["id"], sentence=_span(item["sentence"], text), trigger=_span(item["trigger"], text),
        event_types=tuple(item["event_types"]), actors=_actors(item["actors"]), recipients=_actors(item["recipients"]),
        factuality=factuality, attribution=None if attribution is None else _actors(attribution),
        same_event=item.get("same_event"), required=item["required"], symmetric=item.get("symmetric", False),
        mode=item.get("mode"), date=item.get("date"), place=item.get("place"), quantity=item.get("quantity"),
    )  # fmt: skip
