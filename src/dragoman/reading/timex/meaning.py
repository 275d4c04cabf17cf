"""What an expression means, and what it is read against."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from dragoman.knowledge.times import Calendar
from dragoman.reading.article import Article
from dragoman.reading.timex.lexemes import Lexeme
from dragoman.reading.timex.period import PRECISION, Period, third
from dragoman.reading.timex.tense import is_firm


@dataclass(frozen=True, slots=True)
class Meaning:
    """Type and value as in TIMEX3, first and last day, precision (null for durations and sets).

    ``period`` is what later words like "the same day" go back to; ``calendar`` names one that is not the Gregorian.
    """

    type: str
    value: str | None
    first: date | None = None
    last: date | None = None
    precision: str | None = None
    period: Period | None = None
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One match of a rule: the article, the matched lexemes, and the dates it may be read against.

    ``published`` is the publication day; ``before`` the period that was named last; ``tense`` gives the
    direction of the clause and is asked only where it is needed; ``late`` says that it was published at an hour at
    which the next day had begun in the east.
    """

    article: Article
    calendar: Calendar
    lexemes: list[Lexeme]
    match: re.Match[str]
    published: date | None
    before: Period | None
    tense: Callable[[int], int] = field(repr=False)
    late: bool = False

    def get(self, name: str) -> Lexeme | None:
        """Return the first lexeme of a named part of the pattern, or None when it was not there."""
        at = self.match.start(name)
        return self.lexemes[at] if at >= 0 and self.match.end(name) > at else None

    def __getitem__(self, name: str) -> Lexeme:
        """Return the first lexeme of a named part that the pattern always has."""
        return self.lexemes[self.match.start(name)]

    def has(self, name: str) -> bool:
        """Say whether a named part of the pattern was there."""
        return self.match.start(name) >= 0 and self.match.end(name) > self.match.start(name)

    @property
    def first(self) -> Lexeme:
        """Return the first lexeme."""
        return self.lexemes[self.match.start()]

    @property
    def preceding(self) -> str:
        """Return the lower-cased word before the expression; empty at the start of a sentence."""
        at = self.first.first
        token = self.article.tokens[at]
        opens = at == self.article.sentences[token.sentence].first
        return "" if opens else self.article.tokens[at - 1].lower

    @property
    def following(self) -> int | None:
        """Return the token after the expression, or None at the end of the sentence."""
        at = self.lexemes[self.match.end() - 1].last
        token = self.article.tokens[at - 1]
        return at if at < self.article.sentences[token.sentence].last else None

    def _head(self, name: str) -> int:
        """Return the token of a named part whose governor lies outside the part."""
        lexeme = self[name]
        for i in range(lexeme.first, lexeme.last):
            if not lexeme.first <= self.article.tokens[i].head < lexeme.last:
                return i
        return lexeme.first

    def is_firm(self, name: str) -> bool:
        """Say whether a named part hangs on its verb directly, so that the direction can be relied on."""
        return is_firm(self.article, self._head(name))

    def direction(self, name: str) -> int:
        """Return the direction that the clause gives to a named part: -1 past, 0 open, 1 to come."""
        return self.tense(self._head(name))


def dated(period: Period | None, part: str = "") -> Meaning:
    """Return the meaning of a DATE; of an unknown one when there is no period."""
    if period is None:
        return Meaning("DATE", None)
    if part:
        first, last = third(period, part)
        return Meaning("DATE", period.value, first, last, PRECISION[period.unit], period)
    return Meaning("DATE", period.value, period.first, period.last, PRECISION[period.unit], period)
