"""JSON for reading: one object for one document, a list for several."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from dragoman.model.event import CodedDocument


def indented(documents: Iterable[CodedDocument]) -> Iterator[str]:
    """Yield the pieces of one JSON text with indentation; nothing for no document."""
    printed = (json.dumps(coded.to_dict(), ensure_ascii=False, indent=2) for coded in documents)
    first, second = next(printed, None), next(printed, None)
    if first is None:
        return
    if second is None:
        yield f"{first}\n"
        return
    yield f"[\n{first},\n{second}"
    for each in printed:
        yield f",\n{each}"
    yield "\n]\n"
