"""Contexts: what the words around a trigger say an event is about; a stage, and the choice among its findings.

Words count by where they stand: with the trigger, elsewhere in its sentence, in the sentences beside it or in the
headline. Words in the names of bodies, and of those who only tell it, count for little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dragoman.knowledge.contexts import NOTHING, Clue, ContextTables
from dragoman.knowledge.phrases import phrase_tokens, singular
from dragoman.reading import tree
from dragoman.reading.article import Article, Frame, Topic
from dragoman.reading.stage import Stage

# How much a word counts by its place; its strength is multiplied by this. Set by hand on reports of real articles.
WITH_TRIGGER = 1.0
IN_SENTENCE = 0.6
BESIDE = 0.4
# Within the name of a body, or of who only tells it.
IN_NAME = 0.3
# All that neighbours and headline may add to one context.
MOST_FROM_BESIDE = 2.4
# Sectors of bodies whose names tell their field, not what they do: "the Ministry of Health withdrew …".
BODIES = frozenset({"GOV", "LEG", "MIL", "JUD", "COP", "SPY", "PTY", "BUS", "MED", "SOC", "EDU"})
NAMES = frozenset({"ORG", "PERSON", "GPE", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"})
# Clauses below a trigger that tell of something else.
APART = frozenset({"advcl", "relcl", "parataxis"})

# The last token of a phrase, what it speaks for, how much it counts by where it stands.
type Hit = tuple[int, Clue, float]


class Topics:
    """The context words of one article, sentence by sentence, looked up when first asked for."""

    def __init__(self, article: Article, tables: ContextTables) -> None:
        """Note which words stand in names; nothing else is looked at yet."""
        self._article = article
        self._tables = tables
        self._hits: dict[int, list[Hit]] = {}
        self._named = _named(article)
        self._sources = _sources(article)
        self._title: list[Clue] | None = None

    def of(self, frame: Frame) -> tuple[Topic, ...]:
        """Return the topics of a frame, each with its score and the words that speak most for it."""
        home = self._article.tokens[frame.trigger.tokens.head].sentence
        near = _clause(self._article, frame)
        own: dict[str, dict[str, float]] = defaultdict(dict)
        for i, clue, factor in self._sentence(home):
            _note(own, clue, factor * (WITH_TRIGGER if i in near else IN_SENTENCE))
        beside: dict[str, dict[str, float]] = defaultdict(dict)
        for clue, factor in self._beside(home):
            if clue.text not in own.get(clue.context, ()):
                _note(beside, clue, factor * BESIDE)
        return tuple(
            _topic(context, own.get(context, {}), beside.get(context, {}))
            for context in sorted(own.keys() | beside.keys())
        )

    def _beside(self, home: int) -> Iterator[tuple[Clue, float]]:
        near = {index for index in (0, home - 1, home + 1) if 0 <= index < len(self._article.sentences)} - {
            home
        }
        for index in sorted(near):
            yield from ((clue, factor) for _, clue, factor in self._sentence(index))
        if self._title is None:
            self._title = list(_in_title(self._article.document.title or "", self._tables))
        yield from ((clue, 1.0) for clue in self._title)

    def _factor(self, i: int, clue: Clue, *, proper: bool) -> float:
        """Return how much a word counts: little in the name of a body, or of who only tells of the event."""
        token = self._article.tokens[i]
        name = i in self._named or (token.pos == "PROPN" and token.entity in NAMES)
        small = (name and not clue.own) or (i in self._sources and not (clue.own and proper))
        return IN_NAME if small else 1.0

    def _sentence(self, index: int) -> list[Hit]:
        if index not in self._hits:
            self._hits[index] = list(self._find(index))
        return self._hits[index]

    def _find(self, index: int) -> Iterator[Hit]:
        sentence = self._article.sentences[index]
        tokens = [t for t in self._article.tokens[sentence.first : sentence.last] if t.text != "-"]
        forms = [(token.lower, token.lemma.lower()) for token in tokens]
        parts = [token.pos for token in tokens]
        for place, clues in _matches(self._tables, forms, parts):
            words = tokens[place : place + len(clues[0].words)]
            proper = any(token.pos == "PROPN" for token in words)
            for clue in clues:
                yield words[-1].i, clue, self._factor(words[-1].i, clue, proper=proper)


def _matches(
    tables: ContextTables, forms: Sequence[tuple[str, str]], parts: Sequence[str]
) -> Iterator[tuple[int, tuple[Clue, ...]]]:
    """Yield where phrases begin, and their clues; phrases do not overlap, and those of nothing are left out."""
    place = 0
    while place < len(forms):
        found = tables.match(forms, parts, place)
        if found and found[0].context != NOTHING:
            yield place, found
        place += len(found[0].words) if found else 1


def _in_title(title: str, tables: ContextTables) -> Iterator[Clue]:
    words = [word.lower() for word in phrase_tokens(title) if word != "-"]
    forms = [(word, singular(word)) for word in words]
    for _, clues in _matches(tables, forms, ["NOUN"] * len(forms)):
        yield from clues


def _named(article: Article) -> frozenset[int]:
    """Return the tokens within the names of bodies among the actors, and proper names within those of others."""
    named: set[int] = set()
    for mention in article.actors:
        inside = range(mention.tokens.first, mention.tokens.last)
        if any(actor.sector in BODIES for actor in mention.actors):
            named.update(inside)
        else:
            named.update(i for i in inside if article.tokens[i].pos == "PROPN")
    return frozenset(named)


def _sources(article: Article) -> frozenset[int]:
    """Return the tokens of the words for who only tells something."""
    found = (saying.source.tokens for saying in article.sayings if saying.source is not None)
    return frozenset(i for tokens in found for i in range(tokens.first, tokens.last))


def _clause(article: Article, frame: Frame) -> frozenset[int]:
    """Return the tokens that belong to a trigger: its own, and those below it and its support verb."""
    tops = {frame.trigger.tokens.head}
    if frame.trigger.support is not None:
        tops.add(frame.trigger.support)
    found = set(range(frame.trigger.tokens.first, frame.trigger.tokens.last))
    stack = list(tops)
    while stack:
        i = stack.pop()
        found.add(i)
        stack.extend(j for j in article.children[i] if j not in found and not _is_apart(article, j))
    return frozenset(found)


def _is_apart(article: Article, i: int) -> bool:
    token = article.tokens[i]
    if token.dep == "conj":
        return token.pos == "VERB" and bool(tree.own_subjects(article, i))
    return token.dep in APART


def _note(scores: dict[str, dict[str, float]], clue: Clue, score: float) -> None:
    """Keep the best score of each phrase: told twice it is no surer."""
    known = scores[clue.context]
    known[clue.text] = max(known.get(clue.text, 0.0), clue.strength * score)


def _topic(context: str, own: Mapping[str, float], beside: Mapping[str, float]) -> Topic:
    score = sum(own.values()) + min(sum(beside.values()), MOST_FROM_BESIDE)
    phrases = {**beside, **own}
    return Topic(context, round(score, 3), max(phrases, key=phrases.__getitem__), here=bool(own))


def contexts_stage(tables: ContextTables) -> Stage:
    """Return the stage that gives each frame its topics."""

    def run(article: Article) -> Mapping[str, Any]:
        topics = Topics(article, tables) if article.frames else None
        return {"topics": tuple(topics.of(frame) for frame in article.frames) if topics else ()}

    return Stage("contexts", ("tokens", "sentences", "actors", "sayings", "frames"), ("topics",), run)
