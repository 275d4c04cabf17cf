"""Measures what all knowledge costs: seconds to load, and memory it holds.

Run it with ``python benchmarks/knowledge.py``. Loading is measured in a fresh process, part by part, in the order
in which a reader loads them; memory is what the process grew by. What resolving costs is told by ``stages.py``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections import defaultdict

# How often the load is measured; the median is printed.
ROUNDS = 3
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


def main() -> None:
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


if __name__ == "__main__":
    main()
