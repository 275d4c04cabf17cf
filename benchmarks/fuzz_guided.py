"""Readers on inputs that are changed to reach new code: guided by coverage, one format at a time.

Usage: ``pip install atheris``, which is no dependency of ours, then ``python benchmarks/fuzz_guided.py html -max_total_time=60``,
or warc, pdf, feed, mail. What follows the format goes to libFuzzer. The run stops at the first input that is not read as
it must be (see ``fuzz_readers.py``) and keeps it in a file.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))
# Their branches guide the changes; the compiled parts beneath are not seen.
with atheris.instrument_imports(include=["dragoman.ingest", "feedparser", "pypdf"]):
    from fuzz_readers import good_inputs, try_input

    from dragoman.ingest import pdf
    from dragoman.ingest.pdf_pages import pages_of

# What names of good inputs hold, by format.
NAMES = {"html": ".html", "warc": ".warc", "pdf": ".pdf", "feed": ".xml", "mail": ".eml"}


def main() -> None:
    """Run libFuzzer from the good inputs of one format."""
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:  # noqa: PLR2004 - the program and a format
        sys.exit(f"name a format: {', '.join(NAMES)}")
    ending = NAMES[sys.argv[1]]
    pdf._ask = pages_of  # type: ignore[assignment]  # noqa: SLF001 - thousands of processes would only be slow
    good = [each for each in good_inputs() if ending in each[0]]
    name = f"input{ending}{'.gz' if ending == '.warc' else ''}"

    def one(data: bytes) -> None:
        _, fault = try_input(name, data)
        if fault is not None:
            raise AssertionError(fault)

    with tempfile.TemporaryDirectory() as corpus:
        for number, (_, data) in enumerate(good):
            (Path(corpus) / str(number)).write_bytes(data)
        atheris.Setup([sys.argv[0], *sys.argv[2:], corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
