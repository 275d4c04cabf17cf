"""CSV and its kin: a header, and one article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from dragoman.errors import SkipError
from dragoman.ingest.columns import GIVE_UP, NAMED, row_item
from dragoman.ingest.job import LONGEST, Item, Job, Source
from dragoman.ingest.lines import text_stream
from dragoman.ingest.streams import bounded_lines

DELIMITERS = ",;\t|"
CSV_TYPES = ("text/csv", "application/csv")
TSV_TYPES = ("text/tab-separated-values",)


def read_table_rows(source: Source, job: Job) -> Iterator[Item]:
    """Yield an article a row; the header names the columns, and what parts them is told from it.

    Raises:
        SkipError: no header with the text in it; none of the first rows is an article.
    """
    csv.field_size_limit(LONGEST)
    with text_stream(source, newline="") as lines:
        header_line = lines.readline(LONGEST)
        delimiter = max(DELIMITERS, key=header_line.count)
        header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter), [])]
        wanted = job.options.columns.get("text", "text")
        if wanted.lower() not in {name.lower() for name in header}:
            message = (
                f"has no column {wanted!r}; its columns are {', '.join(header[:NAMED])[:300]}: "
                "say which holds the text with --columns text=NAME"
            )
            raise SkipError(message)
        failed, good = 0, False
        for number, row in _rows(lines, delimiter):
            name = f"{source.name}:{number}"
            try:
                if isinstance(row, SkipError):
                    raise row
                yield row_item(name, dict(zip(header, row, strict=False)), job.options.columns, source)
                good = True
            except SkipError as error:
                job.skip(name, error)
                failed += 1
                if failed >= GIVE_UP and not good:
                    message = f"is given up after {failed} rows that are no articles"
                    raise SkipError(message) from error


def _rows(lines: TextIO, delimiter: str) -> Iterator[tuple[int, list[str] | SkipError]]:
    """Yield the line each row ends on, and its cells, or why it has none."""
    too_long: list[int] = []
    reader = csv.reader(_kept(lines, too_long), delimiter=delimiter)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield reader.line_num + 1, SkipError(f"is no row of a table ({error})")
            continue
        for number in too_long:
            yield number + 1, SkipError(f"is too long for one article: more than {LONGEST // 1024**2} MB")
        too_long.clear()
        if row is None:
            return
        if row:
            yield reader.line_num + 1, row


def _kept(lines: TextIO, too_long: list[int]) -> Iterator[str]:
    """Yield the lines; the numbers of those that are too long go into ``too_long``, and they come as empty."""
    for number, line in bounded_lines(lines, LONGEST):
        if line is None:
            too_long.append(number)
        yield "" if line is None else line.replace("\0", "\ufffd")
