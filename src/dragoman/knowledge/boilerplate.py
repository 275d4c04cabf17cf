"""Lines that are not an article's own words, and the words by which pages name their parts."""

from __future__ import annotations

import functools
import re

from dragoman.knowledge.tables import DATA, read_table

# A paragraph longer than this is prose, whatever it starts with. Characters; from looking at share links.
LONGEST_BOILERPLATE = 160
# What is said of the article itself, by its makers: kept with its text, though no report is read from it.
ABOUT_ARTICLE = frozenset(
    {"agency credits", "editorial note", "agency tag", "note on the author", "dateline"}
)


@functools.cache
def boilerplate_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the reviewed patterns of such lines, each with what such a line is."""
    rows = read_table(DATA / "text" / "boilerplate.tsv", ("pattern", "note"))
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["note"]) for row in rows)


def boilerplate_kind(paragraph: str) -> str | None:
    """Return what a paragraph is that is not the article's own words (``share link``), or None where it is prose."""
    if len(paragraph) > LONGEST_BOILERPLATE:
        return None
    return next((note for pattern, note in boilerplate_patterns() if pattern.search(paragraph)), None)


@functools.cache
def page_parts() -> dict[str, str]:
    """Return the words in the names of a page's parts (class, id), each with its verdict.

    ``never``, ``comments``: no part of the article, the latter even where it is longer; ``short``: only where it holds little text; ``article``: the article's text.
    """
    return {
        row["word"]: row["verdict"]
        for row in read_table(DATA / "text" / "page-parts.tsv", ("word", "verdict", "what"))
    }
