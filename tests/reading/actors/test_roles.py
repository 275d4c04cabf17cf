from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.model.document import Document
from dragoman.reading.actors.names import find_names
from dragoman.reading.actors.roles import RoleHit, find_roles
from dragoman.reading.article import Article

Parse = Callable[[str], Article]


@pytest.fixture(scope="module")
def knowledge() -> ActorKnowledge:
    return load_actors()


@pytest.fixture
def roles(parse_text: Parse, knowledge: ActorKnowledge) -> Callable[[str], list[tuple[str, str, list[str]]]]:
    """Return a function from a text to its role phrases: the words, the sector, the names of the owners."""

    def find(text: str) -> list[tuple[str, str, list[str]]]:
        article = parse_text(text)

        def told(hit: RoleHit) -> tuple[str, str, list[str]]:
            return (
                article.span(hit.phrase.first, hit.phrase.last).text,
                hit.role.sector,
                [owner.entry.id for owner in hit.owners],
            )

        return [told(hit) for hit in find_roles(article, knowledge, find_names(article, knowledge))]

    return find


Roles = Callable[[str], list[tuple[str, str, list[str]]]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Iranian president left.", ("The Iranian president", "GOV", ["IRN"])),
        ("Iran's president left.", ("Iran's president", "GOV", ["IRN"])),
        ("The president of Iran left.", ("The president of Iran", "GOV", ["IRN"])),
        (
            "The president of the republic of Iran left.",
            ("The president of the republic of Iran", "GOV", ["IRN"]),
        ),
        ("Syrian rebels left.", ("Syrian rebels", "REB", ["SYR"])),
        ("Police in Kenya left.", ("Police in Kenya", "COP", ["KEN"])),
        (
            "The Joint Chiefs of Staff of South Korea met.",
            ("The Joint Chiefs of Staff of South Korea", "MIL", ["KOR"]),
        ),
        (
            "The South Korean Joint Chiefs of Staff met.",
            ("The South Korean Joint Chiefs of Staff", "MIL", ["KOR"]),
        ),
        ("The army left.", ("The army", "MIL", [])),
        ("Protesters marched.", ("Protesters", "CVL", [])),
    ],
)
def test_roles_are_found_with_their_owners(
    text: str, wanted: tuple[str, str, list[str]], roles: Roles
) -> None:
    words, sector, owners = roles(text)[0]
    assert (words, sector, sorted(owners)) == wanted


def test_several_owners_after_of_share_one_role(roles: Roles) -> None:
    found = roles("The foreign ministers of Malaysia and Iran met.")
    assert found == [("The foreign ministers of Malaysia and Iran", "GOV", ["MYS", "IRN"])]


def test_two_nationalities_before_a_role_share_it(roles: Roles) -> None:
    found = roles("Kyrgyz and Tajik border guards clashed.")
    assert [owners for _, _, owners in found] == [["KGZ", "TJK"]]


def test_the_longest_role_at_a_word_counts(roles: Roles) -> None:
    found = roles("The Kenyan prime minister left.")
    assert [words for words, _, _ in found] == ["The Kenyan prime minister"]


def test_words_that_are_no_role_give_none(roles: Roles) -> None:
    assert roles("The weather was fine.") == []


def test_roles_stand_in_order_without_overlaps(parse_text: Parse, knowledge: ActorKnowledge) -> None:
    article = parse_text(
        "The army chief, the deputy foreign minister of Chad and two police officers met rebel leaders."
    )
    hits = find_roles(article, knowledge, find_names(article, knowledge))
    taken = [i for hit in hits for i in range(hit.tokens.first, hit.tokens.last)]
    assert taken == sorted(set(taken))
    assert all(hit.phrase.first <= hit.tokens.first < hit.tokens.last <= hit.phrase.last for hit in hits)


def test_an_empty_article_has_no_roles(knowledge: ActorKnowledge) -> None:
    assert find_roles(Article(Document(text="")), knowledge, []) == []
