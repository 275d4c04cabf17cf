from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dragoman.merging.conflicts import THE_ARTICLE, find_conflicts, said_by
from dragoman.model.event import CONFLICT_FIELDS, CodedDocument
from dragoman.model.place import PlaceSpan
from dragoman.model.quantity import Quantity
from dragoman.model.report import Report
from dragoman.model.speech import Source
from dragoman.model.when import TimeSpan

Coded = Callable[..., CodedDocument]
Tell = Callable[..., Report]
MOSCOW = PlaceSpan(0, 1, "p", "Moscow", None, 55.75, 37.6, "RUS", None, "PPLC", "city")
KHIMKI = PlaceSpan(0, 1, "p", "Khimki", None, 55.89, 37.43, "RUS", None, "PPL", "city")
KAZAN = PlaceSpan(0, 1, "p", "Kazan", None, 55.79, 49.12, "RUS", None, "PPL", "city")
RUSSIA = PlaceSpan(0, 1, "p", "Russia", None, 60.0, 100.0, "RUS", None, "PCLI", "country")
NOWHERE = PlaceSpan(0, 1, "p", None, None, None, None, None, None, None, None)


@pytest.fixture
def tell(make_coded: Coded) -> Tell:
    """Return a factory of reports that agree in all but the given fields; each has an id of its own."""
    (report,) = make_coded().reports
    numbers = iter(range(100))

    def make(**changes: Any) -> Report:
        return replace(report, id=f"r{next(numbers)}", **changes)

    return make


def day(first: str | None, last: str | None = None, precision: str = "day") -> TimeSpan:
    """Return a time."""
    return TimeSpan(0, 1, "t", first, last or first, precision, anchored=first is not None)


def missiles(low: float, high: float | None) -> tuple[Quantity, ...]:
    """Return a count of missiles."""
    return (Quantity(0, 1, "q", "missile", low, high),)


def values(reports: list[Report]) -> dict[str, list[str]]:
    """Return the values of each field in conflict."""
    return {
        conflict.field: [value.value for value in conflict.values] for conflict in find_conflicts(reports)
    }


def test_one_report_and_reports_that_agree_have_no_conflict(tell: Tell) -> None:
    assert find_conflicts([]) == ()
    assert find_conflicts([tell()]) == ()
    assert find_conflicts([tell(), tell()]) == ()


def test_days_that_differ_are_a_conflict_with_reports_and_sources(tell: Tell) -> None:
    source = Source(0, 4, "TASS", "TASS", "RUSMED", "agency", "said")
    one, two = (
        tell(time=day("2023-09-12"), attribution=(source,)),
        tell(time=day("2023-09-13"), attribution=()),
    )
    (conflict,) = find_conflicts([one, two])
    assert conflict.field == "date"
    assert [(v.value, v.reports, v.said_by) for v in conflict.values] == [
        ("2023-09-12", (one.id,), ("TASS",)),
        ("2023-09-13", (two.id,), (THE_ARTICLE,)),
    ]


@pytest.mark.parametrize(
    "other",
    [None, day(None), day("2023-09-01", "2023-09-30", "month"), day("2023-01-01", "2023-12-31", "year")],
)
def test_a_coarser_or_open_time_contradicts_nothing(other: TimeSpan | None, tell: Tell) -> None:
    assert values([tell(time=day("2023-09-12")), tell(time=other)]) == {}


def test_exact_places_far_apart_are_a_conflict(tell: Tell) -> None:
    assert values([tell(place=MOSCOW), tell(place=KAZAN)]) == {"place": ["Moscow", "Kazan"]}


@pytest.mark.parametrize("other", [KHIMKI, RUSSIA, NOWHERE, None])
def test_places_nearby_around_or_unknown_are_none(other: PlaceSpan | None, tell: Tell) -> None:
    assert values([tell(place=MOSCOW), tell(place=other)]) == {}


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ((2, 2), (3, 3), ["2 missile", "3 missile"]),
        ((2, 2), (40, None), ["2 missile", "at least 40 missile"]),
        ((2, 4), (6, 9), ["2–4 missile", "6–9 missile"]),
        ((2, 2), (1, None), None),
        ((2, 4), (3, 9), None),
    ],
)
def test_only_counts_that_cannot_both_be_true_are_a_conflict(
    left: tuple[float, float], right: tuple[float, float | None], wanted: list[str] | None, tell: Tell
) -> None:
    found = values([tell(quantities=missiles(*left)), tell(quantities=missiles(*right))])
    assert found == ({"quantity": wanted} if wanted else {})


def test_counts_of_different_things_do_not_disagree(tell: Tell) -> None:
    tanks = (Quantity(0, 1, "q", "tank", 5, 5),)
    assert values([tell(quantities=missiles(2, 2)), tell(quantities=tanks)]) == {}


def test_what_one_says_and_another_denies_is_a_conflict(tell: Tell) -> None:
    assert values([tell(factuality="actual"), tell(factuality="denied")]) == {
        "factuality": ["actual", "denied"]
    }
    assert values([tell(factuality="planned"), tell(factuality="possible")]) == {}


def test_conflicts_come_in_the_order_of_the_fields(tell: Tell) -> None:
    one = tell(time=day("2023-09-12"), place=MOSCOW, quantities=missiles(2, 2), factuality="actual")
    two = tell(time=day("2023-09-13"), place=KAZAN, quantities=missiles(3, 3), factuality="denied")
    found = [conflict.field for conflict in find_conflicts([one, two])]
    assert found == ["date", "place", "quantity", "factuality"]
    assert set(found) <= set(CONFLICT_FIELDS)


def test_each_source_is_named_once_for_a_value(tell: Tell) -> None:
    same = day("2023-09-12")
    (conflict,) = find_conflicts([tell(time=same), tell(time=same), tell(time=day("2023-09-14"))])
    assert conflict.values[0].said_by == ("TASS",)
    assert len(conflict.values[0].reports) == 2


def test_the_innermost_source_has_the_word(tell: Tell) -> None:
    outer = Source(0, 1, "Reuters", "Reuters", "GBRMED", "agency", "said")
    inner = Source(0, 1, "the ministry", None, "RUSGOV", "official", "said")
    assert said_by(tell(attribution=(outer, inner))) == "the ministry"
    assert said_by(tell(attribution=())) == THE_ARTICLE
