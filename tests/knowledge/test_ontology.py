from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import Ontology, load_ontology
from dragoman.knowledge.tables import DATA, Row

ROW = Row(Path("agree.tsv"), 7, {})


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "ontology", tmp_path / "ontology"))


def test_all_types_modes_contexts_and_codes_are_there(ontology: Ontology) -> None:
    sizes = len(ontology.types), len(ontology.modes), len(ontology.contexts), len(ontology.cameo)
    assert sizes == (16, 75, 37, 311)


@pytest.mark.parametrize(
    ("code", "quad", "goldstein", "event_type", "mode"),
    [
        ("042", 1, 1.9, "CONSULT", "visit"),
        ("0233", 1, 3.4, "REQUEST", "assist"),
        ("0871", 2, 9.0, "RETREAT", "ceasefire"),
        ("112", 3, -2.0, "ACCUSE", "allege"),
        ("141", 3, -6.5, "PROTEST", "demo"),
        ("163", 4, -8.0, "SANCTION", "discontinue"),
        ("2042", 4, -10.0, "ASSAULT", "unconventional"),
        ("011", 1, -0.1, None, None),
    ],
)
def test_codes_have_gdelts_figures_and_plovers_names(
    ontology: Ontology, code: str, quad: int, goldstein: float, event_type: str | None, mode: str | None
) -> None:
    found = ontology.cameo[code]
    assert (found.quad, found.goldstein, found.event_type, found.mode) == (quad, goldstein, event_type, mode)


def test_every_code_has_the_quad_of_its_root(ontology: Ontology) -> None:
    roots = {code[:2]: ontology.cameo[code[:2]].quad for code in ontology.cameo}
    assert all(found.quad == roots[code[:2]] for code, found in ontology.cameo.items())
    assert [roots[f"{n:02}"] for n in range(1, 21)] == [1] * 5 + [2] * 4 + [3] * 5 + [4] * 6


def test_every_type_has_a_default_code_that_stands_for_it(ontology: Ontology) -> None:
    for name in ontology.types:
        assert name in ontology.cameo[ontology.default_cameo(name)].event_types


def test_conflict_never_scores_above_zero_and_cooperation_never_below(ontology: Ontology) -> None:
    for name, event_type in ontology.types.items():
        sign = 1 if event_type.quad in {1, 2} else -1
        assert sign * event_type.score >= 0, name


@pytest.mark.parametrize(
    ("event_type", "mode", "score"),
    [("CONSULT", "visit", 4.0), ("CONSULT", None, 2.5), ("COERCE", "ban", -7.0), ("ACCUSE", None, -3.0)],
)
def test_intensity_is_the_modes_or_else_the_types(
    ontology: Ontology, event_type: str, mode: str | None, score: float
) -> None:
    assert ontology.intensity(event_type, mode) == score


def test_what_goes_together_passes(ontology: Ontology) -> None:
    ontology.check(ROW, "CONSULT", "visit", "042", ("diplomatic",))
    ontology.check(ROW, "SUPPORT", None, "018", ())


@pytest.mark.parametrize(
    ("event_type", "mode", "cameo", "contexts", "problem"),
    [
        ("MEET", None, None, (), "unknown type 'MEET'"),
        ("CONSULT", "demo", None, (), "CONSULT has no mode 'demo'"),
        ("CONSULT", None, "999", (), "unknown CAMEO code '999'"),
        ("CONSULT", None, "190", (), "CAMEO code 190 stands for ASSAULT, not CONSULT"),
        ("CONSULT", None, None, ("sport",), "unknown contexts: sport"),
    ],
)
def test_a_wrong_code_is_refused_with_file_and_line(
    ontology: Ontology,
    event_type: str,
    mode: str | None,
    cameo: str | None,
    contexts: tuple[str, ...],
    problem: str,
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        ontology.check(ROW, event_type, mode, cameo, contexts)
    assert str(caught.value).startswith(f"agree.tsv:7: {problem}")


@pytest.mark.parametrize(
    ("table", "line", "problem"),
    [
        ("cameo.tsv", "042\t1\t1.9\tCONSULT\tvisit\t\tagain", "a second line for 042"),
        ("cameo.tsv", "990\t7\t1.9\tCONSULT\t\t\twrong quad", "quad must be 1, 2, 3 or 4"),
        ("cameo.tsv", "990\t1\t19\tCONSULT\t\t\twrong score", "goldstein must be a number from -10 to 10"),
        ("cameo.tsv", "990\t1\t1\t\tvisit\t\tno type", "a mode (visit) without a type"),
        ("cameo.tsv", "990\t1\t1\tCONSULT\tdemo\t\twrong mode", "CONSULT has no mode 'demo'"),
        ("plover-modes.tsv", "CONSULT\tvisit\t4\tagain", "a second line for visit"),
        ("plover-modes.tsv", "MEET\tvisit\t4\tno such type", "unknown type 'MEET'"),
        ("plover-types.tsv", "MEET\t1\t2\t990\tno such code", "unknown CAMEO code '990'"),
    ],
)
def test_a_broken_line_is_named(folder: Path, table: str, line: str, problem: str) -> None:
    path = folder / table
    number = len(path.read_text(encoding="utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(KnowledgeError) as caught:
        load_ontology(folder)
    assert str(caught.value).startswith(f"{path}:{number}: {problem}")
