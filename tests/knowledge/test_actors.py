from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actor_records import COLUMNS
from dragoman.knowledge.actors import ActorKnowledge, load_actors, term_at
from dragoman.knowledge.tables import read_table

TABLES = {
    "countries.tsv": ["RUR|Ruritania|Kingdom of Ruritania|Ruritanian|Ruritanians|Strelsau|west"],
    "metonyms.tsv": ["Black Tower|RUR|GOV|seat of the government"],
    "people.tsv": [
        "rur.anna-berg|Anna Berg|Anna Bergh|RUR|GOV|foreign_minister|2010|2014-05|own",
        "rur.anna-berg|Anna Berg||RUR|GOV|head_of_government|2016-02-03|2020-02-10|own",
        "rur.ulf-van-holm|Ulf van Holm Jr.||RUR|GOV|head_of_government|2020-02-10||own",
        "rur.kim-su|Kim Su||RUR|REB|rebel_leader|2001|2005|own",
    ],
    "organisations.tsv": ["org.northern-pact|Northern Pact|NP|IGO||alliance"],
    "groups.tsv": ["grp.red-hand|Red Hand||RUR|REB|armed|2015-06-01 GOV"],
    "media.tsv": ["med.strelsau-post|Strelsau Post||RUR|newspaper|private"],
    "roles.tsv": ["foreign minister|GOV|person|foreign_minister|", "minister|GOV|person|minister|"],
    "codes.tsv": ["GOV|sector: government"],
    "family-name-first.tsv": ["rur.kim-su"],
    "name-parts.tsv": ["van|particle", "jr|suffix"],
    "reference-words.tsv": ["pair|both"],
    "given-names.tsv": ["Anna|f", "king|m"],
}
ROLE_CASES = [
    (row["lemmas"], row["sector"], row["number"])
    for row in read_table(Path(__file__).with_name("role_words.tsv"), ("lemmas", "sector", "number"))
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in TABLES.items():
        table = ["\t".join(COLUMNS[name]), *(line.replace("|", "\t") for line in lines)]
        (tmp_path / name).write_text("\n".join(table), encoding="utf-8")
    return tmp_path


@pytest.fixture
def small(folder: Path) -> ActorKnowledge:
    return load_actors(folder)


@pytest.fixture(scope="module")
def knowledge() -> ActorKnowledge:
    return load_actors()


@pytest.mark.parametrize(
    ("name", "kind", "id_"),
    [
        ("Ruritania", "country", "RUR"),
        ("Kingdom of Ruritania", "country", "RUR"),
        ("Ruritanian", "adjective", "RUR"),
        ("Ruritanians", "people", "RUR"),
        ("Strelsau", "capital", "RUR"),
        ("Black Tower", "metonym", "seat.rur.black-tower"),
        ("Anna Bergh", "person", "rur.anna-berg"),
        ("NP", "organisation", "org.northern-pact"),
        ("Red Hand", "group", "grp.red-hand"),
        ("Strelsau Post", "outlet", "med.strelsau-post"),
    ],
)
def test_every_kind_of_name_leads_to_its_record(
    small: ActorKnowledge, name: str, kind: str, id_: str
) -> None:
    assert [(entry.kind, entry.id) for entry in small.names.match(name.split(), 0)[1]] == [(kind, id_)]


@pytest.mark.parametrize(
    ("date", "names"),
    [
        ("2018", ["Anna Berg"]),
        ("2020-02-10", ["Ulf van Holm Jr.", "Anna Berg"]),
        ("2020-02-11", ["Ulf van Holm Jr."]),
        ("2015-12-31", []),
        (None, ["Ulf van Holm Jr."]),
    ],
)
def test_who_holds_an_office_depends_on_the_date(
    small: ActorKnowledge, date: str | None, names: list[str]
) -> None:
    assert [person.name for person in small.holders("RUR", "head_of_government", date)] == names


@pytest.mark.parametrize(
    ("date", "role"),
    [
        ("2009-12-31", None),
        ("2012-07-01", "foreign_minister"),
        ("2014-05-31", "foreign_minister"),
        ("2015-01-01", "foreign_minister"),
        ("2016-02-03", "head_of_government"),
        ("2022-01-01", "head_of_government"),
        (None, "head_of_government"),
    ],
)
def test_between_terms_the_last_one_begun_counts(
    small: ActorKnowledge, date: str | None, role: str | None
) -> None:
    term = term_at(small.people["rur.anna-berg"], date)
    assert (term.role if term else None) == role


@pytest.mark.parametrize(
    ("person", "date", "sector"),
    [
        ("rur.anna-berg", "2012", "GOV"),
        ("rur.anna-berg", "2015", "ELI"),
        ("rur.anna-berg", "2000", None),
        ("rur.anna-berg", None, "ELI"),
        ("rur.ulf-van-holm", None, "GOV"),
        ("rur.kim-su", "2010", "REB"),
    ],
)
def test_who_leaves_an_office_becomes_former_elite(
    small: ActorKnowledge, person: str, date: str | None, sector: str | None
) -> None:
    assert small.sector_at(small.people[person], date) == sector


@pytest.mark.parametrize(
    ("surname", "name"),
    [
        ("Berg", "Anna Berg"),
        ("van Holm", "Ulf van Holm Jr."),
        ("Holm", "Ulf van Holm Jr."),
        ("KIM", "Kim Su"),
    ],
)
def test_people_are_found_by_family_name(small: ActorKnowledge, surname: str, name: str) -> None:
    assert [person.name for person in small.people_named(surname)] == [name]


def test_a_family_name_alone_is_no_name_of_a_person(small: ActorKnowledge) -> None:
    assert small.names.lookup("Berg") == ()


@pytest.mark.parametrize(("date", "sector"), [("2015-05-31", "REB"), ("2015-06-01", "GOV"), (None, "GOV")])
def test_a_group_that_takes_power_changes_its_sector(
    small: ActorKnowledge, date: str | None, sector: str
) -> None:
    assert small.bodies["grp.red-hand"].sector_at(date) == sector


def test_the_longest_role_is_found_from_either_end(small: ActorKnowledge) -> None:
    lemmas = ["the", "foreign", "minister", "say"]
    assert small.match_role(lemmas, 1) == (2, small.roles["foreign", "minister"])
    assert small.role_ending(lemmas, 2) == (2, small.roles["foreign", "minister"])
    assert small.match_role(lemmas, 0) == (0, None)
    assert small.role_ending(lemmas, 3) == (0, None)


@pytest.mark.parametrize(("lemmas", "sector", "number"), ROLE_CASES)
def test_role_words_have_their_sector(
    knowledge: ActorKnowledge, lemmas: str, sector: str, number: str
) -> None:
    role = knowledge.role_of(lemmas.split())
    assert role is not None
    assert (role.sector, role.number) == (sector, number)


def test_the_tables_are_not_thin(knowledge: ActorKnowledge) -> None:
    kinds = [id_.partition(".")[0] for id_ in knowledge.bodies]
    assert kinds.count("org") >= 300
    assert kinds.count("grp") >= 250
    assert len(knowledge.outlets) >= 250
    assert len(knowledge.roles) >= 500
    assert len(knowledge.countries) >= 190


def test_a_missing_table_is_told(folder: Path) -> None:
    (folder / "media.tsv").unlink()
    with pytest.raises(KnowledgeError, match=r"media\.tsv: cannot be read"):
        load_actors(folder)
