"""How well the text, title and day of web pages are found: articles in the thirty layouts of ``page_layouts.py``.

Usage: ``python benchmarks/pages.py FOLDER [--pages 300] [--errors]``, with a folder of plain text articles (their
first paragraph is the headline).
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))
from page_layouts import LAYOUTS, ZONES, Page, Story, strange_words

from dragoman.ingest.files import dispatch
from dragoman.ingest.job import Item, Job, ReadOptions, Source
from dragoman.ingest.metadata import Metadata


def stories(folder: Path) -> Iterator[Story]:
    """Yield the articles of a folder, with days and authors made up."""
    draw = Random(7)  # noqa: S311 - figures, not secrets
    for path in sorted(folder.rglob("*.txt")):
        paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", path.read_text("utf-8")) if p.strip()]
        if len(paragraphs) < 5 or len(paragraphs[0]) > 150:  # noqa: PLR2004 - what has no headline is left out
            continue
        zone = draw.choice(list(ZONES))
        day = f"20{draw.randrange(10, 30)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        at = f"{day}T{draw.randrange(24):02}:{draw.randrange(60):02}:00{zone}"
        yield Story(
            paragraphs[0].rstrip("."),
            at,
            draw.choice(("Jane Doe", "Ali Hassan", "Maria del Sol")),
            tuple(paragraphs[1:]),
        )


def read(page: str) -> Item | None:
    """Return what is found in a page."""
    job = Job(ReadOptions(), lambda *_: None, dispatch)
    return next(
        dispatch(
            Source(name="page", file=io.BytesIO(page.encode()), known=Metadata(), path="page.html"), job
        ),
        None,
    )


def f1(found: str, gold: str) -> float:
    """Return the F1 of the words of two texts."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    return 2 * (a & b).total() / max(a.total() + b.total(), 1)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--errors", action="store_true", help="name each page that is not right")
    arguments = parser.parse_args()
    scores, titles, days, zones, strange, seconds = [], [], [], [], 0, 0.0
    for number, story in enumerate(islice(cycle(list(stories(arguments.folder))), arguments.pages)):
        layout = LAYOUTS[number % len(LAYOUTS)]
        page = Page(story, layout, number).render()
        start = time.perf_counter()
        item = read(page)
        seconds += time.perf_counter() - start
        gold = "\n".join(story.paragraphs)
        text, title, day = (
            (item.document.text, item.document.title, item.document.published) if item else ("", None, None)
        )
        scores.append(f1(text, gold))
        titles.append(title == story.title)
        days.append((day or "")[:10] == story.published[:10])
        zones.append(day == story.published)
        found = [w for w in strange_words() if w in text and w not in gold]
        strange += bool(found)
        if arguments.errors and (scores[-1] < 0.99 or not titles[-1] or not days[-1] or found):  # noqa: PLR2004
            print(
                f"layout {number % len(LAYOUTS)} {layout.body} {layout.told}: F1 {scores[-1]:.3f}, {title!r} for {story.title!r}, {day} for {story.published}; {found[:1]}"
            )
            lines = set(text.split("\n\n"))
            print("   too much:", [line[:60] for line in lines - set(story.paragraphs)][:5])
            print("   missing:", [line[:60] for line in set(story.paragraphs) - lines][:5])
    count = len(scores)
    print(f"{count} pages, {len(LAYOUTS)} layouts: text F1 {sum(scores) / count:.4f} (worst {min(scores):.3f}), "
          f"title {sum(titles) / count:.3f}, day {sum(days) / count:.3f}, with time and zone {sum(zones) / count:.3f}, "
          f"pages with words from around {strange}, {1000 * seconds / count:.1f} ms a page")  # fmt: skip


if __name__ == "__main__":
    main()
