from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.cli.app import run
from dragoman.errors import UsageError
from dragoman.evaluate.actor_cases import ActorCase, measure, read_cases, reasons
from dragoman.model.actor import Actor
from dragoman.reading.resolving import default_resolver

SET = Path(__file__).parents[2] / "../shared/eval/actor-cases/cases.tsv"
HEADER = "case\tactor_text\tcontext\tdate\tgold_country\tgold_code_1\tgold_code_2\tall_expectations_json\n"
# What must be right of the cases that state it, 0 to 1.
COUNTRY, SECTOR = 0.92, 0.80


def written(folder: Path, *lines: str) -> Path:
    path = folder / "cases.tsv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def case(folder: Path, line: str) -> ActorCase:
    (only,) = read_cases(written(folder, line))
    return only


def actor(country: str | None, sector: str | None) -> Actor:
    return Actor("X", None, country, sector, None)


def judged(found: ActorCase, answer: Actor) -> tuple[bool | None, bool | None]:
    (outcome,) = measure([found], lambda *_: answer, lambda _: None).outcomes
    return outcome.country_right, outcome.sector_right


@pytest.mark.parametrize(
    ("gold", "answer", "right"),
    [
        ("MLI\tGOV\t?", actor("MLI", "GOV"), (True, True)),
        ("MLI\tGOV\t?", actor("MLI", "MIL"), (True, False)),
        ("MLI\t?\t?", actor("TCD", "MIL"), (False, None)),
        ("?\tGOV\t?", actor("TCD", "GOV"), (None, True)),
        ("\tCRM\t?", actor(None, "CRM"), (True, True)),
        ("\tCRM\t?", actor("MLI", "CRM"), (False, True)),
        ("\tNGO\t?", actor("NGO", "HRI"), (True, True)),
        ("MLI\tGOV\tJRN", actor("MLI", "MED"), (True, True)),
        ("MLI\t\t?", actor("MLI", None), (True, True)),
        ("MLI\tUNK\t?", actor("MLI", None), (True, True)),
        ("MLI\t????\t?", actor("MLI", None), (True, None)),
        ("UNO\tJUD\t?", actor("IGO", "UNO"), (True, True)),
    ],
)
def test_what_is_right_is_told_in_our_codes(
    tmp_path: Path, gold: str, answer: Actor, right: tuple[bool | None, bool | None]
) -> None:
    assert judged(case(tmp_path, f"a\tX\t\t\t{gold}\t[]"), answer) == right


def test_any_of_several_first_codes_is_right(tmp_path: Path) -> None:
    both = '"[[""code[\'code_1\']=="", ""MIL""], [""code[\'code_1\']=="", ""SPY""]]"'
    found = case(tmp_path, f"a\tX\t\t\tMLI\tSPY\t?\t{both}")
    assert [judged(found, actor("MLI", sector))[1] for sector in ("MIL", "SPY", "GOV")] == [True, True, False]


def test_dates_are_read_and_today_is_the_latest_day_that_is_named(tmp_path: Path) -> None:
    lines = (f"{n}\tX\t\t{date}\tMLI\t?\t?\t[]" for n, date in enumerate(["Today", "2022-03-01", "12 April 2022", "October 1, 2021", ""]))  # fmt: skip
    dates = [found.date for found in read_cases(written(tmp_path, *lines))]
    assert dates == ["2022-04-12", "2022-03-01", "2022-04-12", "2021-10-01", None]


def test_cases_of_one_name_are_numbered_and_those_without_words_left_out(tmp_path: Path) -> None:
    lines = [f"a\t{words}\t\t\tMLI\t?\t?\t[]" for words in ("X", "", "Y")]
    assert [found.name for found in read_cases(written(tmp_path, *lines))] == ["a.1", "a.2"]


@pytest.mark.parametrize(
    "text", ["", "case\twords\n1\t2\n", HEADER, HEADER + "a\tX\t\tsoon\tMLI\t?\t?\t[]\n"]
)
def test_a_file_that_is_no_set_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cases.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError):
        read_cases(path)


def test_the_command_prints_the_figures_and_what_is_not_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "a\tMalian soldiers\t\t\tMLI\tMIL\t?\t[]", "b\tMali\t\t\tTCD\t\t?\t[]")
    assert run(["evaluate", "actors", str(path)]) == 0
    words = capsys.readouterr().out
    assert "country      1 of 2    50.0%\nsector       2 of 2   100.0%" in words
    assert "not right: 1 case, 0 with a reason" in words


@pytest.mark.skipif(not SET.exists(), reason="needs the actor cases in ../shared/eval/actor-cases")
def test_countries_and_sectors_of_the_set_and_a_reason_for_each_miss() -> None:
    result = measure(read_cases(SET), default_resolver().resolve, lambda _: None)
    assert result.countries_right / result.countries >= COUNTRY
    assert result.sectors_right / result.sectors >= SECTOR
    missed = {outcome.case.name for outcome in result.outcomes if not outcome.right}
    assert missed <= set(reasons())
