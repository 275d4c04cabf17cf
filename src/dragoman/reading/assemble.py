"""Assembling: from frames and the layers around them to reports, and to the printed record of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dragoman.knowledge.lexicon import Entry, Lexicon
from dragoman.model.actor import Actor, ActorSpan
from dragoman.model.document import digest
from dragoman.model.event import CodedDocument, Event
from dragoman.model.report import Mentions, Report
from dragoman.model.span import Bounds
from dragoman.model.speech import Attribution, Source
from dragoman.model.when import TimeSpan
from dragoman.reading.article import Argument, Article, Saying, SourceMention, TokenRange
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
from dragoman.reading.linking import Links
from dragoman.reading.politics import is_political
from dragoman.reading.sayings import place_of
from dragoman.reading.stage import Stage
from dragoman.reading.sureness import load_sureness

# How sure the parts are that carry no figure of their own yet, from 0 to 1; set by hand on the example pages.
FACT_CONFIDENCE = {True: 0.85, False: 0.8}
ATTRIBUTION_CONFIDENCE = {True: 0.85, False: 0.8}
# "is expected to", "it is feared that": nobody is said to say so; how surely is told by the factuality.
UNSAID = frozenset({"expects", "hopes", "fears", "believes"})
# Quad classes of what is done rather than said.
MATERIAL = frozenset({2, 4})
UNREAD = frozenset({"boilerplate", "repeated"})


def assemble(article: Article, lexicon: Lexicon, tables: CodingTables) -> tuple[Report, ...]:
    """Return the reports of the article: frames in which at least one side is a political actor."""
    links = Links(article)
    unread = [note for note in article.notes if note.kind in UNREAD]
    reports = []
    for number, frame in enumerate(article.frames):
        start = article.tokens[frame.trigger.tokens.first].start
        entry = lexicon.by_id[frame.trigger.entry]
        if any(note.start <= start < note.end for note in unread) or not is_political(
            article, frame, article.facts[number], entry, tables.ontology, links
        ):
            continue
        reports.append(_report(article, number, entry, tables, links))
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


def _report(article: Article, number: int, entry: Entry, tables: CodingTables, links: Links) -> Report:
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
    chain = attribution_chain(article, frame.trigger.tokens.head)
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


def attribution_chain(article: Article, i: int) -> tuple[Source, ...]:
    """Return the sources in whose words token ``i`` stands, outermost first."""
    around = [
        saying for saying in article.sayings if any(first <= i < last for first, last in saying.content)
    ]
    around.sort(key=lambda saying: -sum(last - first for first, last in saying.content))
    found = [source for saying in around if (source := _link(article, saying)) is not None]
    return tuple({source.name or (source.start, source.end): source for source in found}.values())


def _link(article: Article, saying: Saying) -> Source | None:
    """Return one link; where nobody is named, the cue's words stand for the unnamed source."""
    if saying.source is not None:
        return _source(article, saying.source, _name_of(article, saying.source), saying.cue)
    if saying.cue is None or saying.stance in UNSAID:
        return None
    start, end, text = _span(article, saying.cue)
    return Source(start, end, text, None, None, "anonymous", text)


def _name_of(article: Article, mention: SourceMention) -> TokenRange:
    """Return the words that name a source best: "TASS" in "Russia's state news agency TASS".

    What follows a comma only explains: "Dmitry Peskov, the Kremlin's spokesperson".
    """
    tokens = mention.tokens
    commas = (i for i in range(tokens.head + 1, tokens.last) if article.tokens[i].lower == ",")
    last = next(commas, tokens.last)
    for actor in article.actors:
        if mention.actor in actor.actors and tokens.first <= actor.tokens.first and actor.tokens.last <= last:
            return actor.tokens
    return TokenRange(tokens.first, last, tokens.head)


def _source(article: Article, mention: SourceMention, tokens: TokenRange, cue: TokenRange | None) -> Source:
    actor = mention.actor
    words = _span(article, cue)[2] if cue is not None else ""
    name, code = (actor.name, actor.code) if actor is not None else (None, None)
    return Source(*_span(article, tokens), name, code, mention.kind, words)


def _attribution(article: Article, saying: Saying) -> Attribution:
    source = _source(article, saying.source, saying.source.tokens, saying.cue) if saying.source else None
    cue = article.span(saying.cue.first, saying.cue.last) if saying.cue else None
    return Attribution(
        source, cue, tuple(article.span(first, last) for first, last in saying.content), saying.kind
    )


def to_coded(article: Article, events: Sequence[Event], *, reader_version: str) -> CodedDocument:
    """Return the record of a fully read article with its events."""
    mentions = Mentions(
        tuple(_actor_span(article, m.tokens, actor) for m in article.actors for actor in m.actors),
        tuple(m.place for m in article.places),
        tuple(m.time for m in article.times),
        tuple(_attribution(article, s) for s in sorted((*article.sayings, *article.attitudes), key=place_of)),
    )
    sentences = tuple(Bounds(sentence.start, sentence.end) for sentence in article.sentences)
    document = replace(article.document, reader_version=reader_version)
    return CodedDocument(document, sentences, article.reports, mentions, tuple(events), article.notes)


def assemble_stage(lexicon: Lexicon, tables: CodingTables) -> Stage:
    """Return the stage that makes the reports."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"reports": assemble(article, lexicon, tables)}

    needs = ("notes", "times", "places", "actors", "quantities", "sayings", "frames", "facts", "topics")
    return Stage("assemble", needs, ("reports",), run)
