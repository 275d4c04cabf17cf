from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.cli.app import run
from dragoman.evaluate.record_matching import Stage, reading_of
from dragoman.evaluate.record_measures import Outcome, judge, totals
from dragoman.evaluate.records import GoldActor, GoldRecord, GoldSet, read_records
from dragoman.knowledge.lexicon import load_lexicon
from dragoman.reading.article import Article

HEADER = "sentence_id\tmarked_sentence\tgold_root\tgold_penta\n"
CASES = Path(__file__).parent / "records_cases.tsv"


def cases() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="session")
def become(read: Callable[..., Article]) -> Callable[..., tuple[Outcome, ...]]:
    def of(*records: GoldRecord) -> tuple[Outcome, ...]:
        return tuple(judge(records, reading_of(read(records[0].sentence), load_lexicon())))

    return of


def record_of(folder: Path, marked: str, root: str) -> GoldRecord:
    path = folder / "pairs.tsv"
    path.write_text(f"{HEADER}1\t{marked}\t{root}\t1\n", "utf-8")
    return read_records(path).records[0]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['root']} {case['marked']}")
def test_a_reading_is_judged_and_a_miss_has_one_stage(
    case: dict[str, str], become: Callable[..., tuple[Outcome, ...]], tmp_path: Path
) -> None:
    root = "YIELD" if case["root"] == "RETREAT" else case["root"]
    (outcome,) = become(record_of(tmp_path, case["marked"], root))
    assert "|".join(f"{r.event_type} {r.verdict}" for r in outcome.reports) == (case["verdicts"] or "")
    assert (outcome.right, outcome.stage) == (case["right"] == "yes", case["stage"])


def test_a_report_that_is_right_for_one_record_of_a_sentence_is_not_wrong_for_another(
    become: Callable[..., tuple[Outcome, ...]], tmp_path: Path
) -> None:
    sentence = "<s>Fiji</s> condemned <t>Tonga</t> and attacked Tonga."
    accuse, assault = (record_of(tmp_path, sentence, root) for root in ("ACCUSE", "ASSAULT"))
    both = become(accuse, assault)
    assert all(outcome.right for outcome in both)
    assert {report.verdict for report in both[0].reports} == {"right"}


def test_a_party_whose_words_are_not_there_is_told_by_its_codes(
    become: Callable[..., tuple[Outcome, ...]],
) -> None:
    fiji = GoldActor("the Fijian side", (), "FJI", "GOV")
    record = GoldRecord("1", "Fiji condemned Tonga.", "ACCUSE", ("ACCUSE",), (fiji,), ())
    assert become(record)[0].right
    other = replace(record, sources=(replace(fiji, country="TON"),))
    assert not become(other)[0].right


def test_countries_are_those_of_the_mentions_at_the_words(become: Callable[..., tuple[Outcome, ...]]) -> None:
    fiji, tonga = GoldActor("Fiji", ((0, 4),), "FJI", None), GoldActor("Tonga", ((15, 20),), "WSM", None)
    record = GoldRecord("1", "Fiji condemned Tonga.", "ACCUSE", ("ACCUSE",), (fiji,), (tonga,))
    found = become(record)
    result = totals(GoldSet("plover-gsr", (record,)), found)
    assert result.countries == {"source": (1, 1), "target": (0, 1)}


def test_figures_count_items_and_the_reports_of_a_sentence_once(
    become: Callable[..., tuple[Outcome, ...]], tmp_path: Path
) -> None:
    right, wrong = (
        record_of(tmp_path, "<s>Fiji</s> condemned <t>Tonga</t>.", root) for root in ("ACCUSE", "REJECT")
    )
    other = record_of(tmp_path, "<s>Fiji</s> condemned <t>Samoa</t>.", "AID")
    found = [*become(right, wrong), *become(other)]
    result = totals(GoldSet("plv", (right, wrong, other)), found)
    assert (result.items, result.sentences, result.right, result.one_side) == (3, 2, 1, 1)
    assert result.reports == {"right": 1, "incomplete": 0, "wrong": 1, "unjudged": 0}
    assert result.wrong_per_right == 1
    assert result.stages == {Stage.TYPE: 2}
    assert result.labels == {"ACCUSE": (1, 1), "AID": (0, 1), "REJECT": (0, 1)}
    assert result.confusion["AID"] == {"ACCUSE": 1}


def table(folder: Path) -> Path:
    path = folder / "pairs.tsv"
    path.write_text(
        f"{HEADER}1\t<s>Fiji</s> condemned <t>Tonga</t>.\tACCUSE\t3\n"
        "2\t<s>Fiji</s> sent aid to <t>Samoa</t>.\tREJECT\t3\n", "utf-8",
    )  # fmt: skip
    return path


def test_the_command_prints_figures_stages_and_misses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "records", str(table(tmp_path)), "--errors", "1"]) == 0
    words = capsys.readouterr().out
    assert words.startswith("== plv: 2 items in 2 sentences\n")
    assert "\nwrong type             1   50.0%   AID 1\n" in words
    assert "\n1 miss:\n  2 (wrong type: AID)\n    Fiji sent aid to Samoa.\n" in words
    assert run(["evaluate", "records", str(table(tmp_path)), "--errors", "0"]) == 0
    assert "miss" not in capsys.readouterr().out


def test_the_command_prints_everything_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "records", str(table(tmp_path)), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["items"], result["right"], len(result["outcomes"])) == (2, 1, 2)
    assert result["outcomes"][1]["stage"] == "wrong type"


def test_a_missing_set_is_wrong_use(tmp_path: Path) -> None:
    assert run(["evaluate", "records", str(tmp_path / "none.tsv")]) == 2


@pytest.mark.parametrize(("name", "items"), [("plover-gsr/records.json", 30), ("plv/train.tsv", 1050)])
def test_the_development_sets_are_read_whole(shared: Path, name: str, items: int) -> None:
    gold = read_records(shared / "eval" / name)
    assert len(gold.records) == items
    assert all(record.types and (record.sources or record.targets) for record in gold.records)
    assert all("{" not in record.sentence for record in gold.records)
