from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.reading.resolving import default_resolver, resolve_actor

OFFICES, DATES = 40, 5


def cases(name: str) -> list[dict[str, str]]:
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


@pytest.mark.parametrize("case", cases("resolving_cases.tsv"), ids=lambda case: case["words"])
def test_words_resolve_in_the_light_of_context_and_date(case: dict[str, str]) -> None:
    actor = resolve_actor(case["words"], case["context"], case["date"] or None)
    assert (actor.code or "", actor.id or "") == (case["code"] or "", case["id"] or "")


def test_the_same_words_at_five_dates_are_five_holders() -> None:
    by_words: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in cases("holders.tsv"):
        by_words[row["words"]].append((row["date"], row["holder"]))
    assert len(by_words) >= OFFICES
    resolve = default_resolver().resolve
    wrong = []
    for words, expected in by_words.items():
        assert len({holder for _, holder in expected}) == DATES
        found = [(date, resolve(words, date=date).name) for date, _ in expected]
        wrong += [(words, *pair) for pair in zip(expected, found, strict=True) if pair[0] != pair[1]]
    assert wrong == []


def test_unknown_words_keep_their_text_and_what_they_tell() -> None:
    for words, country, sector in (
        ("Zibbeldorf Quux", None, None),
        ("gunmen", None, "UAF"),
        ("targets in Syria", "SYR", None),
        ("army accountant", None, "MIL"),
    ):
        actor = resolve_actor(words)
        assert (actor.name, actor.country, actor.sector, actor.id) == (words, country, sector, None)


def test_words_for_several_actors_are_no_single_one() -> None:
    context = "Armenia and Azerbaijan met in Geneva. Both sides agreed to go on."
    assert resolve_actor("Both sides", context).code is None


@pytest.mark.parametrize(
    ("words", "date"), [("", None), ("  ", None), ("Mali", "soon"), ("Mali", "2023-13-01")]
)
def test_no_words_and_no_date_are_wrong_use(words: str, date: str | None) -> None:
    with pytest.raises(UsageError):
        resolve_actor(words, date=date)


def test_a_time_of_day_is_a_date_too() -> None:
    assert resolve_actor("the Russian president", date="2010-05-01T08:00:00Z").name == "Dmitry Medvedev"
