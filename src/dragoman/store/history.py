"""What was read from a document as of some run: the present reading, or one that was kept aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError

if TYPE_CHECKING:
    import duckdb

# Documents whose readings are compared at once; bounds memory.
FETCH = 64
Records = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Reread:
    """A document with its reports and events, as printed, before and after; None before: it was not there yet."""

    document: str
    before: Records | None
    after: Records


def read_readings(connection: duckdb.DuckDBPyConnection, before: int, after: int) -> Iterator[Reread]:
    """Yield what was read anew after run ``before``, up to and with run ``after``.

    Raises:
        UsageError: no such run, the wrong order, or its readings are no longer kept.
    """
    _check(connection, before, after)
    query = """
        SELECT id FROM documents WHERE run <= $after AND (run > $before OR read_run > $before)
        ORDER BY run, published NULLS LAST, id
    """
    found = connection.execute(query, {"before": before, "after": after}).fetchall()
    ids = [id_ for (id_,) in found]
    for first in range(0, len(ids), FETCH):
        yield from _some(connection, ids[first : first + FETCH], before, after)


def _check(connection: duckdb.DuckDBPyConnection, before: int, after: int) -> None:
    runs = dict(connection.execute("SELECT id, kept FROM runs ORDER BY id").fetchall())
    for run in (before, after):
        if run not in runs:
            there = f"the last is {max(runs)}" if runs else "it has none yet"
            message = f"there is no run {run} in this store; {there} (see dragoman runs)"
            raise UsageError(message)
    if before >= after:
        message = f"the earlier run comes first: dragoman diff {after} {before}"
        raise UsageError(message)
    forgotten = [run for run, kept in runs.items() if not kept and run > before]
    if forgotten:
        message = f"what was read before run {max(forgotten)} is no longer kept (see dragoman reread --keep)"
        raise UsageError(message)


def _some(connection: duckdb.DuckDBPyConnection, ids: list[str], before: int, after: int) -> Iterator[Reread]:
    present = connection.execute(
        """
        SELECT id, run, read_run,
            (SELECT list(record ORDER BY number) FROM reports WHERE reports.document = documents.id),
            (SELECT list(record ORDER BY number) FROM events WHERE events.document = documents.id)
        FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))
        """,
        [ids],
    ).fetchall()
    kept = connection.execute(
        "SELECT document, run, record FROM readings WHERE document IN (SELECT unnest(?::VARCHAR[])) "
        "ORDER BY document, run",
        [ids],
    ).fetchall()
    old: dict[str, list[tuple[int, str | None]]] = {}
    for document, run, record in kept:
        old.setdefault(document, []).append((run, record))
    rows = {id_: rest for id_, *rest in present}
    for id_ in ids:
        brought, read, reports, events = rows[id_]
        now = {"reports": _loaded(reports), "events": _loaded(events)}
        readings = _whole([*old.get(id_, ()), (read, now)])
        then = max((run for run in readings if run <= before), default=None)
        last = max((run for run in readings if run <= after), default=None)
        if last is None or last == then:
            continue
        yield Reread(id_, None if brought > before or then is None else readings[then], readings[last])


def _loaded(records: list[str] | None) -> list[dict[str, Any]]:
    return [json.loads(record) for record in records or ()]


def _whole(readings: list[tuple[int, Any]]) -> dict[int, Records]:
    """Return the records of each run's reading; one that kept none is the same as the next."""
    whole: dict[int, Records] = {}
    following: Records = {"reports": [], "events": []}
    for run, record in reversed(readings):
        following = json.loads(record) if isinstance(record, str) else record or following
        whole[run] = following
    return whole
