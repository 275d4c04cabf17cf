from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.knowledge.boilerplate import boilerplate_kind, boilerplate_patterns, page_parts
from dragoman.knowledge.tables import read_table

CASES = list(read_table(Path(__file__).with_name("boilerplate_cases.tsv"), ("paragraph", "kind")))


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["paragraph"][:40])
def test_the_kind_of_a_line_is_as_reviewed(row: dict[str, str]) -> None:
    assert (boilerplate_kind(row["paragraph"]) or "") == row["kind"]


def test_each_kind_has_a_case() -> None:
    assert {note for _, note in boilerplate_patterns()} <= {row["kind"] for row in CASES}


def test_verdicts_on_parts_of_pages_are_known() -> None:
    assert set(page_parts().values()) == {"never", "comments", "short", "article"}
