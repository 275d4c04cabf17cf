"""Filters: what a person asks for, as conditions in SQL with their values apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dragoman.errors import UsageError
from dragoman.model.report import FACTUALITIES
from dragoman.store.versions import SUPERSEDED

# A filter that looks like this is the beginning of a code; anything else is part of a name.
CODE = re.compile(r"[A-Z]{3,12}")

QUADS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which events or reports to list; what is None does not matter.

    ``actor``, ``recipient``: the beginning of a code in capitals (``RUS`` takes in ``RUSMIL``) or part
    of a name. ``dyad``: two of them, in either direction. ``event_type``: PLOVER; ``quad``: 1-4.
    ``since``, ``until``: ISO dates, both included; what has no date is left out then. ``country``: of
    the place. ``source``: part of a name of an outlet or of who said it. ``min_sources``: independent
    ones, for events only. ``text``: words that the sentence of a report, or of one report of an event, has all of, in
    any form and order. ``all_versions``: also what was read from texts that another at the same address has replaced.
    """

    actor: str | None = None
    recipient: str | None = None
    dyad: tuple[str, str] | None = None
    event_type: str | None = None
    quad: int | None = None
    since: str | None = None
    until: str | None = None
    country: str | None = None
    source: str | None = None
    factuality: str | None = None
    min_sources: int | None = None
    text: str | None = None
    all_versions: bool = False

    def __post_init__(self) -> None:
        """Check the values, so that a slip does not look like an empty store."""
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not _is_date(value):
                message = f"{name} must be a date like 2023-09-13, not {value!r}"
                raise UsageError(message)
        if self.factuality is not None and self.factuality not in FACTUALITIES:
            message = f"factuality must be one of {', '.join(FACTUALITIES)}, not {self.factuality!r}"
            raise UsageError(message)
        if self.quad is not None and self.quad not in QUADS:
            message = f"quad must be 1, 2, 3 or 4, not {self.quad}"
            raise UsageError(message)


def _is_date(value: str) -> bool:
    """Say whether this is a day of the calendar, as YYYY-MM-DD."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


class Conditions:
    """Collects conditions and their values."""

    def __init__(self) -> None:
        """Start without any."""
        self.parts: list[str] = []
        self.values: dict[str, Any] = {}

    def bind(self, value: object) -> str:
        """Keep a value; return the placeholder that stands for it."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def where(self) -> str:
        """Return the WHERE clause, or nothing."""
        return f"WHERE {' AND '.join(self.parts)}" if self.parts else ""


def conditions(filters: Filters, stems: list[str] | None = None) -> Conditions:
    """Return the filters as SQL conditions over events or reports; ``stems`` are those of ``filters.text``."""
    made = Conditions()
    for field in fields(filters):
        value = getattr(filters, field.name)
        if value is not None and field.name in _MAKERS:
            made.parts.append(_MAKERS[field.name](made, value))
    if stems is not None:
        made.parts.append(_said_in(made, stems))
    if not filters.all_versions:
        made.parts.append(f"document NOT IN {SUPERSEDED}")
    return made


def _said_in(made: Conditions, stems: list[str]) -> str:
    """Match what is said in a sentence with all the words: reports by their id, events by a report's."""
    said = (
        "SELECT {} FROM reports AS said JOIN sentences ON sentences.document = said.document "
        f"AND sentences.number = said.sentence WHERE list_has_all(sentences.stems, {made.bind(stems)})"
    )
    return f"(id IN ({said.format('said.id')}) OR id IN ({said.format('said.event')}))"


def _side(made: Conditions, side: str, wanted: str) -> str:
    """Match a code's beginning, or part of a name, on one side."""
    if CODE.fullmatch(wanted):
        return f"len(list_filter({side}_codes, lambda c: starts_with(c, {made.bind(wanted)}))) > 0"
    return f"len(list_filter({side}_names, lambda n: contains(lower(n), {made.bind(wanted.lower())}))) > 0"


def _either(made: Conditions, side: str, other: str, wanted: str) -> str:
    """Match one side; of a symmetric event, both."""
    return f'({_side(made, side, wanted)} OR ("symmetric" AND {_side(made, other, wanted)}))'


def _dyad(made: Conditions, pair: tuple[str, str]) -> str:
    first, second = pair
    there = f"{_side(made, 'actor', first)} AND {_side(made, 'recipient', second)}"
    back = f"{_side(made, 'actor', second)} AND {_side(made, 'recipient', first)}"
    return f"(({there}) OR ({back}))"


def _equal(column: str) -> Callable[[Conditions, Any], str]:
    return lambda made, value: f"{column} = {made.bind(value)}"


_MAKERS: dict[str, Callable[[Conditions, Any], str]] = {
    "actor": lambda made, value: _either(made, "actor", "recipient", value),
    "recipient": lambda made, value: _either(made, "recipient", "actor", value),
    "dyad": _dyad,
    "event_type": lambda made, value: f"event_type = {made.bind(value.upper())}",
    "quad": _equal("quad"),
    "since": lambda made, value: f"last_day >= {made.bind(value)}::DATE",
    "until": lambda made, value: f"first_day <= {made.bind(value)}::DATE",
    "country": lambda made, value: f"country = {made.bind(value.upper())}",
    "source": lambda made, value: (
        f"len(list_filter(sources, lambda s: contains(lower(s), {made.bind(value.lower())}))) > 0"
    ),
    "factuality": _equal("factuality"),
    "min_sources": lambda made, value: f"independent >= {made.bind(value)}",
}
