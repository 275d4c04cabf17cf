"""The cells of tables: each field of a record in a few words, cleaned for a terminal.

Every function returns plain text, or a `Text` with styles; none returns markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from dragoman.cli.plain import clean
from dragoman.model.actor import Actor, ActorSpan
from dragoman.model.event import Conflict, Event
from dragoman.model.place import PlaceSpan
from dragoman.model.quantity import Quantity
from dragoman.model.report import Report
from dragoman.model.span import Span
from dragoman.model.speech import Source
from dragoman.model.when import TimeSpan

# What stands where a report names nobody, no day, or no place.
NONE = "-"
OUTLET = "the article"
# The type of a code of community dictionaries that nobody has given one.
UNTYPED = "NONE"
QUAD_STYLES = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}


def sides(actors: Sequence[ActorSpan] | Sequence[Actor]) -> Text:
    """Return names with their codes, one a line."""
    if not actors:
        return Text(NONE, style="dim")
    lines = Text("\n").join(_actor(actor) for actor in actors)
    lines.justify = "left"
    return lines


def _actor(actor: ActorSpan | Actor) -> Text:
    words = actor.text if isinstance(actor, ActorSpan) else None
    cell = Text(clean(actor.name or words or "?"))
    if actor.code:
        cell.append(f" {clean(actor.code)}", style="cyan")
    return cell


def what(record: Report | Event) -> Text:
    """Return type and mode, coloured by quad class; the code where dictionaries give it no type."""
    untyped = record.event_type == UNTYPED and record.cameo
    name = f"code {clean(record.cameo or '')}" if untyped else record.event_type
    cell = Text(name, style=QUAD_STYLES.get(record.quad, ""))
    if record.mode:
        cell.append(f" {record.mode}")
    return cell


def when(time: TimeSpan | None) -> Text:
    """Return the day, or the first and the last; "open" when nobody can know."""
    if time is None:
        return Text(NONE, style="dim")
    if not time.anchored or time.from_ is None:
        return Text(f"open: {clean(time.text)}", style="italic")
    if time.to in {time.from_, None}:
        return Text(time.from_)
    return Text(f"{time.from_}\nto {time.to}")


def where(place: PlaceSpan | None) -> Text:
    """Return the place and its country."""
    if place is None:
        return Text(NONE, style="dim")
    cell = Text(clean(place.name or place.text))
    if place.country:
        cell.append(f" {place.country}", style="cyan")
    return cell


def surely(factuality: str) -> Text:
    """Return how surely it happened."""
    return Text(factuality, style="" if factuality == "actual" else "magenta")


def according_to(attribution: Sequence[Source]) -> Text:
    """Return the sources, the outermost first."""
    if not attribution:
        return Text(OUTLET, style="dim")
    return Text(" > ".join(clean(source.name or source.text) for source in attribution))


def counted(quantities: Iterable[Quantity]) -> str:
    """Return the quantities as the article words them."""
    return ", ".join(clean(quantity.text) for quantity in quantities)


def quoted(spans: Iterable[Span | None]) -> Text:
    """Return the words themselves, in quotes."""
    words = " … ".join(dict.fromkeys(clean(span.text) for span in spans if span and span.text))
    return Text(f"“{words}”", style="dim italic") if words else Text("")


def disputed(conflict: Conflict) -> Text:
    """Return one line: the field, and each value with who says so."""
    values = " / ".join(
        f"{clean(value.value)} ({', '.join(map(clean, value.said_by))})" for value in conflict.values
    )
    return Text.assemble(("Disputed: ", "bold yellow"), f"{conflict.field}: {values}")


def said_by(source: Source) -> Text:
    """Return one source: its name, code, kind, and the word that ties it to what it says."""
    code = f" {clean(source.code)}" if source.code else ""
    return Text.assemble(
        clean(source.name or source.text), (code, "cyan"), f", {source.kind}, “{clean(source.cue)}”"
    )


def amount(quantity: Quantity) -> Text:
    """Return one quantity: its bounds and what is counted."""
    high = "or more" if quantity.high is None else f"to {quantity.high:g}"
    bounds = f"{quantity.low:g}" if quantity.high == quantity.low else f"{quantity.low:g} {high}"
    return Text(f"{bounds} {clean(quantity.what)}")
