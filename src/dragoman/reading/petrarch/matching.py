"""Matching verb patterns: words, synsets and actors before and after a verb, in the order of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.knowledge.petrarch.pattern import Element, Kind, Pattern
from dragoman.reading.article import Article
from dragoman.reading.petrarch.groups import Groups
from dragoman.reading.petrarch.wordline import WordLine

NOUNS = frozenset({"NOUN", "PROPN"})
# Two actors or more make a group.
PAIR = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """A verb in its sentence: the words it may look at (``low`` to ``high``), itself (``first`` to ``last``).

    ``subjects`` are the mentions in its subject; ``stranger``: it has one that is no actor, so that no actor before
    the verb does (or, when ``passive``, undergoes) what it says.
    """

    line: WordLine
    low: int
    first: int
    last: int
    high: int
    subjects: tuple[int, ...] = ()
    stranger: bool = False
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What a pattern found: the mentions of source, target, and group; empty where it names none."""

    source: tuple[int, ...] = ()
    target: tuple[int, ...] = ()
    compound: tuple[int, ...] = ()
    compound_before: bool = False

    def with_(self, kind: Kind, mentions: tuple[int, ...], *, before: bool) -> Match:
        """Return the match with one more finding."""
        if kind is Kind.SOURCE:
            return Match(mentions, self.target, self.compound, self.compound_before)
        if kind is Kind.TARGET:
            return Match(self.source, mentions, self.compound, self.compound_before)
        return Match(self.source, self.target, mentions, before)


class Matcher:
    """Matches patterns in one article."""

    def __init__(
        self, article: Article, synsets: Mapping[str, Sequence[tuple[str, ...]]], groups: Groups
    ) -> None:
        """Look at the article's actors by their words."""
        self._article = article
        self._synsets = synsets
        self._groups = groups

    def match(self, pattern: Pattern, scene: Scene) -> Match | None:
        """Return what the pattern finds, or None when it does not fit."""
        side = _Side(self, scene, before=True, first_joined=pattern.joined)
        found = side.run(tuple(reversed(pattern.before)), scene.first - 1, Match())
        if found is None:
            return None
        side = _Side(self, scene, before=False, first_joined=False)
        return side.run(pattern.after, scene.last + 1, found)

    def mentions_in(self, low: int, high: int) -> list[int]:
        """Return the numbers of the mentions within a range of tokens, in order; possessive pronouns are left out."""
        tokens = self._article.tokens
        return [
            number
            for number, mention in enumerate(self._article.actors)
            if low <= mention.tokens.first and mention.tokens.last <= high
            and tokens[mention.tokens.head].tag != "PRP$"
        ]  # fmt: skip

    def group(self, number: int) -> tuple[int, ...]:
        """Return the mentions named together with one."""
        return self._groups.of(number)

    def size(self, group: Sequence[int]) -> int:
        """Return how many actors a group has."""
        return sum(len(self._article.actors[number].actors) for number in group)

    def phrases(self, name: str) -> Sequence[tuple[str, ...]]:
        """Return the phrases of a synset."""
        return self._synsets.get(name, ())

    def bounds(self, line: WordLine, group: Sequence[int]) -> tuple[int, int]:
        """Return the first and last position of a group in the words of its sentence."""
        spans = [self._article.actors[number].tokens for number in group]
        return line.at(min(s.first for s in spans)), line.at(max(s.last for s in spans)) - 1

    def is_noun(self, line: WordLine, position: int) -> bool:
        """Say whether the word there is a noun."""
        return self._article.tokens[line.tokens[position]].pos in NOUNS


class _Side:
    """One side of the verb. Elements come in the order away from the verb; so do positions."""

    def __init__(self, matcher: Matcher, scene: Scene, *, before: bool, first_joined: bool) -> None:
        self._matcher = matcher
        self._line = scene.line
        self._before = before
        self._first_joined = first_joined
        self._subjects = frozenset(scene.subjects) if before else frozenset()
        self._barred = _barred(scene) if before else frozenset()
        self._low = scene.low if before else scene.last + 1
        self._high = scene.first - 1 if before else scene.high

    def run(self, elements: tuple[Element, ...], position: int, so_far: Match) -> Match | None:
        """Match the elements from ``position`` on; a word that does not lead on is tried again further away."""
        return self._rest(elements, 0, position, so_far)

    def _joined(self, elements: tuple[Element, ...], number: int) -> bool:
        """Say whether an element must stand right beside the one nearer to the verb."""
        if not self._before:
            return elements[number].joined
        return self._first_joined if number == 0 else elements[number - 1].joined

    def _rest(self, elements: tuple[Element, ...], number: int, position: int, so_far: Match) -> Match | None:
        if number == len(elements):
            return so_far
        element, joined = elements[number], self._joined(elements, number)
        if element.kind in {Kind.WORD, Kind.SYNSET}:
            for end in self._words(element, position, joined=joined):
                found = self._rest(elements, number + 1, end, so_far)
                if found is not None:
                    return found
            return None
        if element.kind is Kind.SKIP:
            after = self._skip(position)
            return None if after is None else self._rest(elements, number + 1, after, so_far)
        group = self._actors(element.kind, position, joined=joined)
        if group is None:
            return None
        first, last = self._matcher.bounds(self._line, group)
        found = so_far.with_(element.kind, group, before=self._before)
        return self._rest(elements, number + 1, first - 1 if self._before else last + 1, found)

    def _positions(self, position: int, *, joined: bool) -> range:
        if joined:
            return range(position, position + 1) if self._low <= position <= self._high else range(0)
        return range(position, self._low - 1, -1) if self._before else range(position, self._high + 1)

    def _words(self, element: Element, position: int, *, joined: bool) -> Sequence[int]:
        """Return the positions beyond each place where the word, or a phrase of the synset, stands."""
        phrases = self._matcher.phrases(element.word) if element.kind is Kind.SYNSET else ((element.word,),)
        found = []
        for place in self._positions(position, joined=joined):
            for words in phrases:
                start = place - len(words) + 1 if self._before else place
                inside = self._low <= start and start + len(words) - 1 <= self._high
                if inside and self._line.starts(start, words):
                    found.append(start - 1 if self._before else start + len(words))
                    break
        return found

    def _near(self, position: int) -> list[int]:
        """Return the mentions beyond ``position``, nearest first."""
        tokens = self._line.tokens
        if self._before:
            if position < self._low or not tokens:
                return []
            return list(reversed(self._matcher.mentions_in(tokens[self._low], tokens[position] + 1)))
        if position > self._high:
            return []
        return self._matcher.mentions_in(tokens[position], tokens[self._high] + 1)

    def _actors(self, kind: Kind, position: int, *, joined: bool) -> tuple[int, ...] | None:
        """Return the group of the verb's subject, where it lies beyond, or the nearest; a compound has at least two."""
        near = [] if kind in self._barred else self._near(position)
        for number in sorted(near, key=lambda n: n not in self._subjects):
            group = tuple(n for n in self._matcher.group(number) if n in near)
            if kind is Kind.COMPOUND and self._matcher.size(group) < PAIR:
                continue
            first, last = self._matcher.bounds(self._line, group)
            if joined and (last if self._before else first) != position:
                return None
            return group
        return None

    def _skip(self, position: int) -> int | None:
        """Return the position beyond the next noun phrase: an actor, or a run of nouns."""
        near = self._near(position)
        for place in self._positions(position, joined=False):
            for number in near[:1]:
                first, last = self._matcher.bounds(self._line, (number,))
                if first <= place <= last:
                    return first - 1 if self._before else last + 1
            if self._matcher.is_noun(self._line, place):
                return self._beyond_nouns(place)
        return None

    def _beyond_nouns(self, place: int) -> int:
        """Return the position beyond a run of nouns."""
        while self._low <= place <= self._high and self._matcher.is_noun(self._line, place):
            place += -1 if self._before else 1
        return place


def _barred(scene: Scene) -> frozenset[Kind]:
    """Return what no actor before the verb can be, since its subject is somebody else."""
    if not scene.stranger:
        return frozenset()
    return frozenset({Kind.TARGET}) if scene.passive else frozenset({Kind.SOURCE, Kind.COMPOUND})
