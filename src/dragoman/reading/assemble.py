"""Assembling: from frames and the layers around them to reports, and to the printed record of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.knowledge.cues import Cues, load_cues
from dragoman.knowledge.lexicon import Entry, Lexicon
from dragoman.model.actor import Actor, ActorSpan
from dragoman.model.document import digest
from dragoman.model.event import CodedDocument, Event
from dragoman.model.report import Mentions, Report
from dragoman.model.span import Bounds
from dragoman.model.speech import Source
from dragoman.model.when import TimeSpan
from dragoman.reading.article import Argument, Article, Saying, TokenRange
from dragoman.reading.chains import Chains, attribution_of
from dragoman.reading.coding import (
    VISIT,
    Circumstances,
    CodingTables,
    Sides,
    choose_contexts,
    code_trigger,
    strongest,
)
from dragoman.reading.company import Company
from dragoman.reading.denials import denial_rule
from dragoman.reading.linking import Links
from dragoman.reading.politics import is_political
from dragoman.reading.sayings import is_told, is_told_with_reports, place_of
from dragoman.reading.stage import Stage
from dragoman.reading.sureness import load_sureness

# How sure the parts are that carry no figure of their own yet, from 0 to 1; set by hand on the example pages.
FACT_CONFIDENCE = {True: 0.85, False: 0.8}
ATTRIBUTION_CONFIDENCE = {True: 0.85, False: 0.8}
# Quad classes of what is done rather than said.
MATERIAL = frozenset({2, 4})
UNREAD = frozenset({"boilerplate", "repeated"})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The tables that assembling asks."""

    lexicon: Lexicon
    coding: CodingTables
    cues: Cues
    actors: ActorKnowledge


def assemble(article: Article, knowledge: Knowledge) -> tuple[Report, ...]:
    """Return the reports of the article: frames in which at least one side is a political actor."""
    links, chains = Links(article), Chains(article, knowledge.cues, knowledge.actors)
    unread = [note for note in article.notes if note.kind in UNREAD]
    reports = []
    for number, frame in enumerate(article.frames):
        start = article.tokens[frame.trigger.tokens.first].start
        entry = knowledge.lexicon.by_id[frame.trigger.entry]
        if any(note.start <= start < note.end for note in unread) or not is_political(
            article, frame, article.facts[number], entry, knowledge.coding.ontology, links
        ):
            continue
        chain = chains.of(frame.trigger.tokens.head)
        report = _report(article, number, entry, knowledge.coding, links, chain)
        denial = denial_rule(article, knowledge.cues, frame.trigger.tokens.head)
        reports.append(replace(report, rules=(*report.rules, denial)) if denial else report)
    return tuple(reports)


def _span(article: Article, tokens: TokenRange) -> tuple[int, int, str]:
    span = article.span(tokens.first, tokens.last)
    return span.start, span.end, span.text


def _actor_span(article: Article, tokens: TokenRange, actor: Actor) -> ActorSpan:
    return ActorSpan(*_span(article, tokens), actor.name, actor.code, actor.country, actor.sector, actor.id)


def _thing(article: Article, tokens: TokenRange) -> ActorSpan:
    """Return what is no actor as one without codes, so that the words it was done to are told."""
    start, end, text = _span(article, tokens)
    return ActorSpan(start, end, text, text, None, None, None, None)


def _side(article: Article, arguments: Sequence[Argument]) -> tuple[ActorSpan, ...]:
    spans = (_actor_span(article, article.actors[a.mention].tokens, article.actor(a)) for a in arguments)
    return tuple(dict.fromkeys(spans))


def _report(
    article: Article,
    number: int,
    entry: Entry,
    tables: CodingTables,
    links: Links,
    chain: tuple[Source, ...],
) -> Report:
    """Return the report of the frame with this number."""
    frame, fact, ontology = article.frames[number], article.facts[number], tables.ontology
    start, end, text = _span(article, frame.trigger.tokens)
    actors = _side(article, frame.actors)
    recipients = _side(article, frame.recipients) or tuple(_thing(article, tokens) for tokens in frame.things)
    material = ontology.types[entry.event_type].quad in MATERIAL or entry.mode == VISIT
    time, place, quantities = (
        links.time(frame),
        links.where(frame, material=material),
        links.quantities(frame),
    )
    # Only a place that the words tie to the event makes a meeting a visit.
    tied = links.place(frame, material=material)
    sides = Sides(actors, recipients, tied.value.place.country if tied else None)
    coding = code_trigger(entry, entry.event_type, Company(article, frame.trigger), sides, tables)
    code = ontology.cameo[coding.cameo]
    circumstances = Circumstances(entry.event_type, coding.mode, code, sides)
    contexts, context_rules = choose_contexts(
        article.topics[number], entry.contexts, strongest(tables.signs, circumstances)
    )
    sure = {
        "event_type": load_sureness().of(frame.likely),
        "actors": frame.confidence,
        "factuality": FACT_CONFIDENCE[fact.cue is not None],
        "attribution": ATTRIBUTION_CONFIDENCE[bool(chain)],
    }
    sure |= {"time": time.confidence} if time else {}
    sure |= {"place": round(place.confidence * place.value.confidence, 3)} if place else {}
    rules = [
        f"lexicon:{entry.id}",
        *(f"slot:{argument.rule}" for argument in (*frame.actors, *frame.recipients)),
    ]
    rules += [*coding.rules, fact.rule, *context_rules]
    return Report(
        id=digest("report", article.document.id, start, end, entry.event_type), sentence=article.tokens[frame.trigger.tokens.head].sentence,
        start=start, end=end, text=text, event_type=entry.event_type, mode=coding.mode, contexts=contexts,
        cameo=code.code, quad=code.quad, goldstein=code.goldstein, intensity=ontology.intensity(entry.event_type, coding.mode),
        symmetric="sym" in entry.flags, actors=actors, recipients=recipients,
        time=_time(time.value.time) if time else None, place=place.value.place if place else None,
        factuality=fact.factuality, attribution=chain, quantities=tuple(m.quantity for m in quantities),
        confidence=round(sure["event_type"] * sure["actors"] * sure["factuality"], 3), field_confidence=sure,
        rules=tuple(dict.fromkeys(rules)),
    )  # fmt: skip


def _time(time: TimeSpan) -> TimeSpan:
    """Return a mention's time without what only mentions have (value and type)."""
    return TimeSpan(time.start, time.end, time.text, time.from_, time.to, time.precision, time.anchored)


def _listed(article: Article) -> list[Saying]:
    """Return the attributions that are told: the likely ones, and those that a report falls under."""
    starts = {report.start for report in article.reports}
    places = [token.i for token in article.tokens if token.start in starts]
    return [
        saying
        for saying in (*article.sayings, *article.attitudes)
        if is_told(saying)
        or (
            is_told_with_reports(saying)
            and any(first <= i < last for i in places for first, last in saying.content)
        )
    ]


def to_coded(article: Article, events: Sequence[Event], *, reader_version: str) -> CodedDocument:
    """Return the record of a fully read article with its events."""
    mentions = Mentions(
        tuple(_actor_span(article, m.tokens, actor) for m in article.actors for actor in m.actors),
        tuple(m.place for m in article.places),
        tuple(m.time for m in article.times),
        tuple(attribution_of(article, s) for s in sorted(_listed(article), key=place_of)),
    )
    sentences = tuple(Bounds(sentence.start, sentence.end) for sentence in article.sentences)
    document = replace(article.document, reader_version=reader_version)
    return CodedDocument(document, sentences, article.reports, mentions, tuple(events), article.notes)


def assemble_stage(lexicon: Lexicon, tables: CodingTables) -> Stage:
    """Return the stage that makes the reports."""
    knowledge = Knowledge(lexicon, tables, load_cues(), load_actors())

    def run(article: Article) -> Mapping[str, Any]:
        return {"reports": assemble(article, knowledge)}

    layers = ("notes", "times", "places", "actors", "quantities", "sayings", "wires", "frames", "facts")
    needs = (*layers, "topics")
    return Stage("assemble", needs, ("reports",), run)
