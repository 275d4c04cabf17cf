from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.merging.likeness import (
    THRESHOLD,
    VETO,
    WEIGHTS,
    Told,
    denied_by_accused,
    distance_km,
    likeness,
    same_count,
    same_day,
    same_place,
    same_reality,
    same_sense,
    same_sides,
    same_type,
    told_together,
)
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument
from dragoman.model.place import PlaceSpan
from dragoman.model.quantity import Quantity
from dragoman.model.report import Report
from dragoman.model.speech import Source
from dragoman.model.when import TimeSpan

Coded = Callable[..., CodedDocument]
KIM = ActorSpan(0, 1, "K", "Kim Jong Un", "PRKGOV", "PRK", "GOV", "prk.kim-jong-un")
PUTIN = ActorSpan(0, 1, "P", "Vladimir Putin", "RUSGOV", "RUS", "GOV", "rus.vladimir-putin")
LAVROV = ActorSpan(0, 1, "L", "Sergei Lavrov", "RUSGOV", "RUS", "GOV", "rus.sergei-lavrov")
RUSSIA = ActorSpan(0, 1, "R", "Russia", "RUS", "RUS", None, "RUS")
OFFICIALS = ActorSpan(0, 1, "O", "Russian officials", "RUSGOV", "RUS", "GOV", None)
SOMEBODY = ActorSpan(0, 1, "S", "Somebody", None, None, None, None)


def day(first: str, last: str | None = None) -> TimeSpan:
    """Return a time of some days."""
    return TimeSpan(0, 1, "t", first, last or first, "day", anchored=True)


def spot(lat: float | None, lon: float | None, precision: str = "city", country: str = "RUS") -> PlaceSpan:
    """Return a place."""
    return PlaceSpan(0, 1, "p", "p", None, lat, lon, country, None, "PPL", precision)


@pytest.fixture
def telling(make_coded: Coded) -> Callable[..., Told]:
    """Return a factory of tellings: the sample's meeting with some fields changed, and what its trigger means."""
    (report,) = make_coded().reports

    def make(sense: str = "meet", **changes: object) -> Told:
        return Told(replace(report, **changes), sense)  # type: ignore[arg-type]

    return make


Telling = Callable[..., Told]


def test_a_telling_is_like_itself(telling: Telling) -> None:
    assert likeness(telling(), telling()) >= THRESHOLD


def test_types_must_be_the_same_and_modes_should(telling: Telling) -> None:
    assert same_type(telling(), telling()) == 1.0
    assert same_type(telling(), telling(mode=None)) == 0.5
    assert same_type(telling(), telling(event_type="ASSAULT")) == VETO


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [
        ("actual", "denied", 1.0),
        ("planned", "possible", 1.0),
        ("actual", "planned", VETO),
        ("denied", "demanded", VETO),
    ],
)
def test_what_happened_is_not_what_is_only_expected(
    left: str, right: str, value: float, telling: Telling
) -> None:
    assert same_reality(telling(factuality=left), telling(factuality=right)) == value


def test_words_of_one_sense_speak_for_it_others_a_little_against(telling: Telling) -> None:
    assert same_sense(telling(), telling()) == 1.0
    assert -1 < same_sense(telling(), telling(sense="talk")) < 0


@pytest.mark.parametrize(
    ("recipient", "value"),
    [(PUTIN, 1.0), (OFFICIALS, 0.875), (RUSSIA, 0.75), (SOMEBODY, 0.5), (LAVROV, VETO)],
)
def test_a_side_may_be_named_more_or_less_exactly(
    recipient: ActorSpan, value: float, telling: Telling
) -> None:
    one = telling(actors=(KIM,), recipients=(PUTIN,), symmetric=False)
    assert same_sides(one, telling(actors=(KIM,), recipients=(recipient,), symmetric=False)) == value


def test_only_what_is_done_together_has_no_direction(telling: Telling) -> None:
    both = {"actors": (KIM,), "recipients": (PUTIN,)}
    turned = {"actors": (PUTIN,), "recipients": (KIM,)}
    assert same_sides(telling(symmetric=True, **both), telling(symmetric=True, **turned)) == 1.0
    assert same_sides(telling(symmetric=False, **both), telling(symmetric=False, **turned)) == VETO


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [
        (day("2023-09-12"), day("2023-09-12"), 1.0),
        (day("2023-09-12"), day("2023-09-01", "2023-09-30"), 1.0),
        (day("2023-09-12"), day("2023-09-15"), -0.25),
        (day("2023-09-12"), day("2023-09-16"), VETO),
        (day("2023-09-12"), None, 0.0),
        (None, None, 0.0),
        (day("2023-09-12"), TimeSpan(0, 1, "t", None, None, "day", anchored=False), 0.0),
    ],
)
def test_days_overlap_or_lie_near_or_far(
    left: TimeSpan | None, right: TimeSpan | None, value: float, telling: Telling
) -> None:
    assert same_day(telling(time=left), telling(time=right)) == value


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [
        (spot(51.9, 128.3), spot(52.0, 128.4), 1.0),
        (spot(51.9, 128.3), spot(55.75, 37.6), VETO),
        (spot(51.9, 128.3), spot(60.0, 90.0, "country"), 0.5),
        (spot(51.9, 128.3), spot(46.0, 2.0, "country", "FRA"), VETO),
        (spot(51.9, 128.3), None, 0.0),
        (spot(51.9, 128.3), spot(None, None), 0.0),
    ],
)
def test_places_lie_close_or_inside_one_another_or_far_apart(
    left: PlaceSpan, right: PlaceSpan | None, value: float, telling: Telling
) -> None:
    assert same_place(telling(place=left), telling(place=right)) == value


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [
        (Quantity(0, 1, "q", "missile", 2, 2), Quantity(0, 1, "q", "missile", 2, 2), 1.0),
        (Quantity(0, 1, "q", "missile", 2, 2), Quantity(0, 1, "q", "missile", 1, None), 1.0),
        (Quantity(0, 1, "q", "missile", 2, 2), Quantity(0, 1, "q", "missile", 3, 3), 0.0),
        (Quantity(0, 1, "q", "guard", 2, 2), Quantity(0, 1, "q", "Kyrgyz guard", 2, 2), 1.0),
        (Quantity(0, 1, "q", "missile", 2, 2), Quantity(0, 1, "q", "soldier", 3, 3), 0.0),
    ],
)
def test_counts_of_one_thing_speak_for_it_or_not_at_all(
    left: Quantity, right: Quantity, value: float, telling: Telling
) -> None:
    assert same_count(telling(quantities=(left,)), telling(quantities=(right,))) == value


def test_far_apart_without_a_common_side_there_are_two_events(telling: Telling) -> None:
    unnamed: dict[str, object] = {"actors": (), "recipients": ()}
    assert told_together(telling(sentence=0), telling(sentence=1, **unnamed)) == 1.0
    assert told_together(telling(sentence=0), telling(sentence=9, **unnamed)) == VETO
    assert told_together(telling(sentence=0), telling(sentence=9)) == 0.0


def test_every_function_explains_itself() -> None:
    assert all(function.__doc__ for function, _ in WEIGHTS)
    assert all(weight > 0 for _, weight in WEIGHTS)


@pytest.mark.parametrize("function", [function for function, _ in WEIGHTS])
def test_likeness_has_no_direction(function: Callable[[Told, Told], float], telling: Telling) -> None:
    one = telling()
    for changes in (
        {"mode": None},
        {"time": day("2023-09-14")},
        {"place": spot(55.75, 37.6)},
        {"recipients": (RUSSIA,)},
    ):
        other = telling(sense="talk", **changes)
        assert function(one, other) == function(other, one)


DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(DEGREES, DEGREES)
def test_distances_are_symmetric_and_at_most_half_around_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    distance = distance_km(one, other)
    assert distance == pytest.approx(distance_km(other, one), abs=1e-6)
    assert 0 <= distance <= math.pi * 6371.0 + 1
    assert distance_km(one, one) == pytest.approx(0, abs=1e-6)


def test_the_distance_of_two_known_cities() -> None:
    assert distance_km((55.7558, 37.6173), (48.8566, 2.3522)) == pytest.approx(2486, abs=5)


def test_one_objection_outweighs_all_else(telling: Telling) -> None:
    assert likeness(telling(), telling(time=day("2020-01-01"))) == VETO


def test_reports_without_anything_known_are_not_one_event(telling: Telling) -> None:
    bare: dict[str, object] = {
        "actors": (),
        "recipients": (),
        "time": None,
        "place": None,
        "quantities": (),
        "sentence": 7,
    }
    assert likeness(telling(), telling(sense="other", **bare)) < THRESHOLD


@pytest.mark.parametrize(
    ("speaker", "factuality", "value"),
    [
        (Source(0, 1, "Moscow", None, "RUSGOV", "official", "denied", "denies"), "denied", 1.0),
        (Source(0, 1, "Kim", None, "PRKGOV", "official", "denied", "denies"), "denied", 0.0),
        (Source(0, 1, "Moscow", None, "RUSGOV", "official", "said"), "actual", 0.0),
        (Source(0, 1, "Russia", None, None, "official", "denied", "denies"), "denied", 1.0),
    ],
)
def test_that_the_accused_denies_it_speaks_for_one_event(
    speaker: Source, factuality: str, value: float, telling: Telling
) -> None:
    claim = telling(actors=(replace(RUSSIA, text="Russia"),), factuality="actual")
    denial = telling(factuality=factuality, attribution=(speaker,))
    assert denied_by_accused(claim, denial) == value
    assert denied_by_accused(denial, claim) == value


def test_police_of_no_state_are_one_side_and_rebels_another(telling: Telling) -> None:
    police = ActorSpan(0, 1, "p", "police", None, None, "COP", None)
    rebels = ActorSpan(0, 1, "r", "rebels", None, None, "REB", None)
    one = telling(actors=(police,), recipients=(), symmetric=False)
    assert same_sides(one, telling(actors=(police,), recipients=(), symmetric=False)) == 0.25
    assert same_sides(one, telling(actors=(rebels,), recipients=(), symmetric=False)) == VETO


def test_a_told_report_keeps_its_report(telling: Telling) -> None:
    assert isinstance(telling().report, Report)
