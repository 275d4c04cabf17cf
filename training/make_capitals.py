"""Make the model that tells names from other words in text wholly in capitals: ``knowledge/models/capitals.npz``.

python training/make_capitals.py --sets ../shared/eval

Any news in ordinary case is gold for this: its words are put into capitals, and the model must say how they were
printed. Words where a sentence begins, headlines and lines in capitals say nothing and are left out.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from linear import fit, write

from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.knowledge.linear import MODELS
from dragoman.reading.capitals import ACRONYM, NAME, SMALL, WORD, features, is_beginning
from dragoman.reading.headlines import is_title_case

HASHES = Path(__file__).with_name("capitals.sha256")
FOLDERS = ("polnear/train", "news-clusters", "synthetic")
# Synthetic stories that are read; all of them would outweigh the real news. Stories.
MOST_STORIES = 700
# Shorter lines are headings. Characters.
SHORTEST_LINE = 60
# Inverse of the L2 penalty; the best of 0.1, 0.3, 1 on polnear/dev, 2026-11.
STRENGTH = 0.3


def main() -> None:
    """Fit on the training texts, print the figures on ``polnear/dev``, write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=Path, required=True, help="the folder of development sets")
    sets = parser.parse_args().sets
    _check(sets)
    actors = load_actors()
    items, labels = _examples(_lines(sets), actors)
    model = fit(items, labels, strength=STRENGTH)
    write(model, MODELS / "capitals.npz")
    test, gold = _examples(_texts(sets / "polnear/dev/text"), actors)
    found = [model.labels[row] for row in model.probabilities(test).argmax(axis=1)]
    print(f"{len(items)} words learnt from, {len(model.rows)} features")
    _print_figures(gold, found)


def _check(sets: Path) -> None:
    """Say which inputs differ from those the shipped model was made from."""
    listed = dict(reversed(line.split("  ", 1)) for line in HASHES.read_text("utf-8").splitlines())
    for name in (*FOLDERS, "polnear/dev"):
        files = sorted(path for path in (sets / name).rglob("*") if path.is_file())
        total = hashlib.sha256("".join(hashlib.sha256(f.read_bytes()).hexdigest() for f in files).encode())
        if listed.get(name) != total.hexdigest():
            print(f"{name}: not the input of the shipped model: {total.hexdigest()}")


def _lines(sets: Path) -> Iterator[str]:
    yield from _texts(sets / "polnear/train/text")
    for path in sorted(path for path in (sets / "news-clusters").rglob("*.json") if path.stat().st_size):
        yield from str(json.loads(path.read_text(encoding="utf-8")).get("text", "")).splitlines()
    (stories,) = sorted((sets / "synthetic").glob("*.zip"))
    with zipfile.ZipFile(stories) as archive, archive.open(archive.namelist()[0]) as table:
        rows = csv.DictReader(io.TextIOWrapper(table, encoding="utf-8"))
        for _, row in zip(range(MOST_STORIES), rows, strict=False):
            yield from max(row.values(), key=lambda cell: len(cell or "")).splitlines()


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.txt")):
        yield from path.read_text(encoding="utf-8", errors="replace").splitlines()


def _examples(lines: Iterator[str], actors: ActorKnowledge) -> tuple[list[list[str]], list[str]]:
    """Return the features and labels of all words that say how they are printed; each line counts once."""
    items: list[list[str]] = []
    labels: list[str] = []
    for line in dict.fromkeys(lines):
        capitals = line.upper()
        if len(line) < SHORTEST_LINE or len(capitals) != len(line) or line.isupper() or is_title_case(line):
            continue
        found = list(WORD.finditer(capitals))
        for match, item in zip(found, features(capitals, found, actors), strict=True):
            label = _label(line[match.start() : match.end()])
            if label is not None and not is_beginning(line, match.start()):
                items.append(item)
                labels.append(label)
    return items, labels


def _label(word: str) -> str | None:
    if word.islower():
        return SMALL
    if word.isupper() and len(word) > 1:
        return ACRONYM
    return NAME if word[:1].isupper() else None


def _print_figures(gold: Sequence[str], found: Sequence[str]) -> None:
    pairs = np.array([gold, found])
    print(f"polnear/dev: {len(gold)} words, {np.mean(pairs[0] == pairs[1]):.4f} right")
    for label in (SMALL, NAME, ACRONYM):
        right = np.sum((pairs[0] == label) & (pairs[1] == label))
        print(
            f"  {label:8} precision {right / np.sum(pairs[1] == label):.3f}, recall {right / np.sum(pairs[0] == label):.3f}"
        )


if __name__ == "__main__":
    main()
