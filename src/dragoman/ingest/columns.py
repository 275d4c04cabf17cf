"""Rows of tables to documents: which column holds which field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

from dragoman.errors import SkipError, UsageError
from dragoman.ingest.dates import iso_date
from dragoman.ingest.job import Item, Source
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.original import unchanged

FIELDS = ("text", *(each.name for each in fields(Metadata)))
# Rows that fail one after the other, from the first, before a table is given up: its columns are not what we think.
GIVE_UP = 50
# How many columns an error names. A table can have thousands.
NAMED = 12
# Half of a surrogate pair alone, and the null byte: JSON may hold them, no text does.
NO_LETTER = re.compile(r"[\ud800-\udfff\0]")


def parse_columns(words: str | None) -> dict[str, str]:
    """Return the mapping that ``text=body,published=date`` describes: fields to columns.

    Raises:
        UsageError: not of that form, or a field that documents do not have.
    """
    mapping = {}
    for part in filter(None, map(str.strip, (words or "").split(","))):
        name, sign, column = map(str.strip, part.partition("="))
        if not sign or name not in FIELDS or not column:
            message = f"columns must be like text=body,published=date, with the fields {', '.join(FIELDS)}; not {part!r}"
            raise UsageError(message)
        mapping[name] = column
    return mapping


def row_item(name: str, row: Mapping[str, object], columns: Mapping[str, str], source: Source) -> Item:
    """Return the article that one row holds.

    Raises:
        SkipError: no text, or a value that is none of its field.
    """
    text = _value(row, columns.get("text", "text"))
    if text is None:
        there = ", ".join(map(str, list(row)[:NAMED])) or "nothing"
        message = (
            f"has no {columns.get('text', 'text')!r}; it has {there}: "
            "say which holds the text with --columns text=NAME"
        )
        raise SkipError(message)
    if not isinstance(text, str) or not text.strip():
        message = "is empty" if isinstance(text, str) else "has a text that is no text"
        raise SkipError(message)
    text = NO_LETTER.sub("\ufffd", text)
    known = source.known.over(_metadata(row, columns))
    return Item(name, known.document(text), unchanged(text.encode(), "utf-8", text))


def _metadata(row: Mapping[str, object], columns: Mapping[str, str]) -> Metadata:
    found: dict[str, str] = {}
    for name in FIELDS[1:]:
        value = _value(row, columns.get(name, name))
        if name in columns and value is None and columns[name] not in row:
            message = f"has no {columns[name]!r}, which --columns names for {name}"
            raise SkipError(message)
        if value is None or not str(value).strip():
            continue
        if name == "published":
            if (day := iso_date(value)) is None:
                message = f"has {str(value)[:40]!r} for its date, which is none; write it like 2023-09-13"
                raise SkipError(message)
            value = day
        if isinstance(value, (str, int, float)):
            found[name] = NO_LETTER.sub("\ufffd", " ".join(str(value).split()))
    return Metadata(**found)


def _value(row: Mapping[str, object], column: str) -> object:
    """Return what stands in a column; ``article.body`` also looks into an object in ``article``."""
    if column in row:
        return row[column]
    for key in row:
        if str(key).strip().lower() == column.lower():
            return row[key]
    outer, dot, inner = column.partition(".")
    nested = row.get(outer)
    return _value(nested, inner) if dot and isinstance(nested, dict) else None
