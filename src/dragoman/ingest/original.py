"""The input as it was, and where each stretch of the text stood in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

# Start and end in the text, and where it starts in the decoded original; code points.
Piece = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """An input before it was cleaned.

    ``data`` are the bytes of the file, the member of an archive, the page of a web record, or the value
    of a field of a table. ``encoding`` is what they were decoded with, None for what is not text by itself.
    ``pieces`` map the text to the decoded original, in the order of the text: code point ``start + i`` of the
    text stood at ``origin + i``. What lies between two pieces (line breaks between blocks) was put in by the
    reader. The decoded original is ``data`` decoded, without a byte order mark; for a mail the body that was
    read, for a PDF its pages as they were extracted, with a form feed after each.
    """

    media_type: str
    encoding: str | None
    data: bytes
    pieces: tuple[Piece, ...]

    def locate(self, offset: int) -> int | None:
        """Return where the code point at ``offset`` of the text stood in the decoded original, or None."""
        number = bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1
        if number < 0:
            return None
        start, end, origin = self.pieces[number]
        return origin + offset - start if offset < end else None


def unchanged(data: bytes, encoding: str, text: str, media_type: str = "text/plain") -> Original:
    """Return the original of a text in which nothing was changed."""
    return Original(media_type=media_type, encoding=encoding, data=data, pieces=((0, len(text), 0),))
