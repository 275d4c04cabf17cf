"""Readers on damaged inputs: 60 good inputs of every format, each changed at random, the same each time.

Usage: ``python benchmarks/fuzz_readers.py [--inputs 10000] [--seed 1] [--only html,pdf]``

For each changed input it must hold that reading ends within ``SLOW`` seconds and raises nothing, that what is not
read is told in one line, and that no fault of ours is among what is told. Prints what breaks this, with the number of
the input; ``--inputs 1 --start N`` makes that input again. PDFs are read in this process, and not in one of their own.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import io
import json
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from types import FrameType

sys.path.insert(0, str(Path(__file__).parent))
from page_layouts import LAYOUTS, Page, Story

from dragoman.ingest import pdf
from dragoman.ingest.files import dispatch
from dragoman.ingest.job import Job, ReadOptions, Source
from dragoman.ingest.metadata import Metadata
from dragoman.ingest.pdf_pages import pages_of

SLOW = 20
GOOD = Path(__file__).parents[1] / "tests" / "ingest" / "conftest.py"
PIECES = (
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"&#x110000;", b"&#0;", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b"\r\n\r\n",
    b"\n", b"{", b"}", b"[", b"]", b"-1", b"99999999999", b"%PDF", b"obj", b"endobj", b"/Kids [2 0 R]", b"stream", b"WARC/1.0\r\n",
    b"Content-Length: 999999\r\n", b"Content-Length: -5\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n", b"=?utf-8?b?////?=", b"PK\x03\x04",
    b"\x1f\x8b", b"ustar", b"../", b'<!ENTITY a "&a;">', b"\xed\xa0\x80", b"charset=utf-7", b"\\ud800",
)  # fmt: skip


def good_inputs() -> list[tuple[str, bytes]]:
    """Return the good inputs with their names: those of the tests, and pages in all layouts, plain and packed."""
    spec = importlib.util.spec_from_file_location("good", GOOD)
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    found = list(module.make_good_inputs().items())
    first, second = module.FIRST, module.SECOND
    story = Story("Ministers meet", "2023-09-13T08:00:00+02:00", "Jane Doe", (first, second, first, second))
    pages = [Page(story, layout, number).render().encode() for number, layout in enumerate(LAYOUTS)]
    found += [(f"page{number}.html", page) for number, page in enumerate(pages)]
    found += [
        (f"page{number}.warc.gz", gzip.compress(module.make_warc(page)))
        for number, page in enumerate(pages[:6])
    ]
    found += [
        (f"page{number}.zip", module.make_zip({"a.html": page, "b/c.txt": first.encode()}))
        for number, page in enumerate(pages[6:9])
    ]
    found += [
        (
            "two.jsonl",
            b"\n".join(json.dumps({"document": {"text": first, "title": t}}).encode() for t in ("a", "b")),
        )
    ]
    found += [
        (
            "atom.xml",
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>a</title><updated>2023-09-13T08:00:00Z</updated><summary type="html">&lt;p&gt;{first}</summary></entry></feed>'.encode(),
        )
    ]
    found += [
        ("latin.txt", f"{first} Café à la crème, señor.".encode("latin-1")),
        ("wide.txt", first.encode("utf-16")),
    ]
    found += [("mail.eml", module.make_good_inputs()["a.eml"].replace(b"utf-8", b"iso-8859-1"))]
    found += [
        ("long.pdf", module.make_pdf([first] * 30)),
        ("semi.csv", f'text;title\n"{first}";a\n{second};b\n'.encode()),
    ]
    return found[:60]


def mutate(data: bytes, draw: Random, others: list[tuple[str, bytes]]) -> bytes:
    """Return the input with some changes."""
    made = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 4, 8, 32))):
        at = draw.randrange(len(made) + 1)
        length = draw.choice((1, 1, 2, 8, 64, 512))
        match draw.choice(("noise", "cut out", "piece", "again", "cut off", "flip", "other")):
            case "noise":
                made[at : at + length] = draw.randbytes(length)
            case "cut out":
                del made[at : at + length]
            case "piece":
                made[at:at] = draw.choice(PIECES) * draw.choice((1, 1, 1, 50))
            case "again":
                made[at:at] = made[at : at + length] * draw.choice((1, 2, 200))
            case "cut off":
                del made[at:]
            case "flip" if made:
                made[at % len(made)] ^= 1 << draw.randrange(8)
            case _:
                other = draw.choice(others)[1]
                start = draw.randrange(len(other))
                made[at:at] = other[start : start + length]
    return bytes(made)


def try_input(name: str, data: bytes) -> tuple[str, str | None]:
    """Read an input; return whether it was read, told or neither, and what is wrong with that (None: nothing)."""
    told: list[str] = []
    source = Source(name=name, file=io.BytesIO(data), known=Metadata(), path=name)
    items = list(dispatch(source, Job(ReadOptions(), lambda _, error: told.append(str(error)), dispatch)))
    fault = next((words for words in told if "fault in dragoman" in words or "\n" in words), None)
    for item in items:
        item.document.text.encode()
        last = 0
        for start, end, _ in item.original.pieces if item.original is not None else ():
            if not last <= start < end <= len(item.document.text):
                fault = f"wrong pieces {start} {end}"
            last = end
    if not items and not told:
        fault = "neither read nor told"
    return "read" if items else "told" if told else "neither", fault


def _too_slow(number: int, frame: FrameType | None) -> None:
    del number
    where = "".join(traceback.format_stack(frame)[-3:])
    message = f"takes more than {SLOW} seconds, in {where}"
    raise TimeoutError(message)


def main() -> None:
    """Run, and print what broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", default="", help="names of good inputs that hold one of these, parted by commas"
    )
    arguments = parser.parse_args()
    pdf._ask = pages_of  # type: ignore[assignment]  # noqa: SLF001 - thousands of processes would only be slow
    good = good_inputs()
    wanted = [each for each in good if any(word in each[0] for word in arguments.only.split(","))]
    signal.signal(signal.SIGALRM, _too_slow)
    outcomes: Counter[str] = Counter()
    broken = 0
    start = time.monotonic()
    for number in range(arguments.start, arguments.start + arguments.inputs):
        name, data = wanted[number % len(wanted)]
        changed = mutate(data, Random(f"{arguments.seed} {number}"), good)  # noqa: S311 - the same each time
        signal.alarm(SLOW)
        try:
            outcome, fault = try_input(name, changed)
        except Exception as error:  # noqa: BLE001 - this is what we look for
            outcome, fault = "raised", f"{type(error).__name__}: {error}"
        finally:
            signal.alarm(0)
        outcomes[outcome] += 1
        if fault:
            broken += 1
            print(f"input {number} ({name}): {fault[:400]}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{arguments.inputs} changed inputs of {len(wanted)} good ones: {dict(outcomes)}, {broken} broken, {memory} MB, {time.monotonic() - start:.0f} s"
    )
    sys.exit(broken > 0)


if __name__ == "__main__":
    main()
