from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.knowledge.actor_checks import check_actors
from dragoman.knowledge.tables import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "actors", tmp_path / "actors"))


def new_problems(folder: Path) -> list[str]:
    """Return what is wrong in a changed copy of the tables and was not wrong in the original."""
    known = {told.partition(": ")[2] for told in check_actors()}
    return [told for told in check_actors(folder) if told.partition(": ")[2] not in known]


def test_the_tables_of_the_package_are_sound() -> None:
    assert check_actors() == []


@pytest.mark.parametrize(
    ("table", "row", "problem"),
    [
        ("groups.tsv", "grp.x|X||XXX|REB|armed|", "unknown country code 'XXX'"),
        ("groups.tsv", "grp.x|X||COL|ZZZ|armed|", "unknown sector 'ZZZ'"),
        ("groups.tsv", "x.y|X||COL|REB|armed|", "the id must start with grp."),
        ("groups.tsv", "grp.X|X||COL|REB|armed|", "an id is lower-case words"),
        ("groups.tsv", "grp.x|X||COL|REB|armed|soon GOV", "later must be an ISO date and a sector"),
        ("groups.tsv", "grp.x|Shining Path||PER|REB|armed|", "belongs already to grp.shining-path"),
        ("organisations.tsv", "org.nato|Another||IGO||alliance", "the id org.nato stands already"),
        ("media.tsv", "med.x|X||COL|newspaper|mine", "ownership must be one of"),
        ("people.tsv", "col.x-y|X Y||COL|GOV|wizard|2001|2002|own", "the role 'wizard'"),
        ("people.tsv", "col.x-y|X Y||COL|GOV|minister|2003|2002|own", "ends (2002) before it begins (2003)"),
        ("people.tsv", "col.x-y|X Y||COL|GOV|minister|2003-13||own", "not an ISO date: '2003-13'"),
        ("people.tsv", "rus.vladimir-putin|V. P.||RUS|GOV|minister|2003||own", "has another name"),
        ("countries.tsv", "COL|Elsewhere|||||", "the code COL stands already"),
        ("family-name-first.tsv", "col.nobody", "nobody in people.tsv"),
        ("organisation-members.tsv", "org.nobody|COL|2001|", "no organisation has the id 'org.nobody'"),
        ("organisation-members.tsv", "org.nato|XXX|2001|", "unknown country code 'XXX'"),
        ("organisation-members.tsv", "org.nato|COL|2001-13|", "not an ISO date: '2001-13'"),
        ("organisation-members.tsv", "org.nato|COL|2003|2001", "the membership ends (2001) before"),
        ("organisation-members.tsv", "org.nato|FRA|2003|", "FRA is a member at that time already"),
        ("metonyms.tsv", "Tower|XXX|GOV|", "unknown country code 'XXX'"),
        ("roles.tsv", "rebel|REB|plural||", "'rebel' stands already"),
        ("roles.tsv", "Wizard|GOV|person||", "words must be lemmas in lower case"),
        ("roles.tsv", "wizard|GOV|many||", "number must be one of"),
        ("roles.tsv", "wizard|GOV|person||odd", "unknown flags: odd"),
        ("roles.tsv", "wizard|GOV|person||||", "7 cells in a table of 5 columns"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(folder: Path, table: str, row: str, problem: str) -> None:
    path = folder / table
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n{row.replace('|', chr(9))}\n", encoding="utf-8")
    (told,) = new_problems(folder)
    assert told.startswith(f"{path}:{text.count(chr(10)) + 2}: ")
    assert problem in told


def test_people_who_share_a_name_are_told_apart_by_year_of_birth(folder: Path) -> None:
    rows = [f"col.x-y{year}\tX Y\t\tCOL\tGOV\tminister\t2001\t2002\town" for year in ("", "-1950")]
    with (folder / "people.tsv").open("a", encoding="utf-8") as people:
        people.write("\n".join(rows) + "\n")
    assert new_problems(folder) == []


def test_two_people_may_share_an_alias(folder: Path) -> None:
    rows = [f"col.x-{name}\tX {name}\tX Y\tCOL\tGOV\tminister\t2001\t2002\town" for name in ("a", "b")]
    with (folder / "people.tsv").open("a", encoding="utf-8") as people:
        people.write("\n".join(rows) + "\n")
    assert new_problems(folder) == []


def test_a_missing_table_is_one_problem(folder: Path) -> None:
    (folder / "groups.tsv").unlink()
    assert len(new_problems(folder)) == 1
