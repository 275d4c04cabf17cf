"""Numbers in figures and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.times import load_calendar
from dragoman.reading.article import Token
from dragoman.reading.numbers import read_number

CASES = [
    ("20", 20, 1),
    ("1,500", 1500, 1),
    ("1.5 million", 1_500_000, 2),
    ("5bn", 5_000_000_000, 1),
    ("twenty - five", 25, 3),
    ("two hundred and fifty - six", 256, 6),
    ("two hundred and fifty thousand", 250_000, 5),
    ("three thousand four hundred", 3400, 4),
    ("a hundred", None, 0),
    ("two dozen", 24, 2),
    ("nineteen ninety", 19, 1),
    ("two and three", 2, 1),
    ("soldiers", None, 0),
]


def tokens_of(text: str) -> list[Token]:
    """Return tokens parted by spaces; only words and offsets matter here."""
    tokens, position = [], 0
    for i, word in enumerate(text.split()):
        tokens.append(Token(i=i, start=position, end=position + len(word), text=word, lower=word, lemma=word, pos="NUM",
                            tag="CD", dep="", head=i, entity="", entity_start=False, sentence=0))  # fmt: skip
        position += len(word) + 1
    return tokens


@pytest.mark.parametrize(("text", "value", "length"), CASES)
def test_number_has_its_value_and_its_end(text: str, value: float | None, length: int) -> None:
    """The longest number from the first word on is read."""
    tokens = tokens_of(text)
    number = read_number(tokens, 0, len(tokens), load_calendar().numbers)
    assert (number.value, number.last) == (value, length) if number else value is None


@given(st.integers(0, 999_999_999))
def test_figures_with_and_without_commas_say_the_same(value: int) -> None:
    """``1,500`` and ``1500`` are one number."""
    words = load_calendar().numbers
    plain, commas = tokens_of(str(value)), tokens_of(f"{value:,}")
    assert read_number(plain, 0, 1, words) == read_number(commas, 0, 1, words)
