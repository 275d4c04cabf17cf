"""The base of all records: frozen, printable as JSON, described by one JSON Schema.

A field whose JSON name is a Python keyword (``from``) carries it in its metadata under ``key``.
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any, cast


@functools.cache
def json_names(record_type: type) -> tuple[tuple[str, str], ...]:
    """Return (attribute, JSON name) for each public field, in the order they are printed."""
    return tuple(
        (field.name, field.metadata.get("key", field.name))
        for field in dataclasses.fields(record_type)
        if not field.name.startswith("_")
    )


def plain(value: Any) -> Any:
    """Turn records, tuples and mappings into what the json module prints."""
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Record:
    """A frozen record with one JSON shape."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain JSON data, names and order as printed."""
        return {
            name: plain(getattr(self, attribute)) for attribute, name in json_names(cast("type", type(self)))
        }
