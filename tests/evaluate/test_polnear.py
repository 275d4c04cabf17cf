from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.evaluate.polnear import GoldAttribution, read_brat, read_polnear
from dragoman.model.span import Bounds

TEXT = '"We met," the minister said. "They left."'
LINES = (
    "T1\tSource 10 22\tthe minister",
    "T2\tCue 23 27\tsaid",
    'T3\tContent 0 9;29 41\t"We met," "They left."',
    "T4\tAttribution 23 27\tsaid",
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
)


def write(folder: Path, *lines: str, who: str = "4b22", text: str = TEXT) -> Path:
    for name in ("text", "attributions"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "text/paper_2016-03-11_a-day.txt").write_text(text, "utf-8")
    (folder / f"attributions/paper_2016-03-11_a-day_{who}.ann").write_text("\n".join(lines), "utf-8")
    return folder


def test_an_attribution_is_read_with_all_pieces_of_its_content(tmp_path: Path) -> None:
    (article,) = read_polnear(write(tmp_path, *LINES))
    assert article.document.published == "2016-03-11"
    ((gold,),) = article.readings
    assert gold == GoldAttribution((Bounds(10, 22),), (Bounds(23, 27),), (Bounds(0, 9), Bounds(29, 41)))


def test_each_annotator_is_a_reading_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, *LINES, who="ef2d")
    (article,) = read_polnear(write(tmp_path, who="4b22"))
    assert [len(reading) for reading in article.readings] == [0, 1]


def test_an_attribution_may_lack_a_source_but_not_cue_or_content(tmp_path: Path) -> None:
    lines = (
        *LINES[1:3],
        "E1\tAttribution-no-source:T4 Content:T3 Cue:T2",
        "E2\tAttribution:T4 Content:T9 Cue:T2",
    )
    ((gold,),) = read_polnear(write(tmp_path, *lines))[0].readings
    assert gold.source == ()


@pytest.mark.parametrize(
    ("line", "problem"),
    [("T1\tCue 5 99\tx", "5-99 is outside of the text of 41"), ("T1\tCue five 9\tx", "two whole numbers"), ("T1\tCue\tx", "two whole")],
)  # fmt: skip
def test_wrong_offsets_are_named_with_their_line(line: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=rf"a-day_4b22\.ann:2: .*{problem}"):
        read_polnear(write(tmp_path, LINES[0], line))


def test_a_folder_without_texts_or_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no text"):
        read_polnear(tmp_path)
    write(tmp_path)
    (tmp_path / "attributions/paper_2016-03-11_a-day_4b22.ann").unlink()
    with pytest.raises(UsageError, match="no text has an annotation"):
        read_polnear(tmp_path)


@given(annotation=st.text(alphabet="TE1: \t;09\nCueSource", max_size=60))
def test_any_annotation_is_read_or_refused(annotation: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("brat") / "any.ann"
    path.write_text(annotation, "utf-8")
    try:
        found = list(read_brat(path, TEXT))
    except UsageError:
        return
    assert all(gold.cue and gold.content for gold in found)
