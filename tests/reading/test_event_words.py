from __future__ import annotations

import pytest

import dragoman
from dragoman.model.report import FACTUALITIES
from dragoman.reading.event_words import judgement

TEXT = "The talks ended on Monday. The army did not attack the town, but a new offensive is likely."


def span(text: str, word: str) -> tuple[int, int]:
    start = text.index(word)
    return start, start + len(word)


@pytest.mark.parametrize(
    ("word", "label"),
    [("ended", "actual"), ("talks", "actual"), ("attack", "denied"), ("offensive", "possible")],
)
def test_any_word_of_an_article_may_be_asked_about(word: str, label: str) -> None:
    assert dragoman.factuality(TEXT, *span(TEXT, word)) == label


def test_of_several_words_the_one_that_governs_is_judged() -> None:
    assert dragoman.factuality(TEXT, *span(TEXT, "did not attack the town")) == "denied"


def test_a_judgement_names_cue_and_rule() -> None:
    found = judgement(TEXT, *span(TEXT, "attack"))
    assert found.cue is not None
    assert (found.cue.text, found.rule) == ("not", "modifiers: not[negation]")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 10_000), (len(TEXT), len(TEXT) + 1)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(dragoman.DragomanError, match="not inside the text"):
        dragoman.factuality(TEXT, start, end)


@pytest.mark.parametrize("blank", [" ", "\n\n", "\t "])
def test_a_span_without_a_word_is_refused(blank: str) -> None:
    text = f"They met.{blank}They left."
    with pytest.raises(dragoman.DragomanError, match="no word"):
        dragoman.factuality(text, len("They met."), len("They met.") + len(blank))


@pytest.mark.parametrize(
    "text", ["x", "会談", "🙂a", "A" * 5000, "not not not not", "if if if if", "\u200bmet\u200b"]
)
def test_odd_texts_get_a_label(text: str) -> None:
    assert dragoman.factuality(text, 0, len(text)) in FACTUALITIES
