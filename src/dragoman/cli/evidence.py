"""The page of ``dragoman explain``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.cli import cells
from dragoman.cli.console import make_console
from dragoman.cli.plain import clean, counted
from dragoman.model.event import Event
from dragoman.model.report import Report
from dragoman.model.span import Span
from dragoman.store import Evidence

# Field, value, words, offsets, confidence.
Row = tuple[str, Text, str, str, str]


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that holds any number of spans: its heading, its name, and how one of them is shown."""

    heading: str
    name: str
    spans: Callable[[Report], Sequence[Any]]
    show: Callable[[Any], Text]

    def rows(self, report: Report) -> Iterator[Row]:
        """Yield one row a span."""
        for span in self.spans(report):
            yield _row(self.heading, self.show(span), span, report.field_confidence.get(self.name))


def print_evidence(event: Event, evidence: Sequence[Evidence]) -> None:
    """Print the event, what is disputed of it, and each report with its sentence and its fields."""
    console = make_console()
    console.print(Text(f"event {event.id}", style="bold"))
    console.print(_summary(event))
    for conflict in event.conflicts:
        console.print(cells.disputed(conflict))
    for number, each in enumerate(evidence, 1):
        console.print()
        _print_report(console, number, each)


def _summary(event: Event) -> Text:
    """Return the event in a line or two."""
    codes = [f"CAMEO {event.cameo}" if event.cameo else "no CAMEO code", f"quad class {event.quad}"]
    codes += [] if event.goldstein is None else [f"Goldstein {event.goldstein:g}"]
    codes += [] if event.intensity is None else [f"PLOVER score {event.intensity:g}"]
    counts = event.sources
    return Text.assemble(
        cells.what(event),
        f"  {', '.join([*codes, *event.contexts])}\n",
        f"{counted(counts.documents, 'document')}, {counted(counts.outlets, 'outlet')}, "
        f"{counted(counts.independent, 'independent source')}; "
        f"confidence {event.confidence:.2f}",
    )


def _print_report(console: Console, number: int, evidence: Evidence) -> None:
    """Print one report: where it stands, its sentence with the words marked, its fields."""
    report, document = evidence.report, evidence.document
    known = (document.outlet, document.title, document.published, document.url)
    stands = " · ".join(clean(each) for each in known if each)
    console.print(
        Text.assemble((f"report {number} ", "bold"), report.id, f"  {stands or 'of an unnamed article'}")
    )
    console.print(_marked(evidence))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in ("field", "value", "words", "at", "sure"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "sure" else "left")
    for row in _rows(report):
        table.add_row(*row)
    console.print(table)
    console.print(Text(f"decided by: {clean(', '.join(report.rules))}", style="dim"))


def _marked(evidence: Evidence) -> Text:
    """Return the sentence with the words of the report marked: the trigger bold, the others underlined."""
    report, sentence = evidence.report, evidence.sentence
    shown = Text("“")
    spans = [span for span in _spans(report) if span]
    for offset, character in enumerate(sentence.text, sentence.start):
        style = "bold reverse" if report.start <= offset < report.end else ""
        style = style or ("underline" if any(span.start <= offset < span.end for span in spans) else "")
        shown.append(clean(character) or " ", style=style)
    return shown.append("”")


def _spans(report: Report) -> Iterator[Span | None]:
    yield report.time
    yield report.place
    for field in FIELDS:
        yield from field.spans(report)


def _rows(report: Report) -> Iterator[Row]:
    """Yield field, value, words, offsets and confidence of each field."""
    sure = report.field_confidence
    trigger = Span(report.start, report.end, report.text)
    yield _row("what", cells.what(report), trigger, sure.get("event_type"))
    for field in FIELDS:
        yield from field.rows(report)
    if report.time:
        yield _row("when", cells.when(report.time), report.time, sure.get("time"))
    if report.place:
        yield _row("where", cells.where(report.place), report.place, sure.get("place"))
    yield _row("how surely", cells.surely(report.factuality), None, sure.get("factuality"))


def _row(heading: str, value: Text, span: Span | None, sure: float | None) -> Row:
    """Return the cells of one field."""
    words = clean(span.text) if span else ""
    at = f"{span.start}-{span.end}" if span else ""
    return heading, value, words, at, "" if sure is None else f"{sure:.2f}"


FIELDS: tuple[_Field, ...] = (
    _Field("who", "actors", lambda report: report.actors, lambda actor: cells.sides([actor])),
    _Field("to whom", "recipients", lambda report: report.recipients, lambda actor: cells.sides([actor])),
    _Field("according to", "attribution", lambda report: report.attribution, cells.said_by),
    _Field("how many", "quantities", lambda report: report.quantities, cells.amount),
)
