from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import UsageError
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument
from dragoman.model.when import TimeSpan
from dragoman.store import Filters, Store

OPEN = TimeSpan(0, 9, "Wednesday", None, None, "day", anchored=False)
MAY = TimeSpan(0, 3, "May", "2022-05-01", "2022-05-31", "month", anchored=True)
UKRAINE = (ActorSpan(0, 7, "Ukraine", "Ukraine", "UKR", "UKR", None, None),)
RUSSIA = (ActorSpan(0, 5, "Moscow", "Russia", "RUSMIL", "RUS", "MIL", None),)


@pytest.fixture
def store(tmp_path: Path, make_coded: Callable[..., CodedDocument]) -> Iterator[Store]:
    with Store(tmp_path / "s.duckdb") as opened:
        opened.write(
            [
                make_coded(
                    reports=(
                        {},
                        {"event_type": "ASSAULT", "quad": 4, "symmetric": False, "actors": RUSSIA,
                         "recipients": UKRAINE, "time": MAY, "place": None, "attribution": ()},
                        {"event_type": "REQUEST", "time": OPEN, "actors": (), "recipients": (), "place": None,
                         "factuality": "possible", "attribution": ()},
                    )
                )
            ]
        )  # fmt: skip
        yield opened


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["ASSAULT", "CONSULT", "REQUEST"]),
        ({"actor": "RUS"}, ["ASSAULT", "CONSULT"]),  # a symmetric event has both sides on either
        ({"actor": "RUSMIL"}, ["ASSAULT"]),
        ({"actor": "russia"}, ["ASSAULT"]),
        ({"actor": "putin"}, ["CONSULT"]),
        ({"recipient": "UKR"}, ["ASSAULT"]),
        ({"dyad": ("UKR", "RUS")}, ["ASSAULT"]),
        ({"dyad": ("RUS", "PRK")}, ["CONSULT"]),
        ({"event_type": "assault"}, ["ASSAULT"]),
        ({"quad": 4}, ["ASSAULT"]),
        ({"since": "2022-05-31", "until": "2023-09-11"}, ["ASSAULT"]),
        ({"since": "2023-09-12"}, ["CONSULT"]),
        ({"until": "2022-04-30"}, []),
        ({"country": "rus"}, ["CONSULT"]),
        ({"source": "tass"}, ["CONSULT"]),
        ({"source": "the post"}, ["ASSAULT", "CONSULT", "REQUEST"]),
        ({"factuality": "possible"}, ["REQUEST"]),
        ({"min_sources": 2}, []),
        ({"actor": "x'; DROP TABLE events; --"}, []),
    ],
)
def test_filters_find_what_they_say(store: Store, filters: dict[str, Any], found: list[str]) -> None:
    assert [event.event_type for event in store.events(Filters(**filters))] == found


def test_reports_take_the_same_filters(store: Store) -> None:
    assert [stored.report.event_type for stored in store.reports(Filters(actor="RUS", quad=4))] == ["ASSAULT"]


def test_reports_have_no_number_of_sources(store: Store) -> None:
    with pytest.raises(UsageError, match="only events"):
        list(store.reports(Filters(min_sources=2)))


def test_documents_are_found_by_outlet_and_date(store: Store) -> None:
    assert [stored.reports for stored in store.documents(outlet="post", since="2023-09-13")] == [3]
    assert list(store.documents(outlet="times")) == []
    assert list(store.documents(until="2023-09-12")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "yesterday"},
        {"until": "2023-9-1"},
        {"factuality": "sure"},
        {"quad": 5},
        {"since": "2023-02-30"},
    ],
)
def test_a_wrong_filter_is_a_usage_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong))):
        Filters(**wrong)
