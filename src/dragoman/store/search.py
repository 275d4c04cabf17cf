"""Search by words: texts and what is looked for are cut and stemmed alike, by DuckDB's full-text extension.

The extension's own index is not kept: it does not take single additions, so it would have to be made anew after every
batch or be out of date. The stems of each sentence and document stand in a column instead, which is always right.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import StoreError, UsageError

if TYPE_CHECKING:
    import duckdb


def load_stemmer(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection the function ``stem``, from the installed package; nothing is fetched.

    Raises:
        StoreError: the package is missing or made for another DuckDB.
    """
    import duckdb  # noqa: PLC0415
    import duckdb_extension_fts  # noqa: PLC0415

    folder = Path(duckdb_extension_fts.__file__).parent / "extensions"
    found = folder / f"v{duckdb.__version__}" / "fts.duckdb_extension"
    try:
        connection.execute(f"LOAD '{str(found).replace("'", "''")}'")
    except duckdb.Error as error:
        message = (
            f"search by words needs duckdb-extension-fts {duckdb.__version__}: {' '.join(str(error).split())}"
        )
        raise StoreError(message) from error


def stems(text: str) -> str:
    """Return the SQL of the stems of ``text``, itself SQL: a list, each once, in order, empty for null."""
    cut = f"regexp_extract_all(lower(strip_accents(coalesce({text}, ''))), '[\\p{{L}}\\p{{N}}]+')"
    return f"list_sort(list_distinct(list_transform({cut}, lambda w: coalesce(nullif(stem(w, 'porter'), ''), w))))"


def stems_of(connection: duckdb.DuckDBPyConnection, words: str) -> list[str]:
    """Return the stems of what a person looks for.

    Raises:
        UsageError: there is no word in it.
    """
    load_stemmer(connection)
    row = connection.execute(f"SELECT {stems('$words::VARCHAR')}", {"words": words}).fetchone()
    found: list[str] = row[0] if row else []
    if not found:
        message = f"text must have a word to look for, {words!r} has none"
        raise UsageError(message)
    return found
