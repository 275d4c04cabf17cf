"""The reports of one document for a person: a table where there is room, else a card a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.cli import cells
from dragoman.cli.plain import clean, counted
from dragoman.model.event import CodedDocument, Event
from dragoman.model.report import Report

# Columns a table needs; below, each report is a card.
TABLE_WIDTH = 100
INDENT = 4
NOTES = {
    "truncated": "a sentence is cut off",
    "boilerplate": "not part of the article",
    "repeated": "told again in the same words",
    "unbalanced_quote": "a quotation mark without its partner",
    "discarded": "not coded, as the dictionaries say",
}


def print_document(console: Console, coded: CodedDocument, *, name: str, words: bool) -> None:
    """Print events with their reports, then what is disputed, then notes about the text.

    ``words`` adds the words that each field rests on.
    """
    console.print(_heading(coded, name))
    if any(note.kind == "undated" for note in coded.notes) or coded.document.published is None:
        console.print(
            Text(
                "No date of publication: days like “Wednesday” stay open. Give it with --published.", "yellow"
            )
        )
    groups = list(_grouped(coded))
    if console.width >= TABLE_WIDTH:
        console.print(_table(groups, words=words))
    else:
        for number, (event, reports) in enumerate(groups, 1):
            _print_cards(console, number, event, reports, words=words)
    _print_disputes(console, groups)
    _print_notes(console, coded)
    console.print()


def _heading(coded: CodedDocument, name: str) -> Text:
    document = coded.document
    known = [document.title, document.outlet, document.published and f"published {document.published}"]
    counts = f"{counted(len(coded.reports), 'report')} of {counted(len(coded.events), 'event')}"
    return Text.assemble(
        (clean(name), "bold"), *(f" · {clean(each)}" for each in known if each), f" · {counts}"
    )


def _grouped(coded: CodedDocument) -> Iterator[tuple[Event | None, list[Report]]]:
    """Yield each event with its reports, in the order of the text; then reports of no event, one by one."""
    reports = {report.id: report for report in coded.reports}
    for event in coded.events:
        yield event, [reports.pop(id_) for id_ in event.reports if id_ in reports]
    for report in reports.values():
        yield None, [report]


def _table(groups: Sequence[tuple[Event | None, list[Report]]], *, words: bool) -> Table:
    """Return the table: one row a report, a line between events."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", justify="right", style="bold", no_wrap=True)
    for heading, ratio in (
        ("who", 20), ("what", 16), ("to whom", 20), ("when", 12), ("where", 14), ("how surely", 9), ("according to", 18),
    ):  # fmt: skip
        table.add_column(heading, min_width=min(ratio, 10), max_width=ratio * 2, overflow="fold")
    table.add_column("sure", justify="right", no_wrap=True)
    for number, (_, reports) in enumerate(groups, 1):
        for place, report in enumerate(reports):
            row = [
                Text(str(number) if place == 0 else ""),
                *_fields(report, words=words),
            ]
            table.add_row(*row, Text(f"{report.confidence:.2f}"), end_section=report is reports[-1] and words)
    return table


def _fields(report: Report, *, words: bool) -> Iterator[Text]:
    """Yield the seven cells of a report; with ``words``, each has its words below."""
    trigger = cells.what(report)
    trigger.append(f"\n“{clean(report.text)}”", style="dim italic")
    if report.quantities:
        trigger.append(f"\n{cells.counted(report.quantities)}")
    parts = (
        (cells.sides(report.actors), report.actors),
        (trigger, ()),
        (cells.sides(report.recipients), report.recipients),
        (cells.when(report.time), (report.time,)),
        (cells.where(report.place), (report.place,)),
        (cells.surely(report.factuality), ()),
        (cells.according_to(report.attribution), report.attribution),
    )
    for cell, spans in parts:
        below = cells.quoted(spans) if words else Text("")
        yield Text("\n").join([cell, below]) if below.plain else cell


def _print_cards(
    console: Console, number: int, event: Event | None, reports: Sequence[Report], *, words: bool
) -> None:
    """Print each report of an event as three lines: what; who to whom; when, where and on whose word."""
    told = f", told {len(reports)} times" if event and len(reports) > 1 else ""
    console.print(Text(f"{number}{told}", style="bold"))
    for report in reports:
        who, what, whom, *rest = (_on_one_line(cell) for cell in _fields(report, words=words))
        rest.append(Text(f"{report.confidence:.2f}"))
        known = [cell for cell in rest if cell.plain != cells.NONE]
        for line, indent in (
            (what, INDENT),
            (Text.assemble(who, (" → ", "dim"), whom), INDENT + 2),
            (Text(" · ", style="dim").join(known), INDENT + 2),
        ):
            console.print(Padding(line, (0, 0, 0, indent)))


def _on_one_line(cell: Text) -> Text:
    return Text(" ").join(cell.split("\n"))


def _print_disputes(console: Console, groups: Sequence[tuple[Event | None, list[Report]]]) -> None:
    for number, (event, _) in enumerate(groups, 1):
        for conflict in event.conflicts if event else ():
            console.print(Text.assemble((f"{number}  ", "bold"), cells.disputed(conflict)))


def _print_notes(console: Console, coded: CodedDocument) -> None:
    for note in coded.notes:
        if note.kind in NOTES:
            console.print(Text.assemble(("Note: ", "dim"), f"{NOTES[note.kind]}: “{_shortened(note.text)}”"))


def _shortened(words: str) -> str:
    """Return the words of a note, cut where they are long."""
    longest = 80
    words = clean(words)
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
