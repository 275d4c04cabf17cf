"""The words around a trigger, by where they stand to it: what finer codes are read from."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading import tree
from dragoman.reading.article import Article, Trigger

MODIFIERS = ("amod", "compound", "nmod", "poss")
COMPLEMENTS = ("xcomp", "ccomp", "oprd", "acomp")
# Prepositions that lead to the means of a deed, or to the deed in which it was done.
MEANS = ("by", "with", "in", "from", "during", "using", "through", "via", "over")
# Clauses that tell of something else than the phrase they hang on.
APART = frozenset({"relcl", "advcl", "parataxis"})
VERBS = frozenset({"VERB", "AUX"})


class Company:
    """The lemmas around one trigger, found by place when first asked for; places as in `Surroundings`."""

    def __init__(self, article: Article, trigger: Trigger) -> None:
        """Keep the trigger; nothing is looked at yet."""
        self._article = article
        self._trigger = trigger
        self._found: dict[str, frozenset[str]] = {}

    def words(self, place: str) -> frozenset[str]:
        """Return the lemmas in a place, and pairs that stand side by side in it, joined by a blank."""
        if place not in self._found:
            self._found[place] = self._look(place)
        return self._found[place]

    def _look(self, place: str) -> frozenset[str]:
        article, trigger = self._article, self._trigger
        head = trigger.tokens.head
        match place:
            case "self":
                return self._lemmas(set(range(trigger.tokens.first, trigger.tokens.last)))
            case "mod":
                return self._lemmas(set(tree.children(article, head, *MODIFIERS)))
            case "subj":
                return self._heads(set(self._subjects()))
            case "what":
                return self._heads(set(self._whats()))
            case "how":
                return self._heads(set(self._means()))
            case "deep":
                return self._phrases({j for i in self._whats() for j in self._below(i)})
            case _:
                return self._phrases({j for i in self._anchors() for j in tree.descendants(article, i)})

    def _anchors(self) -> list[int]:
        trigger = self._trigger
        return [trigger.tokens.head] + ([] if trigger.support is None else [trigger.support])

    def _subjects(self) -> list[int]:
        verbs = [i for i in self._anchors() if self._article.tokens[i].pos in VERBS]
        found = [
            j for i in verbs if not tree.is_passive(self._article, i) for j in tree.subjects(self._article, i)
        ]
        return found + [j for i in self._anchors() for j in tree.prepositional(self._article, i, "by")]

    def _means(self) -> Iterator[int]:
        """Yield the heads that tell by what means: "attacked with knives", "killed in a raid", "using drones"."""
        for i in self._anchors():
            yield from tree.prepositional(self._article, i, *MEANS)
            for j in tree.children(self._article, i, "advcl", "acl", "prep"):
                if self._article.tokens[j].lemma == "use":
                    yield from tree.objects(self._article, j)

    def _whats(self) -> Iterator[int]:
        """Yield the heads that the trigger, or the verb that carries it, leads to."""
        article = self._article
        for i in self._anchors():
            if article.tokens[i].pos in VERBS:
                passive = tree.is_passive(article, i)
                objects = tree.subjects(article, i) if passive else tree.objects(article, i)
                yield from (j for j in objects if j != self._trigger.tokens.head)
            for j in tree.children(article, i, *COMPLEMENTS):
                yield from tree.conjuncts(article, j)
            for j in tree.children(article, i, "prep", "dative"):
                for k in tree.children(article, j, "pobj", "pcomp"):
                    yield from tree.conjuncts(article, k)

    def _below(self, top: int) -> Iterator[int]:
        """Yield ``top`` and what is below it, without the trigger itself and clauses that stand apart."""
        stack = [top]
        while stack:
            i = stack.pop()
            yield i
            stack.extend(
                j for j in self._article.children[i]
                if self._article.tokens[j].dep not in APART and j != self._trigger.tokens.head
            )  # fmt: skip

    def _lemmas(self, positions: set[int]) -> frozenset[str]:
        tokens = self._article.tokens
        return frozenset(form for i in positions for form in (tokens[i].lemma.lower(), tokens[i].lower))

    def _pairs(self, positions: set[int]) -> frozenset[str]:
        """Return words that stand side by side, a hyphen between them skipped."""
        found = set()
        for i in positions:
            before = i - 2 if i >= 2 and self._article.tokens[i - 1].text == "-" else i - 1  # noqa: PLR2004 - a word back
            if before in positions:
                found.add(
                    f"{self._article.tokens[before].lemma.lower()} {self._article.tokens[i].lemma.lower()}"
                )
        return frozenset(found)

    def _heads(self, heads: set[int]) -> frozenset[str]:
        """Return the lemmas of the heads, also joined with the word before them ("car bomb")."""
        left = {j for i in heads for j in tree.children(self._article, i, *MODIFIERS)}
        return self._lemmas(heads) | self._pairs(heads | left)

    def _phrases(self, positions: set[int]) -> frozenset[str]:
        return self._lemmas(positions) | self._pairs(positions)
