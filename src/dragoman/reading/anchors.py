"""The day against which an undated article may be read: that of its own dateline, else that of its address.

Only a full date counts, with its year. It is never passed off as the day of publication: a note says where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dragoman.knowledge.times import Calendar
from dragoman.reading.article import Article, DayAnchor

# A dateline stands in the first paragraphs; sentences.
FIRST_SENTENCES = 4
# Characters from the start of a sentence within which its dateline ends.
LONGEST_DATELINE = 80
DATELINE = re.compile(r"[A-Z][A-Z.'/ -]{2,}[,/ ].{0,60}?(?:--|[-–—_])(?=\s)", re.DOTALL)
ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9}\.?),? ((?:19|20)\d\d)(?!\d)")
MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9}\.?) (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)(?!\d)")
URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(\d\d|[a-z]{3})\2([0-3]?\d)(?!\d)", re.IGNORECASE)


def find_anchor(article: Article, calendar: Calendar) -> DayAnchor | None:
    """Return the day of an article without a date of publication, and the words or the address that tell it."""
    if article.document.published is not None:
        return None
    for sentence in article.sentences[:FIRST_SENTENCES]:
        words = article.document.text[sentence.start : sentence.start + LONGEST_DATELINE]
        if match := DATELINE.match(words):
            for day, start, end in _days(match.group(), calendar):
                return DayAnchor(day.isoformat(), "dateline", sentence.start + start, sentence.start + end)
    match = URL_DAY.search(article.document.url or "")
    found = _day(match[1], match[3], match[4], calendar) if match else None
    return DayAnchor(found.isoformat(), "url", 0, 0) if found else None


def _days(words: str, calendar: Calendar) -> Iterator[tuple[date, int, int]]:
    """Yield the full dates in some words, with their places."""
    for pattern, order in ((ISO, (1, 2, 3)), (DAY_FIRST, (3, 2, 1)), (MONTH_FIRST, (3, 1, 2))):
        for match in pattern.finditer(words):
            year, month, day = (match[n] for n in order)
            if found := _day(year, month, day, calendar):
                yield found, match.start(), match.end()


def _day(year: str, month: str, day: str, calendar: Calendar) -> date | None:
    """Return the day; None where there is none such, or the month is no month."""
    number = int(month) if month.isdigit() else _month(month.lower(), calendar)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _month(word: str, calendar: Calendar) -> int:
    """Return 1 to 12, 0 for what names no month."""
    for entry in calendar.words.get(word, ()):
        if entry.kind in {"month", "abbreviation"} and entry.tokens == (word,):
            return int(entry.value)
    return 0
