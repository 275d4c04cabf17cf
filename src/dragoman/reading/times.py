"""The stage that finds time expressions and says which days they mean (TIMEX3, ISO-TimeML)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from dragoman.knowledge.times import Calendar, load_calendar
from dragoman.model.when import TimeMention
from dragoman.reading.anchors import find_anchor
from dragoman.reading.article import Article, Sentence, TimeTokens, TokenRange
from dragoman.reading.stage import Stage
from dragoman.reading.timex.dates import at_time
from dragoman.reading.timex.grammar import matches
from dragoman.reading.timex.lexemes import Lexeme, lex
from dragoman.reading.timex.meaning import Meaning, Reading
from dragoman.reading.timex.period import Period, make_day
from dragoman.reading.timex.tense import direction

ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Hour, UTC, at which the next day begins nine zones further east.
LATE_HOUR = 15
# Sentences after which a date is no longer what "that day" or "two days later" goes back to.
MEMORY = 8
# What may stand between a clock time and the date that it belongs to, in lexeme codes.
BETWEEN = re.compile(r"[,nT]{0,3}$")
JOINED = re.compile(r",?$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What times are read against: the publication day, whether it was nearly over, the date named last."""

    published: date | None
    late: bool
    before: Period | None = None


def published_day(text: str | None) -> date | None:
    """Return the day of an ISO date or date-time; None when there is none, or it is not one."""
    match = ISO_DAY.match(text) if text else None
    return make_day(int(match[1]), int(match[2]), int(match[3])) if match else None


def published_late(text: str | None) -> bool:
    """Say whether an ISO date-time (UTC unless it says its zone) lies so late that the next day had begun in East Asia."""
    if not text or len(text) <= len("2023-09-13"):
        return False
    try:
        moment = datetime.fromisoformat(text)
        universal = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return universal.date() == moment.date() and universal.hour >= LATE_HOUR


def find_times(article: Article, calendar: Calendar | None = None) -> tuple[TimeTokens, ...]:
    """Return the time expressions of an article, in order of the text.

    Spans and values follow TIMEX3: prepositions stay outside ("Wednesday"), determiners and parts inside
    ("early next year"). Weekdays, months and days without a year go the way of their clause's tense from the
    publication day, which itself counts. Without a publication day only full dates have days. Parts of a
    period ("early September", "the end of the year") are its thirds. "Two days earlier" counts from the date
    named last. Accepted not to do: expressions over more than one sentence, calendars other than the Gregorian.
    """
    words = calendar if calendar is not None else load_calendar()
    anchor = Anchor(published_day(article.date), published_late(article.date))
    found: list[TimeTokens] = []
    named_in = 0
    for sentence in article.sentences:
        if sentence.index - named_in > MEMORY:
            anchor = replace(anchor, before=None)
        for tokens, meaning in _in_sentence(article, sentence, words, anchor):
            found.append(_mention(article, tokens, meaning))
            if meaning.period is not None:
                anchor, named_in = replace(anchor, before=meaning.period), sentence.index
    return tuple(found)


def times_stage() -> Stage:
    """Return the stage: needs tokens and sentences, gives times."""
    return Stage("times", ("document", "tokens", "sentences"), ("anchor", "times"), _run)


def _run(article: Article) -> Mapping[str, Any]:
    anchor = find_anchor(article, load_calendar())
    return {"anchor": anchor, "times": find_times(replace(article, anchor=anchor))}


def _in_sentence(
    article: Article, sentence: Sentence, calendar: Calendar, anchor: Anchor
) -> list[tuple[TokenRange, Meaning]]:
    """Read one sentence; a date found in it is what the next expression in it goes back to."""
    lexemes = lex(article, sentence, calendar)
    if not lexemes:
        return []
    found: list[tuple[int, int, Meaning]] = []
    tense = functools.partial(direction, article, verbs=calendar.verbs)
    reached, before = 0, anchor.before
    for rule, match in matches("".join(lexeme.code for lexeme in lexemes)):
        if match.start() < reached:
            continue
        meaning = rule.read(
            Reading(article, calendar, lexemes, match, anchor.published, before, tense, late=anchor.late)
        )
        if meaning is not None:
            found.append((match.start(), match.end(), meaning))
            reached, before = match.end(), meaning.period or before
    return [
        (_tokens(article, lexemes, a, b), meaning) for a, b, meaning in _with_days(lexemes, found, before)
    ]


def _with_days(
    lexemes: list[Lexeme], found: list[tuple[int, int, Meaning]], before: Period | None
) -> Iterator[tuple[int, int, Meaning]]:
    """Give each bare clock time the day of the date beside it, and join the two when nothing parts them."""
    skip = -1
    for n, (start, end, meaning) in enumerate(found):
        if n == skip:
            continue
        if not _is_bare_clock(meaning):
            following = found[n + 1] if n + 1 < len(found) else None
            if following and _is_bare_clock(following[2]) and meaning.type == "DATE" and end == following[0]:
                skip = n + 1
                yield start, following[1], _on(meaning.period, following[2])
            else:
                yield start, end, meaning
            continue
        following = found[n + 1] if n + 1 < len(found) else None
        gap = "".join(lexeme.code for lexeme in lexemes[end : following[0]]) if following else "."
        if following and following[2].type == "DATE" and following[2].period and JOINED.match(gap):
            skip = n + 1
            yield start, following[1], _on(following[2].period, meaning)
        elif following and following[2].period and BETWEEN.match(gap):
            yield start, end, _on(following[2].period, meaning)
        else:
            yield start, end, _on(before, meaning)


def _is_bare_clock(meaning: Meaning) -> bool:
    return meaning.type == "TIME" and meaning.period is None and meaning.value is not None


def _on(period: Period | None, clock: Meaning) -> Meaning:
    """Put a clock time on a day, when it is one."""
    return at_time(period, (clock.value or "T").removeprefix("T")) if period and period.unit == "D" else clock


def _tokens(article: Article, lexemes: list[Lexeme], start: int, end: int) -> TokenRange:
    """Return the tokens of the lexemes; their head is the one whose governor lies outside.

    A determiner of a noun outside stays outside ("the Feb. 23 accord").
    """
    first, last = lexemes[start].first, lexemes[end - 1].last
    determiner = article.tokens[first].tag == "DT" and lexemes[start].code in {"T", "L"}
    if determiner and end - start > 1 and article.tokens[first].head >= last:
        first = lexemes[start + 1].first
    heads = [
        i
        for i in range(first, last)
        if not first <= article.tokens[i].head < last or article.tokens[i].head == i
    ]
    return TokenRange(first, last, heads[0] if heads else last - 1)


def _mention(article: Article, tokens: TokenRange, meaning: Meaning) -> TimeTokens:
    span = article.span(tokens.first, tokens.last)
    first, last = meaning.first, meaning.last
    anchored = first is not None and last is not None and first <= last
    mention = TimeMention(
        span.start, span.end, span.text,
        first.isoformat() if anchored and first else None, last.isoformat() if anchored and last else None,
        meaning.precision, anchored, meaning.value, meaning.type, meaning.calendar,
    )  # fmt: skip
    return TimeTokens(tokens, mention)
