"""The JSON Schema of the records, made from their type hints; so the two cannot drift apart."""

from __future__ import annotations

import types
import typing
from typing import Any

from dragoman.model.event import CONFLICT_FIELDS, CodedDocument, Conflict
from dragoman.model.place import PLACE_PRECISIONS, PlaceSpan
from dragoman.model.record import Record, json_names
from dragoman.model.report import FACTUALITIES, Report
from dragoman.model.span import NOTE_KINDS, Note
from dragoman.model.speech import SOURCE_KINDS, Source
from dragoman.model.when import PRECISIONS, TimeSpan

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}

# Text fields that hold one of a closed list of words; records that inherit the field inherit the list.
CLOSED: tuple[tuple[type[Record], str, tuple[str, ...]], ...] = (
    (Conflict, "field", CONFLICT_FIELDS),
    (Note, "kind", NOTE_KINDS),
    (PlaceSpan, "precision", PLACE_PRECISIONS),
    (Report, "factuality", FACTUALITIES),
    (Source, "kind", SOURCE_KINDS),
    (TimeSpan, "precision", PRECISIONS),
)


def json_schema(record_type: type[Record] = CodedDocument) -> dict[str, Any]:
    """Return the JSON Schema (Draft 2020-12) that every printed record of the type conforms to.

    Every field is required and no other is allowed; a field that may be null says so.
    """
    definitions: dict[str, Any] = {}
    _define(record_type, definitions)
    return {
        "$schema": DIALECT,
        "title": record_type.__name__,
        **_reference(record_type),
        "$defs": definitions,
    }


def _reference(record_type: type) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{record_type.__name__}"}


def _define(record_type: type, definitions: dict[str, Any]) -> None:
    """Add the record, and all records within it, to the definitions."""
    if record_type.__name__ in definitions:
        return
    definitions[record_type.__name__] = {}
    hints = typing.get_type_hints(record_type)
    properties = {}
    for attribute, name in json_names(record_type):
        shape = _shape(hints[attribute], definitions)
        properties[name] = _closed(record_type, attribute, shape)
    definitions[record_type.__name__] = {
        "type": "object",
        "description": (record_type.__doc__ or "").strip().split("\n")[0],
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _closed(record_type: type, attribute: str, shape: dict[str, Any]) -> dict[str, Any]:
    """Narrow a text field to its list of words, where it has one."""
    for owner, name, words in CLOSED:
        if name == attribute and issubclass(record_type, owner):
            allowed = [*words, None] if "null" in shape["type"] else list(words)
            return {"enum": allowed}
    return shape


def _shape(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of one type hint."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        shapes = [_shape(part, definitions) for part in parts]
        if all(set(shape) == {"type"} for shape in shapes):
            return {"type": [shape["type"] for shape in shapes]}
        return {"anyOf": shapes}
    if origin is tuple:
        return {"type": "array", "items": _shape(parts[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _shape(parts[1], definitions)}
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    if isinstance(hint, type) and issubclass(hint, Record):
        _define(hint, definitions)
        return _reference(hint)
    message = f"no JSON Schema for the type {hint!r}"
    raise TypeError(message)
