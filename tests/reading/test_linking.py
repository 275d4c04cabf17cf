from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.reading.article import Article, Frame
from dragoman.reading.linking import CLAUSE, OWN, Links

Read = Callable[..., Article]
CASES = Path(__file__).parent / "linking_cases.tsv"
TALK = frozenset({"met", "talks", "Talks", "condemned", "accused", "threatened", "meeting", "summit"})
NONE = "-"


def cases() -> list[tuple[str, ...]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [tuple(row.values()) for row in rows]


def frame_at(article: Article, word: str) -> Frame:
    """Return the frame whose trigger ends in the word."""
    return next(f for f in article.frames if article.tokens[f.trigger.tokens.head].text == word)


@pytest.mark.parametrize(("sentence", "trigger", "time", "place"), cases())
def test_time_and_place_go_to_their_own_report(
    sentence: str, trigger: str, time: str, place: str, *, read: Read
) -> None:
    article = read(sentence)
    frame, links = frame_at(article, trigger), Links(article)
    when, where = links.time(frame), links.place(frame, material=trigger not in TALK)
    told = (when.value.time.text if when else NONE, where.value.place.text if where else NONE)
    assert (told[0].rsplit(maxsplit=1)[-1], told[1]) == (time.rsplit(maxsplit=1)[-1], place)


@pytest.mark.parametrize(
    ("sentence", "trigger", "wanted"),
    [
        ("Turkish troops killed 12 fighters and wounded 3 soldiers.", "killed", ["12 fighters"]),
        ("Turkish troops killed 12 fighters and wounded 3 soldiers.", "wounded", ["3 soldiers"]),
        ("Iran fired three missiles at Iraq.", "fired", ["three missiles"]),
        ("Kenya condemned an attack that killed 40 people.", "condemned", []),
        ("Kenya condemned an attack that killed 40 people.", "killed", ["40 people"]),
    ],
)
def test_counts_go_to_the_nearest_trigger(
    sentence: str, trigger: str, wanted: list[str], *, read: Read
) -> None:
    article = read(sentence)
    found = Links(article).quantities(frame_at(article, trigger))
    assert [mention.quantity.text for mention in found] == wanted


def test_what_hangs_on_the_word_itself_is_trusted_more_than_what_its_clause_gives(read: Read) -> None:
    article = read("Greek envoys held talks in Geneva on Friday. The talks on Friday failed.")
    clause, own = (Links(article).time(frame) for frame in article.frames)
    assert clause is not None
    assert own is not None
    assert CLAUSE <= clause.confidence <= own.confidence == OWN


def test_an_accusation_does_not_happen_in_the_accused_state(read: Read) -> None:
    article = read("France condemned Kenya.")
    assert Links(article).place(article.frames[0], material=False) is None


def test_what_is_attacked_is_also_where(read: Read) -> None:
    article = read("France shelled Kenya.")
    place = Links(article).place(article.frames[0], material=True)
    assert place is not None
    assert place.value.place.country == "KEN"


def test_nothing_comes_from_another_sentence(read: Read) -> None:
    article = read("It was Monday in Nairobi. Iran thanked Iraq.")
    frame = frame_at(article, "thanked")
    assert Links(article).time(frame) is None
    assert Links(article).place(frame, material=False) is None
