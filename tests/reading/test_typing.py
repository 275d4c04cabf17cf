from __future__ import annotations

import functools
import itertools
from pathlib import Path

import pytest
import tokenizers
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError, UsageError
from dragoman.reading.typing import (
    ACTOR_CLOSE,
    ACTOR_OPEN,
    END,
    LONGEST,
    MODELS,
    RECIPIENT_CLOSE,
    RECIPIENT_OPEN,
    START,
    Item,
    Typer,
    encode,
    find,
    load_pieces,
    load_typer,
    read_card,
    relation_type,
)

MARKS = (ACTOR_OPEN, ACTOR_CLOSE, RECIPIENT_OPEN, RECIPIENT_CLOSE)
LARGEST = 30_000_000
NAMES = ("Iran", "the French president", "Kenyan police", "the rebels", "Brazil", "Prime Minister Lee")
UNKNOWN = ("Varkesh", "the Tollund Front", "Minister Ozarai", "Quelland")
# Shares of generated sentences that a trained model must get right; it need not get each one right.
MOST, NEARLY_ALL = 0.85, 0.9


@functools.cache
def pieces() -> tokenizers.Tokenizer:
    return load_pieces(MODELS / "tokenizer.json")


def sentences(names: tuple[str, ...], *, passive: bool = False) -> list[tuple[str, Item]]:
    lines = Path(__file__).with_name("typing_sentences.tsv").read_text("utf-8").splitlines()[1:]
    found = []
    for line, (one, other) in itertools.product(lines, itertools.permutations(names, 2)):
        label, active, turned = line.split("\t")
        if form := turned if passive else active:
            text = form.format(A=one, B=other) + "."
            sides = [(text.index(name), text.index(name) + len(name)) for name in (one, other)]
            found.append((label, (text, sides[0], sides[1])))
    return found


def answers(items: list[Item]) -> list[str]:
    return [max(found, key=lambda name: found[name]) for found in load_typer().probabilities(items)]


def share(pairs: list[tuple[str, str]]) -> float:
    return sum(one == other for one, other in pairs) / len(pairs)


def test_words_are_found_whole_first_and_in_their_own_case_first() -> None:
    assert find("Iranians met Iran and iran.", "Iran", "actor") == (13, 17)
    assert find("IRAN spoke.", "iran", "actor") == (0, 4)


def test_a_span_is_taken_as_it_is_and_none_stays_none() -> None:
    assert find("Iran spoke.", (0, 4), "actor") == (0, 4)
    assert find("Iran spoke.", None, "actor") is None


@pytest.mark.parametrize("words", ["France", "", "  ", (0, 0), (3, 99), (-1, 3), (4, 5)])
def test_what_is_not_in_the_sentence_is_refused_with_the_role_named(words: str | tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="the recipient"):
        find("Iran spoke.", words, "recipient")


def test_marks_stand_around_the_words() -> None:
    ids = encode(pieces(), "Iran met Iraq.", (0, 4), (9, 13))
    assert (ids[0], ids[-1]) == (START, END)
    assert [ids.index(mark) for mark in MARKS] == [1, 3, 5, 7]


def test_a_side_that_is_not_named_has_no_marks_but_one_side_must_be_named() -> None:
    assert RECIPIENT_OPEN not in encode(pieces(), "Teachers went on strike.", (0, 8), None)
    with pytest.raises(UsageError, match="neither"):
        encode(pieces(), "Teachers went on strike.", None, None)


def test_a_long_sentence_is_cut_around_the_pair() -> None:
    text = "word " * 300 + "Iran met Iraq" + " word" * 300
    start = text.index("Iran")
    ids = encode(pieces(), text, (start, start + 4), (start + 9, start + 13))
    assert len(ids) == LONGEST + 6
    assert all(ids.count(mark) == 1 for mark in MARKS)
    assert ids[ids.index(ACTOR_OPEN) + 1] not in {START, END}


@given(st.text(min_size=2, max_size=60), st.data())
def test_any_text_and_any_spans_give_each_mark_once_and_in_order(text: str, data: st.DataObject) -> None:
    spans = []
    for _ in range(2):
        start = data.draw(st.integers(0, len(text) - 1))
        spans.append((start, data.draw(st.integers(start + 1, len(text)))))
    if not all(text[slice(*span)].strip() for span in spans):
        return
    ids = encode(pieces(), text, spans[0], spans[1])
    assert all(ids.count(mark) == 1 for mark in MARKS)
    assert ids.index(ACTOR_OPEN) < ids.index(ACTOR_CLOSE)
    assert ids.index(RECIPIENT_OPEN) < ids.index(RECIPIENT_CLOSE)


def test_missing_weights_and_a_broken_card_are_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"typer\.toml"):
        Typer(tmp_path)
    card = tmp_path / "typer.toml"
    card.write_text("labels = ['A']\n", "utf-8")
    with pytest.raises(KnowledgeError, match="temperature"):
        read_card(card)


def test_the_model_fits_its_room_and_has_the_sixteen_types_and_none() -> None:
    assert sum(path.stat().st_size for path in MODELS.iterdir()) <= LARGEST
    assert len(load_typer().labels) == 17
    assert "NONE" in load_typer().labels


def test_probabilities_add_up_and_do_not_depend_on_the_company() -> None:
    items = [item for _, item in sentences(NAMES[:2])]
    typer = load_typer()
    together = typer.probabilities(items)
    assert all(abs(sum(found.values()) - 1) < 1e-6 for found in together)
    alone = [typer.probabilities([item])[0] for item in items[:5]]
    for one, other in zip(alone, together, strict=False):
        assert max(one, key=one.__getitem__) == max(other, key=other.__getitem__)


def test_no_items_give_no_answers() -> None:
    assert load_typer().probabilities([]) == []


def test_the_likeliest_type_comes_first() -> None:
    found = relation_type("Turkey accused Syria of shelling a village.", "Turkey", "Syria")
    assert next(iter(found)) == "ACCUSE"
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_plain_sentences_get_their_type_whatever_the_names() -> None:
    found = sentences(NAMES)
    assert (
        share([*zip([label for label, _ in found], answers([item for _, item in found]), strict=True)])
        >= MOST
    )


def test_unknown_names_change_nothing() -> None:
    found = sentences(UNKNOWN)
    assert (
        share([*zip([label for label, _ in found], answers([item for _, item in found]), strict=True)])
        >= MOST
    )


def test_the_passive_agrees_with_the_active() -> None:
    found = sentences(NAMES, passive=True)
    assert (
        share([*zip([label for label, _ in found], answers([item for _, item in found]), strict=True)])
        >= MOST
    )


def test_who_said_so_changes_no_type() -> None:
    plain = [item for _, item in sentences(NAMES[:4])]
    said = [(f"{text[:-1]}, officials said.", one, other) for text, one, other in plain]
    assert share([*zip(answers(plain), answers(said), strict=True)]) >= NEARLY_ALL
