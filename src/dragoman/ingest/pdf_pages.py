"""The pages of a PDF as text: run as a program of its own, so that its time and memory have a bound.

A PDF may loop, or ask for gigabytes, deep inside one page, where nothing in the same process can stop it.
``python -m dragoman.ingest.pdf_pages`` reads a PDF from standard input and prints JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from typing import Any

# Pages of a longer PDF are left out, and that is noted: news and reports have fewer.
MOST_PAGES = 500
# All text that is taken. Characters: as much as the longest plain text file may have.
MOST_TEXT = 16 * 1024 * 1024
# Bounds of the process: seconds of computing, bytes of memory.
SECONDS = 60
MEMORY = 1536 * 1024 * 1024


def pages_of(data: bytes) -> dict[str, Any]:
    """Return ``pages``, a list of texts, ``title`` and ``created`` as the PDF has them, and ``cut`` where pages are left out.

    Where it cannot be read there is ``error`` instead.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only PDFs need it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "is locked with a password"}
        pages: list[str] = []
        size, cut = 0, False
        for number, page in enumerate(reader.pages):
            if number >= MOST_PAGES or size > MOST_TEXT:
                cut = True
                break
            pages.append(_words(page))
            size += len(pages[-1])
        title, created = _information(reader)
    except Exception as error:  # noqa: BLE001 - pypdf raises of many kinds on broken files; told in one line
        return {"error": f"is a damaged PDF ({' '.join(f'{type(error).__name__}: {error}'.split())[:160]})"}
    return {"pages": pages, "title": title, "created": created, "cut": cut}


def _words(page: Any) -> str:  # noqa: ANN401 - pypdf's page
    try:
        return str(page.extract_text())
    except RecursionError:
        raise
    except Exception:  # noqa: BLE001 - one damaged page of many: the others are read
        return ""


def _information(reader: Any) -> tuple[str | None, str | None]:  # noqa: ANN401 - pypdf's reader
    title, created = None, None
    with contextlib.suppress(Exception):
        title = str(reader.metadata.title or "") or None
    with contextlib.suppress(Exception):
        created = reader.metadata.creation_date.isoformat()
    return title, created


def main() -> None:
    """Bound this process, read, print."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system; the parent's time bound holds everywhere

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(json.dumps(pages_of(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
