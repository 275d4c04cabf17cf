"""Measures what all knowledge costs: seconds to load and memory it holds, and the share of resolving in reading.

Run it with ``python benchmarks/knowledge.py``. Loading is measured in a fresh process, part by part, in the order
in which a reader loads them; memory is what the process grew by. Texts for the share: the example articles, or
any text files named as arguments.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dragoman import Document, ReaderConfig
from dragoman.reading.article import Article
from dragoman.reading.chain import Chain, build_chain

EXAMPLES = Path(__file__).parents[1] / "examples" / "pages"
# How often the load is measured; the median is printed.
ROUNDS = 3
# Texts are repeated to about so many characters, so that the shares are steady.
CHARACTERS = 100_000
RESOLVING = ("actors", "reference")
# The order is that of the reader; imports are done before, so that only the tables are measured.
LOAD = """
import resource, time
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.codings import load_codings
from dragoman.knowledge.contexts import load_contexts
from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.gazetteer import open_gazetteer
from dragoman.knowledge.lexicon import load_lexicon
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.place_words import place_words
from dragoman.knowledge.quantities import load_quantities
from dragoman.knowledge.times import load_calendar
parts = {"actors": load_actors, "lexicon": load_lexicon, "ontology": load_ontology, "cues": load_cues,
         "codings": load_codings, "contexts": load_contexts, "times": load_calendar, "quantities": load_quantities,
         "place words": place_words, "gazetteer": lambda: open_gazetteer(None)}
held = []
for name, load in parts.items():
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    held.append(load())
    spent, grown = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(name, spent, grown / 1024, sep="\\t")
"""


def main(names: list[str]) -> None:
    """Print the figures, one a line."""
    _loading()
    paths = [Path(name) for name in names] or sorted(EXAMPLES.glob("*.txt"))
    if not paths:
        sys.exit("no texts: name some text files")
    _sharing([path.read_text(encoding="utf-8") for path in paths])


def _loading() -> None:
    """Print seconds and megabytes of each part, and of all."""
    seconds, memory = defaultdict(list), defaultdict(list)
    for _ in range(ROUNDS):
        done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)  # noqa: S603 - our own command
        for line in done.stdout.splitlines():
            name, spent, grown = line.split("\t")
            seconds[name].append(float(spent))
            memory[name].append(float(grown))
    for name in seconds:
        print(f"{name:24}{statistics.median(seconds[name]):8.3f} s{statistics.median(memory[name]):8.1f} MB")
    total = [sum(map(statistics.median, each.values())) for each in (seconds, memory)]
    print(f"{'all knowledge':24}{total[0]:8.3f} s{total[1]:8.1f} MB   (aims: 0.8 s, 250 MB)")


def _sharing(texts: list[str]) -> None:
    """Print how much of reading is spent on finding and resolving actors."""
    documents: list[Document] = []
    while sum(len(document.text) for document in documents) < CHARACTERS:
        round_ = len(documents) // len(texts)
        documents += [Document(text=text, url=f"bench:{round_}:{n}") for n, text in enumerate(texts)]
    spent = _spent(build_chain(ReaderConfig()), documents)
    whole = sum(spent.values())
    for name, each in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{name:24}{each:8.3f} s{each / whole:8.1%}")
    share = sum(spent[name] for name in RESOLVING) / whole
    print(f"{'resolving':24}{'':10}{share:8.1%}   (aim: under 10 %)")


def _spent(chain: Chain, documents: list[Document]) -> dict[str, float]:
    """Return the seconds that parsing and each stage took over all documents, after one that does not count."""
    spent: dict[str, float] = defaultdict(float)
    list(chain.read(documents[:1]))
    parsed = _timed(spent, "parse", lambda: list(chain.parser.parse(map(Article, documents))))
    for article in parsed:
        for stage in chain.stages:
            article = replace(article, **_timed(spent, stage.name, lambda: stage.run(article)))  # noqa: B023, PLW2901 - called at once
    return spent


def _timed[T](spent: dict[str, float], name: str, work: Callable[[], T]) -> T:
    start = time.perf_counter()
    result = work()
    spent[name] += time.perf_counter() - start
    return result


if __name__ == "__main__":
    main(sys.argv[1:])
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
