"""JSON for reading: one object for one document, a list for several."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from dragoman.model.event import CodedDocument


def indented(documents: Iterable[CodedDocument]) -> Iterator[str]:
    """Yield the pieces of one JSON text with indentation."""
    first = None
    count = 0
    for coded in documents:
        printed = json.dumps(coded.to_dict(), ensure_ascii=False, indent=2)
        count += 1
        if first is None:
            first = printed
        else:
            yield f"[\n{first},\n{printed}" if count == _SECOND else f",\n{printed}"
    if count == 1:
        yield f"{first}\n"
    elif count:
        yield "\n]\n"


_SECOND = 2
