"""What tests of readers share: reading of names with what was told, good inputs of every format."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from types import SimpleNamespace

import pytest

from dragoman.ingest.files import Item, ReadOptions, read_items
from dragoman.ingest.metadata import Metadata

FIRST = "The foreign ministers of Syldavia and Borduria met in Geneva on Tuesday and agreed to free forty prisoners."
SECOND = (
    "A spokesman said that they would meet again in May, and that the talks were the first in three years."
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ministers meet</title>
<meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2023-09-13T08:00:00+02:00">
</head><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Ministers meet</h1><p>{FIRST}</p>
<p>{SECOND}</p></article></body></html>"""


@pytest.fixture
def read_names() -> Callable[..., tuple[list[Item], list[tuple[str, str]]]]:
    """Return a function from names to items, and what was told of those skipped."""

    def read(
        *names: object, known: Metadata | None = None, **options: object
    ) -> tuple[list[Item], list[tuple[str, str]]]:
        told: list[tuple[str, str]] = []
        items = list(
            read_items(
                [str(name) for name in names],
                known or Metadata(),
                lambda name, error: told.append((name, str(error))),
                ReadOptions(**options),  # type: ignore[arg-type]
            )
        )
        return items, told

    return read


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Return the makers of inputs, and the words in them."""
    return SimpleNamespace(
        feed=make_feed,
        warc=make_warc,
        zip=make_zip,
        tar=make_tar,
        pdf=make_pdf,
        first=FIRST,
        second=SECOND,
        page=PAGE,
    )


@pytest.fixture(scope="session")
def good_inputs() -> dict[str, bytes]:
    """Return a good input of every format by the name of its file; each holds the two paragraphs."""
    return make_good_inputs()


def make_good_inputs() -> dict[str, bytes]:
    text = f"{FIRST}\n\n{SECOND}"
    fields = {"text": text, "title": "Ministers meet", "published": "2023-09-13", "outlet": "The Post"}
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "Jane Doe <jane@post.example>",
        "Ministers meet",
        "Wed, 13 Sep 2023 08:00:00 +0200",
    )
    mail["Message-ID"] = "<1@post.example>"
    mail.set_content(text)
    mail.add_alternative(PAGE, subtype="html")
    return {
        "a.txt": text.encode(),
        "a.html": PAGE.encode(),
        "a.jsonl": (json.dumps(fields) + "\n").encode(),
        "a.csv": f'text,title,published,outlet\n"{text}",Ministers meet,2023-09-13,The Post\n'.encode(),
        "a.tsv": f"text\ttitle\n{FIRST} {SECOND}\tMinisters meet\n".encode(),
        "a.rss": make_feed(
            f"<content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded>"
        ).encode(),
        "a.eml": mail.as_bytes(),
        "a.warc": make_warc(PAGE.encode()),
        "a.warc.gz": gzip.compress(make_warc(PAGE.encode())),
        "a.txt.gz": gzip.compress(text.encode()),
        "a.zip": make_zip({"in/a.html": PAGE.encode()}),
        "a.tar": make_tar({"in/a.html": PAGE.encode()}),
        "a.tar.gz": gzip.compress(make_tar({"in/a.html": PAGE.encode()})),
        "a.pdf": make_pdf([FIRST, SECOND]),
    }


def make_feed(inside: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>The Post</title><item><title>Ministers meet</title><link>https://post.example/1</link>"
        f"<pubDate>Wed, 13 Sep 2023 08:00:00 +0200</pubDate>{inside}</item></channel></rss>"
    )


def make_warc(page: bytes, url: str = "https://post.example/1") -> bytes:
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page)
        + page
    )
    robots = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>none</p>"
    return (
        _record("warcinfo", "", b"software: test\r\n")
        + _record("response", "https://post.example/robots.txt", robots)
        + _record("response", url, http)
    )


def _record(kind: str, url: str, body: bytes) -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def make_zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def make_tar(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def make_pdf(lines: list[str], *, kids: str = "[3 0 R]", contents: str = "5 0 R") -> bytes:
    shown = "".join(f"({line}) Tj 0 -40 Td " for line in lines)
    stream = f"BT /F1 9 Tf 20 700 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids} /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Resources << /Font << /F1 4 0 R >> >> /Contents {contents} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        body
        + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()
    )
