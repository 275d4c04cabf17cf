"""ZIP and tar: each file in them as if it lay in a folder; what points out of them is refused."""

from __future__ import annotations

import functools
import posixpath
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from dragoman.errors import SkipError
from dragoman.ingest.assets import is_asset
from dragoman.ingest.job import Item, Job, Source
from dragoman.ingest.streams import Unpacked, buffered, seekable

ZIP_TYPES = ("application/zip", "application/x-zip-compressed")
TAR_TYPES = ("application/x-tar",)
# Files in an archive; the lists of more would fill the memory.
MOST_FILES = 1_000_000
# What may stand before a file in a tar (its long name and the like). Bytes; paths are bounded by 4 KB.
LONGEST_EXTRA = 1024 * 1024
# Files that say what an archive is, where it is no archive but a document of another kind.
OTHER_DOCUMENTS = {"[Content_Types].xml": "an Office document", "mimetype": "a book or an Office document",
                   "META-INF/MANIFEST.MF": "a program"}  # fmt: skip


def is_zip(head: bytes) -> bool:
    """Say whether a file begins like a ZIP."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_tar(head: bytes) -> bool:
    """Say whether a file begins like a tar."""
    return head[257:262] == b"ustar"


def read_zip(source: Source, job: Job) -> Iterator[Item]:
    """Yield the articles of the files in a ZIP, in the order of their names.

    Raises:
        SkipError: it is damaged, or is a document of another kind.
    """
    file = seekable(source.file)
    try:
        archive = zipfile.ZipFile(file, mode="r")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        message = f"is a damaged ZIP ({error})"
        raise SkipError(message) from error
    with archive:
        names = {entry.filename for entry in archive.infolist()}
        if kind := next((kind for name, kind in OTHER_DOCUMENTS.items() if name in names), None):
            message = f"is {kind}; save it as text, HTML or PDF"
            raise SkipError(message)
        for entry in sorted(archive.infolist(), key=lambda each: each.filename):
            if not entry.is_dir():
                yield from _member(source, job, entry.filename, functools.partial(_open_zip, archive, entry))
    if file is not source.file:
        file.close()


def _open_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    if stat.S_ISLNK(entry.external_attr >> 16):
        message = "is a link; only files are read from archives"
        raise SkipError(message)
    if entry.flag_bits & 1:
        message = "is locked with a password"
        raise SkipError(message)
    try:
        opened = archive.open(entry)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
        RuntimeError,
    ) as error:
        message = f"is damaged ({error})"
        raise SkipError(message) from error
    packed = _Size(max(entry.compress_size, 1))
    return buffered(Unpacked(cast("BinaryIO", opened), cast("BinaryIO", packed)))


class _Size:
    """Stands for a packed stream of which all has been read."""

    def __init__(self, size: int) -> None:
        self._size = size

    def tell(self) -> int:
        return self._size


class _BoundedHeader(tarfile.TarInfo):
    """A header of a tar that does not read long names and the like without bound."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        extra = {
            tarfile.XHDTYPE,
            tarfile.XGLTYPE,
            tarfile.SOLARIS_XHDTYPE,
            tarfile.GNUTYPE_LONGNAME,
            tarfile.GNUTYPE_LONGLINK,
        }
        if self.type in extra and self.size > LONGEST_EXTRA:
            message = "has a header that is too long"
            raise SkipError(message)
        return super()._proc_member(tar)  # type: ignore[misc,no-any-return]


def read_tar(source: Source, job: Job) -> Iterator[Item]:
    """Yield the articles of the files in a tar, in the order they stand in it.

    Raises:
        SkipError: it is damaged; what stood before was read.
    """
    try:
        archive = tarfile.open(fileobj=source.file, mode="r|", tarinfo=_BoundedHeader)  # noqa: SIM115 - streamed
        for count, entry in enumerate(archive):
            if count > MOST_FILES:
                message = f"holds more than {MOST_FILES:,} files"
                raise SkipError(message)
            archive.members.clear()  # type: ignore[attr-defined]
            if not entry.isdir():
                yield from _member(source, job, entry.name, functools.partial(_open_tar, archive, entry))
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as error:
        message = f"is a damaged tar ({error})"
        raise SkipError(message) from error


def _open_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> BinaryIO:
    opened = archive.extractfile(entry) if entry.isfile() else None
    if opened is None:
        message = "is a link or a device; only files are read from archives"
        raise SkipError(message)
    return _Forward(cast("BinaryIO", opened)).stream()


class _Forward:
    """A member of a streamed tar, which must not be sought in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def stream(self) -> BinaryIO:
        return buffered(Unpacked(self._file, cast("BinaryIO", _Size(2**62))))


def _member(source: Source, job: Job, name: str, opener: Callable[[], BinaryIO]) -> Iterator[Item]:
    """Yield the articles of one file of an archive; what cannot be read is told, and the others go on."""
    label = f"{source.name}/{name}"
    plain = name.replace("\\", "/")
    if any(part.startswith(".") and part not in {".", ".."} for part in plain.split("/")) or is_asset(plain):
        job.passed["hidden files, pictures and parts of pages"] += 1
        return
    normal = posixpath.normpath(plain)
    if normal.startswith(("/", "..")) or plain[1:2] == ":":
        job.skip(label, SkipError("points out of the archive"))
        return
    try:
        inner = Source(name=label, file=opener(), known=source.known, path=plain, depth=source.depth)
        yield from job.inside(source, inner)
    except SkipError as error:
        job.skip(label, error)
