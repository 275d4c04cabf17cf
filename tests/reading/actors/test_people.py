from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.model.document import Document
from dragoman.reading.actors.names import find_names
from dragoman.reading.actors.people import NO_OFFICE, by_office, famous, find_people, person_actor
from dragoman.reading.article import Article

Parse = Callable[[str], Article]


@pytest.fixture(scope="module")
def knowledge() -> ActorKnowledge:
    return load_actors()


@pytest.fixture
def people(parse_text: Parse, knowledge: ActorKnowledge) -> Callable[..., list[tuple[str, str | None]]]:
    """Return a function from a text and a date to the persons named: their words and ids."""

    def find(text: str, published: str | None = "2023-09-13") -> list[tuple[str, str | None]]:
        article = parse_text(text)
        article = replace(article, document=Document(text=text, published=published))
        hits = find_people(article, knowledge, find_names(article, knowledge))
        return [
            (article.span(hit.tokens.first, hit.tokens.last).text, hit.person.id if hit.person else None)
            for hit in hits
        ]

    return find


People = Callable[..., list[tuple[str, str | None]]]


@pytest.mark.parametrize(
    ("date", "code"),
    [("2015-01-01", "DEUGOV"), ("2023-01-01", "DEUELI"), (None, "DEUELI")],
)
def test_the_office_on_the_date_gives_the_sector(
    date: str | None, code: str, knowledge: ActorKnowledge
) -> None:
    actor = person_actor(knowledge.people["deu.angela-merkel"], knowledge, date)
    assert (actor.name, actor.id) == ("Angela Merkel", "deu.angela-merkel")
    assert actor.code == code


def test_before_any_office_the_sector_is_unknown_and_never_the_state(knowledge: ActorKnowledge) -> None:
    actor = person_actor(knowledge.people["ita.giorgia-meloni"], knowledge, "1990-01-01")
    assert actor.code == f"ITA{NO_OFFICE}"


def test_a_full_name_is_known_and_its_surname_later(people: People) -> None:
    assert people("Vladimir Putin met Xi Jinping. Later Putin thanked Xi.") == [
        ("Vladimir Putin", "rus.vladimir-putin"),
        ("Xi Jinping", "chn.xi-jinping"),
        ("Putin", "rus.vladimir-putin"),
        ("Xi", "chn.xi-jinping"),
    ]


def test_a_family_name_that_stands_first_is_the_short_name(people: People) -> None:
    found = people("Kim Jong Un left. Kim came back.")
    assert [id_ for _, id_ in found] == ["prk.kim-jong-un", "prk.kim-jong-un"]


def test_unknown_names_are_kept_without_an_id(people: People) -> None:
    assert people("Foreign Minister Jarvo Bentel met Putin.") == [
        ("Jarvo Bentel", None),
        ("Putin", "rus.vladimir-putin"),
    ]


def test_leaders_are_known_by_surname_also_where_the_recogniser_errs(people: People) -> None:
    assert people("Putin thanked Modi.") == [("Putin", "rus.vladimir-putin"), ("Modi", "ind.narendra-modi")]


@pytest.mark.parametrize("text", ["Farmers marched in Modi.", "The Modi Hall is large.", "In May it rained."])
def test_a_leaders_surname_where_a_place_stands_is_nobody(text: str, people: People) -> None:
    assert people(text) == []


def test_no_leader_is_guessed_long_after_his_time(knowledge: ActorKnowledge) -> None:
    assert famous("merkel", knowledge, "2015-01-01", set()) is knowledge.people["deu.angela-merkel"]
    assert famous("merkel", knowledge, "2023-01-01", set()) is knowledge.people["deu.angela-merkel"]
    assert famous("merkel", knowledge, "2033-01-01", set()) is None
    assert famous("thatcher", knowledge, "1986-01-01", set()) is not None
    assert famous("thatcher", knowledge, "2000-01-01", set()) is None


def test_a_surname_without_a_leader_is_nobody(knowledge: ActorKnowledge) -> None:
    assert famous("bentel", knowledge, "2023-01-01", set()) is None


@pytest.mark.parametrize(
    ("name", "role", "country", "wanted"),
    [
        ("Vladimir Poutine", "head_of_state", "RUS", "rus.vladimir-putin"),
        ("Vladimir Putin", "head_of_state", "FRA", None),
        ("Boris Petrov", "head_of_state", "RUS", None),
        ("Vladimir Putin", "foreign_minister", "RUS", None),
    ],
)
def test_another_spelling_is_the_holder_only_in_the_same_office_and_state(
    name: str, role: str, country: str, wanted: str | None, *, knowledge: ActorKnowledge
) -> None:
    found = by_office(name, role, country, knowledge, "2023-01-01")
    assert (found.id if found else None) == wanted


def test_relatives_in_one_leadership_stay_apart(people: People) -> None:
    found = people("Kim Jong Un met Kim Yo Jong.")
    assert len({id_ or words for words, id_ in found}) == 2


def test_persons_stand_in_order(parse_text: Parse, knowledge: ActorKnowledge) -> None:
    article = parse_text(
        "Putin, Jarvo Bentel, Xi Jinping, Telmo Grivas, Modi and Bentel met Emmanuel Macron."
    )
    hits = find_people(article, knowledge, find_names(article, knowledge))
    firsts = [hit.tokens.first for hit in hits]
    assert firsts == sorted(set(firsts))


def test_an_empty_article_names_nobody(knowledge: ActorKnowledge) -> None:
    assert find_people(Article(Document(text="")), knowledge, []) == []
