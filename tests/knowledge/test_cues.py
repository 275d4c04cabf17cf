from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.tables import DATA


def copied(folder: Path, name: str, line: str) -> Path:
    """Return a copy of the cue tables with one more line in the table ``name``."""
    target = folder / "cues"
    shutil.copytree(DATA / "cues", target)
    with (target / name).open("a", encoding="utf-8") as table:
        table.write(line + "\n")
    return target


def test_the_tables_are_as_wide_as_promised() -> None:
    cues = load_cues()
    assert len(cues.say_verbs) >= 250
    assert len(cues.say_nouns) >= 80
    assert len(cues.embedders) >= 500


def test_every_stance_has_a_verb() -> None:
    stances = {cue.stance for cue in load_cues().say_verbs.values()}
    assert stances == {
        "states", "confirms", "admits", "claims", "denies", "warns", "fears", "hopes", "expects", "believes", "asks",
    }  # fmt: skip


def test_an_embedder_is_found_by_lemma_part_of_speech_and_complement() -> None:
    refuse = load_cues().embedders["refuse", "v", "inf"]
    assert (refuse.positive, refuse.id) == ("denied", "embedders: refuse.v[inf]")


@pytest.mark.parametrize(
    ("name", "line", "problem"),
    [
        ("say-verbs.tsv", "warble\tsings\tclause\tany\t2", "unknown stance 'sings'"),
        ("say-verbs.tsv", "warble\tstates\tsong\tany\t2", "unknown takes: song"),
        ("say-verbs.tsv", "say\tstates\tclause\tany\t2", "a second line for say"),
        ("embedders.tsv", "warble\tv\tinf\tsung\tdenied", "unknown positive 'sung'"),
        ("modifiers.tsv", "warbly\tadjectival\tpossible", "unknown kind 'adjectival'"),
        ("silences.tsv", "decline\tperhaps\tcomment", "unknown negated 'perhaps'"),
        ("silences.tsv", "decline\tno\tcomment", "a second line for"),
        ("denials.tsv", "warble\tsong", "unknown part 'song'"),
        ("denials.tsv", "deny\tdenies", "a second line for deny"),
        ("source-words.tsv", "warbler\tbird", "unknown kind 'bird'"),
    ],
)
def test_a_broken_line_is_named_with_file_and_problem(
    tmp_path: Path, name: str, line: str, problem: str
) -> None:
    with pytest.raises(KnowledgeError, match=rf"{name}:\d+: {problem}"):
        load_cues(copied(tmp_path, name, line))
