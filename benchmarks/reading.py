"""Measures how quick reading is: the cold start, and reading against the bare parser on the same texts.

Run it with ``make bench``. Texts: the example articles, or any text files named as arguments.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dragoman import Document, Reader
from dragoman.reading.article import Article
from dragoman.reading.parse import Parser

EXAMPLES = Path(__file__).parents[1] / "examples" / "pages"
# How often each thing is measured; the median is printed.
ROUNDS = 3
# Texts are repeated to about so many characters, so that a round takes seconds.
CHARACTERS = 200_000


def main(names: list[str]) -> None:
    """Print the figures, one a line."""
    paths = [Path(name) for name in names] or sorted(EXAMPLES.glob("*.txt"))
    if not paths:
        sys.exit("no texts: name some text files")
    texts = [path.read_text(encoding="utf-8") for path in paths]
    print(f"cold start to first report   {_seconds(lambda: _cold(paths[0])):7.2f} s  ({paths[0].name})")
    documents = _repeated(texts)
    words = sum(len(document.text.split()) for document in documents)
    parser, reader = Parser(), Reader()
    bare = _seconds(lambda: sum(1 for _ in parser.parse(map(Article, documents))))
    whole = _seconds(lambda: sum(1 for _ in reader.read(documents)))
    print(f"texts                        {len(documents):7d}    ({words} words)")
    print(f"bare parser                  {words / bare:7.0f} words/s")
    print(f"reading                      {words / whole:7.0f} words/s")
    print(f"reading / bare parser        {whole / bare:7.2f}")


def _repeated(texts: list[str]) -> list[Document]:
    """Return the texts again and again, each time a little different, so that nothing can be remembered."""
    documents: list[Document] = []
    while sum(len(document.text) for document in documents) < CHARACTERS:
        round_ = len(documents) // len(texts)
        documents += [Document(text=text, url=f"bench:{round_}:{n}") for n, text in enumerate(texts)]
    return documents


def _cold(path: Path) -> None:
    command = [sys.executable, "-m", "dragoman", "code", str(path), "--format", "jsonl"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def _seconds(work: Callable[[], object]) -> float:
    """Return the median time of some rounds, in seconds, after one that does not count."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main(sys.argv[1:])
