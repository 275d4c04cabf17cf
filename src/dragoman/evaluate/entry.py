"""One object of an annotation file, read key by key; whatever is wrong is told with its key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from dragoman.errors import SkipError
from dragoman.model.span import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A JSON object and where it stands: ``where`` is the path of keys to it, such as ``reports[2].trigger``."""

    data: Mapping[str, Any]
    where: str = ""

    def refuse(self, key: str, problem: str) -> NoReturn:
        """Give up on the annotation.

        Raises:
            SkipError: always; it names the key and what is wrong with it.
        """
        message = f"{self._at(key)}: {problem}"
        raise SkipError(message)

    def has(self, key: str) -> bool:
        """Say whether the key is there and not null."""
        return self.data.get(key) is not None

    def text(self, key: str, known: Collection[str] = ()) -> str:
        """Return a text that must be there; where ``known`` is given it must be one of these.

        Raises:
            SkipError: it is missing, no text, or not known.
        """
        value = self._need(key)
        if not isinstance(value, str) or not value:
            self.refuse(key, f"must be a text, not {value!r}")
        if known and value not in known:
            self.refuse(key, f"unknown {value!r}; known: {', '.join(known)}")
        return value

    def text_or_none(self, key: str, known: Collection[str] = ()) -> str | None:
        """Return a text, or None where the key is missing or null.

        Raises:
            SkipError: it is no text, or not known.
        """
        return self.text(key, known) if self.has(key) else None

    def texts(self, key: str, known: Collection[str] = ()) -> tuple[str, ...]:
        """Return a list of texts, which must be there and not be empty.

        Raises:
            SkipError: it is missing, empty, no list of texts, or one is not known.
        """
        values = self._need(key)
        if not isinstance(values, list) or not values or not all(isinstance(v, str) for v in values):
            self.refuse(key, f"must be a list of texts, not {values!r}")
        for value in values:
            if known and value not in known:
                self.refuse(key, f"unknown {value!r}; known: {', '.join(known)}")
        return tuple(values)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false; ``default`` where the key is missing.

        Raises:
            SkipError: it is anything else.
        """
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.refuse(key, f"must be true or false, not {value!r}")
        return value

    def number(self, key: str) -> float:
        """Return a number, which must be there.

        Raises:
            SkipError: it is missing or no number.
        """
        value = self._need(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, f"must be a number, not {value!r}")
        return float(value)

    def number_or_none(self, key: str) -> float | None:
        """Return a number, or None where the key is missing or null.

        Raises:
            SkipError: it is anything else.
        """
        return self.number(key) if self.has(key) else None

    def day(self, key: str) -> str:
        """Return an ISO date, which must be there.

        Raises:
            SkipError: it is missing or no date.
        """
        value = self.text(key)
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError:
            self.refuse(key, f"must be a date like 2023-09-13, not {value!r}")

    def entry(self, key: str) -> Entry:
        """Return an object, which must be there.

        Raises:
            SkipError: it is missing or no object.
        """
        value = self._need(key)
        if not isinstance(value, Mapping):
            self.refuse(key, f"must be an object, not {value!r}")
        return Entry(value, self._at(key))

    def entry_or_none(self, key: str) -> Entry | None:
        """Return an object, or None where the key is missing or null.

        Raises:
            SkipError: it is anything else.
        """
        return self.entry(key) if self.has(key) else None

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return a list of objects, which must be there and may be empty.

        Raises:
            SkipError: it is missing, or not a list of objects.
        """
        values = self._need(key)
        if not isinstance(values, list) or not all(isinstance(value, Mapping) for value in values):
            self.refuse(key, "must be a list of objects")
        return tuple(Entry(value, f"{self._at(key)}[{n}]") for n, value in enumerate(values))

    def entries_or_none(self, key: str) -> tuple[Entry, ...]:
        """Return a list of objects; an empty one where the key is missing or null.

        Raises:
            SkipError: it is not a list of objects.
        """
        return self.entries(key) if self.has(key) else ()

    def span(self, text: str) -> Span:
        """Return this object as words of the text: its ``start``, ``end`` and ``text`` must agree.

        Raises:
            SkipError: they do not, or one is missing.
        """
        words = self.text("text")
        start, end = int(self.number("start")), int(self.number("end"))
        if text[start:end] != words or start < 0:
            found = text[start:end] if start >= 0 else ""
            self.refuse("start", f"the page has {found!r} at {start} to {end}, not {words!r}")
        return Span(start, end, words)

    def _need(self, key: str) -> Any:  # noqa: ANN401 - what JSON holds
        if key not in self.data or self.data[key] is None:
            self.refuse(key, "is missing")
        return self.data[key]

    def _at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key
