from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.gazetteer import open_gazetteer
from dragoman.model.document import Document
from dragoman.reading.actors.mentions import actors_stage, find_actors
from dragoman.reading.article import ActorMention, Article

Read = Callable[..., Article]
CASES = Path(__file__).parent / "mentions_cases.tsv"
NO_ACTOR, NO_CODE = "-", "?"


def cases() -> list[tuple[str, ...]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [tuple(row.values()) for row in rows]


def words_of(article: Article, mention: ActorMention) -> str:
    """Return the words of a mention as they stand in the text."""
    return article.span(mention.tokens.first, mention.tokens.last).text


@pytest.mark.parametrize(("sentence", "published", "words", "codes"), cases())
def test_actors_are_found_with_their_codes(
    sentence: str, published: str, words: str, codes: str, *, read: Read
) -> None:
    article = read(sentence, published=published)
    found = [
        mention for mention in article.actors if words_of(article, mention).casefold() == words.casefold()
    ]
    told = [" ".join(actor.code or NO_CODE for actor in mention.actors) for mention in found]
    assert set(told or [NO_ACTOR]) == {codes}


def test_an_undated_article_takes_who_is_in_office_now(read: Read) -> None:
    article = read("The Russian president left.", published=None)
    (mention,) = article.actors
    assert mention.actors[0].code == "RUSGOV"


def test_the_date_decides_who_holds_the_office(read: Read) -> None:
    names = [
        read("The U.S. president left.", published=date).actors[0].actors[0].name
        for date in ("2010-05-05", "2018-05-05", "2023-05-05")
    ]
    assert names == ["Barack Obama", "Donald Trump", "Joe Biden"]


def test_a_former_holder_is_not_the_holder(read: Read) -> None:
    article = read("A former French president left.")
    assert "Emmanuel Macron" not in {actor.name for mention in article.actors for actor in mention.actors}


def test_mentions_do_not_overlap_and_stand_in_order(read: Read) -> None:
    article = read(
        "Russian Foreign Minister Sergei Lavrov and the head of Iran's army met Turkish President Erdogan."
    )
    taken = [i for mention in article.actors for i in range(mention.tokens.first, mention.tokens.last)]
    assert taken == sorted(set(taken))


def test_each_mention_has_a_head_inside_and_at_least_one_actor(read: Read) -> None:
    article = read(
        "The presidents of Chad and Mali, 20 Kenyan officers, Jarvo Bentel and the UN met the Front for Peace."
    )
    for mention in article.actors:
        assert mention.tokens.first <= mention.tokens.head < mention.tokens.last
        assert mention.actors
        assert 0 < mention.confidence <= 1


def test_an_empty_article_names_nobody() -> None:
    assert find_actors(Article(Document(text="")), load_actors(), open_gazetteer()) == ()


def test_the_stage_gives_actors() -> None:
    assert actors_stage(load_actors(), open_gazetteer()).gives == ("actors",)
