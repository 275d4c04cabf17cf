from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.dates import iso_date
from dragoman.ingest.metadata import is_published
from dragoman.knowledge.tables import read_table

CASES = [
    (row["written"], row["iso"])
    for row in read_table(Path(__file__).with_name("dates_cases.tsv"), ("written", "iso"))
]


@pytest.mark.parametrize(("written", "iso"), CASES)
def test_a_date_is_what_its_words_say_and_nothing_more(written: str, iso: str) -> None:
    assert (iso_date(written) or "") == iso


@pytest.mark.parametrize("value", [None, True, [], {}, float("nan"), float("inf"), 10**400, "9" * 500])
def test_what_is_no_date_is_none(value: object) -> None:
    assert iso_date(value) is None


@given(
    st.datetimes(
        min_value=datetime.fromisoformat("1990-01-01"), max_value=datetime.fromisoformat("2099-01-01")
    )
)
def test_dates_of_mails_come_back(moment: datetime) -> None:
    assert iso_date(f"{moment:%a, %d %b %Y %H:%M:%S} +0000") == f"{moment:%Y-%m-%dT%H:%M:%S}+00:00"


@given(st.text() | st.from_regex(r"[0-9 :/.\-+TZa-z]{0,40}"))
def test_whatever_is_found_is_a_date_of_the_calendar(words: str) -> None:
    found = iso_date(words)
    assert found is None or is_published(found)
