from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.reading.article import Article


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Republic of Veldoria praised Kenya.", "The Republic of Veldoria"),
        ("Kenya attacked the Republic of Veldoria.", "the Republic of Veldoria"),
        ("Brazil sued Zorvath.", "Zorvath"),
        ("Zorvath hosted Brazil.", "Zorvath"),
        ("Kenya condemned the Veldorian Relief Fund.", "the Veldorian Relief Fund"),
    ],
)
def test_a_name_that_no_table_has_is_an_actor_with_its_words_and_no_codes(
    read: Callable[..., Article], text: str, words: str
) -> None:
    article = read(text)
    found = [m for m in article.actors if article.span(m.tokens.first, m.tokens.last).text == words]
    assert [actor.code for mention in found for actor in mention.actors] == [None]


@pytest.mark.parametrize(
    "text",
    ["Kenya attacked rebels in Veldoria.", "Kenya shelled Kharkiv on Monday.", "Kenya met Iran at Zorvath."],
)
def test_where_something_happens_is_no_actor(read: Callable[..., Article], text: str) -> None:
    article = read(text)
    assert not [m for m in article.actors if m.how == "unresolved"]
