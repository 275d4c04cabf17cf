"""Retellings of one event become one event; what differs in kind, side or reality stays apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.merging.within import count_sources, merge
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument, Event
from dragoman.model.report import Report
from dragoman.model.speech import Source
from dragoman.model.when import TimeSpan

Coded = Callable[..., CodedDocument]
TRUMP = ActorSpan(0, 5, "Trump", "Donald Trump", "USAGOV", "USA", "GOV", "usa.donald-trump")
WEDNESDAY = TimeSpan(0, 2, "On", "2023-09-13", "2023-09-13", "day", anchored=True)
MONTH_LATER = TimeSpan(0, 2, "On", "2023-10-13", "2023-10-13", "day", anchored=True)


def merged(coded: CodedDocument) -> tuple[Event, ...]:
    """Merge the reports of a record anew, all triggers meaning the same."""
    return merge(coded.document, coded.reports, lambda _: "meet")


def test_two_tellings_become_one_event_with_two_reports(make_coded: Coded) -> None:
    """The plain case."""
    coded = make_coded(reports=({}, {"confidence": 0.5}))
    (event,) = merged(coded)
    assert event.reports == tuple(report.id for report in coded.reports)


def test_sides_told_in_the_other_order_are_the_same_meeting(make_coded: Coded) -> None:
    """Who met whom has no direction."""
    coded = make_coded()
    (report,) = coded.reports
    turned = replace(report, id="turned", actors=report.recipients, recipients=report.actors)
    assert len(merge(coded.document, [report, turned], lambda _: "meet")) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"event_type": "ASSAULT"},
        {"factuality": "planned"},
        {"recipients": (TRUMP,)},
        {"time": MONTH_LATER},
    ],
)
def test_what_differs_stays_apart(make_coded: Coded, changes: dict[str, object]) -> None:
    """Another type, only planned, another side, another month: another event."""
    assert len(merged(make_coded(reports=({}, changes)))) == 2


def test_days_that_disagree_are_one_event_with_a_conflict(make_coded: Coded) -> None:
    """Each value of the conflict names its report and on whose word it stands."""
    coded = make_coded(reports=({}, {"time": WEDNESDAY, "attribution": ()}))
    (event,) = merged(coded)
    (conflict,) = event.conflicts
    assert conflict.field == "date"
    assert [(value.value, value.said_by) for value in conflict.values] == [
        ("2023-09-12", ("TASS",)),
        ("2023-09-13", ("the article",)),
    ]


def test_a_denial_is_a_conflict_on_the_event_not_a_second_event(make_coded: Coded) -> None:
    """What A says happened and B denies is one event."""
    (event,) = merged(make_coded(reports=({}, {"factuality": "denied"})))
    assert [conflict.field for conflict in event.conflicts] == ["factuality"]


def test_the_same_source_twice_counts_once(make_coded: Coded) -> None:
    """Independent sources are counted by who is quoted."""
    (event,) = merged(make_coded(reports=({}, {"confidence": 0.5}, {"attribution": ()})))
    assert event.sources.independent == 2


TASS = Source(0, 4, "TASS", "TASS", "RUSMED", "agency", "said")
NOBODY = Source(0, 4, "sources", None, None, "anonymous", "said")
WITNESSES = Source(0, 4, "witnesses", None, None, "witness", "said")


@pytest.mark.parametrize(
    ("chains", "independent"),
    [
        (((TASS,), (TASS, NOBODY)), 1),
        (((TASS, NOBODY), (NOBODY,)), 2),
        (((), (NOBODY,)), 1),
        (((TASS,), (TASS, WITNESSES)), 2),
        (((WITNESSES,), (WITNESSES,)), 1),
    ],
)
def test_who_cannot_be_told_apart_is_no_source_of_his_own(
    chains: tuple[tuple[Source, ...], ...], independent: int, make_coded: Coded
) -> None:
    """The next one out vouches for unnamed people, in the end the article."""
    coded = make_coded(reports=tuple({"attribution": chain, "confidence": 0.5} for chain in chains))
    assert count_sources(coded.document, coded.reports).independent == independent


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    choices=st.lists(
        st.tuples(
            st.sampled_from(["CONSULT", "ASSAULT", "AID"]),
            st.sampled_from(["actual", "denied", "planned"]),
            st.sampled_from([None, WEDNESDAY, MONTH_LATER]),
        ),
        max_size=8,
    )
)
def test_every_report_is_in_exactly_one_event(
    make_coded: Coded, choices: list[tuple[str, str, TimeSpan | None]]
) -> None:
    """Merging only regroups: nothing is lost, nothing doubled."""
    changes = tuple(
        {"event_type": kind, "factuality": fact, "time": time, "id": f"r{number}"}
        for number, (kind, fact, time) in enumerate(choices)
    )
    coded = make_coded(reports=changes)
    events = merged(coded)
    assert sorted(i for event in events for i in event.reports) == sorted(r.id for r in coded.reports)


def test_merging_nothing_gives_nothing(make_coded: Coded) -> None:
    """No reports, no events."""
    reports: tuple[Report, ...] = ()
    assert merge(make_coded().document, reports, lambda _: "") == ()
