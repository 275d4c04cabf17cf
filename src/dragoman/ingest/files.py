"""Files, folders, patterns, addresses and standard input as documents; what cannot be read is told and skipped."""

from __future__ import annotations

import errno
import functools
import glob
import importlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from dragoman.errors import SkipError, StopError
from dragoman.ingest.assets import is_asset
from dragoman.ingest.formats import choose_format
from dragoman.ingest.job import Fetch, Fetched, Item, Job, OnSkip, ReadOptions, Source
from dragoman.ingest.language import ENGLISH, language_of, require_english
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.streams import look

STANDARD_INPUT = "-"
ADDRESS = re.compile(r"https?://", re.IGNORECASE)

__all__ = ["Item", "OnSkip", "ReadOptions", "label", "read_items"]


def read_items(
    names: Iterable[str], known: Metadata, on_skip: OnSkip, options: ReadOptions | None = None
) -> Iterator[Item]:
    """Yield the documents of the inputs, in order, one by one; nothing is read before it is asked for.

    A name is a file, a folder (all files below it, in the order of their names), a pattern (``news/*.html``), an
    http(s) address, or ``-`` for standard input. ``known`` outweighs what the inputs say of themselves. ``on_skip`` is
    told the name of an input, or of a part of one, that cannot be read, and why; the others go on.
    """
    job = Job(options or ReadOptions(), on_skip, dispatch)
    for name in names:
        try:
            yield from _read(name, known, job)
        except SkipError as error:
            on_skip(label(name), error)


def label(name: str) -> str:
    """Return how an input is called in messages."""
    return "standard input" if name == STANDARD_INPUT else name


def dispatch(source: Source, job: Job) -> Iterator[Item]:
    """Yield the articles of one source by the reader of its format; what cannot be read is told."""
    told, passed, count = job.told, sum(job.passed.values()), 0
    try:
        head, file = look(source.file)
        source = replace(source, file=file)
        reader = choose_format(head, source, columns=bool(job.options.columns))
        for item in reader.read(source, job):
            count += 1
            if (checked := _checked(item, job)) is not None:
                yield checked
        if not count and told == job.told:
            passed = sum(job.passed.values()) - passed
            job.skip(
                source.name,
                SkipError(f"holds no articles{f', {passed} parts were passed over' * bool(passed)}"),
            )
    except SkipError as error:
        job.skip(source.name, error)
    except StopError:
        raise
    except OSError as error:
        job.skip(source.name, SkipError(_reason(error)))
    except Exception as error:  # noqa: BLE001 - a fault of ours on one input must not stop the others; told
        words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        job.skip(source.name, SkipError(f"could not be read because of a fault in dragoman ({words})"))


def _checked(item: Item, job: Job) -> Item | None:
    """Return an article with the language it is in, or None, and tell, where it is not English."""
    document = item.document
    try:
        language = language_of(document.text, document.language)
        if not job.options.any_language:
            require_english(language)
    except SkipError as error:
        job.skip(item.name, error)
        return None
    return replace(item, document=replace(document, language=language or document.language or ENGLISH))


def _read(name: str, known: Metadata, job: Job) -> Iterator[Item]:
    if name == STANDARD_INPUT:
        yield from dispatch(Source(name=label(name), file=sys.stdin.buffer, known=known), job)
    elif ADDRESS.match(name):
        yield from _fetched(name, known, job)
    elif Path(name).is_dir():
        yield from _folder(Path(name), known, job)
    elif glob.has_magic(name) and not Path(name).exists():
        found = sorted(glob.iglob(name, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        for each in found:
            if not Path(each).is_dir():
                yield from _told(each, known, job)
        if not found:
            message = "nothing has a name like this"
            raise SkipError(message)
    else:
        yield from _file(Path(name), known, job)


def _told(name: str, known: Metadata, job: Job) -> Iterator[Item]:
    try:
        yield from _file(Path(name), known, job)
    except SkipError as error:
        job.skip(name, error)


def _file(path: Path, known: Metadata, job: Job) -> Iterator[Item]:
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:
        message = "no such file" if isinstance(error, FileNotFoundError | ValueError) else _reason(error)
        raise SkipError(message) from error
    with file:
        yield from dispatch(Source(name=str(path), file=file, known=known, path=path.name), job)


def _reason(error: Exception) -> str:
    number = getattr(error, "errno", None) or errno.EIO
    return f"cannot be read: {os.strerror(number).lower()}"


def _folder(folder: Path, known: Metadata, job: Job) -> Iterator[Item]:
    """Yield the articles of all files below a folder, in the order of their names.

    Hidden files and parts of pages are passed over, and links that lead within the folder, for what they lead to is
    read by itself.
    """
    inside = folder.resolve()
    files = 0
    for place, folders, names in os.walk(
        folder, onerror=lambda error: job.skip(str(error.filename), SkipError(_reason(error)))
    ):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        links = [each for each in folders if Path(place, each).is_symlink()]
        for each in sorted([*names, *links]):
            path = Path(place, each)
            if each.startswith(".") or is_asset(each):
                continue
            files += 1
            if path.is_symlink():
                if not path.resolve().is_relative_to(inside):
                    job.skip(str(path), SkipError("is a link out of the folder"))
            elif not stat.S_ISREG(path.lstat().st_mode):
                job.skip(str(path), SkipError("is no file that can be read, but a pipe or device"))
            else:
                yield from _told(str(path), known, job)
    if not files:
        message = "is a folder without files to read"
        raise SkipError(message)


def _fetched(url: str, known: Metadata, job: Job) -> Iterator[Item]:
    fetched = (job.options.fetch or _usual_fetch()).get(url)
    yield from dispatch(source_of(url, fetched, known), job)


def source_of(name: str, fetched: Fetched, known: Metadata) -> Source:
    """Return what came from an address as a source, called ``name`` in messages."""
    return Source(
        name=name,
        file=io.BytesIO(fetched.data),
        known=known,
        path=urlsplit(fetched.final_url).path.rpartition("/")[2],
        media_type=fetched.media_type,
        charset=fetched.charset,
        address=fetched.final_url,
    )


@functools.cache
def _usual_fetch() -> Fetch:
    """Return the fetcher with its usual settings; loaded only when an address is to be read."""
    module = importlib.import_module("dragoman.ingest.fetching.fetch")
    return cast("Fetch", module.Fetcher())
