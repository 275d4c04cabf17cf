"""Text wholly in capitals: which letters a parser would see as capitals had the text been printed like any other.

Old wire copy and tickers come so. A parser takes "THE ARMY ATTACKED" for a name of three words; it reads "The army
attacked" as it should. Letters change their case only, one for one, so offsets stay. A small linear model
(``knowledge/models/capitals.npz``; its card says how it was made) tells each word to be small, a name or an acronym.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from dragoman.knowledge.actors import ActorKnowledge
from dragoman.knowledge.linear import MODELS, LinearModel, load_linear

SMALL, NAME, ACRONYM = "small", "name", "acronym"
# Apostrophes stand inside words; full stops only between single letters ("U.S.").
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_](?:[\w']*\w)?")
# Shorter lines without small letters are headings, and acronyms alone. Words; set by looking at MUC-4 and news pages.
FEWEST_WORDS = 4
# Where a sentence begins, so that a capital says nothing: after these, with quotes and brackets between. Characters.
BEGINNING = re.compile(r"""(?:[.!?:]["'”’)\]]*)\s*["'“‘(\[]*$""")
# How many characters before a word are looked at for that.
LOOK_BACK = 12
# Brackets that set off a remark of the editors; a parser knows round ones better.
BRACKETS = str.maketrans("[]", "()")
# Letters at the end and beginning of a word that are features of their own.
ENDINGS = (2, 3, 4)


def is_capitals(line: str) -> bool:
    """Say whether a paragraph is wholly in capitals, and more than a heading."""
    return line.isupper() and sum(len(match.group()) > 1 for match in WORD.finditer(line)) >= FEWEST_WORDS


def in_ordinary_case(line: str, actors: ActorKnowledge) -> str:
    """Return a text in capitals as it would be printed elsewhere; as long as before."""
    found = list(WORD.finditer(line))
    if not found:
        return line
    words = [match.group() for match in found]
    model = _model()
    chances = model.probabilities(features(line, found, actors))
    letters = list(line)
    for match, word, row in zip(found, words, chances, strict=True):
        label = model.labels[int(row.argmax())]
        if label == SMALL and is_beginning(line, match.start()):
            label = NAME
        start = match.start()
        letters[start : match.end()] = _cased(word, label)
    return "".join(letters).translate(BRACKETS)


def _cased(word: str, label: str) -> str:
    """Return the word in the case of its label; letters that another case makes longer stay as they are."""
    small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in word)
    if label == ACRONYM or word == "I" or word.startswith("I'"):
        return word[:1] + small[1:] if word.startswith("I'") else word
    return word[0] + small[1:] if label == NAME else small


def is_beginning(line: str, start: int) -> bool:
    """Say whether a sentence begins at ``start``."""
    before = line[max(0, start - LOOK_BACK) : start]
    return BEGINNING.search(before if start > LOOK_BACK else f"\n.{before}") is not None


def features(line: str, found: Sequence[re.Match[str]], actors: ActorKnowledge) -> list[list[str]]:
    """Return what the model sees of each word of a line in capitals: the words, what stands between, names we know."""
    words = [match.group() for match in found]
    small = [word.lower() for word in words]
    known = _known(words, actors)
    padded = ["<<", "<", *small, ">", ">>"]
    items = []
    for number, (match, word) in enumerate(zip(found, small, strict=True)):
        before, after = padded[number + 1], padded[number + 3]
        gap_left = line[found[number - 1].end() if number else 0 : match.start()].strip()[-1:]
        gap_right = line[
            match.end() : found[number + 1].start() if number + 1 < len(found) else len(line)
        ].strip()[:1]
        item = [f"w={word}", f"b={before}", f"a={after}", f"bb={padded[number]}", f"aa={padded[number + 4]}"]
        item += [f"bw={before} {word}", f"wa={word} {after}", f"l={gap_left}", f"r={gap_right}"]
        item += [f"e{size}={word[-size:]}" for size in ENDINGS if len(word) > size]
        item += [f"be={before[-3:]}", f"ae={after[-3:]}", f"n={min(len(word), 8)}", *known[number]]
        if not set(word) & set("aeiouy"):
            item.append("no vowel")
        items.append(item)
    return items


def _known(words: Sequence[str], actors: ActorKnowledge) -> list[list[str]]:
    """Return for each word in which kinds of names of ours it stands: of one word, first or further in longer ones."""
    found: list[list[str]] = [[] for _ in words]
    i = 0
    while i < len(words):
        length, entries = actors.names.match(words, i)
        for place in range(length):
            size = "alone" if length == 1 else "first" if place == 0 else "further"
            found[i + place] += sorted({f"known {entry.kind} {size} {entry.cased}" for entry in entries})
        i += max(length, 1)
    for number, word in enumerate(words):
        if actors.people_named(word.lower()):
            found[number].append("surname")
        if actors.genders.get(word.title()):
            found[number].append("given name")
    return found


@functools.cache
def _model() -> LinearModel:
    return load_linear(MODELS / "capitals.npz")
