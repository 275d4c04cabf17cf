from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.evaluate.factuality import NUMBERS, Rated, RatedEvent, read_polarities, read_rated
from dragoman.evaluate.factuality_measures import (
    class_of,
    label_class,
    measure_numbers,
    measure_polarity,
    pearson,
)
from dragoman.model.report import FACTUALITIES

TIMEML = """<?xml version="1.0" ?><TimeML><DOCID>x</DOCID><TEXT>
They did not <EVENT eid="e1" class="OCCURRENCE">meet</EVENT> but <EVENT eid="e2">could <EVENT eid="e3">talk</EVENT></EVENT>.
</TEXT>{instances}</TimeML>"""
INSTANCE = '<MAKEINSTANCE eventID="{}" eiid="{}" polarity="{}" modality="{}"/>'


def row(*targets: tuple[int, int, float], text: str = "They met .") -> str:
    listed = [{"span1": [a, b], "label": n} for a, b, n in targets]
    return json.dumps({"text": text, "targets": listed})


def test_word_spans_become_character_spans(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text(row((1, 2, 3.0)) + "\n\n" + row((0, 2, -1.5), (1, 2, 0)) + "\n", "utf-8")
    first, second = read_rated(path)
    assert (first.name, [first.text[e.start : e.end] for e in first.events]) == ("dev.jsonl:1", ["met"])
    assert [second.text[e.start : e.end] for e in second.events] == ["They met", "met"]
    assert [event.number for event in second.events] == [-1.5, 0]


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "null", '{"text": "a"}', '{"text": 1, "targets": []}', row((1, 9, 0)), row((2, 2, 0)),
        row((-1, 1, 0)), row((0, 1, 4)), '{"text": "a b", "targets": [{"span1": [0], "label": 1}]}',
    ],
)  # fmt: skip
def test_a_line_of_another_shape_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(row((1, 2, 3.0)) + "\n" + line + "\n", "utf-8")
    with pytest.raises(UsageError, match=r"odd\.jsonl:2: no rated sentence"):
        read_rated(path)


def test_what_cannot_be_read_or_is_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_rated(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    with pytest.raises(UsageError, match="no rated events"):
        read_rated(tmp_path / "empty.jsonl")
    with pytest.raises(UsageError, match=r"no \*\.tml"):
        read_polarities(tmp_path)


@given(st.text(max_size=80))
def test_any_line_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(UsageError):
        read_rated(path)


def timeml(path: Path, *instances: tuple[str, str, str]) -> None:
    made = "".join(INSTANCE.format(event, event, polarity, modal) for event, polarity, modal in instances)
    path.write_text(TIMEML.format(instances=made), "utf-8")


def test_timeml_gives_spans_polarity_and_modal_words(tmp_path: Path) -> None:
    timeml(
        tmp_path / "a.tml",
        ("e1", "NEG", ""),
        ("e2", "POS", "COULD"),
        ("e3", "POS", "none"),
        ("e9", "POS", ""),
    )
    (one,), left_out = read_polarities(tmp_path)
    found = [(one.text[e.start : e.end], e.polarity, e.modality) for e in one.events]
    assert found == [("meet", "NEG", ""), ("could talk", "POS", "could"), ("talk", "POS", "")]
    assert left_out == ()


def test_a_file_with_its_polarity_turned_round_is_left_out(tmp_path: Path) -> None:
    timeml(tmp_path / "a.tml", ("e1", "NEG", ""), ("e2", "POS", ""))
    timeml(tmp_path / "b.tml", ("e1", "POS", ""), ("e2", "NEG", ""), ("e3", "NEG", ""))
    rated, left_out = read_polarities(tmp_path)
    assert ([one.name for one in rated], left_out) == (["a.tml"], ("b.tml",))


@pytest.mark.parametrize("content", ["", "<TimeML/>", "<TimeML><TEXT>", "words"])
def test_what_is_no_timeml_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "odd.tml").write_text(content, "utf-8")
    with pytest.raises(UsageError, match=r"odd\.tml: no TimeML"):
        read_polarities(tmp_path)


def test_text_nested_without_end_is_refused(tmp_path: Path) -> None:
    deep = "<s>" * 5000 + "</s>" * 5000
    (tmp_path / "deep.tml").write_text(f"<TimeML><TEXT>{deep}</TEXT></TimeML>", "utf-8")
    with pytest.raises(UsageError, match="nested more than 50 deep"):
        read_polarities(tmp_path)


@pytest.mark.parametrize("label", FACTUALITIES)
def test_the_number_of_a_label_is_in_its_class(label: str) -> None:
    assert class_of(NUMBERS[label]) == label_class(label)


@pytest.mark.parametrize(
    ("number", "name"),
    [(3, "happened"), (2.01, "happened"), (2, "open"), (-1.5, "open"), (-1.51, "did not"), (-3, "did not")],
)
def test_ratings_fall_into_three_classes(number: float, name: str) -> None:
    assert class_of(number) == name


def answers(*labels: str) -> list[list[tuple[str, str]]]:
    """Return what was told of the events of one text."""
    return [[(label, "a rule") for label in labels]]


def test_numbers_are_measured_as_correlation_error_and_classes() -> None:
    events = tuple(RatedEvent(0, 1, number) for number in (3.0, 2.5, 0.0, -3.0))
    steps: list[int] = []
    result = measure_numbers(
        [Rated("x:1", "abc", events)], answers("actual", "denied", "demanded", "denied"), steps.append
    )  # fmt: skip
    assert (result.count, steps) == (4, [1])
    assert result.mean_error == pytest.approx(5.5 / 4)
    assert result.pearson == pytest.approx(pearson([3, -3, 0, -3], [3, 2.5, 0, -3]))
    figures = {one.name: (one.count, one.given, one.right) for one in result.classes}
    assert figures == {"happened": (2, 1, 1), "open": (1, 1, 1), "did not": (1, 2, 1)}
    assert result.labels["denied"] == (2, -0.25)
    assert [(error.gold, error.label, error.around) for error in result.errors] == [
        ("+2.5", "denied", "[a]bc")
    ]


def test_polarity_is_measured_on_denied_events_and_modal_words_are_told() -> None:
    events = (
        RatedEvent(0, 1, polarity="NEG"), RatedEvent(0, 1, polarity="NEG", modality="may"), RatedEvent(0, 1, polarity="POS"),
    )  # fmt: skip
    result = measure_polarity(
        [Rated("x", "abc", events)], ("y",), answers("denied", "possible", "denied"), lambda _: None
    )
    assert (result.denied.count, result.denied.given, result.denied.right) == (2, 2, 1)
    assert (result.denied.precision, result.denied.recall) == (0.5, 0.5)
    assert result.modal == {"may": {"possible": 1}}
    assert [error.gold for error in result.errors] == ["NEG", "POS"]
    assert result.left_out == ("y",)


def test_nothing_varies_without_a_correlation() -> None:
    assert pearson([1, 1], [0, 3]) == 0
