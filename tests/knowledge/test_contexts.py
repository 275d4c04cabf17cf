from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.contexts import NOTHING, SIGN_COLUMNS, WORD_COLUMNS, load_contexts
from dragoman.knowledge.ontology import load_ontology

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TROOPS = "military\t2\ttroop|peace keeper\town"


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes small tables with these lines of words, and perhaps of signs."""

    def write(*words: str, signs: tuple[str, ...] = ()) -> Path:
        for name, columns, lines in (("words", WORD_COLUMNS, words), ("signs", SIGN_COLUMNS, signs)):
            table = "\n".join(["\t".join(columns), *lines])
            (tmp_path / f"{name}.tsv").write_text(table + "\n", encoding="utf-8")
        return tmp_path

    return write


def matched(folder: Path, text: str, *, parts: str = "NOUN") -> list[tuple[str, str]]:
    words = text.split()
    forms = [(word, word) for word in words]
    clues = load_contexts(folder).match(forms, [parts] * len(words), 0)
    return [(clue.context, clue.text) for clue in clues]


def test_every_context_has_words() -> None:
    groups = [group for found in load_contexts().clues.values() for group in found]
    spoken_of = {clue.context for group in groups for clue in group}
    assert spoken_of == {*load_ontology().contexts, NOTHING}


def test_the_longest_phrase_wins(folder: Callable[..., Path]) -> None:
    where = folder("legal\t3\tcourt", "-\t\tcourt dress")
    assert matched(where, "court hearing") == [("legal", "court")]
    assert matched(where, "court dress code") == [(NOTHING, "court dress")]
    assert matched(where, "courtship") == []


def test_a_word_may_speak_for_two_contexts(folder: Callable[..., Path]) -> None:
    where = folder("trafficking\t3\tdrug run", "illegal_drugs\t3\tdrug-run")
    assert matched(where, "drug run") == [("trafficking", "drug run"), ("illegal_drugs", "drug run")]


def test_a_part_of_speech_is_asked_of_the_last_word(folder: Callable[..., Path]) -> None:
    where = folder("legal\t2\tsentence/v")
    assert matched(where, "sentence", parts="VERB") == [("legal", "sentence")]
    assert matched(where, "sentence", parts="NOUN") == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("army\t2\ttroop", "unknown context 'army'"),
        ("military\t4\ttroop", "strength must be a number above 0"),
        ("military\tmuch\ttroop", "strength must be a number above 0"),
        ("military\t2\tTroop", "'Troop' must be lemmas in lower case"),
        ("military\t2\ttroop/x", "'troop/x' must be lemmas"),
        ("military\t2\ttroop\tloud", "unknown flags: loud"),
        ("military\t2\tfleet|fleet", "'fleet' a second time for military"),
    ],
)
def test_a_broken_line_of_words_is_named(line: str, problem: str, *, folder: Callable[..., Path]) -> None:
    with pytest.raises(KnowledgeError, match=rf"words\.tsv:2: {problem}"):
        load_contexts(folder(line))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("military\t2\tforces\tWAR", "unknown types: WAR"),
        ("military\t2\tforces\tASSAULT\tvisit", "these types have no such modes: visit"),
        ("military\t2\tforces\t\t\tmaybe", "code and between are yes or empty"),
    ],
)
def test_a_broken_sign_is_named(line: str, problem: str, *, folder: Callable[..., Path]) -> None:
    with pytest.raises(KnowledgeError, match=rf"signs\.tsv:2: {problem}"):
        load_contexts(folder(TROOPS, signs=(line,)))
