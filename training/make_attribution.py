"""Make the models of attribution: one command, no chance in it. See ``knowledge/models/attribution.md``.

python training/make_attribution.py --sets ../shared/eval

Prints figures by four folds of the training articles (an article is in one fold only), then fits to all of them.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import linear
import numpy as np
from attribution_rows import Rows, read_rows

from dragoman.evaluate.attribution_matching import match
from dragoman.evaluate.attribution_measures import Tally, tally
from dragoman.evaluate.polnear import read_polnear
from dragoman.knowledge.linear import LinearModel
from dragoman.reading.speech.choice import CONTENTS, CUES, HOPELESS, MODELS, WORDS, YES

FOLDS = 4
# Strengths (inverse penalty) and the factor on the dense inputs; chosen by one fold, of 0.03 to 0.3 and 0.25 to 1.
STRENGTH = 0.1
DENSE = 0.25
RAREST = 4
THRESHOLDS = (0.28, 0.3, 0.32, 0.34, 0.36, 0.4, 0.45, 0.5)
LABELS = {True: YES, False: "no"}
# SHA-256 of the list of hashes of the files of polnear/train.
INPUT = "c1c7853b7b89ca90a041c1b82f7a9fbce245fc984b143f29a8e0d06003a3ef05"


def fit_words(articles: Sequence[Rows]) -> LinearModel:
    """Return the model that leaves out hopeless words, and print how many cues it loses."""
    labels = [LABELS[n in rows.heads] for rows in articles for n in range(len(rows.tokens))]
    tokens = np.vstack([rows.tokens for rows in articles])
    words = [word for rows in articles for word in rows.words]
    model = _fit(words, labels, tokens)
    likely = model.probabilities(words, tokens.astype(np.float32))[:, model.labels.index(YES)]
    cues = np.array([label == YES for label in labels])
    kept = likely >= HOPELESS
    print(f"hopeless words left out: {1 - kept.mean():.2f} of all, {1 - kept[cues].mean():.3f} of cues")
    return model


def fit_cues(articles: Sequence[Rows]) -> LinearModel:
    """Return the model that says which cues are attributions."""
    items = [one.features for rows in articles for one in rows.groups]
    labels = [LABELS[is_cue] for rows in articles for is_cue in rows.is_cue]
    return _fit(items, labels, np.vstack([rows.wide for rows in articles]))


def fit_contents(articles: Sequence[Rows]) -> LinearModel:
    """Return the model that says which candidate of a cue has the right content."""
    chosen = [(rows, n) for rows in articles for n in _of_cues(rows)]
    labels = [LABELS[rows.is_right[n]] for rows, n in chosen]
    return _fit([rows.own[n] for rows, n in chosen], labels, np.stack([rows.dense[n] for rows, n in chosen]))


def _of_cues(rows: Rows) -> Iterator[int]:
    for one, is_cue in zip(rows.groups, rows.is_cue, strict=True):
        if is_cue:
            yield from one.members


def _fit(
    items: Sequence[Sequence[str] | frozenset[str]], labels: Sequence[str], dense: np.ndarray
) -> LinearModel:
    scaled = dense.astype(np.float32) * DENSE
    model = linear.fit(items, labels, dense=scaled, strength=STRENGTH, rarest=RAREST)
    return replace(model, dense=model.dense * DENSE)


def answers(rows: Rows, cues: LinearModel, contents: LinearModel) -> list[tuple[float, bool, int]]:
    """Return probability, label, and the likeliest candidate of each group."""
    likely = cues.probabilities([one.features for one in rows.groups], rows.wide.astype(np.float32))
    right = contents.probabilities(rows.own, rows.dense.astype(np.float32))
    yes, fits = cues.labels.index(YES), contents.labels.index(YES)
    return [
        (float(p[yes]), label, max(one.members, key=lambda n: right[n][fits]))
        for one, p, label in zip(rows.groups, likely, rows.is_cue, strict=True)
    ]


def by_folds(articles: Sequence[Rows]) -> None:
    """Print the figures on articles kept back, for each threshold, and the error of calibration."""
    totals = dict.fromkeys(THRESHOLDS, Tally())
    pairs: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        known = [rows for number, rows in enumerate(articles) if number % FOLDS != fold]
        cues, contents = fit_cues(known), fit_contents(known)
        for rows in articles[fold::FOLDS]:
            found = answers(rows, cues, contents)
            pairs += [(p, label) for p, label, _ in found]
            for threshold in THRESHOLDS:
                reads = [rows.parts[n] for p, _, n in found if p >= threshold]
                totals[threshold] += tally(rows.gold, reads, match(rows.gold, reads))
    for threshold, total in totals.items():
        print(threshold, *(f"{name} {value:.3f}" for name, value in total.figures().items()), sep="  ")
    print(f"calibration error {calibration_error(pairs):.3f} of {len(pairs)} cues")


def calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the mean gap between probability and share, over tenths of the probabilities, by their counts."""
    found = np.array([p for p, _ in pairs]), np.array([label for _, label in pairs])
    which = np.minimum((found[0] * bins).astype(int), bins - 1)
    gaps = [
        abs(found[0][which == n].mean() - found[1][which == n].mean()) * (which == n).sum()
        for n in set(which.tolist())
    ]
    return float(sum(gaps) / len(pairs))


def main() -> None:
    """Read the set, print the figures by folds, write the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, required=True, help="folder of the development sets")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--no-folds", action="store_true", help="fit only")
    options = parser.parse_args()
    folder = options.sets / "polnear/train"
    if (found := folder_hash(folder)) != INPUT:
        print(f"note: {folder} is not what the shipped models were made from ({found})")
    articles = list(read_rows(read_polnear(folder)))
    print(f"{len(articles)} articles, {sum(len(rows.groups) for rows in articles)} cues to judge")
    if not options.no_folds:
        by_folds(articles)
    linear.write(fit_words(articles), options.out / WORDS)
    linear.write(fit_cues(articles), options.out / CUES)
    linear.write(fit_contents(articles), options.out / CONTENTS)


def folder_hash(folder: Path) -> str:
    """Return the SHA-256 of the list of the files' hashes and names."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    lines = (
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n"
        for file in files
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


if __name__ == "__main__":
    main()
