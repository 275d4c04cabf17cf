from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.romanisation import fold, similar
from dragoman.knowledge.tables import read_table

SAME, OTHER = 0.85, 0.75
CASES = [
    (row["one"], row["other"], row["verdict"])
    for row in read_table(Path(__file__).with_name("spellings.tsv"), ("one", "other", "verdict"))
]


@pytest.mark.parametrize(("one", "other", "verdict"), CASES)
def test_spellings_of_one_name_are_alike(one: str, other: str, verdict: str) -> None:
    assert similar(one, other) >= SAME if verdict == "same" else similar(one, other) < OTHER


@pytest.mark.parametrize(
    ("one", "other"), [("Kiev", "Kyiv"), ("Zelenskyy", "Zelensky"), ("Kim Jong-un", "Kim Jong Un")]
)
def test_folded_spellings_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(), st.text())
def test_likeness_lies_between_nought_and_one_and_has_no_direction(one: str, other: str) -> None:
    assert 0 <= similar(one, other) <= 1
    assert similar(one, other) == similar(other, one)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=1).filter(str.strip))
def test_a_name_is_like_itself(name: str) -> None:
    assert similar(name, name) == 1
