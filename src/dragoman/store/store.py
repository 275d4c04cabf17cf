"""One store: opened, brought up to date, read, written, closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dragoman.store import checks, history, opening, parquet, reading, replacing, runs, writing
from dragoman.store.query import Filters
from dragoman.store.search import load_stemmer
from dragoman.store.watching import Watched

if TYPE_CHECKING:
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
        self._run: runs.Run | None = None
        self._can_stem = False
        self._connection = opening.connect(self.path, read_only=read_only)
        try:
            opening.bring_up_to_date(self._connection, self.path, read_only=read_only)
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

    def begin(self, run: runs.Run) -> None:
        """Let all that is written from now on belong to one run, until `finish`.

        It is noted with its first batch. A run with the same kind, inputs and reader that was begun last and never
        finished, because its program was stopped or killed, goes on under its old number.
        """
        self._run = run

    def finish(self) -> None:
        """Note that the run is done.

        Raises:
            StoreError: it could not be written.
        """
        run, self._run = self._run, None
        if run is not None:
            opening.transaction(
                self._connection, self.path, lambda: runs.end_unfinished(self._connection, run)
            )

    def write(
        self,
        batch: Sequence[CodedDocument],
        failures: Sequence[writing.Failure] = (),
        originals: Sequence[writing.StoredOriginal] = (),
    ) -> writing.Written:
        """Write a batch in one transaction: all of it or, on any error, nothing.

        Documents that are there already, by id, change nothing. A document at an address that the store knows is a new
        version of what stood there. ``originals`` are kept with the documents that are new.

        Raises:
            StoreError: it could not be written, such as when the disk is full.
        """
        together = writing.Batch(coded=batch, failures=failures, originals=originals)
        self._load_stemmer()
        written = opening.transaction(
            self._connection, self.path, lambda: writing.write_batch(self._connection, together, self._run)
        )
        opening.let_go(self._connection)
        return written

    def replace(self, batch: Sequence[CodedDocument]) -> replacing.Replaced:
        """Put new readings in the place of those that documents of the store have, in one transaction.

        The old readings are kept aside, for `Store.readings`.

        Raises:
            StoreError: it could not be written; nothing of the batch was.
        """
        self._load_stemmer()
        replaced = opening.transaction(
            self._connection, self.path, lambda: replacing.replace_batch(self._connection, batch, self._run)
        )
        opening.let_go(self._connection)
        return replaced

    def _load_stemmer(self) -> None:
        if not self._can_stem:
            load_stemmer(self._connection)
            self._can_stem = True

    def forget(self, keep: int) -> None:
        """Delete old readings, but those that the last ``keep`` rereads replaced.

        Raises:
            StoreError: it could not be written.
        """
        opening.transaction(self._connection, self.path, lambda: replacing.forget(self._connection, keep))

    def has(self, document: Document) -> bool:
        """Say whether the store has this document already."""
        return bool(self.known([document.id]))

    def known(self, ids: Iterable[str]) -> set[str]:
        """Return those of the document ids that the store has."""
        return writing.known_documents(self._connection, list(ids))

    def events(self, filters: Filters | None = None) -> Iterator[Event]:
        """Yield the events that pass the filters, by date, the undated last."""
        return reading.read_events(self._connection, filters or Filters())

    def reports(self, filters: Filters | None = None) -> Iterator[reading.StoredReport]:
        """Yield the reports that pass the filters, by date, the undated last."""
        return reading.read_reports(self._connection, filters or Filters())

    def documents(
        self,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        all_versions: bool = False,
    ) -> Iterator[reading.StoredDocument]:
        """Yield the documents, oldest run first; `DocumentFilters` says what each option means."""
        filters = reading.DocumentFilters(
            outlet=outlet, since=since, until=until, text=text, all_versions=all_versions
        )
        return reading.read_documents(self._connection, filters)

    def coded(self, *, all_versions: bool = False) -> Iterator[CodedDocument]:
        """Yield everything that was read from each document, oldest run first."""
        return reading.read_coded(self._connection, all_versions=all_versions)

    def outdated(self, version: str | None) -> tuple[int, Iterator[Document]]:
        """Return the number of documents that another reader than ``version`` read (all, when None), and these."""
        return replacing.read_outdated(self._connection, version)

    def mentions(self) -> Iterator[reading.StoredMentions]:
        """Yield every document with the actors that it names, oldest run first."""
        return reading.read_mentions(self._connection)

    def watched(self) -> Watched:
        """Return what following feeds remembers."""
        return Watched(self._connection, lambda work: opening.transaction(self._connection, self.path, work))

    def failures(self) -> Iterator[writing.Failure]:
        """Yield the inputs that were skipped, and why."""
        return reading.read_failures(self._connection)

    def runs(self) -> list[runs.StoredRun]:
        """Return each time that something was written, the first first."""
        return runs.read_runs(self._connection)

    def readings(self, before: int, after: int) -> Iterator[history.Reread]:
        """Yield the documents that were read anew between two runs, with what was read before and after.

        Raises:
            UsageError: no such run, or its readings are no longer kept.
        """
        return history.read_readings(self._connection, before, after)

    def faults(self, *, everything: bool = False) -> Iterator[checks.Fault]:
        """Yield what is wrong with the store; of a whole one, nothing.

        Records are looked at one by one for some 500 documents, or for all when ``everything``.
        """
        return checks.find_faults(self._connection, everything=everything)

    def export_parquet(self, folder: Path) -> dict[str, int]:
        """Write all tables into a new folder of Parquet files, by month; return the number of rows of each.

        Raises:
            UsageError: the folder is there already.
            StoreError: it cannot be written.
        """
        return parquet.write_parquet(self._connection, folder)

    def import_parquet(self, folder: Path) -> dict[str, int]:
        """Add what such a folder holds and this store does not, in one transaction; return the numbers of added rows.

        Raises:
            StoreError: the folder cannot be read, or the store cannot be written; nothing was added.
        """
        return opening.transaction(
            self._connection, self.path, lambda: parquet.read_parquet(self._connection, folder)
        )

    def event(self, id_: str) -> Event:
        """Return the event with this id, or with this beginning of an id.

        Raises:
            UsageError: there is none, or more than one.
        """
        return reading.read_event(self._connection, id_)

    def evidence(self, event: Event) -> list[reading.Evidence]:
        """Return the reports of an event, each with its document and sentence."""
        return reading.read_evidence(self._connection, event)
