"""CSV: one report a row, flat."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument
from dragoman.model.quantity import Quantity
from dragoman.model.report import Report

COLUMNS = (
    "document", "url", "outlet", "title", "published", "event", "report", "sentence", "start", "end", "text",
    "event_type", "mode", "contexts", "cameo", "quad", "goldstein", "intensity", "symmetric",
    "actors", "actor_codes", "recipients", "recipient_codes", "from", "to", "time_text", "place", "country",
    "lat", "lon", "place_text", "factuality", "attribution", "quantities", "confidence", "reader_version",
)  # fmt: skip
# Between the parts of a list in one cell.
SEPARATOR = "; "


def csv_rows(documents: Iterable[CodedDocument]) -> Iterator[str]:
    """Yield the header and then one line a report, as soon as its document is read."""
    yield _line(COLUMNS)
    for coded in documents:
        event_of = {report: event.id for event in coded.events for report in event.reports}
        for report in coded.reports:
            cells = _where_from(coded) | _what(report) | {"event": event_of.get(report.id)}
            yield _line([cells[column] for column in COLUMNS])


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _where_from(coded: CodedDocument) -> dict[str, object]:
    document = coded.document
    return {
        "document": document.id, "url": document.url, "outlet": document.outlet, "title": document.title,
        "published": document.published, "reader_version": document.reader_version,
    }  # fmt: skip


def _what(report: Report) -> dict[str, object]:
    time, place = report.time, report.place
    cells: dict[str, object] = {name: getattr(report, name) for name in COLUMNS if hasattr(report, name)}
    return cells | {
        "report": report.id,
        "contexts": SEPARATOR.join(report.contexts),
        "actors": _names(report.actors),
        "actor_codes": SEPARATOR.join(actor.code or "" for actor in report.actors),
        "recipients": _names(report.recipients),
        "recipient_codes": SEPARATOR.join(actor.code or "" for actor in report.recipients),
        "from": time and time.from_,
        "to": time and time.to,
        "time_text": time and time.text,
        "place": place and place.name,
        "country": place and place.country,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "place_text": place and place.text,
        "attribution": SEPARATOR.join(source.name or source.text for source in report.attribution),
        "quantities": SEPARATOR.join(_quantity(quantity) for quantity in report.quantities),
    }


def _names(actors: Iterable[ActorSpan]) -> str:
    return SEPARATOR.join(actor.name or actor.text for actor in actors)


def _quantity(quantity: Quantity) -> str:
    """Return ``2 missile``, ``2-5 missile`` or ``40+ missile``."""
    if quantity.high is None:
        return f"{quantity.low:g}+ {quantity.what}"
    if quantity.high == quantity.low:
        return f"{quantity.low:g} {quantity.what}"
    return f"{quantity.low:g}-{quantity.high:g} {quantity.what}"
