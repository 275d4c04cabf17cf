"""Columns, and those that several tables share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its DuckDB type, and what it holds in a few words."""

    name: str
    kind: str
    about: str


def columns(lines: str) -> tuple[Column, ...]:
    """Return one column a line: name, type and meaning, separated by spaces."""
    return tuple(Column(*line.split(maxsplit=2)) for line in lines.strip().splitlines())


(DOCUMENT,) = columns("document VARCHAR id of the document")
(NUMBER,) = columns("number INTEGER place among its like, from 0")
(READER_VERSION,) = columns("reader_version VARCHAR of the reader that read it")
# Whom a detail belongs to.
OWNER = columns("""
    owner          VARCHAR  id of the report or event, or of the document for a mention
    owned_by       VARCHAR  report, event or document
""")
# Words of the article; null in the actors of events, which are merged from many.
SPAN = columns("""
    start          INTEGER  where the words begin in the text, in code points
    end            INTEGER  where they end
    text           VARCHAR  the words
""")


def what_columns() -> tuple[Column, ...]:
    """Return what reports and events have in common. Lists of codes and names are for searching."""
    return columns("""
        event_type      VARCHAR    PLOVER type
        mode            VARCHAR    PLOVER mode
        cameo           VARCHAR    CAMEO code
        quad            INTEGER    quad class, 1 to 4
        goldstein       DOUBLE     -10 to 10
        intensity       DOUBLE     PLOVER score, -10 to 10
        symmetric       BOOLEAN    whether both sides do it
        actor_codes     VARCHAR[]  codes of who
        actor_names     VARCHAR[]  names and words of who
        recipient_codes VARCHAR[]  codes of whom
        recipient_names VARCHAR[]  names and words of whom
        first_day       DATE       when, first day
        last_day        DATE       when, last day
        place           VARCHAR    where, name
        country         VARCHAR    where, ISO 3166-1 alpha-3
        lat             DOUBLE     where, degrees north
        lon             DOUBLE     where, degrees east
        factuality      VARCHAR    actual, planned, possible, hypothetical, demanded or denied
        sources         VARCHAR[]  names and codes of the attribution, and the outlet
        confidence      DOUBLE     0 to 1
        record          JSON       the whole record
    """)
