"""The numbered steps that bring a store up to date.

A step is never changed once released; a new need is a new step at the end. A step is SQL statements and functions that
are given the connection; all steps that a store lacks are done in one transaction, so that none is ever half done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dragoman.store.filling import fill_details, fill_documents
from dragoman.store.watching import WATCHING

if TYPE_CHECKING:
    import duckdb

type Step = str | Callable[[duckdb.DuckDBPyConnection], None]

_WHAT = (
    '"event_type" VARCHAR, "mode" VARCHAR, "cameo" VARCHAR, "quad" INTEGER, "goldstein" DOUBLE, "intensity" DOUBLE, '
    '"symmetric" BOOLEAN, "actor_codes" VARCHAR[], "actor_names" VARCHAR[], "recipient_codes" VARCHAR[], '
    '"recipient_names" VARCHAR[], "first_day" DATE, "last_day" DATE, "place" VARCHAR, "country" VARCHAR, "lat" DOUBLE, '
    '"lon" DOUBLE, "factuality" VARCHAR, "sources" VARCHAR[], "confidence" DOUBLE, "record" JSON'
)
_OWNED = '"document" VARCHAR, "owner" VARCHAR, "owned_by" VARCHAR'
_SPAN = '"number" INTEGER, "start" INTEGER, "end" INTEGER, "text" VARCHAR'

# Documents, reports and events as whole records with columns to search by.
_FIRST: tuple[Step, ...] = (
    'CREATE TABLE runs ("id" BIGINT, "started" TIMESTAMP, "reader_version" VARCHAR, PRIMARY KEY (id))',
    (
        'CREATE TABLE documents ("id" VARCHAR, "run" BIGINT, "reader_version" VARCHAR, "family" VARCHAR, "outlet" VARCHAR, '
        '"published" DATE, "document" JSON, "sentences" JSON, "mentions" JSON, "notes" JSON, PRIMARY KEY (id))'
    ),
    (
        'CREATE TABLE reports ("id" VARCHAR, "document" VARCHAR, "event" VARCHAR, "number" INTEGER, '
        f'"reader_version" VARCHAR, {_WHAT}, PRIMARY KEY (id))'
    ),
    (
        'CREATE TABLE events ("id" VARCHAR, "document" VARCHAR, "number" INTEGER, "reader_version" VARCHAR, '
        f'"independent" INTEGER, "conflicts" INTEGER, {_WHAT}, PRIMARY KEY (id))'
    ),
    'CREATE TABLE failures ("input" VARCHAR, "reason" VARCHAR, "run" BIGINT, PRIMARY KEY (input, reason))',
)

# Everything in them in tables of its own; versions of an article; runs that go on; readings that were replaced.
_SECOND: tuple[Step, ...] = (
    *(
        f'ALTER TABLE {table} ADD COLUMN "{name}" {kind}'
        for table, name, kind in (
            ("runs", "kind", "VARCHAR"), ("runs", "inputs", "VARCHAR"), ("runs", "ended", "TIMESTAMP"),
            ("runs", "kept", "BOOLEAN"), ("documents", "read_run", "BIGINT"), ("documents", "url", "VARCHAR"),
            ("documents", "title", "VARCHAR"), ("documents", "language", "VARCHAR"), ("documents", "address", "VARCHAR"),
            ("documents", "version", "INTEGER"), ("documents", "supersedes", "VARCHAR"),
            ("documents", "stems", "VARCHAR[]"), ("reports", "sentence", "INTEGER"), ("reports", "start", "INTEGER"),
            ("reports", "end", "INTEGER"), ("reports", "text", "VARCHAR"), ("failures", "reader_version", "VARCHAR"),
        )
    ),
    ('CREATE TABLE originals ("document" VARCHAR, "media_type" VARCHAR, "encoding" VARCHAR, "size" BIGINT, "data" BLOB, '
    '"pieces" JSON, "reader_version" VARCHAR)'),
    f'CREATE TABLE sentences ("document" VARCHAR, {_SPAN}, "stems" VARCHAR[], "reader_version" VARCHAR)',
    (f'CREATE TABLE actors ({_OWNED}, "role" VARCHAR, {_SPAN}, "name" VARCHAR, "code" VARCHAR, "country" VARCHAR, '
    '"sector" VARCHAR, "entry" VARCHAR, "reader_version" VARCHAR)'),
    (f'CREATE TABLE places ({_OWNED}, {_SPAN}, "name" VARCHAR, "geonames_id" BIGINT, "lat" DOUBLE, "lon" DOUBLE, '
    '"country" VARCHAR, "admin1" VARCHAR, "feature" VARCHAR, "precision" VARCHAR, "reader_version" VARCHAR)'),
    (f'CREATE TABLE times ({_OWNED}, {_SPAN}, "first_day" DATE, "last_day" DATE, "precision" VARCHAR, "anchored" BOOLEAN, '
    '"value" VARCHAR, "type" VARCHAR, "calendar" VARCHAR, "reader_version" VARCHAR)'),
    (f'CREATE TABLE attributions ({_OWNED}, {_SPAN}, "name" VARCHAR, "code" VARCHAR, "kind" VARCHAR, "cue" VARCHAR, "stance" VARCHAR, '
    '"speech" VARCHAR, "content" JSON, "reader_version" VARCHAR)'),
    f'CREATE TABLE quantities ({_OWNED}, {_SPAN}, "what" VARCHAR, "low" DOUBLE, "high" DOUBLE, "reader_version" VARCHAR)',
    ('CREATE TABLE conflicts ("document" VARCHAR, "event" VARCHAR, "field" VARCHAR, "number" INTEGER, "value" VARCHAR, '
    '"reports" VARCHAR[], "said_by" VARCHAR[], "reader_version" VARCHAR)'),
    ('CREATE TABLE judgements ("id" VARCHAR, "made" TIMESTAMP, "maker" VARCHAR, "kind" VARCHAR, "reports" VARCHAR[], '
    '"reason" VARCHAR, "undone" TIMESTAMP, "reader_version" VARCHAR, PRIMARY KEY (id))'),
    'CREATE TABLE readings ("document" VARCHAR, "run" BIGINT, "replaced" BIGINT, "reader_version" VARCHAR, "record" JSON)',
    "UPDATE runs SET kind = 'ingest', ended = started, kept = TRUE",
    "UPDATE failures SET reader_version = (SELECT runs.reader_version FROM runs WHERE runs.id = failures.run)",
    ("UPDATE reports SET sentence = (record->>'sentence')::INTEGER, \"start\" = (record->>'start')::INTEGER, "
    "\"end\" = (record->>'end')::INTEGER, \"text\" = record->>'text'"),
    fill_documents,
    fill_details,
)  # fmt: skip

MIGRATIONS: tuple[tuple[Step, ...], ...] = (_FIRST, _SECOND, WATCHING)
LATEST = len(MIGRATIONS)


def migrate(connection: duckdb.DuckDBPyConnection, steps: tuple[tuple[Step, ...], ...]) -> Iterator[None]:
    """Do the steps, one at a time; the caller opens and closes the transaction."""
    for statements in steps:
        for statement in statements:
            if callable(statement):
                statement(connection)
            else:
                connection.execute(statement)
        yield
