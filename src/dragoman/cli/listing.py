"""Tables of what a store holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from dragoman.cli import cells
from dragoman.cli.console import make_console
from dragoman.cli.plain import clean
from dragoman.model.event import Event
from dragoman.model.report import Report
from dragoman.store import StoredDocument, StoredReport

# Characters of an id that are shown; enough to name it to `dragoman explain`.
SHORT_ID = 10
# Characters of a text that stand for its title when it has none.
BEGINNING = 80


def print_events(events: Iterable[Event]) -> None:
    """Print one row an event."""
    table = _table(
        "event", "who", "what", "to whom", "when", "where", "how surely", "reports", "sources", "disputed"
    )
    for event in events:
        table.add_row(
            event.id[:SHORT_ID],
            *_common(event),
            str(len(event.reports)),
            str(event.sources.independent),
            ", ".join(conflict.field for conflict in event.conflicts),
        )
    _print(table, "no event passes these filters")


def print_reports(reports: Iterable[StoredReport]) -> None:
    """Print one row a report."""
    table = _table("event", "who", "what", "to whom", "when", "where", "how surely", "according to", "words")
    for stored in reports:
        report = stored.report
        table.add_row(
            (stored.event or cells.NONE)[:SHORT_ID],
            *_common(report),
            cells.according_to(report.attribution),
            clean(report.text),
        )
    _print(table, "no report passes these filters")


def print_documents(documents: Iterable[StoredDocument]) -> None:
    """Print one row a document."""
    table = _table("document", "published", "outlet", "title or beginning", "reports", "events")
    for stored in documents:
        document = stored.document
        table.add_row(
            document.id[:SHORT_ID],
            clean(document.published or cells.NONE),
            clean(document.outlet or cells.NONE),
            clean(document.title or document.text[:BEGINNING]),
            str(stored.reports),
            str(stored.events),
        )
    _print(table, "no document passes these filters")


def print_rows(headings: Sequence[str], rows: Iterable[Sequence[str]], *, nothing: str) -> None:
    """Print rows of plain words under their headings."""
    table = _table(*headings)
    for row in rows:
        table.add_row(*map(clean, row))
    _print(table, nothing)


def _common(record: Event | Report) -> Sequence[Text]:
    return (
        cells.sides(record.actors), cells.what(record), cells.sides(record.recipients), cells.when(record.time),
        cells.where(record.place), cells.surely(record.factuality),
    )  # fmt: skip


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(
            heading, overflow="fold", justify="right" if heading in {"reports", "sources"} else "left"
        )
    return table


def _print(table: Table, nothing: str) -> None:
    """Print the table, or say that it is empty."""
    console = make_console()
    console.print(table if table.row_count else Text(nothing))
