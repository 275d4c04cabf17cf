from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from dragoman.knowledge.lexicon import Lexicon, load_lexicon
from dragoman.reading.article import Argument, Article, Frame
from dragoman.reading.weighing import FILL, FILLED, Weighing, probability

Read = Callable[..., Article]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def words(article: Article, side: Sequence[Argument]) -> list[str]:
    tokens = [article.actors[argument.mention].tokens for argument in side]
    return [article.span(one.first, one.last).text for one in tokens]


def emptied(article: Article, **sides: tuple[Argument, ...]) -> Article:
    """Return the article with one frame, its first, of which these sides are replaced."""
    return replace(article, frames=(replace(article.frames[0], likely=None, **sides),))


def weighed(article: Article, lexicon: Lexicon, likely: Callable[[str], float]) -> tuple[list[str], Frame]:
    """Return whom the typer was asked about, and the frame it leaves; ``likely`` tells a candidate's probability."""
    weighing = Weighing(article, lexicon)
    questions = weighing.questions()
    event_type = lexicon.by_id[article.frames[0].trigger.entry].event_type
    asked, answers = [], []
    for question in questions:
        name = "" if question.mention is None else words(article, [Argument(question.mention, 0, "")])[0]
        asked.append(name)
        answers.append({event_type: likely(name)})
    (frame,) = weighing.weighed(questions, answers)
    return asked, frame


def test_the_frame_as_it_is_is_asked_about_first(read: Read, lexicon: Lexicon) -> None:
    article = emptied(read("Chad attacked Libya."))
    asked, frame = weighed(article, lexicon, lambda _: 0.7)
    assert asked == [""]
    assert frame.likely == pytest.approx(0.7)


def test_an_empty_side_goes_to_the_likeliest_below_the_trigger(read: Read, lexicon: Lexicon) -> None:
    article = emptied(read("Chad attacked Libya and Niger."), recipients=())
    asked, frame = weighed(article, lexicon, lambda name: {"Libya": 0.85, "Niger": 0.95}.get(name, 0.5))
    assert asked == ["Libya", "Niger"]
    assert words(article, frame.recipients) == ["Niger"]
    assert {argument.rule for argument in frame.recipients} == {FILLED}


def test_below_the_threshold_a_side_stays_empty(read: Read, lexicon: Lexicon) -> None:
    article = emptied(read("Chad attacked Libya."), recipients=())
    _, frame = weighed(article, lexicon, lambda name: FILL - 0.01 if name else 0.9)
    assert frame.recipients == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Chad attacked in Libya.", "where force is used is no party"),
        ("Chad attacked, Libya said.", "who only says so has no part in it"),
        ("Chad attacked and Libya withdrew.", "what is coordinated is another event"),
        ("Chad attacked the Libyan border.", "an adjective is no party"),
    ],
)
def test_who_has_no_part_in_it_is_not_asked_about(
    text: str, why: str, *, read: Read, lexicon: Lexicon
) -> None:
    article = read(text)
    frames = [frame for frame in article.frames if lexicon.by_id[frame.trigger.entry].event_type == "ASSAULT"]
    assert frames or "border" in text, why
    for frame in frames:
        alone = replace(article, frames=(replace(frame, recipients=(), things=(), likely=None),))
        asked, _ = weighed(alone, lexicon, lambda _: 0.99)
        assert "Libya" not in asked, why
        assert "Libyan" not in asked, why


def test_a_frame_without_a_party_is_not_asked_about(read: Read, lexicon: Lexicon) -> None:
    article = read("The gardener attacked the baker.")
    assert Weighing(article, lexicon).questions() == []


@pytest.mark.parametrize(
    ("answer", "event_type", "sure"),
    [
        ({"AID": 0.4, "COOPERATE": 0.6}, "AID", 0.4),
        ({"CONCEDE": 0.3, "RETREAT": 0.5, "AID": 0.2}, "CONCEDE", 0.8),
        ({"CONCEDE": 0.3, "RETREAT": 0.5, "AID": 0.2}, "RETREAT", 0.8),
    ],
)
def test_types_that_the_training_set_has_as_one_are_added_up(
    answer: Mapping[str, float], event_type: str, sure: float
) -> None:
    assert probability(answer, event_type) == pytest.approx(sure)
