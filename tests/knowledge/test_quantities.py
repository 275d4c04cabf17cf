"""The tables about quantities: they load, and a broken line is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.quantities import NOUN_KINDS, load_quantities
from dragoman.knowledge.tables import DATA


def test_every_kind_of_noun_has_words() -> None:
    """The stage asks for each kind without looking whether it is there."""
    assert set(load_quantities().nouns) == NOUN_KINDS


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("bounds.tsv", "at best\tno-such-kind"),
        ("vague.tsv", "umpteen\tmany\t"),
        ("vague.tsv", "umpteen\t20\t10"),
        ("nouns.tsv", "leader\tno-such-kind"),
    ],
)
def test_a_broken_line_is_named_by_file_and_line(table: str, line: str, tmp_path: Path) -> None:
    """A reviewer is told where to look."""
    folder = shutil.copytree(DATA / "quantities", tmp_path / "quantities")
    path = folder / table
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    number = text.count("\n") + 1
    with pytest.raises(KnowledgeError, match=rf"{table}:{number}: "):
        load_quantities(folder)
