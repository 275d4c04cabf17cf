"""Words that say what kind of place a name stands for: "spaceport", "province", "northern"."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.knowledge.place_names import fold
from dragoman.knowledge.tables import DATA, read_table

PLACES = DATA / "places"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words for kinds of places, of ``words.tsv``: class to words, folded, the longest first."""

    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, word: str) -> tuple[str, ...]:
        """Return the classes that the folded word is in."""
        return tuple(class_ for class_, words in self.classes.items() if word in words)

    def strip(self, name: str, class_: str) -> str | None:
        """Return ``name`` without a word of the class at its end or its beginning; None when it has none."""
        folded = fold(name)
        for word in self.classes[class_]:
            for stripped in (folded.removesuffix(f" {word}"), folded.removeprefix(f"{word} of ")):
                if stripped != folded:
                    return stripped
        return None


@functools.cache
def place_words(folder: Path = PLACES) -> PlaceWords:
    """Read ``words.tsv``."""
    rows = read_table(folder / "words.tsv", ("class", "words"))
    return PlaceWords(
        {row["class"]: tuple(sorted(map(fold, row.items("words")), key=len, reverse=True)) for row in rows}
    )
