from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dragoman.cli.plain import clean, counted


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_nothing_is_left_that_steers_a_terminal(words: str) -> None:
    shown = clean(words)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_visible_words_stay_on_one_line() -> None:
    assert clean(" a\n b\tc\x1b[0m") == "a b c [0m"


def test_numbers_agree_with_their_nouns() -> None:
    assert (counted(1, "report"), counted(0, "report")) == ("1 report", "0 reports")
