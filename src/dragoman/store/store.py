"""One store: opened, brought up to date, read, written, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dragoman.errors import StoreError
from dragoman.store import reading, writing
from dragoman.store.query import Filters
from dragoman.store.schema import LATEST, MIGRATIONS, VERSION_TABLE
from dragoman.store.watching import Watched

if TYPE_CHECKING:
    import duckdb

    from dragoman.model.document import Document
    from dragoman.model.event import CodedDocument, Event


class Store:
    """A store in one DuckDB file; use it in a ``with`` statement.

    One program may write to a store at a time; any number may read while none writes.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        """Open the store at ``path``; a new one is made there unless it is to be read only.

        Raises:
            StoreError: no such file or folder, not a store, in use, or written by a newer dragoman.
        """
        self.path = Path(path)
        self._connection = _connect(self.path, read_only=read_only)
        try:
            _update(self._connection, self.path, read_only=read_only)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was written stays."""
        self._connection.close()

    def write(
        self, batch: Sequence[CodedDocument], failures: Sequence[writing.Failure] = ()
    ) -> writing.Written:
        """Write a batch in one transaction: all of it or, on any error, nothing.

        Documents that are there already, by id, change nothing.

        Raises:
            StoreError: it could not be written, such as when the disk is full.
        """
        return _transaction(
            self._connection, self.path, lambda: writing.write_batch(self._connection, batch, failures)
        )

    def has(self, document: Document) -> bool:
        """Say whether the store has this document already."""
        return bool(writing.known_documents(self._connection, [document.id]))

    def events(self, filters: Filters | None = None) -> Iterator[Event]:
        """Yield the events that pass the filters, by date, the undated last."""
        return reading.read_events(self._connection, filters or Filters())

    def reports(self, filters: Filters | None = None) -> Iterator[reading.StoredReport]:
        """Yield the reports that pass the filters, by date, the undated last."""
        return reading.read_reports(self._connection, filters or Filters())

    def documents(
        self, *, outlet: str | None = None, since: str | None = None, until: str | None = None
    ) -> Iterator[reading.StoredDocument]:
        """Yield the documents, oldest run first; ``outlet`` is part of a name, the dates are ISO and included."""
        return reading.read_documents(self._connection, outlet=outlet, since=since, until=until)

    def mentions(self) -> Iterator[reading.StoredMentions]:
        """Yield every document with the actors that it names, oldest run first."""
        return reading.read_mentions(self._connection)

    def watched(self) -> Watched:
        """Return what following feeds remembers."""
        return Watched(self._connection, lambda work: _transaction(self._connection, self.path, work))

    def failures(self) -> Iterator[writing.Failure]:
        """Yield the inputs that were skipped, and why."""
        return reading.read_failures(self._connection)

    def event(self, id_: str) -> Event:
        """Return the event with this id, or with this beginning of an id.

        Raises:
            UsageError: there is none, or more than one.
        """
        return reading.read_event(self._connection, id_)

    def evidence(self, event: Event) -> list[reading.Evidence]:
        """Return the reports of an event, each with its document and sentence."""
        return reading.read_evidence(self._connection, event)


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open the file, or say in one line why it cannot be opened."""
    import duckdb  # noqa: PLC0415 - costs a tenth of a second; reading without a store must not pay it

    if read_only and not path.exists():
        message = f"{path}: there is no store here; make one with: dragoman ingest FILE --db {path}"
        raise StoreError(message)
    if path.is_dir():
        message = f"{path}: is a folder; name a file for the store in it"
        raise StoreError(message)
    if not path.parent.is_dir():
        message = f"{path}: the folder {path.parent} does not exist; make it first"
        raise StoreError(message)
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        raise StoreError(_why(path, str(error))) from error


def _why(path: Path, words: str) -> str:
    """Return one line about an error of DuckDB."""
    if "lock" in words:
        return f"{path}: another program is using this store; try again when it is done"
    if "not a valid DuckDB" in words:
        return f"{path}: is not a dragoman store"
    if "newer version" in words or "version number" in words:
        return f"{path}: was written by another version of DuckDB; install the version that dragoman asks for"
    return f"{path}: cannot be opened or written: {' '.join(words.split())}"


def _update(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
    """Bring the tables up to date, step by step, all in one transaction."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if tables and VERSION_TABLE not in tables:
        message = f"{path}: is a DuckDB file of another program, not a dragoman store"
        raise StoreError(message)
    version = 0
    if tables:
        row = connection.execute(f"SELECT max(version) FROM {VERSION_TABLE}").fetchone()
        version = int(row[0]) if row and row[0] is not None else 0
    if version > LATEST:
        message = f"{path}: was written by a newer dragoman (store version {version}, this one knows {LATEST}); upgrade"
        raise StoreError(message)
    if version == LATEST:
        return
    if read_only:
        message = f"{path}: is empty or of an older dragoman; bring it up to date with: dragoman ingest FILE --db {path}"
        raise StoreError(message)
    _transaction(connection, path, lambda: _migrate(connection, version))


def _migrate(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS {VERSION_TABLE} (version INTEGER PRIMARY KEY, applied TIMESTAMP)"
    )
    for number, statements in enumerate(MIGRATIONS[version:], version + 1):
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"INSERT INTO {VERSION_TABLE} VALUES (?, now()::TIMESTAMP)", [number])


def _transaction[T](connection: duckdb.DuckDBPyConnection, path: Path, work: Callable[[], T]) -> T:
    """Do the work in one transaction; nothing of it stays when it fails."""
    import duckdb  # noqa: PLC0415

    connection.execute("BEGIN")
    try:
        result = work()
        connection.execute("COMMIT")
    except duckdb.Error as error:
        _rollback(connection)
        raise StoreError(_why(path, str(error))) from error
    except BaseException:
        _rollback(connection)
        raise
    return result


def _rollback(connection: duckdb.DuckDBPyConnection) -> None:
    """Undo the open transaction, where the failure has not undone it already."""
    import duckdb  # noqa: PLC0415

    try:
        connection.execute("ROLLBACK")
    except duckdb.TransactionException:
        return
