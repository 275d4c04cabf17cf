"""Tests of the coherence of an article's names: neighbours speak for each other, whatever each of them means."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.gazetteer import Candidate
from dragoman.reading.place_coherence import coherence, spot


def town(lat: float | None, lon: float | None, admin1: str = "A") -> Candidate:
    return Candidate("x", None, lat, lon, "USA", admin1, "PPL", 1_000, "city")


def test_the_candidate_beside_another_name_is_near() -> None:
    here, there = town(36.3, -88.3), town(33.7, -95.6, "B")
    county = town(36.33, -88.31)
    paris, henry = coherence([("paris", (here, there)), ("henry county", (county,))])
    assert paris[spot(here)].near > paris[spot(there)].near
    assert paris[spot(here)].division > paris[spot(there)].division
    assert (paris[spot(here)].alone, paris[spot(there)].alone) == (0.0, 1.0)
    assert henry[spot(county)].country > 0


def test_a_name_does_not_speak_for_itself() -> None:
    only = town(1.0, 1.0)
    (first, second) = coherence([("x", (only,)), ("x", (only,))])
    assert first[spot(only)].near == second[spot(only)].near == 0.0


@given(st.lists(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=3), max_size=6))
def test_all_shares_lie_between_0_and_1(places: list[list[tuple[float, float]]]) -> None:
    names = [(str(number), [town(*place) for place in found]) for number, found in enumerate(places)]
    for answer in coherence([*names, ("vague", [town(None, None)])]):
        for one in answer.values():
            assert all(0.0 <= share <= 1.0 for share in (one.near, one.division, one.country, one.alone))
