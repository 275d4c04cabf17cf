"""dragoman reads international news and writes down who did what to whom, each field tied to its words.

The public face: everything here may be relied upon; names deeper in the package may move. Parts are
loaded when first used, so that ``import dragoman`` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from dragoman.version import VERSION

if TYPE_CHECKING:
    from dragoman.config import ReaderConfig
    from dragoman.errors import DragomanError
    from dragoman.model.document import Document
    from dragoman.model.event import CodedDocument
    from dragoman.pipeline.coding import code
    from dragoman.pipeline.reader import Reader
    from dragoman.reading.event_words import factuality
    from dragoman.reading.resolving import resolve_actor
    from dragoman.reading.typing import relation_type
    from dragoman.store import Store

__version__ = VERSION

__all__ = [
    "CodedDocument",
    "Document",
    "DragomanError",
    "Reader",
    "ReaderConfig",
    "Store",
    "__version__",
    "code",
    "factuality",
    "relation_type",
    "resolve_actor",
]

_HOMES = {
    "CodedDocument": "dragoman.model.event",
    "Document": "dragoman.model.document",
    "DragomanError": "dragoman.errors",
    "Reader": "dragoman.pipeline.reader",
    "ReaderConfig": "dragoman.config",
    "Store": "dragoman.store",
    "code": "dragoman.pipeline.coding",
    "factuality": "dragoman.reading.event_words",
    "relation_type": "dragoman.reading.typing",
    "resolve_actor": "dragoman.reading.resolving",
}


def __getattr__(name: str) -> object:
    """Load a public name from the module it lives in."""
    if name not in _HOMES:
        message = f"module 'dragoman' has no attribute {name!r}"
        raise AttributeError(message)
    found: object = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
