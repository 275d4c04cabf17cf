from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dragoman.model.actor import ActorSpan
from dragoman.model.report import Report
from dragoman.reading.article import Article

CASES = Path(__file__).parent / "speech_acts_cases.tsv"


def cases() -> list[tuple[str, ...]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["sentence"], row["about"], row["reports"] or "") for row in rows]


def side(spans: Sequence[ActorSpan]) -> str:
    return ",".join(span.code or span.text for span in spans)


def told(report: Report) -> str:
    return f"{report.event_type} {report.factuality} {side(report.actors)}>{side(report.recipients)}"


@pytest.mark.parametrize(("sentence", "about", "wanted"), cases())
def test_what_is_done_by_saying_so_is_told_as_in_the_table(
    sentence: str, about: str, wanted: str, *, read: Callable[..., Article]
) -> None:
    reports = sorted(read(sentence).reports, key=lambda report: report.start)
    assert "; ".join(told(report) for report in reports if report.event_type in about.split()) == wanted


def test_a_promise_points_at_the_words_of_saying_and_at_who_said_it(read: Callable[..., Article]) -> None:
    reports = read("The ELN said it would release two pilots.").reports
    promise = next(report for report in reports if report.event_type == "AGREE")
    assert (promise.text, promise.actors[0].text) == ("said", "ELN")


def test_a_refusal_takes_the_place_of_what_is_refused(read: Callable[..., Article]) -> None:
    (refusal,) = read("Slovakia says it will not accept Syrian refugees.").reports
    assert refusal.text == "will not accept"
    assert refusal.rules[0].startswith("lexicon:refusal.s")


def test_several_promises_in_one_breath_are_told_once(read: Callable[..., Article]) -> None:
    reports = read("Ghana said it would send food to Mali and would lift the ban on Niger.").reports
    assert [report.event_type for report in reports].count("AGREE") == 1
