"""Mails (EML) and pages saved as one file (MHTML): the text part, else the page in it, and attached articles."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr

from dragoman.errors import SkipError
from dragoman.ingest.dates import iso_date
from dragoman.ingest.encoding import decode_any
from dragoman.ingest.job import Item, Job, Source, read_bounded
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.original import Original

MEDIA_TYPES = ("message/rfc822", "multipart/related", "application/x-mimearchive")
# Attachments and parts: a mail of more was made to harm.
MOST_PARTS = 500
# Names of the first lines of mails; three different ones, with one of the second row, are a mail.
USUAL = frozenset(
    {"from", "to", "date", "subject", "received", "return-path", "delivered-to", "cc", "reply-to"}
)
TELLING = frozenset({"message-id", "mime-version", "received", "return-path", "snapshot-content-location"})
LEAST_HEADERS = 3


def is_mail(head: str) -> bool:
    """Say whether a file begins with the header lines of a mail."""
    names = set()
    for line in head.lstrip().split("\n")[:200]:
        if not line.strip():
            break
        name, colon, _ = line.partition(":")
        if line[0] in " \t" or line.startswith("From "):
            continue
        if not colon or not name.isascii() or not name or " " in name:
            return False
        names.add(name.lower())
    return bool(names & TELLING) and len(names & (USUAL | TELLING)) >= LEAST_HEADERS


def read_mail(source: Source, job: Job) -> Iterator[Item]:
    """Yield the mail as one article, then the articles attached to it.

    Raises:
        SkipError: no text in it, or it is broken.
    """
    data = read_bounded(source.file, what="one mail")
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        parts = _parts(message)
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        words = "is a broken mail"
        raise SkipError(words) from error
    known = source.known.over(_metadata(message))
    bodies = [part for part in parts if not _is_attached(part)]
    body = next((p for kind in ("text/plain", "text/html") for p in bodies if _is_full(p, kind)), None)
    if message.get("Snapshot-Content-Location"):
        body = next((p for p in bodies if _is_full(p, "text/html")), body)
        known = source.known
    if body is not None:
        yield from _body(source, job, known, body, data)
    for number, part in enumerate(filter(_is_attached, parts), 1):
        name = _header(part.get_filename()) or f"attachment {number}"
        inner = Source(
            name=f"{source.name}/{name}", file=io.BytesIO(_payload(part)), known=Metadata(), path=name,
            media_type=part.get_content_type(), depth=source.depth,
        )  # fmt: skip
        yield from job.inside(source, inner)
    if body is None and not any(map(_is_attached, parts)):
        words = "holds no text"
        raise SkipError(words)


def _parts(message: Message) -> list[Message]:
    """Return the parts that hold something, without walking down by recursion.

    Raises:
        SkipError: too many of them.
    """
    waiting, found = [message], []
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting += [each for each in reversed(payload) if isinstance(each, Message)]
        else:
            found.append(part)
        if len(found) + len(waiting) > MOST_PARTS:
            words = f"has more than {MOST_PARTS} parts"
            raise SkipError(words)
    return found


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _is_full(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind and bool(_payload(part).strip())


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, UnicodeError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, UnicodeError, ValueError):
        return None


def _body(source: Source, job: Job, known: Metadata, body: Message, data: bytes) -> Iterator[Item]:
    payload, charset = _payload(body), _charset(body)
    if body.get_content_type() == "text/html":
        inner = Source(
            name=source.name, file=io.BytesIO(payload), known=known, media_type="text/html", charset=charset,
            depth=source.depth,
        )  # fmt: skip
        yield from job.inside(source, inner)
        return
    text, encoding = decode_any(payload, [charset])
    whole = Original(media_type="message/rfc822", encoding=encoding, data=data, pieces=((0, len(text), 0),))
    yield Item(source.name, known.document(text), whole)


def _metadata(message: Message) -> Metadata:
    name, address = parseaddr(_header(message.get("From")))
    return Metadata(
        title=_header(message.get("Subject")) or None,
        published=iso_date(_header(message.get("Date"))),
        byline=name or address or None,
    )


def _header(value: object) -> str:
    """Return a header's words; what is wrongly encoded stays as it is."""
    words = "" if value is None else str(value)
    with contextlib.suppress(MessageError, LookupError, ValueError, UnicodeError):
        words = str(make_header(decode_header(words)))
    return " ".join(words.encode("utf-8", "replace").decode().split())
