"""Fit how sure the type of a report is: ``knowledge/models/confidence.toml`` from reports judged by hand.

python training/calibrate.py

``hand-count.tsv`` has one line a report that was read from a real article: the article, which sides it names, the
typer's probability of its type, and whether a person found it an event of that type. The text is not in it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from dragoman.evaluate.relations import calibration_error
from dragoman.reading.sureness import FILE, Sureness, log_odds

COUNT = Path(__file__).with_name("hand-count.tsv")
# Inverse strength of the pull towards a flat curve; scikit-learn's own default, not tuned.
FREEDOM = 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged report. ``likely`` is None where the typer could not be asked."""

    article: str
    both: bool
    likely: float | None
    right: bool


def read(path: Path) -> list[Judged]:
    """Read the judged reports."""
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return [
            Judged(
                row["article"],
                row["sides"] == "both",
                float(row["likely"]) if row["likely"] else None,
                row["right"] == "y",
            )
            for row in rows
        ]


def fit(judged: Sequence[Judged]) -> Sureness:
    """Return the curve that fits the judged reports with both sides best, and the share of the others that is right."""
    asked = [one for one in judged if one.both and one.likely is not None]
    model = LogisticRegression(C=FREEDOM)
    model.fit(np.array([[log_odds(one.likely or 0.0)] for one in asked]), [one.right for one in asked])
    others = [one.right for one in judged if not one.both]
    return Sureness(float(model.intercept_[0]), float(model.coef_[0][0]), sum(others) / len(others))


def held_out(judged: Sequence[Judged]) -> float:
    """Return the calibration error when each article is told by curves fitted to the others."""
    by_article: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_article[one.article].append(one)
    sure: list[float] = []
    right: list[bool] = []
    for name, inside in by_article.items():
        curves = fit([one for one in judged if one.article != name])
        sure += [curves.of(one.likely if one.both else None) for one in inside]
        right += [one.right for one in inside]
    return calibration_error(sure, right)


def main() -> None:
    """Fit, measure, and write the file."""
    judged = read(COUNT)
    curves = fit(judged)
    error = held_out(judged)
    print(
        f"{len(judged)} reports, {sum(one.right for one in judged)} right; calibration error by article {error:.3f}"
    )
    text = "# Made by training/calibrate.py: how sure the type of a report is.\n"
    text += f"# {len(judged)} reports judged by hand; calibration error {error:.3f}, each article by curves fitted to the others.\n"
    text += (
        f"intercept = {curves.intercept:.3f}\nslope = {curves.slope:.3f}\nunasked = {curves.unasked:.3f}\n"
    )
    FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
