"""Headlines in title case: which of their words are names, so that the parser may see the others in lower case.

"U.S. Lifts Travel Ban to Lebanon" reads to a parser like one long name; "U.S. lifts travel ban to Lebanon" does
not. Letters change their case only, so offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from dragoman.knowledge.actors import ActorKnowledge

WORD = re.compile(r"[^\W\d_](?:[\w'.]*\w)?")
# A line is a headline in title case if at least this share of its longer words begins with a capital, and it
# has so many of them. A share, and words; set by looking at 398 headlines of news.
CAPITALS = 0.8
FEWEST_WORDS = 3
# Shorter words are small ones in title case too ("of", "the"). Letters.
LONGER_WORD = 4
# Headlines are no longer than this; what is longer is a list of names. Characters.
LONGEST = 200
FULL_STOP = re.compile(r"[.!;:]['\"’”]?$")
# The recogniser's labels that hold also among capitals; what it calls an organisation there is often half a clause.
# Of what it labels among capitals, the first words are the name ("Las Vegas Suspect Held"). Words.
NAME_WORDS = 2
NAMES = frozenset({"PERSON", "GPE", "NORP", "LOC"})


def is_title_case(line: str) -> bool:
    """Say whether a paragraph is a headline whose words begin with capitals; a title in quotes is of something else."""
    quoted = line.count('"') % 2 == 1 or (line[:1] == line[-1:] == '"')
    if len(line) > LONGEST or line.isupper() or FULL_STOP.search(line) or quoted:
        return False
    words = [word for word in WORD.findall(line) if len(word) >= LONGER_WORD]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= FEWEST_WORDS and capitals >= CAPITALS * len(words)


def sentence_case(
    line: str,
    *,
    labelled: Iterable[tuple[int, int, str]],
    body: Collection[str],
    small_words: Collection[str],
    is_word: Callable[[str], bool],
    actors: ActorKnowledge,
) -> str:
    """Return the headline with capitals on names only; as long as before.

    ``labelled`` are start, end and label of the recogniser's entities; ``body`` are the words that the article has
    in lower case, ``small_words`` those that are no names anyhow; ``is_word`` says whether a word in lower case is one of the language's own.
    """
    found = list(WORD.finditer(line))
    words = [match.group().removesuffix("'s") for match in found]
    kept = _known_names(words, actors)
    starts = [match.start() for match in found]
    for first, end, label in labelled:
        if label in NAMES:
            inside = [number for number, start in enumerate(starts) if first <= start < end]
            kept |= set(inside[:NAME_WORDS])
    letters = list(line)
    for number, word in enumerate(words):
        small = word.lower()
        if number in kept or not _is_plain(word) or len(small) != len(word):
            continue
        if small in body or small in small_words or (is_word(small) and not actors.people_named(small)):
            letters[starts[number]] = small[0]
    return "".join(letters)


def _is_plain(word: str) -> bool:
    """Say whether only the first letter of a word is a capital: no acronym, no "McDonald"."""
    return (word[0].isupper() and word[1:].islower()) or len(word) == 1


def _known_names(words: list[str], actors: ActorKnowledge) -> set[int]:
    """Return the positions of the words that belong to names the knowledge files have."""
    kept: set[int] = set()
    i = 0
    while i < len(words):
        length, entries = actors.names.match(words, i)
        if length and any(entry.kind != "metonym" or length > 1 for entry in entries):
            kept |= set(range(i, i + length))
        i += max(length, 1)
    return kept
