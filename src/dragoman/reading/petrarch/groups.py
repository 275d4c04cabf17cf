"""Actors that are named together: "Mordor, Rohan, Fornost and Bree"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reading import tree
from dragoman.reading.article import ActorMention, Article

CONJUNCTIONS = frozenset({"and", "or", "nor", "&"})
SEPARATORS = CONJUNCTIONS | {",", "both", "well", "as"}
BETWEEN = frozenset({"DET", "ADJ"})
# Words of this kind before a pair mean that what follows it may be the subject of a new clause.
CLAUSAL = frozenset({"VERB", "AUX"})


class Groups:
    """Which mentions of an article stand together, by the tree or by the words between them."""

    def __init__(self, article: Article) -> None:
        """Divide all mentions of the article into groups."""
        self._article = article
        self._of: dict[int, tuple[int, ...]] = {}
        for run in self._runs(article.actors):
            for number in run:
                self._of[number] = tuple(run)

    def of(self, number: int) -> tuple[int, ...]:
        """Return the mentions named together with this one, itself included, in order."""
        return self._of[number]

    def _runs(self, mentions: Sequence[ActorMention]) -> list[list[int]]:
        runs: list[list[int]] = []
        pending: list[int] = []
        for number in range(len(mentions)):
            link = self._link(mentions[number - 1], mentions[number]) if number else ""
            if link == "," and runs:
                # A comma alone links only when a conjunction follows further on.
                pending.append(number)
            elif link and runs:
                runs[-1].extend([*pending, number])
                pending = []
            else:
                runs.extend([each] for each in pending)
                pending = []
                runs.append([number])
        runs.extend([each] for each in pending)
        return runs

    def _link(self, left: ActorMention, right: ActorMention) -> str:
        """Return "and", "," or nothing: what joins two neighbours."""
        tokens = self._article.tokens
        if tokens[left.tokens.head].sentence != tokens[right.tokens.head].sentence:
            return ""
        if right.tokens.head in tree.conjuncts(self._article, left.tokens.head):
            return "and"
        between = tokens[left.tokens.last : right.tokens.first]
        if not between or right.tokens.first < left.tokens.last:
            return ""
        if not all(token.lower in SEPARATORS or token.pos in BETWEEN for token in between):
            return ""
        if self._begins_clause(left, right):
            return ""
        if any(token.lower in CONJUNCTIONS for token in between):
            return "and"
        return "," if any(token.lower == "," for token in between) else ""

    def _begins_clause(self, left: ActorMention, right: ActorMention) -> bool:
        """Say whether the right one is the subject of a clause of its own: "X hit Gondor, and Arnor protested"."""
        token = self._article.tokens[right.tokens.head]
        sentence = self._article.sentences[token.sentence]
        before = self._article.tokens[sentence.first : left.tokens.first]
        return token.dep in tree.SUBJECTS and any(other.pos in CLAUSAL for other in before)
