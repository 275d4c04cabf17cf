"""The annotated article that travels through the stages of reading.

Each stage reads some layers and gives new ones; nothing is changed in place. Offsets are code
points into ``document.text``; token positions (``i``, ``head``) count through the whole article.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.model.actor import Actor
from dragoman.model.document import Document
from dragoman.model.place import PlaceSpan
from dragoman.model.quantity import Quantity
from dragoman.model.report import Report
from dragoman.model.span import Note, Span
from dragoman.model.when import TimeMention

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the parse. ``pos`` is Universal, ``tag`` Penn, ``dep`` ClearNLP as spaCy gives them.

    ``lower`` and ``lemma`` have straight quotes; ``head`` is the position of the governor (itself
    for a root); ``entity`` is the OntoNotes label or empty; ``entity_start`` marks a first token.
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str
    entity_start: bool
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: tokens ``first`` to ``last`` (excluded), characters ``start`` to ``end`` (excluded)."""

    index: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class TokenRange:
    """Neighbouring tokens, ``last`` excluded, with their head token."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name one actor, or several ("both leaders"); ``how`` says what resolved them.

    ``how`` is one of: name, demonym, place, role, person, pronoun, plural, unresolved.
    """

    tokens: TokenRange
    actors: tuple[Actor, ...]
    how: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place, resolved or not; ``confidence`` from 0 to 1."""

    tokens: TokenRange
    place: PlaceSpan
    confidence: float


@dataclass(frozen=True, slots=True)
class TimeTokens:
    """A time expression and the tokens it covers."""

    tokens: TokenRange
    time: TimeMention


@dataclass(frozen=True, slots=True)
class DayAnchor:
    """The day (ISO) that an undated article tells by itself; ``how`` is dateline or url.

    ``start`` and ``end`` are the code points of the words that tell it; both 0 for an address.
    """

    day: str
    how: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity and the tokens it covers; its head is the counted noun (or the number itself)."""

    tokens: TokenRange
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class SourceMention:
    """The words of a source. ``actor`` when they resolve; ``kind`` as in `SOURCE_KINDS`."""

    tokens: TokenRange
    actor: Actor | None
    kind: str


@dataclass(frozen=True, slots=True)
class Saying:
    """One attribution: source and cue (either may be absent) and the tokens of what is said.

    ``content`` holds token positions as half-open ranges; ``stance`` is the cue's, one of `STANCES` of the model.
    ``kind`` is direct, indirect or mixed.
    ``likely`` is the trained model's probability that it is an attribution, None where it was not asked.
    """

    source: SourceMention | None
    cue: TokenRange | None
    content: tuple[tuple[int, int], ...]
    kind: str
    stance: str
    likely: float | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that may tell of an event, and the lexicon entry (by id) that says so.

    ``support`` is the light verb that carries a noun ("held" in "held talks"), or None.
    """

    tokens: TokenRange
    entry: str
    support: int | None


@dataclass(frozen=True, slots=True)
class Argument:
    """An actor in a role of a trigger: the mention's position in ``Article.actors``, which of its actors."""

    mention: int
    actor: int
    rule: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger with its arguments. ``confidence`` is that of the structure that gave them.

    ``things`` are the phrases in the recipient's place where none of them names an actor ("the referendum");
    ``likely`` is the trained typer's probability of the trigger's type, 0 to 1, None where it was not asked.
    """

    trigger: Trigger
    actors: tuple[Argument, ...]
    recipients: tuple[Argument, ...]
    confidence: float
    things: tuple[TokenRange, ...] = ()
    likely: float | None = None


@dataclass(frozen=True, slots=True)
class FactJudgement:
    """How surely the event at a trigger happened, and the cue words that decide it (None: by default)."""

    factuality: str
    cue: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a frame may be about: a context, how much its words speak for it, the words that do so most.

    ``score`` is on the scale of `Clue.strength`, summed over the words; ``here``: some stand in its own sentence.
    """

    context: str
    score: float
    words: str
    here: bool


@dataclass(frozen=True, slots=True)
class Article:
    """A document and all layers read so far; a layer not read yet is empty.

    ``wires`` are the agencies whose copy the document repeats, each with how far it reaches.
    ``vectors`` has a row a token, what the parser's network saw there (in context); None where it keeps none.
    """

    document: Document
    tokens: tuple[Token, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()
    sentences: tuple[Sentence, ...] = ()
    vectors: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    notes: tuple[Note, ...] = ()
    anchor: DayAnchor | None = None
    times: tuple[TimeTokens, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    sayings: tuple[Saying, ...] = ()
    attitudes: tuple[Saying, ...] = ()
    wires: tuple[Saying, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    frames: tuple[Frame, ...] = ()
    facts: tuple[FactJudgement, ...] = ()
    topics: tuple[tuple[Topic, ...], ...] = ()
    reports: tuple[Report, ...] = ()

    @property
    def date(self) -> str | None:
        """Return what times and offices are read against: when it was published, else the day it tells by itself."""
        return self.document.published or (self.anchor.day if self.anchor else None)

    def actor(self, argument: Argument) -> Actor:
        """Return the actor that an argument is."""
        return self.actors[argument.mention].actors[argument.actor]

    def span(self, first: int, last: int) -> Span:
        """Return the words of tokens ``first`` to ``last`` (excluded) as they stand in the text."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Span(start, end, self.document.text[start:end])
