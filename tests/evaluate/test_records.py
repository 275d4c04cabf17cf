from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.evaluate.markup import find_words, place, plain
from dragoman.evaluate.records import DATA, acceptable, read_records
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.tables import read_table

HEADER = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"


def coded(**changes: Any) -> dict[str, Any]:
    return {
        "id": "one",
        "date": "2000-01-01",
        "event": "DEMAND",
        "source": [{"actorText": "Fiji", "code": "FJI"}],
        "target": [{"actorText": "Tongan envoys", "code": "ITL", "sector": "GOVxyz"}],
        "text": "{Fiji asked ``Tongan envoys'' to leave Fiji.}",
        "textInfo": {"markup": "{(SRC: Fiji) (EVT: asked} (TAR: Tongan envoys) (LOC:to leave (LOC: Fiji))."},
        **changes,
    }


def written(folder: Path, content: object) -> Path:
    path = folder / "records.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_a_record_loses_its_markup_and_keeps_where_the_parties_stand(tmp_path: Path) -> None:
    (record,) = read_records(written(tmp_path, [coded()])).records
    assert record.sentence == 'Fiji asked "Tongan envoys" to leave Fiji.'
    assert [record.sentence[a:b] for party in record.targets for a, b in party.spans] == ["Tongan envoys"]
    assert record.sources[0].spans == ((0, 4),)
    assert [record.sentence[a:b] for a, b in record.triggers] == ["asked"]


def test_older_labels_codes_and_placeholder_dates_are_translated(tmp_path: Path) -> None:
    (record,) = read_records(written(tmp_path, [coded()])).records
    assert (record.label, record.types, record.published) == ("DEMAND", ("REQUEST",), None)
    assert (record.targets[0].country, record.targets[0].sector) == ("ITA", "GOV")
    (dated,) = read_records(written(tmp_path, [coded(date="2016-05-04")])).records
    assert dated.published == "2016-05-04"


def test_words_that_are_not_in_the_sentence_stand_at_their_marks_or_nowhere(tmp_path: Path) -> None:
    loose = [{"actorText": "Fijian envoys", "code": "FJI"}]
    marked, unmarked = read_records(
        written(tmp_path, [coded(source=loose), coded(source=loose, textInfo={})])
    ).records
    assert marked.sources[0].spans == ((0, 4),)
    assert unmarked.sources[0].spans == ()


def test_a_side_may_be_left_open(tmp_path: Path) -> None:
    record = coded()
    del record["target"]
    assert read_records(written(tmp_path, [record])).records[0].targets == ()


def test_a_table_of_pairs_gives_every_place_of_the_marked_words(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(
        f"{HEADER}7\tx\t<s>Fiji</s> left Tonga; Fiji paid.\tFiji\ta recipient\tYIELD\t2\n", "utf-8"
    )
    gold = read_records(path)
    (record,) = gold.records
    assert gold.kind == "plv"
    assert record.types == ("CONCEDE", "RETREAT")
    assert record.sources[0].spans == ((0, 4), (17, 21))
    assert record.targets == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([coded(event="HUG")], "record 1: unknown label 'HUG'"),
        ([{"id": "x"}], "record 1: expected"),
        (["x"], "record 1: expected"),
        ([coded(source=["x"])], "record 1: expected"),
        ({}, "expected a list"),
        ([], "holds no records"),
    ],
)
def test_a_broken_set_is_told_in_one_line(tmp_path: Path, content: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_records(written(tmp_path, content))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.json"):
        read_records(tmp_path / "nowhere.json")
    broken = tmp_path / "broken.json"
    broken.write_text("[{", "utf-8")
    with pytest.raises(UsageError, match="neither JSON nor a table"):
        read_records(broken)
    broken.write_bytes(b"\xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_records(broken)


def test_every_older_label_means_types_of_today_and_says_why() -> None:
    rows = list(read_table(DATA / "older-labels.tsv", ("set", "label", "types", "reason")))
    assert all(set(row.items("types")) <= set(load_ontology().types) and row["reason"] for row in rows)
    assert acceptable("plover-gsr", "AID") == ("AID",)
    assert acceptable("plv", "FIGHT") == ()


@given(st.text(alphabet="ab(){}: `'SRCTA/", max_size=40))
def test_any_markup_gives_spans_inside_the_plain_text(marked: str) -> None:
    text, tags = plain(marked)
    assert all(0 <= start <= end <= len(text) + 1 for spans in tags.values() for start, end in spans)
    assert all(text[a:b] for spans in place(marked, text).values() for a, b in spans)


def test_brackets_that_are_no_markup_stay() -> None:
    assert plain("(SRC: The bloc (EU)) met{.}")[0] == "The bloc (EU) met."


def test_the_nearest_of_several_places_is_marked() -> None:
    assert place("Fiji met (TAR: Fiji)", "Fiji met Fiji") == {"TAR": ((9, 13),)}


def test_words_are_found_whole_only() -> None:
    assert find_words("Iran", "Iranians left Iran") == ((14, 18),)
    assert find_words("", "Iran") == ()
