"""Parsing of feeds: what is refused before, since the parser takes quadratic time, or unpacks, what is made to harm."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from dragoman.errors import SkipError
from dragoman.ingest.encoding import decode_any

# Feeds of news have up to 1 MB; the parser takes some seconds for each. Bytes.
LONGEST_FEED = 4 * 1024 * 1024
# Feeds are nested ten deep, with HTML that leaves tags open perhaps a hundred. The parser's time grows with it.
DEEPEST = 1000
# An entity stands for a letter or a name. Characters.
LONGEST_ENTITY = 64
# A run of blanks longer than this is shortened: the parser looks through it from each of its characters.
LONGEST_BLANK = 100

DECLARED = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
BLANK = re.compile(rf"[ \t\n\r\f\v]{{{LONGEST_BLANK},}}")
ENTITY = re.compile(r"<!ENTITY\s+(%\s*)?[^\s<>]+\s+(\"[^\"<]*\"|'[^'<]*'|[^\s<>]+)")
TAG = re.compile(r"<(/?)([A-Za-z_][^\s<>/]*)[^<>]*>")
# Tags of HTML that are not closed.
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "meta", "param", "source", "wbr", "p", "li"]
)


def parse_feed(data: bytes, charset: str | None, *, address: str | None = None) -> Mapping[str, Any]:
    """Return what the parser finds in RSS or Atom, also where it breaks off or is not well formed.

    ``charset`` is what a server says of the encoding, ``address`` what relative links go back to.

    Raises:
        SkipError: it cannot be parsed, is too long, nested too deep, or has entities that may unpack without end.
    """
    import feedparser  # noqa: PLC0415 - only feeds need it

    if len(data) > LONGEST_FEED:
        message = f"is longer than a feed may be: more than {LONGEST_FEED // 1024**2} MB"
        raise SkipError(message)
    declared = DECLARED.search(data[:300].decode("latin-1"))
    text, _ = decode_any(data, [charset, declared[1] if declared else None])
    headers = {"content-type": "application/xml; charset=utf-8"}
    if address is not None:
        headers["content-location"] = address
    # A stream, for of bytes the parser first asks whether they name a file.
    stream = io.BytesIO(guarded(text).encode("utf-8", "replace"))
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        message = f"is a broken feed ({type(error).__name__})"
        raise SkipError(message) from error
    return parsed


def guarded(text: str) -> str:
    """Return the text of a feed without its XML declaration and long blanks.

    Raises:
        SkipError: it is nested too deep, or has entities that may unpack without end.
    """
    text = BLANK.sub("\n", DECLARATION.sub("", text, count=1)).lstrip()
    for match in ENTITY.finditer(text):
        if match[1] or not _harmless(match[2]):
            message = "declares entities that may unpack without end, or lie in other files"
            raise SkipError(message)
    depth = 0
    for match in TAG.finditer(_outside(text)):
        if match[2].lower() not in VOID and not match[0].endswith("/>"):
            depth += -1 if match[1] else 1
        if depth > DEEPEST:
            message = f"is nested more than {DEEPEST} deep"
            raise SkipError(message)
    return text


def _harmless(value: str) -> bool:
    """Say whether an entity stands for a few characters in quotes, or one by its number."""
    inner = value[1:-1]
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    plain = not re.search(r"[&%]", inner) or re.fullmatch(r"&#\w{1,8};", inner)
    return quoted and len(inner) <= LONGEST_ENTITY and bool(plain)


def _outside(text: str) -> str:
    """Return the text without comments and CDATA; what is not closed goes on to the end."""
    kept, place = [], 0
    while (start := text.find("<!", place)) >= 0:
        begin, end = next(
            (
                (begin, end)
                for begin, end in (("<!--", "-->"), ("<![CDATA[", "]]>"))
                if text.startswith(begin, start)
            ),
            ("<!", ""),
        )
        kept.append(text[place:start])
        closed = text.find(end, start + len(begin))
        if closed < 0:
            return "".join(kept)
        place = closed + len(end)
    return "".join([*kept, text[place:]])
