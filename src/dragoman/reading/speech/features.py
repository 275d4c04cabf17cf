"""What is known of a candidate attribution, by name, and the rows of the parser's vectors that go with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.knowledge.cues import Cues
from dragoman.reading.article import Article, Saying, SourceMention, Token
from dragoman.reading.sources import IMPERSONAL
from dragoman.reading.speech.candidates import Candidate
from dragoman.reading.tree import children

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Lengths of content that are told apart, in tokens; each bound belongs to the class above it.
LENGTHS = (1, 2, 3, 5, 9, 17, 33)
FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
# The head words of cue, source and content give a row each.
HEADS = 3
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of each token: whether it stands in a quote, and in how much that others say by the rules."""

    quoted: frozenset[int]
    told: tuple[int, ...]


def surroundings(
    article: Article, sayings: Sequence[Saying], quotes: Sequence[tuple[int, int]]
) -> Surroundings:
    """Return the surroundings by quotes, and by sayings that word lists and parse already give."""
    told = [0] * len(article.tokens)
    for saying in sayings:
        for first, last in saying.content:
            for i in range(first, last):
                told[i] += 1
    return Surroundings(frozenset(i for quote in quotes for i in range(*quote)), tuple(told))


def head_features(article: Article, cues: Cues, saying: Saying, around: Surroundings) -> tuple[str, ...]:
    """Return what is known of cue and source, whatever the content is.

    Not asked: who the actor is, so that a name alone decides nothing.
    """
    assert saying.cue is not None  # noqa: S101 - candidates have cues
    i = saying.cue.head
    token = article.tokens[i]
    who = _speaker(article, saying.source)
    known = _known(cues, token.lemma, token.pos)
    quoted = "quoted" if i in around.quoted else "plain"
    told = f"told{min(around.told[i], 2)}"
    word = f"{token.lemma}.{token.pos}"
    found = [
        f"word={word}", f"dep={token.dep}", f"tag={token.tag}", f"known={known}", f"who={who}", quoted, told,
        f"{word}|{who}", f"{known}|{who}", f"{known}|{quoted}|{who}", f"{known}|{told}|{quoted}", f"{token.dep}|{token.pos}|{who}",
        f"{word}|{quoted}", f"{word}|{told}", f"governor={token.dep}|{article.tokens[token.head].lemma}", f"{token.tag}|{known}",
    ]  # fmt: skip
    found += (f"{token.pos}|{name}" for name in _company(article, i))
    governor = article.tokens[token.head]
    found.append(f"above={token.dep}|{_known(cues, governor.lemma, governor.pos)}")
    for step, side in ((saying.cue.first - 1, "before"), (i + 1, "after")):
        if 0 <= step < len(article.tokens) and article.tokens[step].sentence == token.sentence:
            found += (
                f"{side}={article.tokens[step].lower}",
                f"{side}={article.tokens[step].tag}|{token.pos}",
            )
    if saying.source is not None:
        head = article.tokens[saying.source.tokens.head]
        found += (f"source={head.lemma if head.pos in {'NOUN', 'PRON'} else head.entity}", f"source dep={head.dep}",
                  "source after" if head.i > i else "source before")  # fmt: skip
    if article.tokens[i].sentence == 0:
        found += ("opening", f"opening|{known}")
    return tuple(found)


def word_features(token: Token) -> tuple[str, ...]:
    """Return what is known of a word before anything is asked about its company."""
    return f"{token.lemma}.{token.pos}", f"{token.tag}|{token.dep}"


def slot_features(article: Article, candidate: Candidate, around: Surroundings) -> tuple[str, ...]:
    """Return what is known of the content, and of cue and content together."""
    saying = candidate.saying
    assert saying.cue is not None  # noqa: S101 - candidates have cues
    token = article.tokens[saying.cue.head]
    how = f"{candidate.origin}|{candidate.slot}"
    head = content_head(article, saying)
    content = article.tokens[head]
    size = sum(last - first for first, last in saying.content)
    length = sum(size >= bound for bound in LENGTHS)
    inside = sum(
        last - first for first, last in saying.content if first in around.quoted or last - 1 in around.quoted
    )
    said = "in quotes" if inside >= size else "quotes" if inside else "no quotes"
    word = f"{token.lemma}.{token.pos}"
    return (
        f"how={how}", f"{word}|{how}", f"{word}|{candidate.slot}", f"size={length}", f"{how}|{length}", f"{how}|{token.dep}", f"content={content.tag}|{content.dep}",
        f"{how}|{content.pos}", f"content word={content.lemma if content.pos in {'NOUN', 'VERB', 'PRON', 'ADJ'} else content.entity}",
        f"first={article.tokens[saying.content[0][0]].lower}|{candidate.slot}", said, f"{how}|{said}", f"pieces={min(len(saying.content), 3)}",
        "content before" if saying.content[0][0] < token.i else "content after", f"{how}|{_speaker(article, saying.source)}",
    )  # fmt: skip


def _known(cues: Cues, lemma: str, pos: str) -> str:
    """Return what the word lists make of the cue."""
    if pos in VERBAL:
        if cue := cues.say_verbs.get(lemma):
            return f"say {cue.stance} {cue.strength}"
        return "attitude" if (lemma, "v") in cues.attitudes else "no verb"
    if pos in {"NOUN", "PROPN"}:
        if cue := cues.say_nouns.get(lemma):
            return f"say noun {cue.stance}"
        return "attitude noun" if (lemma, "n") in cues.attitudes else "no noun"
    return "attitude adjective" if (lemma, "a") in cues.attitudes else f"no {pos}"


def _speaker(article: Article, source: SourceMention | None) -> str:
    """Return the class of the source: none, first person, other pronoun, kind of name, kind of noun."""
    if source is None:
        return "nobody"
    head = article.tokens[source.tokens.head]
    if head.lower in FIRST_PERSON:
        return "first person"
    if head.tag in {"WP", "WDT"}:
        return "relative"
    if head.pos == "PRON":
        return "thing" if head.lower in IMPERSONAL else head.lower if head.lower in {"you", "they"} else "he"
    if head.entity:
        return head.entity
    return f"{source.kind} {'name' if head.pos == 'PROPN' else 'noun'}"


def _company(article: Article, i: int) -> Iterator[str]:
    """Yield what stands around the cue: auxiliaries, negation, marks, its other dependents."""
    for j in article.children[i]:
        token = article.tokens[j]
        if token.dep in {"aux", "auxpass", "neg", "mark", "prt", "det"}:
            yield f"{token.dep}={token.lower}"
        elif token.dep == "prep":
            yield f"prep={token.lower}"
        elif token.dep == "advmod":
            yield f"adverb={token.lower}" if token.lower.endswith("ly") or len(token.lower) < 5 else "adverb"  # noqa: PLR2004 - short ones are few
        elif token.dep not in {"punct", "compound"}:
            yield f"has {token.dep}"
    token = article.tokens[i]
    if token.dep == "acomp":
        yield f"copula={article.tokens[token.head].lemma}"
        if children(article, token.head, "neg"):
            yield "neg"


def content_head(article: Article, saying: Saying) -> int:
    """Return the token of the content that hangs outside of it: the first one, in the order of the text."""
    inside = {i for piece in saying.content for i in range(*piece)}
    for i in sorted(inside):
        token = article.tokens[i]
        if token.pos != "PUNCT" and (token.head not in inside or token.head == i):
            return i
    return saying.content[0][0]


def rows(article: Article, candidates: Sequence[Candidate]) -> NDArray[np.float32] | None:
    """Return the vectors of cue, source and content heads side by side, one row a candidate; zeros where none is there."""
    if article.vectors is None:
        return None
    wide = article.vectors.shape[1]
    found = np.zeros((len(candidates), HEADS * wide), dtype=np.float32)
    for number, candidate in enumerate(candidates):
        saying = candidate.saying
        if saying.cue is not None:
            found[number, :wide] = article.vectors[saying.cue.head]
        if saying.source is not None:
            found[number, wide : 2 * wide] = article.vectors[saying.source.tokens.head]
        found[number, 2 * wide :] = article.vectors[content_head(article, saying)]
    return found
