"""Fits small linear models (`dragoman.knowledge.linear`) and writes them; what they see is each maker's own affair."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from dragoman.knowledge.linear import LinearModel

# A feature seen in fewer items than this is left out.
RAREST = 3


def fit(
    items: Sequence[Collection[str]],
    labels: Sequence[str],
    *,
    dense: NDArray[np.float32] | None = None,
    weights: Sequence[float] | None = None,
    strength: float = 1.0,
    rarest: int = RAREST,
) -> LinearModel:
    """Return the model fitted to items, each the names of its features; the same inputs give the same model.

    Args:
        items: the features present in each item.
        labels: the right label of each item.
        dense: dense inputs, one row an item.
        weights: how much each item counts.
        strength: inverse of the L2 penalty; smaller is smoother.
        rarest: features in fewer items are dropped.
    """
    counts: dict[str, int] = {}
    for features in items:
        for feature in set(features):
            counts[feature] = counts.get(feature, 0) + 1
    names = sorted(feature for feature, count in counts.items() if count >= rarest)
    rows = {feature: row for row, feature in enumerate(names)}
    columns = [sorted({rows[f] for f in features if f in rows}) for features in items]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([row for found in columns for row in found], dtype=np.int32)
    matrix = csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(items), len(names)))
    wide = 0 if dense is None else dense.shape[1]
    if dense is not None:
        matrix = hstack([matrix, csr_matrix(dense)], format="csr")
    fitted = LogisticRegression(C=strength, max_iter=2000).fit(matrix, list(labels), sample_weight=weights)
    found, bias = fitted.coef_.T, fitted.intercept_
    if found.shape[1] == 1:  # two labels: scikit-learn keeps the second one's score only
        found, bias = np.hstack([np.zeros_like(found), found]), np.array([0.0, bias[0]])
    found, bias = found.astype(np.float32), bias.astype(np.float32)
    return LinearModel(
        tuple(map(str, fitted.classes_)),
        rows,
        found[: len(names)],
        bias,
        found[len(names) : len(names) + wide],
    )


def write(model: LinearModel, path: Path) -> None:
    """Write the model where `load_linear` finds it, in half precision."""
    np.savez_compressed(
        path,
        labels=np.array(model.labels),
        features=np.array(list(model.rows)),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        dense=model.dense.astype(np.float16),
    )
