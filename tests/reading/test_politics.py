from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.reading.article import Article

Read = Callable[..., Article]


@pytest.mark.parametrize(
    "text",
    [
        "A woman was killed in a laundromat in Dresden.",
        "Police said they had found no link between the killings of nine women in Dresden.",
        "There is no way to exclude a baker.",
        "The clerk changed his clothes in order to appeal to shoppers.",
    ],
)
def test_ordinary_crime_and_what_nobody_does_is_no_report(text: str, read: Read) -> None:
    assert [report.text for report in read(text).reports if report.event_type != "ACCUSE"] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The insurgency goes on. A woman was killed in a laundromat in Dresden.", ["killed"]),
        ("A woman was killed by Turkish soldiers in Dresden.", ["killed"]),
        ("A bomb killed nine women in Dresden.", ["killed"]),
        ("Seven people had been detained in Minsk.", ["detained"]),
    ],
)
def test_a_word_of_politics_or_a_side_makes_it_one(text: str, words: list[str], read: Read) -> None:
    assert [report.text for report in read(text).reports] == words
