"""The store: a DuckDB file that holds documents, all that was read from them, runs and failures."""

from dragoman.store.backup import copy_store
from dragoman.store.checks import Fault
from dragoman.store.history import Reread
from dragoman.store.query import Filters
from dragoman.store.reading import DocumentFilters, Evidence, StoredDocument, StoredReport
from dragoman.store.replacing import Replaced
from dragoman.store.runs import Run, StoredRun
from dragoman.store.store import Store
from dragoman.store.writing import Failure, StoredOriginal, Written

__all__ = [
    "DocumentFilters",
    "Evidence",
    "Failure",
    "Fault",
    "Filters",
    "Replaced",
    "Reread",
    "Run",
    "Store",
    "StoredDocument",
    "StoredOriginal",
    "StoredReport",
    "StoredRun",
    "Written",
    "copy_store",
]
