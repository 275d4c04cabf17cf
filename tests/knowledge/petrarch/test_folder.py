"""The folder of tables: what an import writes is what coding reads, and faults in it are told by their line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.petrarch.importing import DictionaryFiles, ImportResult, import_dictionaries
from dragoman.knowledge.petrarch.loading import load_dictionary
from dragoman.knowledge.tables import fingerprint

VERBS = "--- GIVE [070] ---\nGIVE {GAVE}\n- * CASH [071:0711]\n- * ODDLY [77X]\n- * * [010]\n"
ACTORS = "UTOPIA [UTO]\n+UTOPIAN\nLILLIPUT\n\t[LIL 19950101-19991231]\n\t[LIL]\n"
AGENTS = "POLICE {} [~COP]\nMINISTER [~GOV]\n"

Imported = Callable[..., ImportResult]


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    """Return a function that imports the small dictionaries of this file into ``tmp_path / "out"``."""

    def run(**options: bool) -> ImportResult:
        for name, text in (("verbs", VERBS), ("actors", ACTORS), ("agents", AGENTS)):
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        files = DictionaryFiles(
            **{name: [tmp_path / f"{name}.txt"] for name in ("verbs", "actors", "agents")}
        )
        return import_dictionaries(files, tmp_path / "out", **options)

    return run


def test_the_account_counts_and_tells(imported: Imported) -> None:
    result = imported()
    assert (result.verbs, result.patterns, result.actors, result.names, result.agents) == (1, 2, 2, 3, 2)
    assert result.problems == ("verbs.txt:5: a pattern needs one * for its verb, this has 2",)


def test_a_row_says_where_it_is_from(imported: Imported, tmp_path: Path) -> None:
    imported()
    table = (tmp_path / "out" / "actors.tsv").read_text(encoding="utf-8").splitlines()
    assert table == [
        "names\tcodes\tsource",
        "UTOPIA|UTOPIAN\tUTO\tactors.txt:1",
        "LILLIPUT\tLIL 1995-01-01..1999-12-31|LIL\tactors.txt:3",
    ]


def test_the_readme_explains_every_table(imported: Imported, tmp_path: Path) -> None:
    imported()
    words = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "verbs.txt, actors.txt, agents.txt" in words
    for table in (tmp_path / "out").glob("*.tsv"):
        header = table.read_text(encoding="utf-8").splitlines()[0].split("\t")
        line = next(line for line in words.splitlines() if line.startswith(f"| {table.name}"))
        assert all(column in line for column in header)


def test_cameo_codes_get_their_types_and_others_none(imported: Imported, tmp_path: Path) -> None:
    imported()
    codes = load_dictionary(tmp_path / "out").codes
    assert (codes["071"].cameo, codes["071"].event_type) == ("071", "AID")
    assert (codes["77X"].cameo, codes["77X"].event_type) == (None, None)


def test_codes_of_another_scheme_are_left_open(imported: Imported, tmp_path: Path) -> None:
    imported(cameo=False)
    assert {code.event_type for code in load_dictionary(tmp_path / "out").codes.values()} == {None}


def test_dates_choose_among_codes(imported: Imported, tmp_path: Path) -> None:
    imported()
    ((_, entry),) = load_dictionary(tmp_path / "out").actors["lilliput"]
    assert entry.codes_on("1997-05-05") == entry.codes_on(None) == ("LIL",)


def test_a_folder_that_holds_something_is_not_written(imported: Imported) -> None:
    imported()
    with pytest.raises(UsageError, match="is not empty"):
        imported()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt: No such file"):
        import_dictionaries(DictionaryFiles(verbs=[tmp_path / "nowhere.txt"]), tmp_path / "out")


@pytest.mark.parametrize(
    ("table", "old", "new", "why"),
    [
        ("verbs.tsv", "070", "999", "the code 999 has no line in codes.tsv"),
        ("patterns.tsv", "* CASH", "CASH", r"patterns\.tsv:2: a pattern needs one \*"),
        (
            "actors.tsv",
            "1995-01-01..",
            "1995-13-01..",
            r"actors\.tsv:3: .* must be a code, or a code and days",
        ),
        ("agents.tsv", "~COP", "COP", "needs a ~ at one end"),
        ("codes.tsv", "AID", "HELP", "unknown type 'HELP'"),
        ("codes.tsv", "071\t071", "071\t9999", "unknown CAMEO code '9999'"),
    ],
)
def test_faults_of_edited_tables_are_told_by_line(
    imported: Imported, tmp_path: Path, table: str, old: str, new: str, why: str
) -> None:
    imported()
    path = tmp_path / "out" / table
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=why) as told:
        load_dictionary(tmp_path / "out")
    assert f"{table}:" in str(told.value)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no dictionaries here"):
        load_dictionary(tmp_path)


def test_an_edit_is_seen_and_changes_the_fingerprint(imported: Imported, tmp_path: Path) -> None:
    imported()
    folder = tmp_path / "out"
    before = fingerprint(folder)
    assert "blefuscu" not in load_dictionary(folder).actors
    with (folder / "actors.tsv").open("a", encoding="utf-8") as table:
        table.write("BLEFUSCU\tBLE\town\n")
    assert "blefuscu" in load_dictionary(folder).actors
    assert fingerprint(folder) != before
