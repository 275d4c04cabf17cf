"""From the words in a slot to the actors they name: the phrase itself, or the actors inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.reading import tree
from dragoman.reading.article import Article

# Ways into a phrase that is no actor itself, in order: "the attack by Hamas", "Kim's train", "Russian
# missiles", "the capital of Iran", "missiles from Iran", "an offer made by Iran", "sanctions against Iran",
# "a request for Iran", "unions including X".
INSIDE_ANY = (
    "including", "by", "poss", "mod", "of", "from", "acl", "against", "on", "with", "between", "to", "for", "over", "about",
)  # fmt: skip
INSIDE_AGENT = ("including", "poss", "mod", "of", "from", "by")
# How many phrases deep an actor may lie inside another ("the release of members of the group").
DEEPEST = 2
# Participles tied by a hyphen to who does what the noun says: "a Saudi-led strike" (and not "Iran-backed").
LEADING = frozenset(
    {"lead", "led", "claim", "claimed", "spearhead", "spearheaded", "organize", "organise", "orchestrate"}
)
MODIFIERS = ("amod", "compound", "nmod")


class Fillers:
    """The actor mentions of one article, found by the tokens that carry them."""

    def __init__(self, article: Article) -> None:
        """Index ``article.actors`` by token."""
        self._article = article
        self._at: dict[int, int] = {}
        for number, mention in enumerate(article.actors):
            for i in range(mention.tokens.first, mention.tokens.last):
                self._at.setdefault(i, number)
        for number, mention in enumerate(article.actors):
            self._at[mention.tokens.head] = number

    def at(self, i: int) -> int | None:
        """Return the mention that token ``i`` is part of, or that stands in apposition to it."""
        if (found := self._at.get(i)) is not None:
            return found
        for j in tree.children(self._article, i, "appos"):
            if (found := self._at.get(j)) is not None:
                return found
        return None

    def of(self, i: int, *, ways: Sequence[str] = INSIDE_ANY) -> list[int]:
        """Return the mentions that the phrase headed by ``i`` stands for: itself, or those inside it."""
        if (found := self.at(i)) is not None:
            return [found]
        return self._inside(i, ways, DEEPEST)

    def of_all(self, heads: Iterable[int], *, ways: Sequence[str] = INSIDE_ANY) -> list[int]:
        """Return the mentions of several phrases in order, each once. Actors named outright come alone.

        Where one of the phrases is itself an actor, phrases that only hold one are left out.
        """
        listed = list(heads)
        outright = [found for i in listed if (found := self.at(i)) is not None]
        nested = [] if outright else [found for i in listed for found in self._inside(i, ways, DEEPEST)]
        return list(dict.fromkeys(outright or nested))

    def modifiers(self, i: int) -> list[int]:
        """Return the mentions that modify the noun ``i`` from the left: "the Putin-Kim meeting"."""
        found = []
        for j in sorted(self._left(i)):
            mention = self._at.get(j)
            if mention is not None and mention != self._at.get(i):
                found.append(mention)
        return list(dict.fromkeys(found))

    def _left(self, i: int) -> list[int]:
        """Return the modifiers before ``i``, through chains of compounds and coordination."""
        found = [j for j in tree.children(self._article, i, *MODIFIERS) if j < i]
        for j in found:
            found.extend(tree.children(self._article, j, *MODIFIERS, "conj"))
            if self._article.tokens[j].lemma in LEADING:
                found.extend(tree.children(self._article, j, "npadvmod"))
        return found

    def possessors(self, i: int) -> list[int]:
        """Return the mentions that own the noun ``i``."""
        owners = [
            k for j in tree.children(self._article, i, "poss") for k in tree.conjuncts(self._article, j)
        ]
        return self.of_all(owners, ways=INSIDE_AGENT)

    def _makers(self, i: int) -> list[int]:
        """Return who made the noun ``i`` what it is: "every offer made by the Taliban"."""
        verbs = tree.children(self._article, i, "acl", "relcl")
        return self.of_all([k for j in verbs for k in tree.prepositional(self._article, j, "by")], ways=())

    def _inside(self, i: int, ways: Sequence[str], depth: int) -> list[int]:
        for way in ways:
            if way == "poss":
                found = self.possessors(i)
            elif way == "mod":
                found = self.modifiers(i)
            elif way == "acl":
                found = self._makers(i)
            else:
                heads = tree.prepositional(self._article, i, way)
                found = [number for j in heads if (number := self.at(j)) is not None]
                if not found and depth > 1 and way == "of":
                    found = [number for j in heads for number in self._inside(j, ways, depth - 1)]
            if found:
                return list(dict.fromkeys(found))
        return []
