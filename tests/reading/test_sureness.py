from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError
from dragoman.reading.sureness import load_sureness

PROBABILITIES = st.floats(min_value=0, max_value=1)


@given(PROBABILITIES, PROBABILITIES)
def test_what_the_typer_finds_likelier_is_never_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    curve = load_sureness()
    assert 0 < curve.of(low) <= curve.of(high) < 1


def test_where_nobody_could_be_asked_one_share_stands() -> None:
    curve = load_sureness()
    assert 0 < curve.of(None) == curve.unasked < 1


@pytest.mark.parametrize(
    "text", ["", "unasked = 0.7", "intercept = []\nslope = 2\nunasked = 1", "not toml ["]
)
def test_a_broken_file_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "confidence.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"confidence\.toml"):
        load_sureness(path)
