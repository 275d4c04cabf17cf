"""JSON Lines: one object a line with the fields of a document, or with columns of other names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from dragoman.errors import SkipError
from dragoman.ingest.columns import GIVE_UP, row_item
from dragoman.ingest.job import LONGEST, Item, Job, Source
from dragoman.ingest.lines import text_stream
from dragoman.ingest.streams import bounded_lines

MEDIA_TYPE = "application/x-ndjson"


def read_jsonl(source: Source, job: Job) -> Iterator[Item]:
    """Yield an article a line; a line that is none is told by its number, and the others go on.

    What ``dragoman code --format jsonl`` prints is taken too: its ``document`` is read anew. So is a file that
    is one JSON value over many lines: an object, or a list of them.

    Raises:
        SkipError: one value over many lines that is too long; none of the first lines is an article.
    """
    with text_stream(source) as lines:
        numbered = bounded_lines(lines, LONGEST)
        first, second = next(numbered, None), next(numbered, None)
        if _spans(first, second):
            start = "".join(line for pair in (first, second) if pair and (line := pair[1]))
            yield from _one_value(start + lines.read(LONGEST + 1), source, job)
        else:
            yield from _each(chain(filter(None, (first, second)), numbered), source, job)


def _spans(first: tuple[int, str | None] | None, second: tuple[int, str | None] | None) -> bool:
    """Say whether the file is one value over many lines: neither of the first two lines is whole by itself."""
    starts = first is not None and first[1] is not None and _value(first[1]) is None
    return starts and not (
        second is not None and second[1] is not None and isinstance(_value(second[1]), dict)
    )


def _each(numbered: Iterable[tuple[int, str | None]], source: Source, job: Job) -> Iterator[Item]:
    failed, good = 0, False
    for number, line in numbered:
        if line is not None and not line.strip():
            continue
        name = f"{source.name}:{number}"
        try:
            yield row_item(name, _row(_value(line)), job.options.columns, source)
            good = True
        except SkipError as error:
            job.skip(name, error)
            failed += 1
            if failed >= GIVE_UP and not good:
                message = f"is given up after {failed} lines that are no articles"
                raise SkipError(message) from error


def _value(line: str | None) -> object:
    """Return what a line holds; None where it goes on in the next.

    Raises:
        SkipError: too long.
    """
    if line is None:
        message = f"is too long for one article: more than {LONGEST // 1024**2} MB"
        raise SkipError(message)
    try:
        value: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value


def _row(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        message = "is no JSON object"
        raise SkipError(message)
    inner = value.get("document")
    return inner if isinstance(inner, dict) and "text" not in value else value


def _one_value(text: str, source: Source, job: Job) -> Iterator[Item]:
    """Yield the articles of a file that is one JSON value."""
    if len(text) > LONGEST:
        message = f"is one JSON value of more than {LONGEST // 1024**2} MB; write one object a line"
        raise SkipError(message)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = "is broken JSON"
        raise SkipError(message) from error
    for number, each in enumerate(value if isinstance(value, list) else [value], 1):
        name = f"{source.name}:{number}" if isinstance(value, list) else source.name
        try:
            yield row_item(name, _row(each), job.options.columns, source)
        except SkipError as error:
            job.skip(name, error)
