from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.model.actor import Actor
from dragoman.reading.article import ActorMention, Article, TokenRange
from dragoman.reading.fillers import INSIDE_AGENT, Fillers

Parse = Callable[[str], Article]
NAMES = ("Iran", "Iraq", "Kim", "Putin", "Russian", "Paris", "Rome", "Hamas")


@pytest.fixture
def filled(parse_text: Parse) -> Callable[[str], Article]:
    """Return a function from a text to an article in which each of `NAMES` is an actor."""

    def fill(text: str) -> Article:
        article = parse_text(text)
        mentions = [
            ActorMention(TokenRange(token.i, token.i + 1, token.i), (Actor(token.text, None, None, None, None),), "name", 1.0)
            for token in article.tokens
            if token.text in NAMES
        ]  # fmt: skip
        return replace(article, actors=tuple(mentions))

    return fill


def at(article: Article, word: str) -> int:
    """Return the position of a word."""
    return next(token.i for token in article.tokens if token.text == word)


def names(article: Article, found: list[int]) -> list[str]:
    """Return the words of some mentions."""
    return [article.tokens[article.actors[number].tokens.head].text for number in found]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Iran left.", "Iran", ["Iran"]),
        ("The attack by Hamas failed.", "attack", ["Hamas"]),
        ("Kim's train left.", "train", ["Kim"]),
        ("The Russian missiles hit a town.", "missiles", ["Russian"]),
        ("The capital of Iran was quiet.", "capital", ["Iran"]),
        ("New sanctions against Iran were drafted.", "sanctions", ["Iran"]),
        ("The talks between Iran and Iraq failed.", "talks", ["Iran", "Iraq"]),
        ("The release of members of Hamas took a year.", "release", ["Hamas"]),
        ("The rain in the valley stopped.", "rain", []),
    ],
)
def test_a_phrase_stands_for_itself_or_for_the_actors_inside(
    text: str, word: str, wanted: list[str], filled: Parse
) -> None:
    article = filled(text)
    assert names(article, Fillers(article).of(at(article, word))) == wanted


def test_the_name_in_apposition_is_found_at_the_noun(filled: Parse) -> None:
    article = filled("The neighbour, Iran, left.")
    found = Fillers(article).at(at(article, "neighbour"))
    assert found is not None
    assert names(article, [found]) == ["Iran"]


def test_a_word_that_is_no_actor_is_none(filled: Parse) -> None:
    article = filled("Iran left.")
    assert Fillers(article).at(at(article, "left")) is None


def test_only_the_ways_asked_for_lead_inside(filled: Parse) -> None:
    article = filled("New sanctions against Iran were drafted.")
    assert Fillers(article).of(at(article, "sanctions"), ways=INSIDE_AGENT) == []


def test_actors_named_outright_come_without_those_only_held(filled: Parse) -> None:
    article = filled("Iran and the friends of Iraq left.")
    heads = [at(article, "Iran"), at(article, "friends")]
    assert names(article, Fillers(article).of_all(heads)) == ["Iran"]


def test_each_actor_is_returned_once_and_in_order(filled: Parse) -> None:
    article = filled("Iran and Iraq left.")
    heads = [at(article, "Iran"), at(article, "Iraq"), at(article, "Iran")]
    assert names(article, Fillers(article).of_all(heads)) == ["Iran", "Iraq"]


def test_modifiers_joined_by_a_hyphen_are_both_found(filled: Parse) -> None:
    article = filled("The Putin-Kim meeting took place, and the Paris-Rome talks failed.")
    fillers = Fillers(article)
    assert sorted(names(article, fillers.modifiers(at(article, "meeting")))) == ["Kim", "Putin"]
    assert sorted(names(article, fillers.modifiers(at(article, "talks")))) == ["Paris", "Rome"]


def test_owners_are_found_also_inside_a_phrase(filled: Parse) -> None:
    article = filled("Kim's meeting and the Russian president's trip took place.")
    fillers = Fillers(article)
    assert names(article, fillers.possessors(at(article, "meeting"))) == ["Kim"]
    assert names(article, fillers.possessors(at(article, "trip"))) == ["Russian"]


def test_a_mention_is_found_at_each_of_its_words(parse_text: Parse) -> None:
    article = parse_text("The army of Iran left.")
    mention = ActorMention(TokenRange(0, 4, 1), (Actor("army", None, None, None, None),), "role", 1.0)
    article = replace(article, actors=(mention,))
    assert [Fillers(article).at(i) for i in range(4)] == [0, 0, 0, 0]


def test_an_article_without_actors_fills_nothing(parse_text: Parse) -> None:
    article = parse_text("Iran met Iraq.")
    fillers = Fillers(article)
    assert [fillers.of(token.i) for token in article.tokens] == [[]] * len(article.tokens)
