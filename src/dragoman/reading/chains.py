"""The chain of sources behind a token: who says it, through whom, outermost first.

Three things make links: sayings in whose content the token stands; the outlet that a saying is told to ("the minister
told Reuters"), which stands outside the speaker; and the agency whose copy the document repeats, outside everything. The
document's own outlet is never a link: what is told to it, it says itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.knowledge.actors import ActorKnowledge
from dragoman.knowledge.cues import Cues
from dragoman.model.actor import Actor
from dragoman.model.speech import Attribution, Source
from dragoman.reading.article import Article, Saying, SourceMention, TokenRange
from dragoman.reading.sayings import place_of
from dragoman.reading.sources import MEDIA_KINDS, source_mention
from dragoman.reading.tree import children

# "is expected to", "it is feared that": nobody is said to say so; how surely is told by the factuality.
UNSAID = frozenset({"expects", "hopes", "fears", "believes"})
# Where the outlet stands that something is told to or on: "spoke to the BBC", "in an interview with CNN", "on state television".
TOLD_TO = frozenset({"to", "with", "on"})
MEDIA_SECTOR = "MED"
AGENCY = "agency"
# The number of a role that one person has.
PERSON = "person"


class Chains:
    """The chains of one article; each is built when it is asked for."""

    def __init__(self, article: Article, cues: Cues, actors: ActorKnowledge) -> None:
        """Order the sayings of the article by how they lie in each other."""
        self._article = article
        self._cues = cues
        self._actors = actors
        self._media = actors.outlets
        outlet = article.document.outlet
        self._outlet = {entry.id for entry in actors.names.lookup(outlet)} if outlet else set()
        self._sayings = [
            (saying, frozenset(i for first, last in saying.content for i in range(first, last)))
            for saying in article.sayings
        ]

    def of(self, i: int) -> tuple[Source, ...]:
        """Return the sources in whose words token ``i`` stands, outermost first, each once."""
        around = [(saying, content) for saying, content in self._sayings if i in content]
        around.sort(
            key=lambda pair: (
                self._depth(pair[0], around),
                not self._trails(pair[0], around, i),
                -len(pair[1]),
                self._cites(pair[0]),
            )
        )
        found = [self._wire(wire) for wire in self._article.wires if _covers(wire, i)]
        found += [link for saying, _ in around for link in self._links(saying)]
        chain: dict[object, Source] = {}
        for link, own in found:
            if not own:
                chain.setdefault(_identity(link), link)
        return tuple(chain.values())

    @staticmethod
    def _depth(saying: Saying, around: list[tuple[Saying, frozenset[int]]]) -> int:
        """Return in how many of the others a saying stands."""
        place = place_of(saying)
        return sum(place in content for other, content in around if other is not saying)

    def _trails(self, saying: Saying, around: list[tuple[Saying, frozenset[int]]], i: int) -> bool:
        """Say whether a phrase comes after ``i`` and all the others: in "…, the army said, according to the radio" the radio says it all."""
        cue = saying.cue
        if cue is None or self._article.tokens[cue.first].dep != "prep" or cue.last - cue.first == 1:
            return False
        return i < cue.first and all(
            place_of(other) < cue.first for other, _ in around if other is not saying
        )

    def _cites(self, saying: Saying) -> bool:
        """Say whether the source is one that another cites for just the same: "Reuters, citing officials, reported …"."""
        return saying.cue is not None and self._article.tokens[saying.cue.head].tag == "VBG"

    def _links(self, saying: Saying) -> Iterator[tuple[Source, bool]]:
        """Yield the links of a saying, outermost first, each with whether it is the document's own outlet.

        Where nobody is named, the cue's words stand for the unnamed source.
        """
        if saying.source is not None:
            if medium := self._told_to(saying):
                yield self._link(medium, saying)
            yield self._link(saying.source, saying)
        elif saying.cue is not None and saying.stance not in UNSAID:
            span = self._article.span(saying.cue.first, saying.cue.last)
            source = Source(
                span.start, span.end, span.text, None, None, "anonymous", span.text, saying.stance
            )
            yield source, False

    def _link(self, mention: SourceMention, saying: Saying) -> tuple[Source, bool]:
        id_ = mention.actor.id if mention.actor is not None else None
        source = source_of(self._article, mention, name_of(self._article, mention), saying)
        medium = self._media.get(id_ or "")
        if medium is not None and source.kind in MEDIA_KINDS:
            source = replace(source, kind=AGENCY if medium.kind == AGENCY else "outlet")
        return source, id_ in self._outlet

    def _wire(self, wire: Saying) -> tuple[Source, bool]:
        if wire.source is None:
            message = "a wire has an agency"
            raise AssertionError(message)
        return self._link(wire.source, wire)

    def _told_to(self, saying: Saying) -> SourceMention | None:
        """Return the outlet that the speaker tells it to, outside of what is said and who says it."""
        if saying.cue is None or saying.source is None:
            return None
        head = saying.cue.head
        beside = children(self._article, head, "dobj", "dative", "iobj")
        places = children(self._article, head, "prep", "dative")
        places += [
            j for k in (*beside, *_objects(self._article, places)) for j in children(self._article, k, "prep")
        ]
        beside += [
            k
            for j in places
            if self._article.tokens[j].lower in TOLD_TO
            for k in children(self._article, j, "pobj")
        ]
        inside = range(saying.source.tokens.first, saying.source.tokens.last)
        for i in beside:
            if _covers(saying, i) or i in inside:
                continue
            mention = source_mention(self._article, self._cues, i)
            if mention.kind in MEDIA_KINDS and self._is_outlet(i, mention.actor):
                return mention
        return None

    def _is_outlet(self, i: int, actor: Actor | None) -> bool:
        """Say whether it is a medium by name or by its word; reporters are people who ask."""
        if actor is not None and actor.id is not None and actor.sector == MEDIA_SECTOR:
            return True
        token = self._article.tokens[i]
        role = self._actors.role_of((token.lemma,))
        if role is not None and role.number == PERSON:
            return False
        before = self._article.tokens[i - 1].lemma if i else ""
        words = (f"{before} {token.lemma}", token.lemma)
        return any(self._cues.sources.get(each) in MEDIA_KINDS for each in words)


def _objects(article: Article, prepositions: list[int]) -> list[int]:
    return [k for j in prepositions for k in children(article, j, "pobj")]


def _covers(saying: Saying, i: int) -> bool:
    return any(first <= i < last for first, last in saying.content)


def _identity(source: Source) -> object:
    """Return what makes two links one: the same name, else the same words, else the place of an unnamed one."""
    if source.name is not None:
        return source.name
    return source.text.lower() if source.kind != "anonymous" else (source.start, source.end)


def name_of(article: Article, mention: SourceMention) -> TokenRange:
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


def source_of(article: Article, mention: SourceMention, tokens: TokenRange, saying: Saying) -> Source:
    """Return the record of a source named by ``tokens``."""
    actor, cue = mention.actor, saying.cue
    words = article.span(cue.first, cue.last).text if cue is not None else ""
    name, code = (actor.name, actor.code) if actor is not None else (None, None)
    span = article.span(tokens.first, tokens.last)
    return Source(span.start, span.end, span.text, name, code, mention.kind, words, saying.stance)


def attribution_of(article: Article, saying: Saying) -> Attribution:
    """Return the record of a saying, whoever is quoted in it."""
    source = source_of(article, saying.source, saying.source.tokens, saying) if saying.source else None
    cue = article.span(saying.cue.first, saying.cue.last) if saying.cue else None
    content = tuple(article.span(first, last) for first, last in saying.content)
    return Attribution(source, cue, content, saying.kind, saying.stance)
