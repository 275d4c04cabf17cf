from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.evaluate.alignment import align, side_right, sides_right
from dragoman.evaluate.annotation import GoldActor, Page
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument

Coded = Callable[..., CodedDocument]
Gold = Callable[..., dict[str, Any]]
MakePage = Callable[..., Page]


def actor(code: str | None) -> ActorSpan:
    return ActorSpan(0, 2, "On", None, code, None, None, None)


@pytest.mark.parametrize(
    ("gold", "got", "right"),
    [
        ([], [], True),
        ([], [None], True),
        ([], ["PRKGOV"], False),
        ([("PRKGOV",)], ["PRKGOV"], True),
        ([("PRKGOV",)], [], False),
        ([("PRKGOV",)], ["PRK"], False),
        ([("PRK",)], ["PRKGOV"], False),
        ([("PRK", "PRKGOV")], ["PRKGOV"], True),
        ([("PRKGOV",)], ["RUSGOV", "PRKGOV"], True),
        ([("PRKGOV",), ("RUSGOV",)], ["PRKGOV"], False),
        ([()], [], True),
        ([()], ["RUS"], True),
    ],
)
def test_a_side_needs_one_code_of_each_gold_actor(
    gold: list[tuple[str, ...]], got: list[str | None], *, right: bool
) -> None:
    assert side_right([GoldActor("x", codes) for codes in gold], list(map(actor, got))) is right


def test_only_what_is_done_together_may_change_sides(
    make_page: MakePage, make_gold: Gold, make_coded: Coded
) -> None:
    turned = {"actors": (actor("RUSGOV"),), "recipients": (actor("PRKGOV"),)}
    (report,) = make_coded(reports=(turned,)).reports
    for symmetric in (True, False):
        (gold,) = make_page(make_gold(symmetric=symmetric)).reports
        assert sides_right(gold, report) == (symmetric, symmetric)


def test_a_report_with_the_trigger_answers_whatever_else_is_wrong(
    make_page: MakePage, make_gold: Gold, make_coded: Coded
) -> None:
    coded = make_coded(reports=({"event_type": "AID", "actors": (), "recipients": ()},))
    assert align(make_page(make_gold()).reports, coded.reports) == {"r01": coded.reports[0]}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"event_type": "CONSULT"}, True),
        ({"event_type": "AID"}, False),
        ({"event_type": "CONSULT", "actors": ()}, False),
    ],
)
def test_another_trigger_answers_only_with_type_and_sides_right(
    make_page: MakePage, make_gold: Gold, make_two: Coded, changes: dict[str, Any], *, found: bool
) -> None:
    _, looked = make_two(**changes).reports
    assert bool(align(make_page(make_gold()).reports, [looked])) is found


def test_pairs_are_one_to_one_and_the_best_come_first(
    make_page: MakePage, make_gold: Gold, make_two: Coded
) -> None:
    golds = make_page(make_gold("looked", id="look"), make_gold(id="meet")).reports
    met, looked = make_two(event_type="CONSULT").reports
    assert align(golds, [met, looked]) == {"meet": met, "look": looked}
    assert align(golds, [met]) == {"meet": met}


def test_of_two_reports_with_the_trigger_the_right_one_is_taken(
    make_page: MakePage, make_gold: Gold, make_coded: Coded
) -> None:
    coded = make_coded(reports=({"event_type": "AID"}, {}))
    assert align(make_page(make_gold()).reports, coded.reports) == {"r01": coded.reports[1]}
