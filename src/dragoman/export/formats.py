"""The one list of export formats. To add one: write it in a file of its own, and add a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dragoman.export.indented import indented
from dragoman.export.jsonl import jsonl
from dragoman.export.table import csv_rows
from dragoman.model.event import CodedDocument


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, what it is in one line, and a function from documents to pieces of text."""

    name: str
    help: str
    write: Callable[[Iterable[CodedDocument]], Iterator[str]]


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("json", "one object for one document, a list for several, indented", indented),
    Exporter("jsonl", "one object a document, each on a line of its own", jsonl),
    Exporter("csv", "one report a row", csv_rows),
)


def exporter(name: str) -> Exporter | None:
    """Return the exporter of this name, or None."""
    return next((each for each in EXPORTERS if each.name == name), None)
