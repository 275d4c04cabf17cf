"""Small trained networks over named features and dense inputs: one hidden layer, one number out.

`training/make_factuality.py` fits and writes them. A network is one ``.npz`` file of plain arrays and runs in numpy
alone: the rows of the features present and the weighed inputs are added up, what is below zero is cut off, and the
rest is weighed.
"""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import KnowledgeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    type Floats = NDArray[np.float32]

ARRAYS = ("features", "inner", "dense", "means", "inner_bias", "outer", "outer_bias", "cuts")


@dataclass(frozen=True, slots=True)
class Network:
    """The row of each known feature in ``inner`` (features x units), the weight of each unit in ``outer``.

    ``dense`` has a row for each dense input, taken from its mean in ``means``. ``cuts`` are the scores, rising, that
    part the classes its maker tells apart.
    """

    rows: dict[str, int]
    inner: Floats
    dense: Floats
    means: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: float
    cuts: tuple[float, ...]

    def score(self, features: Collection[str], inputs: Floats | None = None) -> float:
        """Return the number for an item with these features; those it does not know count for nothing.

        Without dense inputs the features decide, as if the inputs were as always.
        """
        known = sorted({self.rows[feature] for feature in features if feature in self.rows})
        units = self.inner[known].sum(axis=0) + self.inner_bias
        if inputs is not None and inputs.shape == self.means.shape:
            units = units + (inputs - self.means) @ self.dense
        return float(units.clip(min=0) @ self.outer) + self.outer_bias


@functools.cache
def load_network(path: Path) -> Network:
    """Load a network, once.

    Raises:
        KnowledgeError: the file is missing or broken.
    """
    import numpy as np  # noqa: PLC0415 - commands that do not read must not pay for it

    try:
        with np.load(path, allow_pickle=False) as arrays:
            features, inner, dense, means, inner_bias, outer, outer_bias, cuts = (
                arrays[name] for name in ARRAYS
            )
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        message = f"{path}: not a trained network: {error}"
        raise KnowledgeError(message) from error
    units = inner.shape[1:]
    fitting = units == inner_bias.shape == outer.shape and len(inner) == len(features)
    if not fitting or outer_bias.shape != (1,) or dense.shape != (*means.shape, *units):
        message = f"{path}: not a trained network: its arrays do not fit together"
        raise KnowledgeError(message)
    rows = {str(feature): row for row, feature in enumerate(features)}
    inner, dense, means, inner_bias, outer = (
        array.astype(np.float32) for array in (inner, dense, means, inner_bias, outer)
    )
    return Network(
        rows, inner, dense, means, inner_bias, outer, float(outer_bias[0]), tuple(map(float, cuts))
    )
