"""Changes between two readings, in lines for a person."""

from __future__ import annotations

from typing import Any

import typer

from dragoman.cli.listing import SHORT_ID
from dragoman.cli.plain import clean, counted
from dragoman.pipeline.differences import ADDED, CHANGED, GONE, Change, Tally

SIGNS = {ADDED: "+", GONE: "-", CHANGED: "~"}
# Characters of one value that are shown.
LONGEST = 60


def print_change(change: Change) -> None:
    """Print one change: a line, and one for each field that is told otherwise."""
    about = f"{SIGNS[change.change]} {change.kind} {change.id[:SHORT_ID]}"
    if change.record is None:
        told = ", ".join(counted(number, name.removesuffix("s")) for name, number in change.fields.items())
        typer.echo(f"{about}  new, with {told}")
        return
    typer.echo(f"{about}  {_told(change.record)}  (document {change.document[:SHORT_ID]})")
    for field, (before, after) in change.fields.items():
        typer.echo(f"    {field}: {_short(before)} → {_short(after)}")


def _told(record: dict[str, Any]) -> str:
    """Return who did what to whom."""
    words = f" “{clean(record['text'])}”" if "text" in record else ""
    return f"{_short(record['actors'])} {record['event_type']}{words} {_short(record['recipients'])}"


def _short(value: Any) -> str:  # noqa: ANN401 - a value of any field, as printed
    """Return a value in a few words."""
    if value is None or value == []:
        return "-"
    if isinstance(value, list):
        return _cut(", ".join(_short(each) for each in value))
    if isinstance(value, dict):
        named = [value.get(name) for name in ("name", "field", "from", "what", "text") if value.get(name)]
        return _cut(str(named[0]) if named else ", ".join(f"{name} {each}" for name, each in value.items()))
    return _cut(str(value))


def _cut(words: str) -> str:
    words = clean(words)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def summary(tally: Tally, before: int, after: int) -> str:
    """Return the counts in a line or two."""
    read = f"run {before} → {after}: {counted(tally.read, 'document')} read anew, {tally.differently} of them differently"
    new = tally.counts["document", ADDED]
    lines = [read + (f"; {counted(new, 'document')} added" if new else "")]
    for kind in ("report", "event"):
        counts = [f"{tally.counts[kind, change]} {change}" for change in SIGNS if tally.counts[kind, change]]
        lines += [f"{kind}s: {', '.join(counts)}"] if counts else []
    return "\n".join(lines)
