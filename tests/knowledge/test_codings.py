from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.codings import CODE_COLUMNS, THEME_COLUMNS, load_codings
from dragoman.knowledge.ontology import load_ontology

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RELEASE = "release\twhat=@freeing !deep=report"
DEMANDED = "REQUEST\trelease\t1053"


class Around:
    """Surroundings with the same words in every place but those named."""

    def __init__(self, **places: str) -> None:
        self._places = places

    def words(self, place: str) -> frozenset[str]:
        return frozenset(self._places.get(place, "").split())


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes small tables with this line of a theme and this of a code."""

    def write(theme: str = RELEASE, code: str = DEMANDED) -> Path:
        for name, columns, line in (
            ("classes", ("name", "words"), "freeing\trelease|free"),
            ("themes", THEME_COLUMNS, theme),
            ("codes", CODE_COLUMNS, code),
        ):
            table = "\n".join(["\t".join(columns), line])
            (tmp_path / f"{name}.tsv").write_text(table + "\n", encoding="utf-8")
        return tmp_path

    return write


def test_a_theme_holds_when_all_its_conditions_do(folder: Callable[..., Path]) -> None:
    ((refinement,),) = load_codings(folder()).values()
    assert refinement.holds(Around(what="release", deep="release prisoner"))
    assert not refinement.holds(Around(what="release", deep="release report"))
    assert not refinement.holds(Around(deep="release"))


def test_the_mode_of_the_code_is_taken(folder: Callable[..., Path]) -> None:
    ((refinement,),) = load_codings(folder()).values()
    assert (refinement.cameo, refinement.mode) == ("1053", "yield")


def test_a_code_replaces_what_it_makes_finer_and_what_its_line_names(folder: Callable[..., Path]) -> None:
    ((refinement,),) = load_codings(folder(code="REQUEST\trelease\t1053\t\t020")).values()
    told = {code: refinement.deepens(code) for code in ("100", "105", "020", "025", "1056", "1053")}
    assert [code for code, deeper in told.items() if deeper] == ["100", "105", "020"]


def test_codes_of_a_theme_are_deep() -> None:
    ontology = load_ontology()
    codes = [r.cameo for found in load_codings().values() for r in found if r.cameo]
    assert [code for code in codes if code not in ontology.cameo or code[2:] in {"", "0"}] == []


@pytest.mark.parametrize(
    ("theme", "code", "problem"),
    [
        ("release\tnear=free", DEMANDED, r"themes\.tsv:2: condition 'near=free' must be place=word"),
        ("release\twhat=", DEMANDED, r"themes\.tsv:2: condition 'what='"),
        ("release\t", DEMANDED, r"themes\.tsv:2: theme 'release' needs a condition"),
        ("release\twhat=@jailed", DEMANDED, r"themes\.tsv:2: no class @jailed"),
        (RELEASE, "REQUEST\tjail\t1053", r"codes\.tsv:2: no theme 'jail'"),
        (RELEASE, "REQUEST\trelease\t9999", r"codes\.tsv:2: unknown CAMEO code '9999'"),
        (RELEASE, "REJECT\trelease\t1053", r"codes\.tsv:2: CAMEO code 1053 stands for REQUEST"),
        (RELEASE, "REQUEST\trelease\t\tvisit", r"codes\.tsv:2: REQUEST has no mode 'visit'"),
        (RELEASE, "REQUEST\trelease", r"codes\.tsv:2: a line needs a code or a mode"),
    ],
)
def test_a_broken_line_is_named(theme: str, code: str, problem: str, *, folder: Callable[..., Path]) -> None:
    with pytest.raises(KnowledgeError, match=problem):
        load_codings(folder(theme, code))
