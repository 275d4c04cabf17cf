from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import SkipError
from dragoman.evaluate.annotation import GoldActor, GoldPlace, Page, find_pages, read_page

Gold = Callable[..., dict[str, Any]]
Write = Callable[..., Path]
EXAMPLES = Path(__file__).parents[2] / "examples/pages"
# A page is to be read and annotated in one sitting.
FEWEST_WORDS, MOST_WORDS = 150, 350
FEWEST_REQUIRED, MOST_REQUIRED = 8, 14


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.gold.json")), ids=lambda path: path.name)
def test_every_example_page_is_valid_and_of_the_size_we_promise(path: Path) -> None:
    page = read_page(path)
    assert FEWEST_WORDS <= len(page.text.split()) <= MOST_WORDS
    assert FEWEST_REQUIRED <= sum(report.required for report in page.reports) <= MOST_REQUIRED
    assert page.never


def test_every_example_text_has_its_annotation() -> None:
    texts = {path.stem for path in EXAMPLES.glob("*.txt")}
    assert texts == {path.name.removesuffix(".gold.json") for path in EXAMPLES.glob("*.gold.json")}
    assert len(texts) >= 8


def test_the_annotation_of_the_seed_page_is_read(shared: Path) -> None:
    page = read_page(shared / "seed/summit.gold.json")
    assert len(page.reports) == 21
    assert len(page.people) == 9


def test_all_keys_arrive(make_page: Callable[..., Page], make_gold: Gold) -> None:
    report = make_gold(
        symmetric=True, same_event="talks", mode="visit",
        date={"text": "Tuesday", "from": "2023-09-12", "to": "2023-09-12"},
        place={"text": "Vostochny", "country": "RUS", "near": [51.9, 128.3]},
        quantity={"text": "two missiles", "low": 2},
    )  # fmt: skip
    (read,) = make_page(report).reports
    assert read.date == ("2023-09-12", "2023-09-12")
    assert read.place == GoldPlace("Vostochny", "RUS", (51.9, 128.3), 60.0)
    assert read.quantity is not None
    assert read.quantity.high is None
    assert (read.symmetric, read.same_event, read.mode) == (True, "talks", "visit")


def test_what_is_left_out_is_not_scored(make_page: Callable[..., Page], make_gold: Gold) -> None:
    (read,) = make_page(make_gold(attribution=..., required=...)).reports
    assert read.attribution is None
    assert read.required is False
    assert read.mode is read.date is read.place is read.quantity is read.same_event is None


def test_no_attribution_and_an_empty_one_differ(make_page: Callable[..., Page], make_gold: Gold) -> None:
    page = make_page(make_gold(id="a", attribution=None), make_gold(id="b", attribution=[]))
    assert [report.attribution for report in page.reports] == [None, ()]


def test_accept_adds_codes_to_the_first(make_page: Callable[..., Page], make_gold: Gold) -> None:
    page = make_page(
        make_gold(),
        people=[{"text": "Kim", "code": "PRKGOV", "accept": ["PRK", "PRKGOV"]}, {"text": "Putin"}],
    )
    assert page.people == (GoldActor("Kim", ("PRKGOV", "PRK")), GoldActor("Putin"))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"factuality": ["sure"]}, "reports[0].factuality"),
        ({"factuality": ...}, "reports[0].factuality"),
        ({"event_types": ["MEET"]}, "reports[0].event_types"),
        ({"event_types": []}, "reports[0].event_types"),
        ({"mode": "ceasefire"}, "reports[0].mode"),
        ({"required": "yes"}, "reports[0].required"),
        ({"actors": "Kim"}, "reports[0].actors"),
        ({"actors": [{"text": "Kim"}]}, "reports[0].actors[0].start"),
        ({"trigger": {"start": 0, "end": 3, "text": "met"}}, "reports[0].trigger.start"),
        ({"trigger": {"start": -3, "end": 3, "text": "met"}}, "reports[0].trigger.start"),
        ({"sentence": {"start": 0, "end": 2, "text": "On"}}, "reports[0].trigger"),
        ({"date": {"from": "12 September", "to": "2023-09-12"}}, "reports[0].date.from"),
        ({"place": {"text": "Vostochny", "near": [51.9]}}, "reports[0].place.near"),
        ({"quantity": {"text": "two", "low": "two"}}, "reports[0].quantity.low"),
    ],
)
def test_a_fault_in_a_report_is_told_with_its_key(
    write_gold: Write, make_gold: Gold, changes: dict[str, Any], key: str
) -> None:
    with pytest.raises(SkipError) as fault:
        read_page(write_gold(make_gold(**changes)))
    assert str(fault.value).startswith(f"{key}: ")


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ({"document": ...}, "document"),
        ({"document": "elsewhere.txt"}, "elsewhere.txt"),
        ({"reports": ...}, "reports"),
        ({"people": [{"code": "PRKGOV"}]}, "people[0].text"),
        ({"notes": [{"kind": "odd"}]}, "notes[0].kind"),
        (
            {"notes": [{"kind": "contradiction", "field": "date", "same_event": "war", "values": []}]},
            "notes[0].same_event",
        ),
        ({"never": [{"why": "x", "event_types": ["MEET"]}]}, "never[0].event_types"),
        ({"never": [{"event_types": ["AID"]}]}, "never[0].why"),
    ],
)
def test_a_fault_elsewhere_is_told_with_its_key(
    write_gold: Write, make_gold: Gold, keys: dict[str, Any], key: str
) -> None:
    with pytest.raises(SkipError) as fault:
        read_page(write_gold(make_gold(same_event="talks"), **keys))
    assert str(fault.value).startswith(key)


def test_an_id_given_twice_is_refused(write_gold: Write, make_gold: Gold) -> None:
    with pytest.raises(SkipError, match="'r01' is given twice"):
        read_page(write_gold(make_gold(), make_gold("looked")))


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe"])
def test_a_file_that_is_no_annotation_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.gold.json"
    path.write_bytes(content)
    with pytest.raises(SkipError):
        read_page(path)


def test_a_folder_gives_its_annotations_in_order(write_gold: Write, tmp_path: Path) -> None:
    later, first = write_gold(name="b"), write_gold(name="a")
    assert find_pages([tmp_path, first]) == [first, later]


def test_an_empty_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SkipError, match=r"no \*\.gold\.json"):
        find_pages([tmp_path])
    with pytest.raises(SkipError, match="no such file"):
        find_pages([tmp_path / "missing.gold.json"])
