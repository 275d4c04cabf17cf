from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.model.document import Document
from dragoman.reading.actors.names import find_names, is_locative, span_of
from dragoman.reading.article import Article

Parse = Callable[[str], Article]


@pytest.fixture(scope="module")
def knowledge() -> ActorKnowledge:
    return load_actors()


def at(article: Article, word: str) -> int:
    """Return the position of a word."""
    return next(token.i for token in article.tokens if token.text == word)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Iran met Iraq.", ["Iran country IRN", "Iraq country IRQ"]),
        ("The Iranian envoy left.", ["Iranian adjective IRN"]),
        ("South Korea left.", ["South Korea country KOR"]),
        ("The Democratic Republic of the Congo left.", ["Democratic Republic of the Congo country COD"]),
        ("The Kremlin was silent.", ["Kremlin metonym seat.rus.kremlin"]),
        ("Tehran was silent.", ["Tehran capital IRN"]),
        ("Hamas left.", ["Hamas group grp.hamas"]),
        ("The weather was fine.", []),
        ("Nassau County voted.", []),
        ("The Ukraine Foreign Ministry was silent.", ["Ukraine country UKR"]),
    ],
)
def test_the_longest_names_are_found(
    text: str, wanted: list[str], *, parse_text: Parse, knowledge: ActorKnowledge
) -> None:
    article = parse_text(text)
    found = find_names(article, knowledge)
    told = [f"{article.span(h.tokens.first, h.tokens.last).text} {h.entry.kind} {h.entry.id}" for h in found]
    assert told == wanted


def test_typographic_apostrophes_make_no_difference(parse_text: Parse, knowledge: ActorKnowledge) -> None:
    straight, curly = parse_text("Iran's army left."), parse_text("Iran’s army left.")
    assert [h.entry for h in find_names(straight, knowledge)] == [
        h.entry for h in find_names(curly, knowledge)
    ]


def test_names_do_not_run_on_into_the_next_sentence(parse_text: Parse, knowledge: ActorKnowledge) -> None:
    article = parse_text("They live in South\n\nKorea is far.")
    sentences = {
        article.tokens[i].sentence
        for h in find_names(article, knowledge)
        for i in range(h.tokens.first, h.tokens.last)
    }
    assert all(
        article.tokens[h.tokens.first].sentence == article.tokens[h.tokens.last - 1].sentence
        for h in find_names(article, knowledge)
    )
    assert sentences <= {0, 1}


def test_names_stand_in_order_without_overlaps(parse_text: Parse, knowledge: ActorKnowledge) -> None:
    article = parse_text(
        "The United Nations, the United Arab Emirates, the U.S. and the UK met in South Sudan."
    )
    taken = [i for hit in find_names(article, knowledge) for i in range(hit.tokens.first, hit.tokens.last)]
    assert taken == sorted(set(taken))


def test_the_head_of_a_range_is_governed_from_outside(parse_text: Parse) -> None:
    article = parse_text("The president of Iran met farmers.")
    tokens = span_of(article, 0, at(article, "met"))
    assert article.tokens[tokens.head].text == "president"


def test_an_apostrophe_is_no_head(parse_text: Parse) -> None:
    article = parse_text("Iran's army left.")
    tokens = span_of(article, 0, 2)
    assert article.tokens[tokens.head].text == "Iran"


@pytest.mark.parametrize(
    ("text", "word", "locative"),
    [
        ("They met in Tehran.", "Tehran", True),
        ("They met near Baku and Tehran.", "Tehran", True),
        ("They met with Tehran.", "Tehran", False),
        ("Tehran was silent.", "Tehran", False),
        ("They accused Tehran.", "Tehran", False),
    ],
)
def test_a_city_after_a_preposition_of_place_is_a_place(
    text: str, word: str, *, locative: bool, parse_text: Parse
) -> None:
    article = parse_text(text)
    assert is_locative(article, at(article, word)) is locative


def test_an_empty_article_has_no_names(knowledge: ActorKnowledge) -> None:
    assert find_names(Article(Document(text="")), knowledge) == []
