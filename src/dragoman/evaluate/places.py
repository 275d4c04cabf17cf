"""Gold sets of place names with coordinates: readers of LGL and GeoVirus, and of what other systems said about them.

LGL counts characters from 0, GeoVirus from 1; which of the two a file is, its elements say. Each article is a
document with the outlet's address (LGL) and its gold places. A gold place without coordinates is one that the
annotators found in no gazetteer: a street, a farm.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.model.document import Document
from dragoman.model.record import Record

# Documents that define entities of their own can be made to grow without end.
DEFINITIONS = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# Between the fields and between the places of another system's answer; a line is an article.
FIELD, PLACE = ",,", "||"
PEER_FIELDS = 6
# Another system's words are looked for at most so far from where it says they stand; characters.
SHIFT = 30
DAY = 10


@dataclass(frozen=True, slots=True)
class Located(Record):
    """Words of an article that name a place: characters, the words, WGS 84 degrees or null."""

    start: int
    end: int
    words: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class PlaceArticle:
    """An article with its gold places, in order."""

    document: Document
    places: tuple[Located, ...]


def find_sets(path: Path) -> list[Path]:
    """Return the file itself, or every ``*.xml`` of a folder, by name.

    Raises:
        UsageError: the folder has none.
    """
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.xml"), key=lambda file: file.name.casefold())
    if not found:
        message = f"{path}: no *.xml in this folder"
        raise UsageError(message)
    return found


def read_place_articles(path: Path) -> tuple[PlaceArticle, ...]:
    """Read a file in the format of LGL or of GeoVirus.

    Raises:
        UsageError: the file cannot be read, is neither of the two, or a place's words are not where it says.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
        if DEFINITIONS.search(content):
            message = f"{path}: has a document type, which such files have not"
            raise UsageError(message)
        root = ET.fromstring(content)  # noqa: S314 - no entities: refused above
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UsageError(message) from error
    except (ET.ParseError, UnicodeDecodeError) as error:
        message = f"{path}: not XML in UTF-8 ({error})"
        raise UsageError(message) from error
    try:
        articles = tuple(_article(element) for element in root.iter("article"))
    except (TypeError, ValueError, AttributeError) as error:
        message = f"{path}: neither in the format of LGL nor of GeoVirus ({error})"
        raise UsageError(message) from error
    if not articles:
        message = f"{path}: holds no article"
        raise UsageError(message)
    return articles


def _article(element: ET.Element) -> PlaceArticle:
    text = element.findtext("text") or ""
    lgl = element.find("toponyms") is not None
    outlet, day = element.findtext("domain"), element.findtext("dltime")
    document = Document(
        text=text, outlet=outlet, title=element.findtext("title"), published=day[:DAY] if day else None
    )
    places = sorted(_gold(place, text, lgl=lgl) for place in element.iter("toponym" if lgl else "location"))
    return PlaceArticle(document, tuple(Located(*place) for place in places))


def _gold(place: ET.Element, text: str, *, lgl: bool) -> tuple[int, int, str, float | None, float | None]:
    """Return the fields of a gold place.

    Raises:
        ValueError: a number is none, or the words are not there.
    """
    first = 0 if lgl else 1
    start, end = (int(place.findtext(name) or "") - first for name in ("start", "end"))
    words = place.findtext("phrase" if lgl else "name") or ""
    if not words or text[start:end] != words:
        message = f"the text has {text[start:end]!r} at {start}-{end}, not {words!r}"
        raise ValueError(message)
    where = place.find("gaztag") if lgl else place
    if where is None:
        return start, end, words, None, None
    return start, end, words, float(where.findtext("lat") or ""), float(where.findtext("lon") or "")


def peer_files(folder: Path, gold: Path) -> dict[str, Path]:
    """Return the files with other systems' answers to the set ``gold``, by the name of the system.

    They are named ``SET_SYSTEM.txt`` with the set's name as in ``gold``, whatever its case.
    """
    start = f"{gold.stem.casefold()}_"
    return {
        path.stem[len(start) :]: path
        for path in sorted(folder.glob("*.txt"))
        if path.stem.casefold().startswith(start)
    }


def read_peer(path: Path, articles: Sequence[PlaceArticle]) -> tuple[tuple[Located, ...], ...]:
    """Read another system's answer: for each article its places.

    Some count characters otherwise than the text has them (white space and quotes before the words were changed);
    each is moved to the nearest place within `SHIFT` characters where its words do stand.

    Raises:
        UsageError: the file cannot be read, has not a line an article, or a line is in another format.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read ({error})"
        raise UsageError(message) from error
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) != len(articles):
        message = f"{path}: has {len(lines)} lines for {len(articles)} articles"
        raise UsageError(message)
    try:
        return tuple(
            tuple(_answers(line, article.document.text))
            for line, article in zip(lines, articles, strict=True)
        )
    except ValueError as error:
        message = f"{path}: not places as name,,words,,lat,,lon,,start,,end|| ({error})"
        raise UsageError(message) from error


def _answers(line: str, text: str) -> Iterator[Located]:
    for one in filter(str.strip, line.split(PLACE)):
        fields = one.split(FIELD)
        if len(fields) < PEER_FIELDS:
            message = f"{one!r} has {len(fields)} fields"
            raise ValueError(message)
        words, found = fields[1], _nearest(text, fields[1], int(fields[4]))
        lat, lon = (float(field) if field.strip() else None for field in fields[2:4])
        yield Located(found, found + len(words), words, lat, lon)


def _nearest(text: str, words: str, start: int) -> int:
    """Return where the words stand nearest to ``start``; ``start`` itself when they are not near."""
    low, places = max(0, start - SHIFT), []
    while (low := text.find(words, low, start + SHIFT + len(words))) >= 0:
        places.append(low)
        low += 1
    return min(places, key=lambda place: abs(place - start), default=start)
