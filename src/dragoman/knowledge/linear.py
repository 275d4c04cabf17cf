"""Small trained models over named features: multinomial logistic regression, with dense inputs if it likes.

``training/linear.py`` fits and writes them. A model is one ``.npz`` file of plain arrays, a few hundred kilobytes, and
runs in numpy alone: a label's score is its bias, the sum of the weights of the features present, and the product of
its dense weights with the dense inputs; probabilities are the softmax of the scores.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import KnowledgeError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    type Floats = NDArray[np.float32]

# Where the trained models lie, each with its card.
MODELS = Path(__file__).parent / "models"
ARRAYS = ("labels", "features", "weights", "bias", "dense")


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Labels, the row of each known feature in ``weights`` (features x labels), ``bias``, ``dense`` (inputs x labels)."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: Floats
    bias: Floats
    dense: Floats

    def probabilities(self, items: Sequence[Collection[str]], inputs: Floats | None = None) -> Floats:
        """Return one row of probabilities an item, in the order of ``labels``.

        Args:
            items: the features present in each item; those the model does not know count for nothing.
            inputs: the dense inputs, one row an item; without them the features decide alone.
        """
        scores: Floats = np.tile(self.bias, (len(items), 1))
        known = [[row for f in features if (row := self.rows.get(f)) is not None] for features in items]
        flat = np.array([row for found in known for row in found], dtype=np.intp)
        numbers = np.repeat(np.arange(len(items)), [len(found) for found in known])
        for label, weights in enumerate(self.weights.T):
            scores[:, label] += np.bincount(numbers, weights[flat], len(items)).astype(np.float32)
        if inputs is not None and len(self.dense):
            scores = scores + inputs @ self.dense
        raised: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)


def load_linear(path: Path) -> LinearModel:
    """Load a model that ``training/linear.py`` wrote.

    Raises:
        KnowledgeError: the file is missing or broken.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            labels, features, weights, bias, dense = (arrays[name] for name in ARRAYS)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        message = f"{path}: not a trained model: {error}"
        raise KnowledgeError(message) from error
    wide = len(labels)
    if weights.shape != (len(features), wide) or bias.shape != (wide,) or dense.shape[1:] != (wide,):
        message = f"{path}: not a trained model: its arrays do not fit together"
        raise KnowledgeError(message)
    rows = {str(feature): row for row, feature in enumerate(features)}
    as_float = (array.astype(np.float32) for array in (weights, bias, dense))
    return LinearModel(tuple(map(str, labels)), rows, *as_float)
