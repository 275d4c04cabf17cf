"""The store: a DuckDB file that holds documents, reports, events, runs and failures."""

from dragoman.store.query import Filters
from dragoman.store.reading import Evidence, StoredDocument, StoredReport
from dragoman.store.store import Store
from dragoman.store.writing import Failure, Written

__all__ = ["Evidence", "Failure", "Filters", "Store", "StoredDocument", "StoredReport", "Written"]
