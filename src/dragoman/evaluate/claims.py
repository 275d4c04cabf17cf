"""Who does what to whom, as read: one shape for what is printed and for what is found on the way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.knowledge.lexicon import Lexicon
from dragoman.model.actor import Actor, ActorSpan
from dragoman.model.record import Record
from dragoman.model.report import Report
from dragoman.reading.article import Argument, Article, TokenRange


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """An event type at its trigger's characters, with both sides, and how surely it happened."""

    start: int
    end: int
    text: str
    event_type: str
    symmetric: bool
    actors: tuple[ActorSpan, ...]
    recipients: tuple[ActorSpan, ...]
    factuality: str


def of_report(report: Report) -> Claim:
    """Return what a printed report claims."""
    return Claim(
        report.start, report.end, report.text, report.event_type, report.symmetric, report.actors, report.recipients,
        report.factuality,
    )  # fmt: skip


def of_frames(article: Article, lexicon: Lexicon) -> tuple[Claim, ...]:
    """Return what each frame claims, printed or not.

    Where a report stands at the same trigger, what it says counts: type and sides may be decided after the frame.
    """
    printed = {(report.start, report.end): of_report(report) for report in article.reports}
    found = []
    for frame, fact in zip(article.frames, article.facts, strict=True):
        entry = lexicon.by_id[frame.trigger.entry]
        words = article.span(frame.trigger.tokens.first, frame.trigger.tokens.last)
        claim = Claim(
            words.start, words.end, words.text, entry.event_type, "sym" in entry.flags,
            _side(article, frame.actors), _side(article, frame.recipients), fact.factuality,
        )  # fmt: skip
        found.append(printed.get((words.start, words.end), claim))
    return tuple(found)


def of_mentions(article: Article) -> tuple[ActorSpan, ...]:
    """Return every actor that is mentioned, in order."""
    return tuple(_span(article, m.tokens, actor) for m in article.actors for actor in m.actors)


def _side(article: Article, arguments: Iterable[Argument]) -> tuple[ActorSpan, ...]:
    mentions = article.actors
    return tuple(
        _span(article, mentions[a.mention].tokens, mentions[a.mention].actors[a.actor]) for a in arguments
    )


def _span(article: Article, tokens: TokenRange, actor: Actor) -> ActorSpan:
    words = article.span(tokens.first, tokens.last)
    return ActorSpan(
        words.start, words.end, words.text, actor.name, actor.code, actor.country, actor.sector, actor.id
    )  # fmt: skip
