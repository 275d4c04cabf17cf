from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.evaluate.annotation import Page
from dragoman.evaluate.item_checks import CORE, check_item, same_words
from dragoman.model.event import CodedDocument

Coded = Callable[..., CodedDocument]
Gold = Callable[..., dict[str, Any]]
MakePage = Callable[..., Page]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("TASS", "Russia’s state news agency TASS", True),
        ("The Red Cross", "Red Cross", True),
        ("Dmitry Peskov", "Dmitry Peskov, the Kremlin’s spokesperson", True),
        ("the Kremlin's spokesperson", "Dmitry Peskov, the Kremlin’s spokesperson", True),
        ("it", "the United Nations", False),
        ("police", "prosecutors", False),
        ("U.N.", "the U.N. envoy", True),
        ("", "TASS", False),
    ],
)
def test_a_source_is_known_by_part_of_its_words(one: str, other: str, *, same: bool) -> None:
    assert same_words(one, other) is same_words(other, one) is same


@given(st.text(alphabet="ab. ", min_size=1), st.text(alphabet="ab. "))
def test_words_are_within_themselves_and_whatever_holds_them(words: str, more: str) -> None:
    if words.strip(" ."):
        assert same_words(words, f"{more} {words}") or words.lower().startswith("a ")


def test_a_missed_item_has_no_checks_and_is_never_right(make_page: MakePage, make_gold: Gold) -> None:
    missed = check_item(make_page(make_gold()).reports[0], None)
    assert missed.report is None
    assert not missed.is_right(*CORE)


@pytest.mark.parametrize(
    ("gold", "got", "wrong"),
    [
        ({}, {}, []),
        ({"event_types": ["AID", "CONSULT"]}, {}, []),
        ({"event_types": ["AID"]}, {}, ["type"]),
        ({"factuality": ["planned"]}, {}, ["factuality"]),
        ({"attribution": []}, {}, ["attribution"]),
        ({"attribution": []}, {"attribution": ()}, []),
        ({"attribution": None}, {"attribution": ()}, []),
        ({"attribution": [{"text": "TASS", "code": "RUSGOV"}]}, {}, ["attribution"]),
        ({"attribution": [{"text": "agency TASS"}]}, {}, []),
        ({"attribution": [{"text": "TASS"}, {"text": "two officers"}]}, {}, ["attribution"]),
        ({}, {"attribution": ()}, ["attribution"]),
        ({"mode": "phone"}, {}, ["mode"]),
        ({"date": {"text": "x", "from": "2023-09-12", "to": "2023-09-12"}}, {}, []),
        ({"date": {"text": "x", "from": "2023-09-12", "to": "2023-09-13"}}, {}, ["date"]),
        ({"date": {"text": "x", "from": "2023-09-12", "to": "2023-09-12"}}, {"time": None}, ["date"]),
        ({"place": {"text": "x", "country": "RUS", "near": [51.5, 128.0]}}, {}, []),
        ({"place": {"text": "x", "near": [51.5, 128.0], "within_km": 10}}, {}, ["place"]),
        ({"place": {"text": "x", "country": "PRK"}}, {}, ["place"]),
        ({"place": {"text": "x", "country": "RUS"}}, {"place": None}, ["place"]),
        ({"quantity": {"text": "x", "low": 2, "high": 2}}, {}, []),
        ({"quantity": {"text": "x", "low": 2}}, {}, ["quantity"]),
    ],
)
def test_each_field_is_checked_by_itself(
    make_page: MakePage, make_gold: Gold, make_coded: Coded,
    gold: dict[str, Any], got: dict[str, Any], wrong: list[str],
) -> None:  # fmt: skip
    item = check_item(make_page(make_gold(**gold)).reports[0], make_coded(reports=(got,)).reports[0])
    assert [check.field for check in item.checks if not check.right] == wrong


def test_a_check_shows_what_was_expected_and_what_was_got(
    make_page: MakePage, make_gold: Gold, make_coded: Coded
) -> None:
    page = make_page(make_gold(attribution=[]))
    checks = check_item(page.reports[0], make_coded().reports[0]).checks
    assert (checks[-1].expected, checks[-1].got) == ("the article", "TASS RUSMED")
