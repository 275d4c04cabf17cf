"""Actors by the dictionary: names, kinds of actors ("police"), and the two joined ("Arnorian police")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.knowledge.petrarch.dictionary import ActorEntry, AgentEntry, Dictionary
from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.article import ActorMention, Article, Sentence, TokenRange
from dragoman.reading.petrarch.wordline import Hit, find_phrases, word_line
from dragoman.reading.stage import Stage

# How far a mention is trusted, from 0 to 1: a name, a kind of actor with its country, one without. As for our own tables.
NAME_CONFIDENCE = 0.9
JOINED_CONFIDENCE = 0.85
ALONE_CONFIDENCE = 0.5
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X", "SYM"})
# Words of these kinds are no name by themselves, however they are written.
CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "AUX", "PUNCT"})
IN_GAPS = NOMINAL | {"DET", "PART"}
INSIDE = ("compound", "amod", "nmod", "poss", "nummod")
# Prepositions that lead from a kind of actor to whose it is: "soldiers from Gondor", "lawmakers in Fornost".
OWNED_BY = ("of", "in", "from", "at")
CONJUNCTIONS = frozenset({"and", "or", "nor", "&"})
# Letters of one part of a code: a state, a role.
PART = 3


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that was found: its tokens, its codes on the article's date, its first form."""

    tokens: range
    codes: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What a noun phrase holds: names and kinds of actors, by tokens."""

    head: int
    names: list[_Name]
    agents: list[tuple[range, AgentEntry]]


@dataclass(frozen=True, slots=True)
class _Owners:
    """Whose a kind of actor is: codes, the tokens that say so, and kinds that are shared ("Islamist media and …")."""

    codes: tuple[str, ...]
    tokens: tuple[int, ...]
    kinds: tuple[AgentEntry, ...]


def find_mentions(article: Article, dictionary: Dictionary) -> tuple[ActorMention, ...]:
    """Return the actors of the article in order."""
    found: list[ActorMention] = []
    for sentence in article.sentences:
        found.extend(_Mentions(article, sentence, dictionary).all())
    return tuple(sorted(found, key=lambda mention: (mention.tokens.first, mention.tokens.last)))


class _Mentions:
    """The mentions of one sentence."""

    def __init__(self, article: Article, sentence: Sentence, dictionary: Dictionary) -> None:
        self._article = article
        self._line = word_line(article, sentence)
        self._day = (article.date or "")[:10] or None
        names = list(find_phrases(self._line, dictionary.actors, gap=self._in_gap, fits=self._is_name))
        taken = frozenset(position for hit in names for position in range(hit.first, hit.last + 1))
        agents = find_phrases(
            self._line, dictionary.agents, gap=self._in_gap, fits=self._is_agent, taken=taken
        )
        self._phrases = self._gathered(names, agents)
        self._used: set[int] = set()

    def all(self) -> Iterable[ActorMention]:
        """Return them; names that tell whose a kind of actor is are not mentions of their own."""
        joined = [mention for phrase in self._phrases.values() for mention in self._joined(phrase)]
        alone = [mention for phrase in self._phrases.values() for mention in self._named(phrase)]
        return [*joined, *alone]

    def _in_gap(self, position: int) -> bool:
        token = self._article.tokens[self._line.tokens[position]]
        return token.pos in IN_GAPS or token.dep in INSIDE

    def _is_name(self, first: int, last: int) -> bool:
        """Say whether these words may be a name: not a pronoun or the like, and a verb only with a capital."""
        tokens = [self._article.tokens[self._line.tokens[position]] for position in range(first, last + 1)]
        if len(tokens) > 1:
            return True
        token = tokens[0]
        if token.pos in NOMINAL:
            return True
        return (
            token.text[:1].isupper()
            and (token.pos not in CLOSED or token.text.isupper())
            and len(token.text) > 1
        )

    def _is_agent(self, first: int, last: int) -> bool:
        del first
        return self._article.tokens[self._line.tokens[last]].pos in {"NOUN", "PROPN", "ADJ"}

    def _tokens(self, hit: Hit[Any]) -> range:
        return range(self._line.tokens[hit.first], self._line.tokens[hit.last] + 1)

    def _gathered(
        self, names: Iterable[Hit[ActorEntry]], agents: Iterable[Hit[AgentEntry]]
    ) -> Mapping[int, _Phrase]:
        """Return the noun phrases that hold something, by their heads."""
        phrases: dict[int, _Phrase] = {}
        for hit in names:
            codes = hit.entry.codes_on(self._day)
            if codes:
                tokens = self._tokens(hit)
                head = self._head(tokens)
                phrases.setdefault(head, _Phrase(head, [], [])).names.append(
                    _Name(tokens, codes, hit.entry.name)
                )
        for kind in agents:
            tokens = self._tokens(kind)
            head = self._head(tokens)
            phrases.setdefault(head, _Phrase(head, [], [])).agents.append((tokens, kind.entry))
        return phrases

    def _top(self, tokens: range) -> int:
        """Return the token that governs the others of a hit."""
        return next((i for i in tokens if self._article.tokens[i].head not in tokens), tokens[-1])

    def _head(self, tokens: range) -> int:
        """Return the noun that the words belong to: itself, or the one they modify.

        A possessor belongs to the noun too ("Gondor's police"), and what is coordinated with a modifier.
        """
        i = self._top(tokens)
        for _ in range(len(self._article.tokens)):
            token = self._article.tokens[i]
            first = self._article.tokens[tree.first_conjunct(self._article, i)]
            if token.head == i:
                break
            if token.dep in INSIDE or (token.dep == "conj" and first.dep in INSIDE):
                i = token.head
            else:
                break
        return i

    def _joined(self, phrase: _Phrase) -> Iterable[ActorMention]:
        """Yield the kinds of actor of a phrase, with whose they are."""
        if not phrase.agents:
            return
        owners = self._owners(phrase)
        kinds = [entry for _, entry in sorted(phrase.agents, key=lambda pair: pair[0].start)]
        covered = [i for words, _ in phrase.agents for i in words] + list(owners.tokens)
        head = phrase.head if phrase.head in covered else phrase.agents[-1][0][-1]
        span = TokenRange(min(covered), max(covered) + 1, head)
        words = self._article.span(span.first, span.last).text
        joined = tuple(
            dict.fromkeys(_owned(join_code(code, [*owners.kinds, *kinds]), words) for code in owners.codes)
        )
        if joined:
            yield ActorMention(span, joined, "role", JOINED_CONFIDENCE)
        else:
            alone = Actor(words, None, None, join_code("", kinds), None)
            yield ActorMention(span, (alone,), "unresolved", ALONE_CONFIDENCE)

    def _owners(self, phrase: _Phrase) -> _Owners:
        """Return whose a kind of actor is: named within the phrase, after it, or with what it is coordinated with."""
        if phrase.names:
            return self._taken(self._coordinated(phrase))
        if after := self._after(phrase.head):
            return self._taken(after)
        for other in self._neighbours(phrase.head):
            near = self._phrases.get(other)
            if near is None:
                continue
            if near.names and not any(other in name.tokens for name in near.names):
                shared = tuple(
                    entry for tokens, entry in near.agents if other not in tokens and other < phrase.head
                )
                return _Owners(_codes(self._coordinated(near)), (), shared)
            if near.agents and not near.names and (after := self._after(other)):
                return _Owners(_codes(after), (), ())
        return _Owners((), (), ())

    def _taken(self, names: Sequence[_Name]) -> _Owners:
        """Return the owners of these names, which are then no mentions of their own."""
        tokens = tuple(i for name in names for i in name.tokens)
        self._used.update(tokens)
        return _Owners(_codes(names), tokens, ())

    def _neighbours(self, head: int) -> list[int]:
        first = tree.first_conjunct(self._article, head)
        return [i for i in tree.conjuncts(self._article, first) if i != head]

    def _after(self, head: int) -> list[_Name]:
        """Return the names that follow with a preposition: "the ambassadors of Arnor, Osgiliath and Gondor"."""
        found = []
        for i in tree.prepositional(self._article, head, *OWNED_BY):
            near = self._phrases.get(self._head(range(i, i + 1)))
            if near is not None and near.names:
                found.extend(self._coordinated(near))
        return [*found, *self._next_named(found[-1], head)] if found else []

    def _next_named(self, name: _Name, head: int) -> list[_Name]:
        """Return bare names after one, of "police in Fornost, Gondor and Bree".

        Parsers hang the later ones on "police", or make them subjects beside it. Commas link names when a
        conjunction follows further on.
        """
        found: list[_Name] = []
        sure = 0
        tokens = self._article.tokens
        beside = tree.children(self._article, tokens[head].head, tokens[head].dep)
        for i in sorted({i for j in (head, *beside) for i in (j, *self._neighbours(j))}):
            near = self._phrases.get(i)
            if near is None or near.agents or not near.names or near.names[0].tokens.start < name.tokens.stop:
                continue
            words = self._between(name, near.names[0])
            if not words:
                break
            name = near.names[0]
            found.append(name)
            sure = len(found) if words & CONJUNCTIONS else sure
        return found[:sure]

    def _between(self, left: _Name, right: _Name) -> set[str]:
        """Return the words between two names if they are conjunctions, commas, articles and adjectives only."""
        between = self._article.tokens[left.tokens.stop : right.tokens.start]
        fits = all(t.lower in CONJUNCTIONS or t.pos in {"DET", "ADJ", "PUNCT"} for t in between)
        return {token.lower for token in between} if fits else set()

    def _coordinated(self, phrase: _Phrase) -> list[_Name]:
        """Return the first name of a phrase, and those coordinated with it: "Eriadori and Calenardhon leaders"."""
        names = sorted(phrase.names, key=lambda name: name.tokens.start)
        together = set(self._neighbours(self._top(names[0].tokens)))
        found = [names[0]]
        for name in names[1:]:
            if self._top(name.tokens) in together or self._between(found[-1], name) & CONJUNCTIONS:
                found.append(name)
        return found

    def _named(self, phrase: _Phrase) -> Iterable[ActorMention]:
        """Yield the names of a phrase that stand for themselves: the first, and what is coordinated with it."""
        if not phrase.names or phrase.agents:
            return
        for name in self._coordinated(phrase):
            if self._used.isdisjoint(name.tokens):
                span = TokenRange(name.tokens.start, name.tokens.stop, self._top(name.tokens))
                actors = tuple(_owned(code, name.label) for code in name.codes)
                yield ActorMention(span, actors, "name", NAME_CONFIDENCE)


def _codes(names: Iterable[_Name]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for name in names for code in name.codes))


def join_code(code: str, kinds: Sequence[AgentEntry]) -> str:
    """Return the actor's code with those of its kinds around it; a part that is there already is not repeated.

    >>> join_code("HGWGOVMED", [AgentEntry("", "GOVMED")])
    'HGWGOVMED'
    """
    for kind in kinds:
        parts = _parts(code)
        before = "".join(part for part in _parts(kind.prefix) if part not in parts)
        after = "".join(part for part in _parts(kind.suffix) if part not in parts)
        code = before + code + after
    return code


def _parts(code: str) -> list[str]:
    return [code[start : start + PART] for start in range(0, len(code), PART)]


def _owned(code: str, name: str) -> Actor:
    """Return the actor of a code: a state or the like in its first letters, the rest what part of it."""
    return Actor(name, code, code[:PART], code[PART:] or None, None)


def mentions_stage(dictionary: Dictionary) -> Stage:
    """Return the stage that finds actors by the dictionary."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"actors": find_mentions(article, dictionary)}

    return Stage("dictionary actors", ("document", "tokens", "children", "sentences"), ("actors",), run)
