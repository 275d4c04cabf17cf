"""The words of a sentence as dictionaries see them: in lower case, cut at hyphens, each with its token."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.knowledge.petrarch.phrases import Phrase, word_parts
from dragoman.reading.article import Article, Sentence

# Words that may stand in a gap of a phrase. A gap is meant for a modifier or two. Words.
WIDEST_GAP = 3


@dataclass(frozen=True, slots=True)
class WordLine:
    """The words of one sentence, and the token each is part of."""

    words: tuple[str, ...]
    tokens: tuple[int, ...]

    def at(self, token: int) -> int:
        """Return the position of the first word of a token or, if it has none, of the one after it."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.tokens[middle] < token else (low, middle)
        return low

    def starts(self, position: int, words: Sequence[str]) -> bool:
        """Say whether these words follow one another from ``position``."""
        return position >= 0 and self.words[position : position + len(words)] == tuple(words)


def word_line(article: Article, sentence: Sentence) -> WordLine:
    """Return the words of a sentence; hyphens that stand alone are left out."""
    pairs = [
        (word, i) for i in range(sentence.first, sentence.last) for word in word_parts(article.tokens[i].text)
    ]
    return WordLine(tuple(word for word, _ in pairs), tuple(i for _, i in pairs))


@dataclass(frozen=True, slots=True)
class Hit[T]:
    """A phrase found: its first and last word by position, and its entry."""

    first: int
    last: int
    entry: T


def find_phrases[T](
    line: WordLine,
    phrases: Mapping[str, Sequence[tuple[Phrase, T]]],
    *,
    gap: Callable[[int], bool],
    fits: Callable[[int, int], bool],
    taken: frozenset[int] = frozenset(),
) -> Iterator[Hit[T]]:
    """Yield the phrases found from left to right, the longest first, none within another.

    ``gap`` says whether a word may stand in a gap, ``fits`` whether the words from one position to another
    may be such a phrase at all; ``taken`` are positions that are none.
    """
    position = 0
    while position < len(line.words):
        hit = _longest(line, position, phrases.get(line.words[position], ()), gap, taken)
        if hit is not None and fits(hit.first, hit.last):
            yield hit
            position = hit.last
        position += 1


def _longest[T](
    line: WordLine,
    position: int,
    candidates: Sequence[tuple[Phrase, T]],
    gap: Callable[[int], bool],
    taken: frozenset[int],
) -> Hit[T] | None:
    for phrase, entry in candidates:
        last = _match(line, position, phrase, gap)
        if last is not None and taken.isdisjoint(range(position, last + 1)):
            return Hit(position, last, entry)
    return None


def _match(line: WordLine, position: int, phrase: Phrase, gap: Callable[[int], bool]) -> int | None:
    """Return the position of the last word of the phrase that begins at ``position``."""
    for number in range(1, len(phrase.words)):
        position += 1
        skipped = 0
        while (
            phrase.gaps[number]
            and position < len(line.words)
            and line.words[position] != phrase.words[number]
            and skipped < WIDEST_GAP
            and gap(position)
        ):
            position += 1
            skipped += 1
        if position >= len(line.words) or line.words[position] != phrase.words[number]:
            return None
    return position
