"""TimeML files and the measures of time expressions."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import SkipError, UsageError
from dragoman.evaluate.time_measures import judge, totals
from dragoman.evaluate.timeml import Timex, find_timeml, read_timeml, times_of
from dragoman.model.when import TimeMention

FILE = """<?xml version="1.0" ?><TimeML><DCT>
<TIMEX3 tid="t0" type="DATE" value="1998-01-08" functionInDocument="CREATION_TIME">19980108</TIMEX3></DCT>
<TEXT>
On <TIMEX3 tid="t1" type="DATE" value="1998-01-05">Monday</TIMEX3> it <EVENT eid="e1">ended</EVENT> after
<TIMEX3 tid="t2" type="DURATION" value="P3Y">three <EVENT eid="e2">years</EVENT></TIMEX3>.
</TEXT></TimeML>"""
TEXT = "On Monday it ended after three years."


def gold(words: str, type_: str, value: str) -> Timex:
    start = TEXT.index(words)
    return Timex(start, start + len(words), words, type_, value)


def found(words: str, type_: str, value: str | None) -> TimeMention:
    start = TEXT.index(words)
    return TimeMention(
        start, start + len(words), words, None, None, None, anchored=False, value=value, type=type_
    )


def test_text_day_and_times_of_a_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(FILE, encoding="utf-8")
    (path,) = find_timeml(tmp_path)
    read = read_timeml(path)
    assert read.created == "1998-01-08"
    assert [(t.text, t.type, t.value) for t in times_of(read)] == [
        ("Monday", "DATE", "1998-01-05"),
        ("three years", "DURATION", "P3Y"),
    ]
    assert all(read.text[t.start : t.end] == t.text for t in times_of(read))


@pytest.mark.parametrize("content", ["no xml", "<TimeML></TimeML>"])
def test_what_is_no_timeml_is_skipped_with_the_reason(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.tml").write_text(content, encoding="utf-8")
    with pytest.raises(SkipError, match="no TimeML"):
        read_timeml(tmp_path / "a.tml")


def test_a_folder_without_timeml_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \*\.tml in this folder"):
        find_timeml(tmp_path)


def test_each_annotated_time_answers_one_found_time() -> None:
    golds = [gold("Monday", "DATE", "1998-01-05"), gold("three years", "DURATION", "P3Y")]
    answers = [
        found("On Monday", "DATE", "1998-01-12"),
        found("three", "DURATION", "P3Y"),
        found("it", "SET", "P1D"),
    ]
    result = totals(judge("a", TEXT, golds, answers), documents=1)
    assert (result.annotated, result.found, result.matched) == (2, 3, 2)
    assert result.relaxed == pytest.approx(0.8)
    assert result.strict == 0.0
    assert result.value == pytest.approx(0.4)
    assert result.type_accuracy == 1.0
    assert [verdict.kind for verdict in result.errors] == ["value", "extra"]


def test_nothing_annotated_and_nothing_found_is_no_division_by_zero() -> None:
    assert totals([], documents=0).relaxed == 0.0
