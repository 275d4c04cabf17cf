"""JSON Lines: one document a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from dragoman.model.event import CodedDocument


def jsonl(documents: Iterable[CodedDocument]) -> Iterator[str]:
    """Yield one line a document, as soon as it is read."""
    for coded in documents:
        yield json.dumps(coded.to_dict(), ensure_ascii=False) + "\n"
