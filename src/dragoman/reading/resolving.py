"""One actor for some words: ``dragoman.resolve_actor``, by the stages that also read whole articles."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as calendar_date

from dragoman.config import ReaderConfig
from dragoman.errors import UsageError
from dragoman.knowledge.actors import ActorKnowledge
from dragoman.model.actor import Actor
from dragoman.model.document import Document
from dragoman.reading import tree
from dragoman.reading.actors.belonging import Belonging
from dragoman.reading.actors.identity import code_of
from dragoman.reading.actors.names import find_names
from dragoman.reading.actors.roles import find_roles
from dragoman.reading.article import ActorMention, Article
from dragoman.reading.chain import ActorChain, build_actor_chain

# Words by themselves are read as the subject of this: parsers are made for sentences and hang a bare phrase wrongly.
SENTENCE = "{words} met with others on Monday."
PARAGRAPH = "\n\n"
ISO_DAY = 10
# Parts of speech that head no phrase.
SMALL = frozenset({"DET", "ADP", "PUNCT", "PART"})


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where the words stand in the text that is read: characters, half open."""

    text: str
    start: int
    end: int


def resolve_actor(words: str, context: str = "", date: str | None = None) -> Actor:
    """Return who the words mean: name, country, sector, code and id.

    ``context`` is the sentence or article that the words stand in, or one about the same matter; pronouns,
    acronyms and roles without a state are resolved from it. Where the words stand in it several times, the place
    counts that tells most, the first of equals. ``date`` (ISO, a day or a time) is when they were written: who holds an
    office, and whether a person still does, depends on it; without it the latest holder is meant.

    Words that mean nobody known keep their text as the name, with null codes; the sector is given if the
    words tell it ("gunmen"), the country if they tell it ("targets in Syria"). Words for several actors
    ("both sides") are such ones too. The first call loads the parser, which takes some seconds.

    >>> resolve_actor("the Russian president", date="2010-05-01").name
    'Dmitry Medvedev'

    Raises:
        UsageError: there are no words, or ``date`` is no date.
        StopError: the parser is not installed, or a knowledge file is broken.
    """
    return default_resolver().resolve(words, context, date)


@functools.cache
def default_resolver() -> ActorResolver:
    """Return the resolver with the default settings, loaded once."""
    return ActorResolver()


class ActorResolver:
    """Resolves words to actors; loading takes a few seconds, so keep one and ask it often."""

    def __init__(self, config: ReaderConfig | None = None) -> None:
        """Load the parser and what is known of actors and places.

        Raises:
            StopError: the parser is not installed, or a knowledge file is broken.
        """
        self._chain: ActorChain = build_actor_chain(config or ReaderConfig())

    def resolve(self, words: str, context: str = "", date: str | None = None) -> Actor:
        """Return who the words mean; see `resolve_actor`.

        Raises:
            UsageError: there are no words, or ``date`` is no date.
        """
        words = " ".join(words.split())
        if not words:
            message = "no words to resolve"
            raise UsageError(message)
        _check_date(date)
        found = Actor(words, None, None, None, None)
        for placed in _places(words, context):
            document = Document(text=placed.text, published=date)
            actor = _Answer(self._chain.read(document), placed, self._chain.knowledge).actor(words)
            found = max(found, actor, key=_known)
            if found.id:
                break
        return found


def _known(actor: Actor) -> tuple[bool, bool, bool]:
    """Return how much is known of an actor, for ranking: an entry, a state, a sector."""
    return bool(actor.id), bool(actor.country), bool(actor.sector)


def _check_date(date: str | None) -> None:
    try:
        calendar_date.fromisoformat(date[:ISO_DAY] if date is not None else "2000-01-01")
    except ValueError as error:
        message = f"date must be a date like 2023-09-13, not {date!r}"
        raise UsageError(message) from error


def _places(words: str, context: str) -> Iterator[_Placed]:
    """Yield each place of the words in their context; else a paragraph of their own after it."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    pattern = rf"(?<!\w){pattern}(?!\w)"
    hits = list(re.finditer(pattern, context)) or list(re.finditer(pattern, context, re.IGNORECASE))
    if not hits:
        before = f"{context.rstrip()}{PARAGRAPH}" if context.strip() else ""
        sentence = SENTENCE.format(words=words)
        yield _Placed(before + sentence, len(before), len(before) + len(words))
    for hit in hits:
        yield _Placed(context, hit.start(), hit.end())


class _Answer:
    """Chooses among what was read of the article the actor that the words mean."""

    def __init__(self, article: Article, placed: _Placed, knowledge: ActorKnowledge) -> None:
        self._article = article
        self._knowledge = knowledge
        self._own = [
            token.i for token in article.tokens if placed.start < token.end and token.start < placed.end
        ]
        self._head = self._find_head()

    def _find_head(self) -> int:
        """Return the word of the phrase that hangs on none of the others; the first of several."""
        for token in (self._article.tokens[i] for i in self._own):
            outside = token.head == token.i or token.head not in self._own
            if outside and token.pos not in SMALL:
                return token.i
        return self._own[-1]

    def actor(self, words: str) -> Actor:
        """Return the actor at the head of the words, else what role and state they give."""
        mention = self._mention()
        found = _one(mention, words) if mention is not None else Actor(words, None, None, None, None)
        if found.id or found.code or found.sector:
            return found
        country, sector = self._described()
        return Actor(words, code_of(country, sector), country, sector, None)

    def _mention(self) -> ActorMention | None:
        """Return the mention at the head of the words; else one that covers all but small words."""
        over = [m for m in self._article.actors if set(self._own) & set(range(m.tokens.first, m.tokens.last))]
        at_head = [m for m in over if m.tokens.first <= self._head < m.tokens.last]
        beside = [m for m in over if m.tokens.head in tree.children(self._article, self._head, "appos")]
        return max(at_head or beside, key=lambda m: m.confidence, default=None)

    def _described(self) -> tuple[str | None, str | None]:
        """Return country and sector of words that are no mention.

        A bare role ("president") or a person of a body ("army accountant"); a thing with a state's name ("targets
        in Syria"), or a place alone: what is known of it is whose it is.
        """
        names = find_names(self._article, self._knowledge)
        belonging = Belonging(self._article, self._knowledge, names)
        roles = [
            hit
            for hit in find_roles(self._article, self._knowledge, names)
            if hit.tokens.head in self._own and "source-only" not in hit.role.flags
        ]
        roles.sort(key=lambda hit: hit.tokens.head != self._head)
        sector = next((hit.role.sector for hit in roles if hit.role.sector), None)
        owners = [owner for hit in roles for owner in hit.owners]
        owners += [hit for hit in names if hit.tokens.head in self._own]
        places = (m.place.country for m in self._article.places if m.tokens.head in self._own)
        states = (*map(belonging.state, owners), *places)
        return next((state for state in states if state in self._knowledge.countries), None), sector


def _one(mention: ActorMention, words: str) -> Actor:
    """Return the mention's only actor; of several what they share."""
    if len(mention.actors) == 1:
        return mention.actors[0]
    country, sector = (
        _shared([a.country for a in mention.actors]),
        _shared([a.sector for a in mention.actors]),
    )
    return Actor(words, code_of(country, sector), country, sector, None)


def _shared(values: Sequence[str | None]) -> str | None:
    return values[0] if len(set(values)) == 1 else None
