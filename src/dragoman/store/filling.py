"""Filling the tables that older stores do not have, from the whole records that they hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dragoman.store.details import Printed, detail_rows
from dragoman.store.inserting import insert
from dragoman.store.search import load_stemmer, stems
from dragoman.store.versions import address_of

if TYPE_CHECKING:
    import duckdb

# Documents taken from their records at once; bounds memory.
TOGETHER = 256


def fill_documents(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the columns of documents that came with the second version; texts at one address become versions."""
    if not connection.execute("SELECT 1 FROM documents LIMIT 1").fetchall():
        return
    load_stemmer(connection)
    urls = connection.execute(
        "SELECT DISTINCT document->>'url' FROM documents WHERE (document->>'url') IS NOT NULL"
    )
    addresses = [(url, address_of(url)) for (url,) in urls.fetchall()]
    connection.execute("CREATE TEMP TABLE addresses (url VARCHAR, address VARCHAR)")
    connection.execute(
        "INSERT INTO addresses SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [[url for url, _ in addresses], [address for _, address in addresses]],
    )
    connection.execute(
        f"""
        CREATE TEMP TABLE filled AS
        SELECT id, run, reader_version, family, outlet, published, document, sentences, mentions, notes, run AS read_run,
            document->>'url' AS url, document->>'title' AS title, document->>'language' AS language, addresses.address,
            CASE WHEN addresses.address IS NULL THEN 1 ELSE row_number() OVER chain END AS version,
            CASE WHEN addresses.address IS NULL THEN NULL ELSE lag(id) OVER chain END AS supersedes,
            {stems("concat_ws(' ', document->>'title', document->>'text')")} AS stems
        FROM documents LEFT JOIN addresses ON addresses.url = (document->>'url')
        WINDOW chain AS (PARTITION BY addresses.address ORDER BY run, published NULLS LAST, id)
        """
    )
    connection.execute("DELETE FROM documents")
    connection.execute("INSERT INTO documents SELECT * FROM filled ORDER BY run, published NULLS LAST, id")
    connection.execute("DROP TABLE filled")
    connection.execute("DROP TABLE addresses")


def fill_details(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables by kind from the records of documents, reports and events."""
    ids = [
        id_
        for (id_,) in connection.execute("SELECT id FROM documents ORDER BY run, published, id").fetchall()
    ]
    for first in range(0, len(ids), TOGETHER):
        some = ids[first : first + TOGETHER]
        of = {table: _records(connection, table, some) for table in ("reports", "events")}
        rows = connection.execute(
            "SELECT id, document->>'text', reader_version, sentences, mentions FROM documents "
            "WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY run, published, id",
            [some],
        ).fetchall()
        made = [
            detail_rows(
                Printed(
                    id=id_, text=text, reader_version=version, sentences=json.loads(sentences),
                    mentions=json.loads(mentions), reports=of["reports"].get(id_, ()), events=of["events"].get(id_, ()),
                )
            )
            for id_, text, version, sentences, mentions in rows
        ]  # fmt: skip
        for table in made[0]:
            insert(connection, table, [row for each in made for row in each[table]])


def _records(
    connection: duckdb.DuckDBPyConnection, table: str, documents: list[str]
) -> dict[str, list[dict[str, object]]]:
    """Return the records of a table by document, in the order of the text."""
    found: dict[str, list[dict[str, object]]] = {}
    query = (
        f"SELECT document, record FROM {table} WHERE document IN (SELECT unnest(?::VARCHAR[])) "
        "ORDER BY document, number"
    )
    for document, record in connection.execute(query, [documents]).fetchall():
        found.setdefault(document, []).append(json.loads(record))
    return found
