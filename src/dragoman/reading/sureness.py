"""How sure the type of a report is: from the typer's probability to the share of reports like it that were right.

The numbers stand in ``knowledge/models/confidence.toml``; ``training/calibrate.py`` fits them to reports of real
articles that people judged one by one.
"""

from __future__ import annotations

import functools
import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import DATA

FILE = DATA.parent / "models" / "confidence.toml"
# Probabilities are kept this far from 0 and 1 before their logarithm is taken.
EDGE = 0.005


@dataclass(frozen=True, slots=True)
class Sureness:
    """A logistic curve over the log odds of the typer's probability, for reports whose two sides it was asked about.

    ``unasked`` is the share that was right of the others: one side is not named, or stands in another sentence.
    """

    intercept: float
    slope: float
    unasked: float

    def of(self, likely: float | None) -> float:
        """Return how sure the type is, 0 to 1, from the typer's probability; None where it was not asked."""
        if likely is None:
            return self.unasked
        return round(1 / (1 + math.exp(-(self.intercept + self.slope * log_odds(likely)))), 3)


def log_odds(probability: float) -> float:
    """Return the natural logarithm of the odds of a probability, kept off 0 and 1."""
    kept = min(max(probability, EDGE), 1 - EDGE)
    return math.log(kept / (1 - kept))


@functools.cache
def load_sureness(path: Path = FILE) -> Sureness:
    """Read the curve.

    Raises:
        KnowledgeError: the file is missing, is no TOML, or lacks a number.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        return Sureness(*(float(found[name]) for name in ("intercept", "slope", "unasked")))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        message = f"{path}: {error}"
        raise KnowledgeError(message) from error
