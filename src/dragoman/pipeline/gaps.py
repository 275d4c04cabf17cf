"""Who is named often and known to nobody: the names that a user's own tables would gain most from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.knowledge.phrases import phrase_tokens, plain
from dragoman.model.actor import ActorSpan
from dragoman.model.document import Document
from dragoman.model.record import Record
from dragoman.model.span import Bounds

ARTICLES = frozenset({"the", "a", "an"})
POSSESSIVES = frozenset({"'s", "'"})


@dataclass(frozen=True, slots=True)
class Gap(Record):
    """A name that no table has: how often it stands, in how many documents, and the first sentence with it.

    ``sector`` is what its words give, or null. ``document`` is the id of the one the sentence is from.
    """

    name: str
    mentions: int
    documents: int
    sector: str | None
    sentence: str
    document: str


@dataclass(slots=True)
class _Found:
    """What was counted of one name."""

    spellings: Counter[str] = field(default_factory=Counter)
    sectors: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    last: str = ""
    sentence: str = ""
    first: str = ""


class Gaps:
    """Counts unresolved names, document by document; memory grows with the different names only."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: dict[tuple[str, ...], _Found] = {}

    def add(self, document: Document, sentences: Sequence[Bounds], actors: Iterable[ActorSpan]) -> None:
        """Count the names of a document that have neither an entry nor a state.

        Roles ("the police") are left out: no table of names would resolve them. So are pronouns.
        """
        for actor in actors:
            words = _name(actor.text)
            if actor.id or actor.country or not words or not _is_name(words):
                continue
            found = self._found.setdefault(tuple(plain(word).lower() for word in words), _Found())
            found.spellings[" ".join(words)] += 1
            if actor.sector:
                found.sectors[actor.sector] += 1
            if found.last != document.id:
                found.last = document.id
                found.documents += 1
            if not found.sentence:
                found.sentence = _sentence(document, sentences, actor)
                found.first = document.id

    def most_frequent(self, top: int) -> list[Gap]:
        """Return the names that stand most often, at most ``top`` of them."""
        ranked = sorted(
            self._found.items(), key=lambda item: (-item[1].spellings.total(), -item[1].documents, item[0])
        )
        return [_gap(found) for _, found in ranked[:top]]


def _gap(found: _Found) -> Gap:
    (name, _), *_ = found.spellings.most_common(1)
    sector = next((sector for sector, _ in found.sectors.most_common(1)), None)
    return Gap(name, found.spellings.total(), found.documents, sector, found.sentence, found.first)


def _name(text: str) -> list[str]:
    """Return the words without an article before them and without a possessive s."""
    words = list(phrase_tokens(text))
    while words and words[0].lower() in ARTICLES:
        words.pop(0)
    while words and words[-1] in POSSESSIVES:
        words.pop()
    return words


def _is_name(words: Sequence[str]) -> bool:
    """Say whether a word begins with a capital, or with a letter of a script that has none."""
    return any(word[0].isalpha() and not word[0].islower() for word in words)


def _sentence(document: Document, sentences: Sequence[Bounds], actor: ActorSpan) -> str:
    """Return the sentence that the words stand in, on one line."""
    around = (each for each in sentences if each.start <= actor.start < each.end)
    whole = next(around, Bounds(actor.start, actor.end))
    return " ".join(document.text[whole.start : whole.end].split())
