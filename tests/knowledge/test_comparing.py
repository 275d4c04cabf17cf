from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.knowledge.comparing import apart, differences, differences_of_states, not_after, summary
from dragoman.knowledge.leader_lists import read_claims

KB = Path(__file__).parents[2] / "../shared/eval/kb"
REIGN = "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear\n"
FACTBOOK = (
    "region\tcountry\tchief_of_state\thead_of_government\tnationality_noun\tnationality_adjective\tcapital\n"
)


def reign(folder: Path, *lines: str) -> Path:
    path = folder / "leaders.csv"
    path.write_text(REIGN + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def factbook(folder: Path, *lines: str) -> Path:
    path = folder / "chiefs.tsv"
    path.write_text(FACTBOOK + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def kinds(path: Path, *, days: int = 45) -> list[str]:
    return [found.kind for found in differences(read_claims(path), days=days, since="1990-01-01")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("USA,2,x,Obama,20,1,2009,1,2017", []),
        ("RUS,365,x,Vladimir Poutine,31,12,1999,5,2008", []),
        ("QAT,694,x,Hamad Ath-Thani,27,6,1995,6,2013", []),
        ("USA,2,x,Nobody Atall,20,1,2009,1,2017", ["missing"]),
        ("FRA,220,x,Barack Obama,20,1,2009,1,2017", ["country"]),
        ("USA,2,x,Obama,20,1,2003,1,2017", ["begins"]),
        ("USA,2,x,Obama,20,1,2009,1,2020", ["ends"]),
        ("USA,2,x,Obama,20,1,2010,1,2012", ["inside"]),
        ("USA,2,x,Obama,20,1,1992,1,1993", ["term"]),
        ("USA,2,x,Obama,20,1,1952,1,1953", []),
    ],
)
def test_what_differs_from_a_list_of_leaders(tmp_path: Path, line: str, expected: list[str]) -> None:
    assert kinds(reign(tmp_path, line)) == expected


@pytest.mark.parametrize(
    ("leader", "expected"),
    [
        ("President Emmanuel J. MACRON (since 14 May 2017)", []),
        ("President Emmanuel MACRON (since 14 May 2022)", ["later"]),
        ("President Nobody QUUXX (since 20 January 2013)", ["missing"]),
        ("King LOUIS XXX (since 2013); represented by Governor Emmanuel MACRON (since 2013)", ["missing"]),
        ("President (vacant); Emmanuel MACRON (since 2017)", []),
    ],
)
def test_what_differs_from_the_factbook(tmp_path: Path, leader: str, expected: list[str]) -> None:
    assert kinds(factbook(tmp_path, f"x\tFrance\t{leader}\t\t\t\tParis")) == expected


def test_words_and_capitals_that_ours_lacks_are_told(tmp_path: Path) -> None:
    path = factbook(tmp_path, "x\tFrance\t\t\tFrenchman(men)\tFrench, Frankish\tParis; note - a big city")
    assert [found.key for found in differences_of_states(path)] == ["factbook word FRA frankish"]


def test_a_difference_that_was_looked_at_has_its_reason(tmp_path: Path) -> None:
    path = factbook(tmp_path, "x\tFrance\tPresident Emmanuel MACRON (since 14 May 2022)\t\t\t\t")
    found = list(differences(read_claims(path), days=45, since="1990-01-01"))
    assert found[0].reason.startswith("both: it counts from the latest swearing-in")
    assert summary(found) == "1 differences, 1 explained (1 later)"


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2009-01-20", "2009-01-25", 5),
        ("2009-01", "2009-01-25", 0),
        ("2009", "2010-01-02", 2),
        ("", "2009", 0),
    ],
)
def test_dates_are_apart_by_what_is_known_of_them(one: str, other: str, days: int) -> None:
    assert apart(one, other) == apart(other, one) == days
    assert not_after(one, other)


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no known layout"):
        read_claims(tmp_path / "x.csv")
    with pytest.raises(UsageError, match="holds no list of leaders"):
        read_claims(tmp_path)


@pytest.mark.skipif(not KB.is_dir(), reason="needs the lists of leaders in ../shared/eval/kb")
def test_every_difference_from_the_public_lists_is_explained() -> None:
    found = [*differences(read_claims(KB), days=45, since="1990-01-01"), *differences_of_states(KB)]
    assert [each.key for each in found if not each.reason] == []
