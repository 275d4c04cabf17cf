from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.evaluate.relations import (
    QUADS,
    GoldPair,
    calibration_error,
    folds,
    measure,
    read_pairs,
    roots,
    scores,
    unmark,
)

SET = Path(__file__).parents[2] / "../shared/eval/plv/train.tsv"
HEADER = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"


def pair(root: str, sentence: str = "A met B.") -> GoldPair:
    return GoldPair("1", sentence, (0, 1), (6, 7), root, QUADS[root])


def written(folder: Path, *lines: str) -> Path:
    path = folder / "set.tsv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_marks_become_offsets_of_the_plain_sentence() -> None:
    assert unmark("<s>A</s> met <t>B</t>.") == ("A met B.", {"s": (0, 1), "t": (6, 7)})


def test_the_first_of_two_marks_counts_and_an_empty_one_does_not() -> None:
    assert unmark("<t></t><t>B</t> saw <t>B</t>")[1] == {"t": (0, 1)}


@given(st.text(alphabet="ab <>/st", max_size=30))
def test_unmarking_any_text_gives_spans_inside_it(text: str) -> None:
    plain, spans = unmark(text)
    assert all(0 <= start < end <= len(plain) for start, end in spans.values())


def test_concede_and_retreat_are_read_as_one_root(tmp_path: Path) -> None:
    path = written(tmp_path, "7\tx\t<s>A</s> left <t>B</t>\tA\tB\tRETREAT\t2")
    assert read_pairs(path)[0].root == "YIELD"


def test_a_side_that_is_not_named_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, "7\tx\t<s>Teachers</s> went on strike.\tTeachers\ta recipient\tPROTEST\t4")
    assert read_pairs(path)[0].recipient is None


@pytest.mark.parametrize(
    "line", ["7\tx\tno marks\tA\tB\tAID\t2", "7\tx\t<s>A</s>\tA\tB\tHUG\t2", "7\tx\t<s>A</s>\tA\tB\tAID\t9"]
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(UsageError, match="item 1"):
        read_pairs(written(tmp_path, line))


def test_a_missing_file_and_a_missing_column_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.tsv"):
        read_pairs(tmp_path / "nowhere.tsv")
    path = tmp_path / "other.tsv"
    path.write_text("a\tb\n", "utf-8")
    with pytest.raises(UsageError, match="no column sentence_id"):
        read_pairs(path)


def test_folds_keep_a_sentence_together_and_use_every_item_once() -> None:
    pairs = [pair(root, f"sentence {n // 2}") for n, root in enumerate(["AID", "REJECT", "CONSULT"] * 20)]
    found = folds(pairs)
    assert sorted(n for fold in found for n in fold) == list(range(60))
    where = {n: k for k, fold in enumerate(found) for n in fold}
    assert all(where[n] == where[n + 1] for n in range(0, 60, 2))


def test_folds_do_not_depend_on_the_order_of_the_set() -> None:
    pairs = [pair("AID", f"sentence {n}") for n in range(20)]
    sentences = [{pairs[n].sentence for n in fold} for fold in folds(pairs)]
    turned = pairs[::-1]
    assert sentences == [{turned[n].sentence for n in fold} for fold in folds(turned)]


def test_concede_and_retreat_are_added_before_the_answer_is_chosen() -> None:
    answer = {"CONCEDE": 0.3, "RETREAT": 0.3, "AGREE": 0.4}
    assert roots(answer)["YIELD"] == pytest.approx(0.6)
    assert measure([pair("YIELD")], [answer]).accuracy == 1


def test_an_answer_of_none_is_wrong_and_listed() -> None:
    result = measure([pair("AID"), pair("AID")], [{"AID": 0.9, "NONE": 0.1}, {"AID": 0.2, "NONE": 0.8}])
    assert result.accuracy == 0.5
    assert [(error.gold, error.got) for error in result.errors] == [("AID", "NONE")]
    assert result.confusion == {"AID": {"AID": 1, "NONE": 1}}
    assert result.quads[0].recall == 0.5


def test_scores_are_precision_recall_and_f1() -> None:
    aid, reject = scores(["AID", "AID", "REJECT"], ["AID", "REJECT", "REJECT"])
    assert (aid.precision, aid.recall, aid.f1) == (1, 0.5, pytest.approx(2 / 3))
    assert (reject.precision, reject.recall) == (0.5, 1)


def test_calibration_error_is_the_gap_between_confidence_and_share_right() -> None:
    assert calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0)
    assert calibration_error([1.0, 1.0], [True, False]) == pytest.approx(0.5)


@pytest.mark.skipif(not SET.is_file(), reason="the development set plv is not beside the project")
def test_the_development_set_is_read_whole() -> None:
    pairs = read_pairs(SET)
    assert len(pairs) == 1050
    assert all(pair.actor or pair.recipient for pair in pairs)
    assert all(pair.sentence.strip() for pair in pairs)
