"""Whose words a token stands in: quotes and their speakers, as references see them."""

from __future__ import annotations

from functools import cached_property

from dragoman.reading import tree
from dragoman.reading.article import Article, Saying

FIRST_PERSON = frozenset({"i", "me", "my", "mine"})
# A turn of an interview begins with a name of so many words at most, in capitals, perhaps after a mark.
LONGEST_LABEL = 3
OPENING = frozenset({'"', "“", "``"})
OUR_SIDE = frozenset({"we", "us"})


class Voices:
    """The quotes of one article and who says them, by the layer ``sayings`` (without it nobody speaks)."""

    def __init__(self, article: Article) -> None:
        """Look at what is quoted; indirect speech counts for who spoke last only."""
        self._article = article
        self._spoken = [saying for saying in article.sayings if saying.kind != "indirect"]

    @cached_property
    def _quotes(self) -> dict[int, Saying]:
        """Lead from each token that is quoted to the saying it stands in, the innermost one."""
        found: dict[int, Saying] = {}
        marks = {
            i
            for i, token in enumerate(self._article.tokens)
            if token.tag in {"``", "''"} or token.lower == '"'
        }
        for saying in sorted(self._spoken, key=_size, reverse=True):
            for first, last in saying.content:
                whole = saying.kind == "direct"
                open_ = whole
                for i in range(first, last):
                    open_ = open_ if whole or i not in marks else not open_
                    if open_:
                        found[i] = saying
        return found

    def quote(self, i: int) -> int:
        """Return which quote token ``i`` stands in: equal numbers for words of one saying, -1 outside of all."""
        saying = self._quotes.get(i)
        return -1 if saying is None else saying.content[0][0]

    def speaker(self, i: int) -> int | None:
        """Return the head of the words that name who says token ``i`` in a quote; None where nobody does."""
        saying = self._quotes.get(i)
        if saying is not None:
            return saying.source.tokens.head if saying.source is not None else None
        return self._announced.get(self._article.sentences[self._article.tokens[i].sentence].paragraph)

    @cached_property
    def _announced(self) -> dict[int, int]:
        """Lead from paragraphs after "Limbaugh added:" to the head of who is said to speak in them."""
        found: dict[int, int] = {}
        for sentence in self._article.sentences:
            last = self._article.tokens[sentence.last - 1]
            root = next(
                (i for i in range(sentence.first, sentence.last) if self._article.tokens[i].head == i), None
            )
            if (
                last.lower == ":"
                and root is not None
                and (subjects := tree.own_subjects(self._article, root))
            ):
                found[sentence.paragraph + 1] = subjects[0]
        return found

    def label(self, i: int) -> str | None:
        """Return the name before the colon of the turn that token ``i`` stands in, in an interview ("SMITH: I …"), or None."""
        return self._turns.get(self._article.sentences[self._article.tokens[i].sentence].paragraph)

    @cached_property
    def _turns(self) -> dict[int, str]:
        """Lead from paragraphs to the names they begin with; empty unless two or more take turns."""
        found: dict[int, str] = {}
        paragraphs: set[int] = set()
        for sentence in self._article.sentences:
            if sentence.paragraph not in paragraphs:
                paragraphs.add(sentence.paragraph)
                words = [
                    token.text
                    for token in self._article.tokens[sentence.first : sentence.first + LONGEST_LABEL + 2]
                ]
                words = words[1:] if words and words[0] in OPENING else words
                name = words[: words.index(":")] if ":" in words else []
                if (
                    name
                    and all(word.isupper() and word.isalpha() for word in name)
                    and len(" ".join(name)) > 1
                ):
                    found[sentence.paragraph] = " ".join(name)
        return found if len(set(found.values())) > 1 else {}

    @cached_property
    def speakers(self) -> frozenset[int]:
        """The heads of all sources, of quotes and of indirect speech."""
        return frozenset(
            saying.source.tokens.head for saying in self._article.sayings if saying.source is not None
        )

    def speaks(self, i: int) -> bool:
        """Say whether token ``i`` names a source, or the like by its coordination."""
        return tree.first_conjunct(self._article, i) in self.speakers


def _size(saying: Saying) -> int:
    return sum(last - first for first, last in saying.content)
