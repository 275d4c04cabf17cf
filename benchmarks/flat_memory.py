"""Measures whether memory stays flat over many articles: of this process, which writes the store, and of the workers.

    python benchmarks/flat_memory.py --articles 20000 --workers 2

The articles are variations of the example pages: their sentences in another order, with other numbers in them. Prints
resident memory (MB) every thousand articles, and at the end how much it grew from the 1,000th; the exit code is 1 when
that is more than a tenth.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dragoman.config import ReaderConfig
from dragoman.ingest.files import Item
from dragoman.model.document import Document
from dragoman.pipeline.ingest import Failures, Options, ingest
from dragoman.pipeline.reader import Reader
from dragoman.pipeline.workers import Workers
from dragoman.store import Store, Written

EXAMPLES = Path(__file__).parents[1] / "examples" / "pages"
FIRST = 1000
# How much more memory may be in use at the end than after the first thousand.
ALLOWED = 0.10
PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Print the figures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--sentences", type=int, default=10, help="of each article")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    seen: list[tuple[int, float]] = []
    start = time.perf_counter()

    def look(written: Written, done: list[int] = [0]) -> None:  # noqa: B006 - counts from batch to batch
        before, done[0] = done[0], done[0] + written.documents
        if before // FIRST != done[0] // FIRST:
            parts = _memory()
            seen.append((done[0], sum(parts)))
            rate = done[0] / (time.perf_counter() - start)
            told = " + ".join(f"{part:.0f}" for part in parts)
            print(f"{done[0]:6d} articles  {sum(parts):7.0f} MB ({told})  {rate:5.1f} articles/s", flush=True)

    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "s.duckdb") as store:
        options = Options(workers=lambda: Workers(ReaderConfig(), asked.workers), always=True)
        ingest(
            _items(asked.articles, asked.sentences), store, reader=Reader, failures=Failures(), on_batch=look,
            options=options,
        )  # fmt: skip
        print(f"store: {store.path.stat().st_size / 1e6:.0f} MB")
    growth = max(memory for _, memory in seen) / seen[0][1] - 1
    print(f"growth from article {seen[0][0]} to {seen[-1][0]}: {growth:+.1%} (allowed {ALLOWED:.0%})")
    return 1 if growth > ALLOWED else 0


def _items(count: int, sentences: int) -> Iterator[Item]:
    """Yield variations of the example pages; the same each time."""
    draw = random.Random(11)  # noqa: S311 - made-up articles need no secrets
    pages = [
        re.split(r"(?<=[.!?])\s+", path.read_text(encoding="utf-8"))
        for path in sorted(EXAMPLES.glob("*.txt"))
    ]
    for number in range(count):
        page = draw.choice(pages)
        picked = draw.sample(page, min(sentences, len(page)))
        text = re.sub(r"\d+", lambda _: str(draw.randint(2, 99_999)), " ".join(picked))
        yield Item(
            f"{number}", Document(text=text, published="2023-09-13", url=f"https://example.org/{number}")
        )


def _memory() -> list[float]:
    """Return the resident memory of this process and of those it has started, in MB."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    sizes = []
    for pid in ("self", *children):
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        sizes.append(pages * PAGE / 1e6)
    return sizes


if __name__ == "__main__":
    sys.exit(main())
