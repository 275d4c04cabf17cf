"""The model that decides which candidates are attributions, and where what is said stands.

Three small linear models (``knowledge/models/attribution.md`` is their card): one leaves out hopeless words, one gives each cue, with all its candidates,
the probability that it is an attribution as PolNeAR's annotators mark them, one says which candidate of
the cue has the right content.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.knowledge.cues import Cues
from dragoman.knowledge.linear import LinearModel, load_linear
from dragoman.knowledge.tables import DATA
from dragoman.reading.article import Article, Saying
from dragoman.reading.sayings import THRESHOLD
from dragoman.reading.speech.candidates import ADDRESSES, SHAPE, Candidate
from dragoman.reading.speech.features import Surroundings, head_features, rows, slot_features, word_features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODELS = DATA.parent / "models"
WORDS, CUES, CONTENTS = "attribution-words.npz", "attribution-cues.npz", "attribution-contents.npz"
YES = "yes"
# Shapes more than word lists: any heading may end in a colon.
NEVER_DOUBTFUL = frozenset({"colon"})
# Words less likely than this to be a cue, by lemma, tag and the parser's vector alone, are proposed by no shape. See the card for what
# is kept of the training articles' cues.
HOPELESS = 0.05
# A candidate from the word lists is taken unless one by shape is more likely by this much. Tried on a quarter of the training articles.
MARGIN = 0.1
# The slot of what is said rather than addressed; see `attribution`.
SAID = "said"
# Quoted words of an unlisted verb or noun are a saying from so many tokens on ("quipped that “…”"); fewer are a name or a scare quote.
LEAST_QUOTED = 5


OPEN_CLASSES = frozenset({"VERB", "NOUN", "ADJ"})


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one cue, by position, and the names of all that is known of them."""

    members: tuple[int, ...]
    features: frozenset[str]


def group(
    article: Article, cues: Cues, candidates: Sequence[Candidate], around: Surroundings
) -> tuple[list[Group], list[tuple[str, ...]]]:
    """Return the candidates by the head of their cue, in the order of the text, and each one's own features."""
    by_head: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates):
        if candidate.saying.cue is not None:
            by_head.setdefault(candidate.saying.cue.head, []).append(number)
    own = [slot_features(article, candidate, around) for candidate in candidates]
    groups = []
    for _, members in sorted(by_head.items()):
        known: set[str] = set()
        for saying in {_source_head(candidates[n].saying): candidates[n].saying for n in members}.values():
            known |= set(head_features(article, cues, saying, around))
        groups.append(Group(tuple(members), frozenset(known.union(*(own[n] for n in members)))))
    return groups, own


def _source_head(saying: Saying) -> int | None:
    return saying.source.tokens.head if saying.source else None


def mean_rows(dense: NDArray[np.float32], groups: Sequence[Group]) -> NDArray[np.float32]:
    """Return the mean row of each group's candidates."""
    import numpy as np  # noqa: PLC0415 - only where there is something to choose

    return np.stack([dense[list(one.members)].mean(axis=0) for one in groups])


@dataclass(frozen=True, slots=True)
class Attributor:
    """The models of words, of cues and of contents; each gives the probability of the label `YES`."""

    words: LinearModel
    cues: LinearModel
    contents: LinearModel

    def hopeless(self, article: Article) -> frozenset[int]:
        """Return the verbs, nouns and adjectives that need not be asked about, by word and vector alone."""
        asked = [token for token in article.tokens if token.pos in OPEN_CLASSES]
        if not asked:
            return frozenset()
        numbers = [token.i for token in asked]
        vectors = article.vectors[numbers] if article.vectors is not None else None
        likely = self.words.probabilities([word_features(token) for token in asked], vectors)
        few = likely[:, self.words.labels.index(YES)] < HOPELESS
        return frozenset(number for number, out in zip(numbers, few.tolist(), strict=True) if out)

    def choose(
        self, article: Article, tables: Cues, candidates: Sequence[Candidate], around: Surroundings
    ) -> Iterator[Candidate]:
        """Yield one candidate of each cue that is an attribution, with its probability, in the order of the cues.

        One that a list of sayings proposed stays a saying, with its stance, wherever its content is found to stand. It
        comes however doubtful it is, for reports are attributed by it: annotators mark one of two nested cues
        ("wrote that they believe"), and a report needs each that it falls under.
        """
        groups, own = group(article, tables, candidates, around)
        if not groups:
            return
        dense = rows(article, candidates)
        wide = mean_rows(dense, groups) if dense is not None else None
        likely = self.cues.probabilities([one.features for one in groups], wide)[
            :, self.cues.labels.index(YES)
        ]
        kept = [(one.members, float(p)) for one, p in zip(groups, likely, strict=True)]
        asked = [n for members, p in kept if p >= THRESHOLD for n in members]
        right: dict[int, float] = {}
        if asked:
            fits = self.contents.probabilities(
                [own[n] for n in asked], dense[asked] if dense is not None else None
            )
            right = dict(zip(asked, fits[:, self.contents.labels.index(YES)].tolist(), strict=True))
        for members, p in kept:
            listed = [n for n in members if candidates[n].slot == SAID]
            sure = [n for n in listed if candidates[n].origin not in NEVER_DOUBTFUL]
            if p >= THRESHOLD:
                best = candidates[_best(candidates, members, right)]
                yield _settled(article, best, [candidates[n] for n in listed], around, p)
            elif sure:
                one = candidates[sure[0]]
                yield replace(one, saying=replace(one.saying, likely=round(p, 3)))


def _best(candidates: Sequence[Candidate], members: Sequence[int], right: Mapping[int, float]) -> int:
    """Return which candidate of a cue is taken: the likeliest, but one from the word lists where it is about as likely.

    A phrase ("X reported, *citing Y*") has source and content by its form alone.
    """
    best = max(members, key=lambda n: right[n])
    listed = sorted((n for n in members if candidates[n].origin != SHAPE), key=lambda n: -right[n])
    said = [n for n in listed if candidates[n].slot == SAID]
    if said and candidates[said[0]].origin == "phrase":
        return said[0]
    return next((n for n in listed if right[n] + MARGIN >= right[best]), best)


def _settled(
    article: Article, best: Candidate, listed: Sequence[Candidate], around: Surroundings, likely: float
) -> Candidate:
    """Return the chosen candidate with its probability, as a saying where one of its cue's candidates is ``listed`` as one."""
    saying = replace(best.saying, likely=round(likely, 3))
    if listed:
        return Candidate(replace(saying, stance=listed[0].saying.stance), listed[0].origin, SAID)
    if saying.stance == ADDRESSES and _is_quoted(article, saying, around):
        return Candidate(replace(saying, stance="states"), best.origin, SAID)
    return replace(best, saying=saying)


def _is_quoted(article: Article, saying: Saying, around: Surroundings) -> bool:
    """Say whether the content is somebody's words in quotation marks, more than a name, and the cue is outside of them."""
    if saying.cue is None or saying.source is None:
        return False
    tokens = [i for first, last in saying.content for i in range(first, last)]
    spoken = len(tokens) >= LEAST_QUOTED and all(i in around.quoted for i in tokens)
    cue = saying.cue.head
    return spoken and article.tokens[cue].pos == "VERB" and cue not in around.quoted


@functools.cache
def load_attributor(folder: Path = MODELS) -> Attributor:
    """Return the models of ``folder``, loaded once.

    Raises:
        KnowledgeError: a file is missing or broken.
    """
    return Attributor(*(load_linear(folder / name) for name in (WORDS, CUES, CONTENTS)))
