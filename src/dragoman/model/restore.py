"""Records back from their JSON shape: the reverse of `Record.to_dict`."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from typing import Any, cast

from dragoman.model.record import Record, json_names


def restore[R: Record](record_type: type[R], data: dict[str, Any]) -> R:
    """Return the record that was printed as ``data``; names that the type does not know are left out.

    A field that an older dragoman did not print, and that may be left out, has its default.

    Raises:
        KeyError: a field of the type is missing.
    """
    values = {}
    for attribute, name, hint in _fields(cast("type", record_type)):
        if name in data or attribute not in _optional(cast("type", record_type)):
            values[attribute] = _value(hint, data[name])
    return record_type(**values)


@functools.cache
def _optional(record_type: type) -> frozenset[str]:
    """Return the names of the fields that have a default."""
    return frozenset(
        field.name for field in dataclasses.fields(record_type) if field.default is not dataclasses.MISSING
    )


@functools.cache
def _fields(record_type: type) -> tuple[tuple[str, str, Any], ...]:
    """Return attribute, JSON name and type hint of each field that the constructor takes."""
    hints = typing.get_type_hints(record_type)
    taken = {field.name for field in dataclasses.fields(record_type) if field.init}
    return tuple(
        (attribute, name, hints[attribute])
        for attribute, name in json_names(record_type)
        if attribute in taken
    )


def _value(hint: Any, data: Any) -> Any:
    """Return plain JSON data as a value of the hinted type."""
    if data is None:
        return None
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        return _value(next(part for part in parts if part is not types.NoneType), data)
    if origin is tuple:
        return tuple(_value(parts[0], item) for item in data)
    if isinstance(hint, type) and issubclass(hint, Record):
        return restore(hint, data)
    return float(data) if hint is float else data
