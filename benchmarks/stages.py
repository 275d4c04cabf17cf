"""Measures what each stage of reading costs, in processor time, and what the typer adds to all the rest.

Run it with ``make bench``. Texts: the example articles, or any text files named as arguments.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from dragoman.config import ReaderConfig
from dragoman.model.document import Document
from dragoman.reading.article import Article
from dragoman.reading.chain import build_chain

EXAMPLES = Path(__file__).parents[1] / "examples" / "pages"
# The stage that asks the typer.
TYPER = "weighing"
# All texts are read so often; the first round, in which everything is loaded, does not count.
ROUNDS = 3


def main(names: list[str]) -> None:
    """Print a line a stage, the dearest first, and the typer's cost against the rest."""
    paths = [Path(name) for name in names] or sorted(EXAMPLES.glob("*.txt"))
    if not paths:
        sys.exit("no texts: name some text files")
    documents = [Document(text=path.read_text(encoding="utf-8")) for path in paths]
    config = ReaderConfig()
    chain = build_chain(config.pipeline, batch_size=config.batch_size)
    spent: Counter[str] = Counter()
    for round_ in range(ROUNDS + 1):
        before = time.process_time()
        parsed = list(chain.parser.parse(map(Article, documents)))
        took = {"parse": time.process_time() - before}
        for article in parsed:
            for stage in chain.stages:
                before = time.process_time()
                article = replace(article, **stage.run(article))  # noqa: PLW2901 - the article grows layer by layer
                took[stage.name] = took.get(stage.name, 0.0) + time.process_time() - before
        spent.update(took if round_ else {})
    whole = sum(spent.values())
    for name, seconds in spent.most_common():
        print(f"{name:<14} {seconds / ROUNDS:7.2f} s {seconds / whole:7.1%}")
    print(f"typer / the rest of reading {spent[TYPER] / (whole - spent[TYPER]):7.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
