"""Who stands on which side of a verb: by its pattern, else by the grammar, else by the order of the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.reading import tree
from dragoman.reading.article import Argument, Article
from dragoman.reading.fillers import Fillers
from dragoman.reading.petrarch.matching import PAIR, Match, Matcher

# How far each way of finding the sides is trusted, from 0 to 1; as for our own tables.
PATTERN_TRUST = 0.9
GRAMMAR_TRUST = 0.85
ORDER_TRUST = 0.7
VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN"})
# Pronouns for persons; what they mean is known, or it is not the state that was named last.
PERSONS = frozenset({"i", "we", "you", "he", "she", "who"})
AGENT_PREPOSITION = "by"


@dataclass(frozen=True, slots=True)
class Team:
    """Sources and targets of one event; ``mutual``: each also does it to the other."""

    sources: tuple[Argument, ...]
    targets: tuple[Argument, ...]
    mutual: bool
    trust: float


class Sides:
    """Finds the sides of the verbs of one article."""

    def __init__(self, article: Article, matcher: Matcher, fillers: Fillers) -> None:
        """Work from the article's actors."""
        self._article = article
        self._matcher = matcher
        self._fillers = fillers

    def limits(self, verb: int) -> tuple[int, int]:
        """Return the tokens between which a verb's words lie: not in the clauses coordinated with it.

        To the left the whole sentence, since patterns name verbs that govern this one ("SAID * ").
        """
        tokens = self._article.tokens
        sentence = self._article.sentences[tokens[verb].sentence]
        low, high = sentence.first, sentence.last
        if tokens[verb].dep == "conj" and tree.children(self._article, verb, *tree.SUBJECTS):
            low = tree.extent(self._article, verb)[0]
        top, above = verb, {verb}
        while tokens[top].head != top and tokens[top].head < verb:
            top = tokens[top].head
            above.add(top)
        high = max(tree.extent(self._article, top)[1], verb + 1)
        for i in range(verb + 1, high):
            if tokens[i].dep == "conj" and tokens[i].pos in VERBS and tokens[i].head in above:
                return low, max(tree.extent(self._article, i)[0], verb + 1)
        return low, high

    def teams(self, verb: int, match: Match, limits: tuple[int, int]) -> Iterator[Team]:
        """Yield the sides of the event: one team, or one a pair for a group of actors who do it to each other."""
        if match.compound and not match.target:
            sources = match.source or (
                () if match.compound_before else self._doers(verb, limits, match.compound)
            )
            if sources:
                yield self._team(sources, match.compound, PATTERN_TRUST)
            else:
                yield from self._mutual(match.compound)
            return
        passive = tree.is_passive(self._article, verb)
        sources, targets, trust = match.source, match.target, PATTERN_TRUST
        if not sources and not targets and passive:
            sources, targets = self._agents(verb), self.subjects(verb)
            yield self._team(sources, targets, GRAMMAR_TRUST)
            return
        if not sources:
            sources = self._agents(verb) if passive else self._doers(verb, limits, targets)
            trust = GRAMMAR_TRUST
        if not targets:
            # A source that is not the subject leaves the subject to be the target.
            subjects = self.subjects(verb) if match.source else ()
            targets = subjects if sources and not set(subjects) & set(sources) else ()
            targets = targets or self._undergoers(verb, limits, sources)
            trust = min(trust, ORDER_TRUST)
        yield self._team(sources, targets, trust)

    def _team(self, sources: Sequence[int], targets: Sequence[int], trust: float) -> Team:
        doing = self._arguments(sources, "source")
        others = self._others(targets, doing)
        # Of two groups that share an actor, each acts on the others: both are kept whole.
        undergoing = targets if others and len(doing) > 1 else others
        return Team(doing, self._arguments(undergoing, "target"), mutual=False, trust=trust)

    def _others(self, mentions: Sequence[int], taken: Sequence[Argument]) -> list[int]:
        """Return the mentions that are not all the same actors as those taken."""
        codes = {self._code(argument) for argument in taken}
        return [
            n for n in mentions
            if not {_label(actor.code, actor.sector) for actor in self._article.actors[n].actors} <= codes
        ]  # fmt: skip

    def _code(self, argument: Argument) -> str:
        actor = self._article.actor(argument)
        return _label(actor.code, actor.sector)

    def _mutual(self, group: Sequence[int]) -> Iterator[Team]:
        """Yield each actor of a group with those after it."""
        everyone = self._arguments(group, "compound")
        for number, argument in enumerate(everyone[: 1 - PAIR]):
            others = tuple(o for o in everyone[number + 1 :] if self._code(o) != self._code(argument))
            if others:
                yield Team((argument,), others, mutual=True, trust=PATTERN_TRUST)

    def _arguments(self, mentions: Iterable[int], rule: str) -> tuple[Argument, ...]:
        return tuple(
            Argument(number, position, rule)
            for number in dict.fromkeys(mentions)
            for position in range(len(self._article.actors[number].actors))
        )

    def _whole(self, mentions: Iterable[int]) -> tuple[int, ...]:
        """Return the mentions with all that are named together with them."""
        return tuple(dict.fromkeys(n for number in mentions for n in self._matcher.group(number)))

    def is_stranger(self, verb: int) -> bool:
        """Say whether the verb has a subject of its own that is no actor ("crowds", "he")."""
        own = [self._article.tokens[i] for i in tree.own_subjects(self._article, verb)]
        return any(t.pos in NOUNS or t.lower in PERSONS for t in own) and not self.subjects(verb)

    def subjects(self, verb: int) -> tuple[int, ...]:
        """Return the mentions in the subject of the verb, its own or understood, with all named together with them."""
        heads = tree.subjects(self._article, verb)
        if found := self._whole(self._fillers.of_all(heads)):
            return found
        for i in heads:
            inside = self._matcher.mentions_in(*tree.extent(self._article, i))
            if inside:
                return self._whole(inside[:1])
        return ()

    def _agents(self, verb: int) -> tuple[int, ...]:
        """Return who does what a passive verb says; the by-phrase may hang on a word between."""
        for i in sorted(tree.descendants(self._article, verb)):
            token = self._article.tokens[i]
            if token.lower == AGENT_PREPOSITION and i > verb and token.dep in {"agent", "prep"}:
                heads = [
                    k
                    for j in tree.children(self._article, i, "pobj")
                    for k in tree.conjuncts(self._article, j)
                ]
                if found := self._whole(self._fillers.of_all(heads)):
                    return found
        return ()

    def _doers(self, verb: int, limits: tuple[int, int], targets: Sequence[int]) -> tuple[int, ...]:
        """Return the sources: the subject, or the nearest before the verb where that is a pronoun or missing."""
        found = tuple(n for n in self.subjects(verb) if n not in targets)
        if found:
            return found
        if self.is_stranger(verb):
            return ()
        before = [n for n in self._matcher.mentions_in(limits[0], verb) if n not in targets]
        return tuple(n for n in self._whole(before[-1:]) if n not in targets)

    def _undergoers(self, verb: int, limits: tuple[int, int], sources: Sequence[int]) -> tuple[int, ...]:
        """Return the targets: the first group after the verb that is somebody else.

        Not those in a clause of time or cause beside it ("five years after crowds …").
        """
        taken = self._arguments(sources, "source")
        for number in self._matcher.mentions_in(verb + 1, limits[1]):
            whole = self._whole([number])
            if number not in sources and self._others(whole, taken) and not self._is_beside(number, verb):
                return tuple(n for n in whole if n not in sources)
        return ()

    def _is_beside(self, number: int, verb: int) -> bool:
        """Say whether a mention stands in an adverbial clause of the verb or of one that governs it."""
        tokens = self._article.tokens
        i = self._article.actors[number].tokens.head
        around = {verb, *tree.ancestors(self._article, verb)}
        while i not in around and tokens[i].head != i:
            if tokens[i].dep == "advcl" and tree.children(self._article, i, *tree.SUBJECTS):
                return True
            i = tokens[i].head
        return False


def _label(code: str | None, sector: str | None) -> str:
    """Return what tells actors apart: the code, or the kind where nobody says whose."""
    return code or f"---{sector or ''}"
