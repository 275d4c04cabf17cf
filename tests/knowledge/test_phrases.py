from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.knowledge.phrases import NameEntry, PhraseTable, entry_for, phrase_tokens, singular
from dragoman.knowledge.tables import read_table

COLUMNS = ("text", "length", "kind", "id")
CASES = [
    (row["text"], int(row["length"]), row["kind"], row["id"])
    for row in read_table(Path(__file__).with_name("name_matches.tsv"), COLUMNS)
]


@pytest.fixture(scope="module")
def knowledge() -> ActorKnowledge:
    return load_actors()


@pytest.mark.parametrize(("text", "length", "kind", "id_"), CASES)
def test_names_are_found_in_their_own_case(
    knowledge: ActorKnowledge, text: str, length: int, kind: str, id_: str
) -> None:
    found, entries = knowledge.names.match(phrase_tokens(text), 0)
    assert found == length
    assert bool(entries) == bool(length)
    assert not length or (kind, id_) in {(entry.kind, entry.id) for entry in entries}


def test_known_names_are_cut_as_the_parser_cuts_them(knowledge: ActorKnowledge) -> None:
    tokenizer = spacy.blank("en").tokenizer
    bodies = [name for body in knowledge.bodies.values() for name in (body.name, *body.aliases)]
    outlets = [name for outlet in knowledge.outlets.values() for name in (outlet.name, *outlet.aliases)]
    people = [name for person in knowledge.people.values() for name in (person.name, *person.aliases)]
    names = bodies + outlets + people
    cut = {name: tuple(token.text for token in tokenizer(f"x {name} y"))[1:-1] for name in names}
    wrong = [name for name in names if cut[name] != phrase_tokens(name)]
    assert len(wrong) / len(names) < 0.001, wrong


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Jong-un", ("Jong", "-", "un")),
        ("M-19", ("M-19",)),
        ("the U.S. Army's", ("the", "U.S.", "Army", "'s")),
        ("Workers’ Party", ("Workers", "'", "Party")),
        ("Sana’a", ("Sana'a",)),
        ("CPI (Maoist)", ("CPI", "(", "Maoist", ")")),
        ("  ", ()),
    ],
)
def test_names_are_cut_into_tokens(text: str, tokens: tuple[str, ...]) -> None:
    assert phrase_tokens(text) == tokens


@given(st.text())
def test_no_letter_is_lost_in_cutting(text: str) -> None:
    kept = "".join(letter for token in phrase_tokens(text) for letter in token if letter.isalnum())
    assert kept == "".join(letter for letter in text if letter.isalnum())


@given(st.lists(st.text(min_size=1), min_size=1))
def test_any_words_can_be_looked_up(words: list[str]) -> None:
    table = PhraseTable([(" ".join(words), NameEntry("alias", "x", cased=False))])
    length, entries = table.match(words, 0)
    assert bool(length) == bool(entries)
    assert length <= len(words)


def test_the_longest_name_wins() -> None:
    table = PhraseTable(
        (name, entry_for(name, "organisation", name)) for name in ("World Bank", "World Bank Group")
    )
    assert table.match(["World", "Bank", "Group"], 0)[0] == 3
    assert table.match(["the", "World", "Bank"], 1) == (2, table.lookup("world bank"))


def test_a_name_of_two_owners_gives_both() -> None:
    names = [("RSF", "grp.rapid"), ("RSF", "org.reporters")]
    table = PhraseTable((name, entry_for(name, "group", id_)) for name, id_ in names)
    assert [entry.id for entry in table.match(["RSF"], 0)[1]] == ["grp.rapid", "org.reporters"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("chiefs", "chief"), ("authorities", "authority"), ("mps", "mp"), ("press", "press"), ("us", "us")],
)
def test_a_plural_s_is_taken_off(word: str, expected: str) -> None:
    assert singular(word) == expected
