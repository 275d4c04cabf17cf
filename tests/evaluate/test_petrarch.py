"""Reading of validation records, and what agrees."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.cli.app import run
from dragoman.cli.evaluate_petrarch import code_gold
from dragoman.errors import UsageError
from dragoman.evaluate.petrarch import Coding, codings_of, measure
from dragoman.evaluate.petrarch_records import Expected, read_gold
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument

SMALL = Path(__file__).parents[1] / "reading" / "petrarch" / "dictionaries"
RECORDS = """<Validation>
<!-- a comment -- with hyphens -->
<Environment><Verbfile>verbs.txt</Verbfile><Actorfile>actors.txt</Actorfile>
<Agentfile>agents.txt</Agentfile><Discardfile>discards.txt</Discardfile></Environment>
<Sentences>
<Sentence date="20100101" id="A1" category="A" sentence="true">
<EventCoding sourcecode="SYL" targetcode="BOR" eventcode="111"></EventCoding>
<Text>Syldavia condemned
Borduria & its friends.</Text></Sentence>
<Sentence date="20100101" id="A2" category="A">
<EventCoding sourcecode="SYL" targetcode="BOR" eventcode="112"></EventCoding>
<Text>Syldavia condemned Borduria.</Text></Sentence>
<Sentence date="20100101" id="A3" category="A">
<EventCoding sourcecode="SYL" targetcode="LIL" eventcode="111"></EventCoding>
<Text>Syldavia condemned Borduria.</Text></Sentence>
<Sentence date="20100101" id="B1" category="B"><EventCoding noevents="True"></EventCoding>
<Text>Syldavia waited.</Text></Sentence>
<Sentence date="20100101" id="B2" category="B"><EventCoding error="sentencediscard"></EventCoding>
<Text>Syldavia condemned Borduria at a chess tournament.</Text></Sentence>
<Sentence date="20100101" id="B3" category="B"><EventCoding error="bad_input_parse"></EventCoding>
<Text>Syldavia waited.</Text></Sentence>
<Config option="require_dyad" value="false"></Config>
<Sentence date="20100101" id="C1" category="C">
<EventCoding sourcecode="---COP" targetcode="---" eventcode="010"></EventCoding>
<Text>Police said so.</Text></Sentence>
</Sentences></Validation>"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Return a file of records with its dictionaries beside it."""
    for dictionary in SMALL.iterdir():
        (tmp_path / dictionary.name).write_bytes(dictionary.read_bytes())
    path = tmp_path / "records.xml"
    path.write_text(RECORDS, encoding="utf-8")
    return path


def test_records_are_read_with_their_options(records: Path) -> None:
    gold = read_gold(records.parent)
    assert [path.name for path in gold.files.all] == ["verbs.txt", "actors.txt", "agents.txt", "discards.txt"]
    first, *_, last = gold.sentences
    assert (first.id, first.category, first.published) == ("A1", "A", "2010-01-01")
    assert first.text == "Syldavia condemned Borduria & its friends."
    assert (first.dyads_only, last.dyads_only) == (True, False)
    assert [each.expected for sentence in gold.sentences for each in sentence.codings] == [
        Expected.EVENT, Expected.EVENT, Expected.EVENT, Expected.NO_EVENT, Expected.DISCARD, Expected.INPUT_FAULT,
        Expected.EVENT,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<a>", "records.xml:1: not well-formed"),
        ("<a/>", "has no <Sentence>"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "defines entities"),
    ],
)
def test_other_files_are_refused_in_one_line(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "records.xml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        read_gold(tmp_path)


@given(text=st.text(max_size=80))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "records.xml"
    path.write_text(f"<Sentence>{text}</Sentence>", encoding="utf-8", errors="replace")
    try:
        assert read_gold(path).sentences
    except UsageError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is right


def actor(code: str | None, sector: str | None = None) -> ActorSpan:
    return ActorSpan(0, 1, "x", None, code, None, sector, None)


def test_codings_of_reports(make_coded: Callable[..., CodedDocument]) -> None:
    sides = {"actors": (actor("SYL"), actor(None, "COP")), "recipients": (actor("BOR"), actor("SYL"))}
    reports = make_coded(reports=({"cameo": "040", "symmetric": False, **sides},)).reports
    assert codings_of(reports, dyads_only=True) == (
        Coding("SYL", "BOR", "040"), Coding("---COP", "BOR", "040"), Coding("---COP", "SYL", "040"),
    )  # fmt: skip


def test_both_ways_and_unnamed_sides(make_coded: Callable[..., CodedDocument]) -> None:
    both = make_coded(
        reports=({"cameo": "040", "symmetric": True, "actors": (actor("A"),), "recipients": (actor("B"),)},)
    )
    assert codings_of(both.reports, dyads_only=True) == (Coding("A", "B", "040"), Coding("B", "A", "040"))
    one = make_coded(
        reports=({"cameo": None, "symmetric": False, "actors": (actor("A"),), "recipients": ()},)
    ).reports
    assert codings_of(one, dyads_only=True) == ()
    assert codings_of(one, dyads_only=False) == (Coding("A", "---", "---"),)


def test_the_command_tells_what_agrees_and_what_differs(
    records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "petrarch", str(records), "--json", "--quiet"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["total"] == {"name": "all", "count": 7, "root": 5, "full": 4, "extra": 1}
    assert [(error["id"], error["why"]) for error in result["errors"]] == [
        ("A3", "target"), ("B3", "fault of input expected"),
    ]  # fmt: skip
    assert [each["ours"] for each in result["extra"]] == [["SYL > BOR 111"]]
    assert run(["evaluate", "petrarch", str(records), "--quiet"]) == 0
    words = capsys.readouterr().out
    assert "agree at root level     5 of    7" in words
    assert "A3  target: expected SYL > LIL 111, coded SYL > BOR 111" in words


def test_records_that_name_no_dictionaries_need_some(
    records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = records.read_text(encoding="utf-8")
    records.write_text(text.replace("Verbfile", "Otherfile"), encoding="utf-8")
    assert run(["evaluate", "petrarch", str(records)]) == 2
    assert "give --knowledge" in capsys.readouterr().err


def test_one_gold_coding_is_answered_once(make_coded: Callable[..., CodedDocument], records: Path) -> None:
    sentence = read_gold(records).sentences[0]
    twice = type(sentence)(
        **{**{name: getattr(sentence, name) for name in sentence.__slots__}, "codings": sentence.codings * 2}
    )
    coded = make_coded(
        reports=(
            {"cameo": "111", "symmetric": False, "actors": (actor("SYL"),), "recipients": (actor("BOR"),)},
        )
    )
    result = measure([twice], [coded])
    assert (result.total.count, result.total.root) == (2, 1)


@pytest.fixture(scope="module")
def suite(shared: Path) -> dict[str, Any]:
    """Return what the command says of the PETRARCH unit tests, or skip."""
    path = shared / "eval" / "petrarch"
    if not path.is_dir():
        pytest.skip("the validation records in ../shared/eval/petrarch are not here")
    gold = read_gold(path)
    result = measure(gold.sentences, list(code_gold(gold, None, quiet=True)))
    return {"total": result.total.to_dict(), **result.to_dict()}


def test_the_validation_suite_agrees(suite: dict[str, Any]) -> None:
    total = suite["total"]
    assert total["count"] == 385
    assert total["root"] / total["count"] >= 0.9
    assert total["extra"] <= 50


def test_the_reviewed_disagreements_are_those_there_are(suite: dict[str, Any], root: Path) -> None:
    text = (root / "docs" / "howto" / "petrarch-disagreements.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    reviewed = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [(row["id"], row["gold"]) for row in reviewed] == [(e["id"], e["gold"]) for e in suite["errors"]]
    for row, error in zip(reviewed, suite["errors"], strict=True):
        assert not row["ours"] or row["ours"] in error["ours"]
        assert row["better"] in {"ours", "gold", "neither", "parse"}
        assert row["why"]
