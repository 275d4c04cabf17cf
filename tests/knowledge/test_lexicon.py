from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.lexicon import COLUMNS, NOT_AN_EVENT, SPEECH, Lexicon, load_lexicon
from dragoman.knowledge.ontology import load_ontology

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = "\t".join(COLUMNS)
MEET = "meet\tv\tobj:actor\tCONSULT\t\t040\tsubj\tobj\tsym"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a small lexicon with these lines in ``consult.tsv``."""

    def write(*lines: str) -> Path:
        tables = {
            "classes.tsv": ["name\twords", "talks\ttalk|meeting"],
            "support-verbs.tsv": ["verb\tnouns", "hold\t*", "open\t@talks|door"],
            "consult.tsv": ["# Our own list.", HEADER, *lines],
        }
        for name, table in tables.items():
            (tmp_path / name).write_text("\n".join(table) + "\n", encoding="utf-8")
        return tmp_path

    return write


def test_every_type_has_entries_and_there_are_many(lexicon: Lexicon) -> None:
    counts = Counter(entry.event_type for entry in lexicon.by_id.values())
    del counts[NOT_AN_EVENT]
    assert set(counts) == set(load_ontology().types)
    assert counts.total() >= 700
    assert min(counts.values()) >= 20


def test_entries_are_found_by_the_last_of_their_words(lexicon: Lexicon) -> None:
    for head, entries in lexicon.by_head.items():
        assert all(entry.words[-1] == head for entry in entries)


def test_every_event_has_a_slot_for_a_side(lexicon: Lexicon) -> None:
    events = [
        entry for entry in lexicon.by_id.values() if entry.event_type != NOT_AN_EVENT and entry.pos != SPEECH
    ]
    assert [entry.id for entry in events if not entry.actor + entry.recipient] == []


@pytest.mark.parametrize(
    ("verb", "noun", "carries"),
    [
        ("hold", "talk", True),
        ("impose", "sanction", True),
        ("express", "gratitude", True),
        ("eat", "talk", False),
    ],
)
def test_support_verbs_carry_their_nouns_only(
    lexicon: Lexicon, verb: str, noun: str, *, carries: bool
) -> None:
    assert lexicon.supports(verb, noun) is carries


def test_a_line_becomes_an_entry(folder: Callable[..., Path]) -> None:
    loaded = load_lexicon(
        folder("hold\tv\tprt=up !obj=@talks|sky\tCONSULT\tphone\t041\tsubj, by\twith\tsym both")
    )
    (entry,) = loaded.by_head["hold"]
    particle, object_ = entry.when
    assert (particle.subject, particle.words, particle.negated) == ("prt", frozenset({"up"}), False)
    assert (object_.subject, object_.words, object_.negated) == (
        "obj",
        frozenset({"talk", "meeting", "sky"}),
        True,
    )
    assert (entry.mode, entry.cameo, entry.actor) == ("phone", "041", ("subj", "by"))
    assert entry.flags == {"sym", "both"}


def test_support_lists_may_name_classes_or_anything(folder: Callable[..., Path]) -> None:
    loaded = load_lexicon(folder(MEET))
    assert loaded.support == {"hold": None, "open": {"talk", "meeting", "door"}}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (MEET, "a second entry for meet.v[obj:actor]"),
        ("meet\tv\tmood=good\tCONSULT\t\t\tsubj", "unknown condition 'mood=good'"),
        ("meet\tv\tobj=@sky\tCONSULT\t\t\tsubj", "no class @sky in classes.tsv"),
        ("meet\tv\t\tMEET\t\t\tsubj", "unknown type 'MEET'"),
        ("meet\tv\t\tCONSULT\tdemo\t\tsubj", "CONSULT has no mode 'demo'"),
        ("meet\tv\t\tCONSULT\t\t190\tsubj", "CAMEO code 190 stands for ASSAULT, not CONSULT"),
        ("meet\tv\t\tCONSULT\t\t\tsubj\t\tshy", "unknown flags: shy"),
        ("meet\tverb\t\tCONSULT\t\t\tsubj", "pos must be v, n, a or s, not 'verb'"),
        ("Meet\tv\t\tCONSULT\t\t\tsubj", "words must be lemmas in lower case"),
        ("\tv\t\tCONSULT\t\t\tsubj", "words must be lemmas in lower case"),
    ],
)
def test_a_broken_line_is_named(folder: Callable[..., Path], line: str, problem: str) -> None:
    path = folder(MEET, line)
    with pytest.raises(KnowledgeError) as caught:
        load_lexicon(path)
    assert str(caught.value).startswith(f"{path / 'consult.tsv'}:4: {problem}")


def test_a_wrong_header_is_named(folder: Callable[..., Path]) -> None:
    path = folder()
    (path / "aid.tsv").write_text("words\tpos\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"aid\.tsv:1: the header must be"):
        load_lexicon(path)
