from __future__ import annotations

import pytest

from dragoman.model.document import Document
from dragoman.reading import tree
from dragoman.reading.article import Article, Sentence, Token


def article(text: str) -> Article:
    """Build a parsed article from "word/tag/label/governor" in order; the root governs itself."""
    rows = [word.split("/") for word in text.split()]
    words = [row[0] for row in rows]
    tokens, start = [], 0
    for i, (word, tag, label, head) in enumerate(rows):
        pos = {"N": "NOUN", "P": "PROPN", "V": "VERB", "I": "ADP", "T": "PART", "W": "PRON"}.get(tag[0], "X")
        end = start + len(word)
        governor = words.index(head)
        token = Token(
            i, start, end, word, word.lower(), word.lower(), pos, tag, label, governor, "", False, 0  # noqa: FBT003
        )  # fmt: skip
        tokens.append(token)
        start = end + 1
    below = tuple(tuple(t.i for t in tokens if t.head == i and t.i != i) for i in range(len(tokens)))
    plain = " ".join(words)
    whole = Sentence(0, 0, len(tokens), 0, len(plain), 0)
    return Article(Document(text=plain), tuple(tokens), below, (whole,))


def at(made: Article, word: str) -> int:
    """Return the position of a word."""
    return next(token.i for token in made.tokens if token.text == word)


def words(made: Article, found: list[int]) -> str:
    """Return the words at some positions."""
    return " ".join(made.tokens[i].text for i in found)


MET = "A/PRP/nsubj/met and/CC/cc/A B/PRP/conj/A met/VBD/ROOT/met C/PRP/dobj/met in/IN/prep/met D/PRP/pobj/in"


def test_children_may_be_asked_for_by_label() -> None:
    made = article(MET)
    assert words(made, tree.children(made, at(made, "met"))) == "A C in"
    assert words(made, tree.children(made, at(made, "met"), "dobj", "prep")) == "C in"
    assert tree.children(made, at(made, "D")) == []


def test_descendants_come_after_their_governors_and_ancestors_up_to_the_root() -> None:
    made = article(MET)
    assert words(made, list(tree.descendants(made, at(made, "met")))) == "met A and B C in D"
    assert words(made, list(tree.ancestors(made, at(made, "D")))) == "in met"
    assert list(tree.ancestors(made, at(made, "met"))) == []


def test_the_extent_is_all_that_hangs_below() -> None:
    made = article(MET)
    assert tree.extent(made, at(made, "A")) == (0, 3)
    assert tree.extent(made, at(made, "in")) == (5, 7)
    assert tree.extent(made, at(made, "met")) == (0, 7)


def test_coordination_unfolds_from_its_first_word() -> None:
    made = article("A/PRP/nsubj/met and/CC/cc/A B/PRP/conj/A or/CC/cc/B C/PRP/conj/B met/VBD/ROOT/met")
    assert words(made, tree.conjuncts(made, at(made, "A"))) == "A B C"
    assert tree.first_conjunct(made, at(made, "C")) == at(made, "A")
    assert tree.first_conjunct(made, at(made, "met")) == at(made, "met")


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("A/PRP/nsubj/met met/VBD/ROOT/met C/PRP/dobj/met", False),
        ("A/PRP/nsubjpass/met was/VBD/auxpass/met met/VBN/ROOT/met", True),
        ("A/PRP/nsubj/met has/VBZ/aux/met met/VBN/ROOT/met", False),
        ("man/NN/ROOT/man met/VBN/acl/man there/RB/advmod/met", True),
        (
            "man/NN/nsubjpass/seen was/VBD/auxpass/seen seen/VBN/ROOT/seen and/CC/cc/seen met/VBN/conj/seen",
            True,
        ),
    ],
)
def test_the_voice_is_told_by_auxiliary_subject_and_form(text: str, passive: bool) -> None:  # noqa: FBT001
    made = article(text)
    assert tree.is_passive(made, at(made, "met")) is passive


@pytest.mark.parametrize(
    ("text", "verb", "wanted"),
    [
        (MET, "met", "A B"),
        ("A/PRP/nsubj/met met/VBD/ROOT/met and/CC/cc/met left/VBD/conj/met", "left", "A"),
        ("A/PRP/nsubj/hopes hopes/VBZ/ROOT/hopes to/TO/aux/meet meet/VB/xcomp/hopes", "meet", "A"),
        ("A/PRP/nsubj/told told/VBD/ROOT/told B/PRP/dobj/told to/TO/aux/go go/VB/xcomp/told", "go", "B"),
        ("men/NNS/ROOT/men who/WP/nsubj/fled fled/VBD/relcl/men", "fled", "men"),
        ("men/NNS/ROOT/men fleeing/VBG/acl/men", "fleeing", "men"),
        ("plan/NN/ROOT/plan to/TO/aux/flee flee/VB/acl/plan", "flee", ""),
        (
            "After/IN/prep/thanked going/VBG/pcomp/After A/PRP/nsubj/thanked thanked/VBD/ROOT/thanked",
            "going",
            "A",
        ),
        (
            "A/PRP/nsubj/thanked thanked/VBD/ROOT/thanked B/PRP/dobj/thanked for/IN/prep/thanked going/VBG/pcomp/for",
            "going",
            "B",
        ),
        ("A/PRP/nsubj/said said/VBD/ROOT/said left/VBD/ccomp/said", "left", ""),
    ],
)
def test_subjects_are_found_where_they_are_understood(text: str, verb: str, wanted: str) -> None:
    made = article(text)
    assert words(made, tree.subjects(made, at(made, verb))) == wanted


@pytest.mark.parametrize(
    ("text", "verb", "wanted"),
    [
        (MET, "met", "C"),
        ("A/PRP/nsubj/met met/VBD/ROOT/met C/PRP/dobj/met and/CC/cc/C D/PRP/conj/C", "met", "C D"),
        (
            "A/PRP/nsubj/urged urged/VBD/ROOT/urged B/PRP/nsubj/go to/TO/aux/go go/VB/ccomp/urged",
            "urged",
            "B",
        ),
        ("town/NN/ROOT/town that/WDT/dobj/took A/PRP/nsubj/took took/VBD/relcl/town", "took", "town"),
        ("town/NN/ROOT/town A/PRP/nsubj/took took/VBD/relcl/town", "took", "town"),
        ("men/NNS/ROOT/men who/WP/nsubj/fled fled/VBD/relcl/men", "fled", ""),
    ],
)
def test_objects_are_found_where_they_are_understood(text: str, verb: str, wanted: str) -> None:
    made = article(text)
    assert words(made, tree.objects(made, at(made, verb))) == wanted


def test_objects_may_be_only_persons() -> None:
    made = article("A/PRP/nsubj/saw saw/VBD/ROOT/saw B/PRP/dobj/saw and/CC/cc/B rain/NN/conj/B")
    assert words(made, tree.objects_of(made, at(made, "saw"), persons=False)) == "B rain"
    assert words(made, tree.objects_of(made, at(made, "saw"), persons=True)) == "B"


def test_nouns_are_reached_through_their_preposition() -> None:
    text = (
        "talks/NNS/ROOT/talks with/IN/prep/talks A/PRP/pobj/with and/CC/cc/A B/PRP/conj/A "
        "in/IN/prep/talks D/PRP/pobj/in"
    )
    made = article(text)
    assert words(made, tree.prepositional(made, 0, "with")) == "A B"
    assert words(made, tree.prepositional(made, 0)) == "A B D"
    assert tree.prepositional(made, 0, "against") == []


def test_the_agent_of_a_passive_hangs_on_by() -> None:
    made = article("A/PRP/nsubjpass/met met/VBN/ROOT/met by/IN/agent/met B/PRP/pobj/by")
    assert words(made, tree.prepositional(made, at(made, "met"), "by")) == "B"


def test_the_noun_around_a_relative_clause_is_found_from_within() -> None:
    made = article(
        "town/NN/ROOT/town that/WDT/dobj/take A/PRP/nsubj/wants wants/VBZ/relcl/town to/TO/aux/take take/VB/xcomp/wants"
    )
    assert tree.relative_head(made, at(made, "take")) == at(made, "town")
    assert words(made, tree.objects(made, at(made, "take"))) == "town"
    assert tree.relative_head(made, at(made, "town")) == at(made, "town")
