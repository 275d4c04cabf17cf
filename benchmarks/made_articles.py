"""Short made-up articles, all different: for benchmarks that need thousands which are read quickly."""

from __future__ import annotations

import random
from pathlib import Path

COUNTRIES = (
    "Albania", "Bolivia", "Cambodia", "Denmark", "Ecuador", "Finland", "Ghana", "Hungary", "Iceland", "Jamaica", "Kenya",
    "Latvia", "Malta", "Nepal", "Oman", "Peru", "Qatar", "Rwanda", "Senegal", "Tunisia", "Uganda", "Vietnam",
)  # fmt: skip
WHAT = (
    "{a} thanked {b} for {n} tonnes of food on Tuesday.",
    "Officials said {a} will send {n} soldiers to {b} next week.",
    "The foreign ministers of {a} and {b} met in Geneva.",
    "{a} accused {b} of holding {n} fishermen.",
    "Police in {a} arrested {n} protesters, {b}'s embassy said.",
    "{a} signed an agreement on trade with {b}.",
)


def articles(count: int, *, sentences: int = 2, seed: int = 7) -> list[str]:
    """Return so many articles of so many sentences; the same seed gives the same."""
    draw = random.Random(seed)  # noqa: S311 - made-up articles need no secrets
    return [f"{_text(draw, sentences)}\nStory {number}.\n" for number in range(count)]


def _text(draw: random.Random, sentences: int) -> str:
    lines = []
    for _ in range(sentences):
        one, two = draw.sample(COUNTRIES, 2)
        lines.append(draw.choice(WHAT).format(a=one, b=two, n=draw.randint(2, 900)))
    return " ".join(lines)


def write_articles(folder: Path, count: int, *, sentences: int = 2, seed: int = 7) -> list[Path]:
    """Write them into a folder, one a file; return their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, text in enumerate(articles(count, sentences=sentences, seed=seed)):
        paths.append(folder / f"{number:06d}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    return paths
