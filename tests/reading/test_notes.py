from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.knowledge.boilerplate import boilerplate_patterns
from dragoman.model.document import Document
from dragoman.model.span import NOTE_KINDS
from dragoman.reading.article import Article
from dragoman.reading.notes import find_notes, notes_stage

Parse = Callable[[str], Article]
LONG = "The ministers of both states met in the capital and agreed to go on talking."


@pytest.fixture
def notes(parse_text: Parse) -> Callable[[str], list[tuple[str, str]]]:
    """Return a function from a dated text to its notes as kind and words."""

    def find(text: str) -> list[tuple[str, str]]:
        article = parse_text(text)
        dated = replace(article, document=Document(text=text, published="2023-09-13"))
        return [(note.kind, note.text) for note in find_notes(dated)]

    return find


Notes = Callable[[str], list[tuple[str, str]]]


def test_a_plain_text_has_no_notes(notes: Notes) -> None:
    assert notes(f"{LONG}\n\n{LONG} They left.") == []


@pytest.mark.parametrize("end", ["…", "...", " …"])
def test_a_paragraph_that_ends_in_dots_is_cut_off(end: str, notes: Notes) -> None:
    assert notes(f"Rain fell. The leader is{end}\n\nThey met.") == [("truncated", f"The leader is{end}")]


def test_a_paragraph_that_ends_in_a_function_word_is_cut_off(notes: Notes) -> None:
    found = notes("They met. The leaders of both states said after a long day that they would")
    assert [kind for kind, _ in found] == ["truncated"]


def test_a_paragraph_of_one_sentence_that_ends_in_such_a_word_is_cut_off(notes: Notes) -> None:
    words = "Rescuers working under floodlights in the town said they had"
    assert notes(f"{LONG}\n\n{words}") == [("truncated", words)]


def test_letters_decoded_wrongly_are_noted_where_they_stand(notes: Notes) -> None:
    assert notes("The leaders didnâ€™t meet in CafÃ© Central.") == [("mojibake", "â€™t meet in CafÃ©")]


def test_a_straight_quote_without_its_partner_is_noted(notes: Notes) -> None:
    assert notes('They met. He called it "a success.\n\nThey left.') == [
        ("unbalanced_quote", 'He called it "a success.')
    ]


def test_a_straight_quote_and_a_curly_one_are_partners(notes: Notes) -> None:
    assert notes('They met. He called it "a success.”\n\nThey left.') == []


def test_inches_are_no_quotes(notes: Notes) -> None:
    assert notes("The minister, who is 6'2\" tall, met his colleague in the capital.") == []


def test_a_headline_without_a_full_stop_is_not_cut_off(notes: Notes) -> None:
    assert notes(f"Leaders meet after a long day of rain in the north\n\n{LONG}") == []


@pytest.mark.parametrize(
    "line", ["Leave a Comment", "Advertisement", "Subscribe to our newsletter", "Read more: Rain in May"]
)
def test_lines_that_are_not_the_articles_own_are_boilerplate(line: str, notes: Notes) -> None:
    assert notes(f"{LONG}\n\n{line}") == [("boilerplate", line)]


def test_prose_is_no_boilerplate_whatever_it_begins_with(notes: Notes) -> None:
    assert notes(f"Advertisement of the plan began. {LONG} {LONG}"[:300]) == []


def test_a_long_paragraph_told_again_is_repeated(notes: Notes) -> None:
    assert notes(f"{LONG}\n\nThey left.\n\n{LONG}") == [("repeated", LONG)]


def test_a_short_paragraph_told_again_is_no_finding(notes: Notes) -> None:
    assert notes("They left.\n\nThey met.\n\nThey left.") == []


def test_repetition_is_seen_through_case_and_white_space(notes: Notes) -> None:
    again = LONG.upper().replace(" ", "  ")
    assert [kind for kind, _ in notes(f"{LONG}\n\n{again}")] == ["repeated"]


def test_a_quote_without_its_partner_is_noted_with_its_sentence(notes: Notes) -> None:
    assert notes("They met. He called it “a success.\n\nThey left.") == [
        ("unbalanced_quote", "He called it “a success.")
    ]


def test_a_closing_quote_without_its_partner_is_noted(notes: Notes) -> None:
    assert notes("A Meeting for the World”") == [("unbalanced_quote", "A Meeting for the World”")]


def test_a_quote_that_goes_on_in_the_next_paragraph_is_balanced(notes: Notes) -> None:
    assert notes("“We met,” he said. “It went well.\n\n“We will meet again.”") == []


def test_a_quote_over_three_paragraphs_is_balanced(notes: Notes) -> None:
    assert notes("“One day.\n\n“Two days.\n\n“Three days.”") == []


def test_balanced_and_nested_quotes_are_no_finding(notes: Notes) -> None:
    assert notes("“We met,” he said. “She said “yes” to it.”") == []


def test_an_undated_article_is_noted_at_its_first_sentence(parse_text: Parse) -> None:
    (note,) = find_notes(parse_text("They met. They left."))
    assert (note.kind, note.text) == ("undated", "They met.")


def test_an_empty_undated_article_has_an_empty_note() -> None:
    (note,) = find_notes(Article(Document(text="")))
    assert (note.kind, note.start, note.end, note.text) == ("undated", 0, 0, "")


def test_notes_stand_in_the_order_of_the_text(parse_text: Parse) -> None:
    text = f"He said “no.\n\n{LONG}\n\nAdvertisement\n\n{LONG}\n\nIt doesnâ€™t end.\n\nThe end is…"
    found = find_notes(parse_text(text))
    assert [note.start for note in found] == sorted(note.start for note in found)
    # What is discarded is told by community dictionaries only, the last two by readers of formats.
    assert {note.kind for note in found} == set(NOTE_KINDS) - {"discarded", "summary", "paywalled"}
    assert all(text[note.start : note.end] == note.text for note in found)


def test_the_reviewed_patterns_compile() -> None:
    assert boilerplate_patterns()


def test_the_stage_gives_notes() -> None:
    assert notes_stage().gives == ("notes",)
