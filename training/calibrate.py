"""Fit how sure the type of a report is, from the typer's probability: ``confidence.toml`` of the package.

Whole sentences of the gold set are read, each with the network of the fold that did not see it, so that lexicon,
arguments and typer are measured together as ``dragoman code`` runs them:

python training/calibrate.py --sets ../shared/eval --work build/typer
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression

from dragoman.evaluate.relations import MERGED, GoldPair, calibration_error, folds, read_pairs
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.lexicon import Lexicon, load_lexicon
from dragoman.model.document import Document
from dragoman.reading.actors.mentions import actors_stage
from dragoman.reading.actors.reference import reference_stage
from dragoman.reading.arguments import arguments_stage
from dragoman.reading.article import Argument, Article, Frame
from dragoman.reading.parse import Parser
from dragoman.reading.triggers import triggers_stage
from dragoman.reading.typing import MODELS, Offsets, Typer
from dragoman.reading.weighing import Weighing, probability

# The table has so many points, at probabilities that part the items evenly.
POINTS = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A frame that stands on a gold pair: the typer's probability of its type, and whether the type is right.

    ``alone`` is that probability when only one of the two sides is marked.
    """

    likely: float
    alone: float
    right: bool


def frames_of(pairs: Sequence[GoldPair], typer: Typer, lexicon: Lexicon) -> Iterator[Item]:
    """Yield the frames on the gold pairs."""
    actors = load_actors()
    stages = (actors_stage(actors), reference_stage(actors), triggers_stage(lexicon), arguments_stage(lexicon))
    for pair, parsed in zip(pairs, Parser().parse(Article(Document(text=pair.sentence)) for pair in pairs), strict=True):
        article = parsed
        for stage in stages:
            article = replace(article, **stage.run(article))
        weighing = Weighing(article, lexicon)
        questions = weighing.questions()
        frames = weighing.weighed(questions, typer.probabilities([question.item for question in questions]))
        for frame in frames:
            entry = lexicon.by_id[frame.trigger.entry]
            if frame.likely is None or not _stands_on(article, frame, pair, symmetric="sym" in entry.flags):
                continue
            alone = typer.probabilities([(pair.sentence, pair.actor, None)])[0]
            right = MERGED.get(entry.event_type, entry.event_type) == pair.root
            yield Item(frame.likely, probability(alone, entry.event_type), right)


def _stands_on(article: Article, frame: Frame, pair: GoldPair, *, symmetric: bool) -> bool:
    """Say whether the two sides of the frame are those of the pair."""
    if pair.actor is None or pair.recipient is None:
        return False
    straight = _covers(article, frame.actors, pair.actor) and _covers(article, frame.recipients, pair.recipient)
    crossed = _covers(article, frame.recipients, pair.actor) and _covers(article, frame.actors, pair.recipient)
    return straight or (symmetric and crossed)


def _covers(article: Article, side: Sequence[Argument], span: Offsets) -> bool:
    for argument in side:
        tokens = article.actors[argument.mention].tokens
        words = article.span(tokens.first, tokens.last)
        if words.start < span[1] and span[0] < words.end:
            return True
    return False


def fitted(chances: Sequence[float], right: Sequence[bool]) -> IsotonicRegression:
    """Return the rising step function from the typer's probability to the share that is right."""
    return IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(chances, right)


def table(model: IsotonicRegression, chances: Sequence[float]) -> list[tuple[float, float]]:
    """Return the function as a few points, between which the program draws straight lines."""
    at = np.unique(np.quantile(chances, np.linspace(0, 1, POINTS)))
    return [(round(float(x), 3), round(float(y), 3)) for x, y in zip(at, model.predict(at), strict=True)]


def cross_fitted_error(by_fold: Sequence[Sequence[tuple[float, bool]]]) -> float:
    """Return the calibration error when each fold is measured by a function fitted to the others."""
    sure: list[float] = []
    right: list[bool] = []
    for n, fold in enumerate(by_fold):
        rest = [item for m, other in enumerate(by_fold) if m != n for item in other]
        model = fitted([x for x, _ in rest], [y for _, y in rest])
        points = table(model, [x for x, _ in rest])
        sure += [float(v) for v in np.interp([x for x, _ in fold], *zip(*points, strict=True))]
        right += [y for _, y in fold]
    return calibration_error(sure, right)


def main() -> None:
    """Read the command line, measure, and write the table."""
    parser = argparse.ArgumentParser(description="Fit how sure the type of a report is.")
    parser.add_argument("--sets", type=Path, required=True, help="folder of development sets")
    parser.add_argument("--work", type=Path, required=True, help="the work folder of make_typer.py")
    parser.add_argument("--out", type=Path, default=MODELS / "confidence.toml")
    options = parser.parse_args()
    pairs = read_pairs(options.sets / "plv/train.tsv")
    lexicon = load_lexicon()
    by_fold: list[list[Item]] = []
    for n, fold in enumerate(folds(pairs)):
        folder = options.work / f"fold-{n}"
        shutil.copyfile(MODELS / "typer.toml", folder / "typer.toml")
        by_fold.append(list(frames_of([pairs[k] for k in fold], Typer(folder, threads=2), lexicon)))
        print(f"fold {n}: {len(by_fold[-1])} frames, {sum(item.right for item in by_fold[-1])} right", flush=True)
    lines = ["# Made by training/calibrate.py: the typer's probability of a frame's type, and the share that is right."]
    for name in ("both", "one"):
        chosen = [[(item.likely if name == "both" else item.alone, item.right) for item in fold] for fold in by_fold]
        everything = [item for fold in chosen for item in fold]
        chances = [x for x, _ in everything]
        points = table(fitted(chances, [y for _, y in everything]), chances)
        error = cross_fitted_error(chosen)
        print(f"{name}: {len(everything)} frames, calibration error {error:.3f}", flush=True)
        lines += [f"# {len(everything)} frames, calibration error {error:.3f} by five folds", f"{name} = {points_text(points)}"]
    options.out.write_text("\n".join(lines) + "\n", "utf-8")


def points_text(points: Sequence[tuple[float, float]]) -> str:
    """Return the points as a TOML array."""
    return "[" + ", ".join(f"[{x}, {y}]" for x, y in points) + "]"


if __name__ == "__main__":
    main()
