"""The tables about times: they load, and a broken line is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import DATA
from dragoman.knowledge.times import load_calendar


def test_tables_hold_all_months_and_weekdays() -> None:
    """Twelve months, seven days, each by its full name."""
    values = {kind: set() for kind in ("month", "weekday")}
    for words in load_calendar().words.values():
        for word in words:
            if word.kind in values:
                values[word.kind].add(int(word.value))
    assert values == {"month": set(range(1, 13)), "weekday": set(range(1, 8))}


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("words.tsv", "soonish\tno-such-class\t\t"),
        ("words.tsv", "\tmonth\t1\t"),
        ("numbers.tsv", "umpteen\tsmall\tmany"),
        ("holidays.tsv", "no day\tno-day\t12 25"),
        ("verbs.tsv", "meet\tno-such-class"),
    ],
)
def test_a_broken_line_is_named_by_file_and_line(table: str, line: str, tmp_path: Path) -> None:
    """A reviewer is told where to look."""
    folder = shutil.copytree(DATA / "times", tmp_path / "times")
    path = folder / table
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    number = text.count("\n") + 1
    with pytest.raises(KnowledgeError, match=rf"{table}:{number}: "):
        load_calendar(folder)
