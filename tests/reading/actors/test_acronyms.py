from __future__ import annotations

import pytest

from dragoman.model.document import Document
from dragoman.reading.actors.acronyms import explained, is_acronym
from dragoman.reading.article import Article
from dragoman.reading.parse import Parser
from dragoman.reading.resolving import resolve_actor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Rapid Support Forces (RSF) attacked.", {"RSF": "Rapid Support Forces"}),
        ("The Popular Front for the Liberation of Palestine (PFLP) met.", {"PFLP": "Popular Front for the Liberation of Palestine"}),
        ("The National Defence Forces of Syria (NDF) met.", {"NDF": "National Defence Forces of Syria"}),
        ("The United People's Army (UPA) met.", {"UPA": "United People's Army"}),
        ("The senator (R-TX) met the minister (UK).", {}),
        ("They met in Geneva (AFP) on Monday.", {}),
    ],
)  # fmt: skip
def test_an_acronym_is_explained_by_the_initials_before_it(
    parser: Parser, text: str, found: dict[str, str]
) -> None:
    (article,) = parser.parse([Article(Document(text=text))])
    assert {word: article.span(*place).text for word, place in explained(article).items()} == found


@pytest.mark.parametrize(("word", "expected"), [("RSF", True), ("R", False), ("Rsf", False), ("R2", False)])
def test_what_an_acronym_looks_like(word: str, *, expected: bool) -> None:
    assert is_acronym(word) is expected


@pytest.mark.parametrize(
    ("words", "context", "id_"),
    [
        ("RSF", "The Rapid Support Forces (RSF) attacked El Fasher. The RSF denied it.", "grp.rapid-support-forces"),
        ("RSF", "Reporters Without Borders (RSF) condemned it. The RSF wants him freed.", "org.reporters-without-borders"),
    ],
)  # fmt: skip
def test_the_article_says_which_of_two_bodies_an_acronym_is(words: str, context: str, id_: str) -> None:
    assert resolve_actor(words, context, "2023-06-01").id == id_


def test_an_acronym_of_a_body_that_no_table_has_is_that_body() -> None:
    context = "The National Defence Forces of Syria (NDF) attacked a village. Rebels said the NDF had fled."
    assert resolve_actor("NDF", context, "2015-06-01").country == "SYR"
