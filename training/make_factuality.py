"""Make the network that has the last word on factuality: ``knowledge/models/factuality.npz``, from rated event words.

python training/make_factuality.py --sets ../shared/eval

Two sets are learnt from together, UW and UDS-IH2, each as good as the other. They rate differently (an event to come
is +2 in the one, −1 in the other), so what is learnt is how far an event stands above or below the mean of its set.
The cuts that make labels of scores are those with the highest mean correlation of both sets, each item scored by a
network fitted to other sentences.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from dragoman.evaluate.factuality import NUMBERS, Rated, read_rated
from dragoman.evaluate.factuality_measures import pearson
from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.network import Network
from dragoman.model.document import Document
from dragoman.reading.article import Article
from dragoman.reading.event_words import word_at
from dragoman.reading.fact_signs import inputs, signs
from dragoman.reading.factuality import by_rules, labels_above
from dragoman.reading.modality import Verdict
from dragoman.reading.parse import Parser
from dragoman.reading.settling import MODEL, is_plain, settled_label

if TYPE_CHECKING:
    from numpy.typing import NDArray

SETS = ("factuality/UW/train.jsonl", "factuality/UDS_IH2/train.jsonl")
HASHES = (
    "b4fa20bb740675e3b72e2a2d72ce148b6afd27478e6474529ce3fb4ee05c328a",
    "2dd54c57c899ba721964dbc6643228be25d68faf13f14414c59cc120d00bfa7d",
)
# UW has half as many items: each counts so often, so that neither set leads.
COPIES = (2, 1)
# A feature in fewer items is left out. Units, penalty and passes were chosen on held-out training sentences.
RAREST, UNITS, PENALTY, PASSES, SEEDS = 5, 32, 1.0, 6, (0, 1, 2)
# Dense inputs are brought to this spread, small beside the features (0 or 1), of which some fifty are there at a time.
SPREAD = 0.2
# So many neighbouring sentences stay together when parts are held out, for they are of one article.
BLOCK, FOLDS = 40, 5
# Mean correlations so near each other are equal.
EQUAL = 0.0005
DENIED_CUTS = np.round(np.arange(-2.6, -0.9, 0.2), 2)
OTHER_CUTS = np.round(np.arange(-1.6, 0.6, 0.15), 2)


@dataclass(frozen=True, slots=True)
class Item:
    """An event word: its features, what the rules say, whether that stands, its number, the block it is in."""

    features: tuple[str, ...]
    inputs: NDArray[np.float32]
    verdict: Verdict
    plain: bool
    number: float
    block: int


def items(rated: Sequence[Rated], parser: Parser) -> list[Item]:
    """Return the items of a set."""
    cues = load_cues()
    made = []
    articles = parser.parse(Article(Document(text=one.text)) for one in rated)
    for number, (one, article) in enumerate(zip(rated, articles, strict=True)):
        for event in one.events:
            i = word_at(article, event.start, event.end)
            verdict = by_rules(article, i, cues)
            found = tuple(signs(article, i, verdict, labels_above(article, i, cues)))
            seen = inputs(article, i)
            if seen is None:
                sys.exit("the parser's pipeline keeps no vectors: train with the packaged one")
            plain = is_plain(article, i, verdict, cues)
            made.append(Item(found, seen, verdict, plain, event.number, number // BLOCK))
    return made


class Table:
    """Items as a matrix: a column a feature that is common enough, then the dense inputs, brought to one spread."""

    def __init__(self, every: Sequence[Item]) -> None:
        """Take features, means and spreads from these items."""
        counts: dict[str, int] = {}
        for item in every:
            for feature in set(item.features):
                counts[feature] = counts.get(feature, 0) + 1
        names = sorted(feature for feature, count in counts.items() if count >= RAREST)
        self.rows = {feature: row for row, feature in enumerate(names)}
        dense = np.array([item.inputs for item in every])
        self.means, self.scale = dense.mean(axis=0), SPREAD / dense.std(axis=0)

    def matrix(self, every: Sequence[Item]) -> csr_matrix:
        """Return one row an item."""
        columns = [sorted({self.rows[f] for f in item.features if f in self.rows}) for item in every]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.array([row for found in columns for row in found], dtype=np.int32)
        ones = np.ones(len(flat), dtype=np.float32)
        named = csr_matrix((ones, flat, ends), shape=(len(columns), len(self.rows)))
        dense = (np.array([item.inputs for item in every]) - self.means) * self.scale
        return hstack([named, csr_matrix(dense.astype(np.float32))], format="csr")


def fit(matrix: csr_matrix, wanted: NDArray[np.float64], copies: NDArray[np.int64]) -> list[MLPRegressor]:
    """Return one fitted network a seed."""
    order = np.repeat(np.arange(len(wanted)), copies)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
        return [
            MLPRegressor(
                hidden_layer_sizes=(UNITS,), alpha=PENALTY, max_iter=PASSES, batch_size=256,
                learning_rate_init=1e-3, random_state=seed,
            ).fit(matrix[order], wanted[order])
            for seed in SEEDS
        ]  # fmt: skip


def held_out(
    table: Table, made: Sequence[Sequence[Item]], wanted: NDArray[np.float64], copies: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the score of each item by networks fitted to other blocks."""
    matrix = table.matrix([item for part in made for item in part])
    # Any even spread of blocks over folds will do.
    folds = np.array(
        [(7919 * (item.block + 1000 * n)) % FOLDS for n, part in enumerate(made) for item in part]
    )
    scores = np.zeros(len(wanted))
    for fold in range(FOLDS):
        kept = np.flatnonzero(folds != fold)
        fitted = fit(matrix[kept], wanted[kept], copies[kept])
        left = np.flatnonzero(folds == fold)
        scores[left] = np.mean([network.predict(matrix[left]) for network in fitted], axis=0)
    return scores


def labels(
    every: Sequence[Item], scores: NDArray[np.float64], cuts: tuple[float, ...]
) -> NDArray[np.float64]:
    """Return the numbers of the labels that items get."""
    return np.array([
        NUMBERS[item.verdict.label if item.plain else settled_label(item.verdict.label, score, cuts)]
        for item, score in zip(every, scores.tolist(), strict=True)
    ])  # fmt: skip


def best_cuts(
    made: Sequence[Sequence[Item]], scores: NDArray[np.float64]
) -> tuple[tuple[float, ...], list[float]]:
    """Return the cuts with the highest mean correlation, and the correlation of each set under them.

    Of cuts that are as good as equal, those by which the fewest denials are overruled.
    """
    every = [item for part in made for item in part]
    gold = np.array([item.number for item in every])
    ends = np.cumsum([0, *map(len, made)])
    found = []
    for denied, hypothetical, possible in itertools.product(DENIED_CUTS, OTHER_CUTS, OTHER_CUTS):
        if denied <= hypothetical <= possible:
            cuts = (float(denied), float(hypothetical), float(possible))
            given = labels(every, scores, cuts)
            each = [pearson(given[a:b].tolist(), gold[a:b].tolist()) for a, b in itertools.pairwise(ends)]
            found.append((sum(each) / len(each), cuts, each))
    highest = max(found)[0]
    return max((cuts[0], mean, cuts, each) for mean, cuts, each in found if mean >= highest - EQUAL)[2:]


def joined(fitted: Sequence[MLPRegressor], table: Table, cuts: tuple[float, ...]) -> Network:
    """Return the mean of the networks as one: their units side by side."""
    weights = np.hstack([network.coefs_[0] for network in fitted])
    inner, dense = weights[: len(table.rows)], weights[len(table.rows) :] * table.scale[:, None]
    inner_bias = np.concatenate([network.intercepts_[0] for network in fitted])
    outer = np.concatenate([network.coefs_[1][:, 0] for network in fitted]) / len(fitted)
    outer_bias = float(np.mean([network.intercepts_[1][0] for network in fitted]))
    single = (array.astype(np.float32) for array in (inner, dense, table.means, inner_bias, outer))
    return Network(table.rows, *single, outer_bias, cuts)


def write(network: Network, path: Path) -> None:
    """Write the network where `load_network` finds it, its weights in half precision."""
    np.savez_compressed(
        path,
        features=np.array(list(network.rows)),
        inner=network.inner.astype(np.float16),
        dense=network.dense,
        means=network.means,
        inner_bias=network.inner_bias,
        outer=network.outer,
        outer_bias=np.array([network.outer_bias]),
        cuts=np.array(network.cuts),
    )


def main() -> None:
    """Read, fit, choose the cuts, write."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--sets", type=Path, required=True, help="folder of the development sets")
    given.add_argument("--out", type=Path, default=MODEL)
    options = given.parse_args()
    paths = [options.sets / name for name in SETS]
    for path, known in zip(paths, HASHES, strict=True):
        if hashlib.sha256(path.read_bytes()).hexdigest() != known:
            print(f"{path} is not the file that the shipped weights were made from")
    parser = Parser()
    made = [items(read_rated(path), parser) for path in paths]
    numbers = [np.array([item.number for item in part]) for part in made]
    wanted = np.concatenate([(part - part.mean()) / part.std() for part in numbers])
    copies = np.repeat(COPIES, [len(part) for part in made])
    every = [item for part in made for item in part]
    table = Table(every)
    print(f"{len(every)} items, {len(table.rows)} features")
    cuts, each = best_cuts(made, held_out(table, made, wanted, copies))
    print(
        f"cuts {cuts}; held out: " + ", ".join(f"{name} {r:.3f}" for name, r in zip(SETS, each, strict=True))
    )
    write(joined(fit(table.matrix(every), wanted, copies), table, cuts), options.out)


if __name__ == "__main__":
    main()
