from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.errors import StopError
from dragoman.model.document import Document
from dragoman.reading.article import Article
from dragoman.reading.parse import LONGEST_PARAGRAPH, Parser, load_pipeline, paragraphs

Parse = Callable[[str], Article]
WRAPPED = (
    "The foreign minister of the republic told reporters on the\n"
    "steps of the palace that talks with the neighbouring state\n"
    "would go on.\n"
)
# Letters of several scripts, marks that change how text runs, control characters, pictures, typographic marks.
ODD = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "\n\n\r\t\x00\x0b\x0c\x1b\x85\u2028\u2029\u200b\u200e\u202e\ufeff\xa0 ;.“”’'-—…🇺🇳👩‍🚀שלום مرحبا"
        ),
        st.sampled_from("abcdefghij \n.;"),
    ),
    max_size=120,
)


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\n \t\nTwo.", ["One.", "Two."]),
        ("\n\n  One.  \n\n\n\n Two.\n", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("", []),
        (" \n\t\n ", []),
        ("One", ["One"]),
    ],
)
def test_blank_lines_and_full_stops_part_paragraphs(text: str, wanted: list[str]) -> None:
    assert pieces(text) == wanted


def test_hard_wrapped_lines_stay_together() -> None:
    assert pieces(WRAPPED + WRAPPED) == [WRAPPED.strip(), WRAPPED.strip()]


def test_a_line_that_goes_on_in_small_letters_is_not_parted() -> None:
    assert pieces("The talks\nwent on.") == ["The talks\nwent on."]


def test_a_headline_is_parted_from_the_wrapped_text_below() -> None:
    assert pieces("Talks go on\n" + WRAPPED) == ["Talks go on", WRAPPED.strip()]


def test_the_lines_of_a_list_are_parted() -> None:
    assert pieces("Markets fall\nWar goes on\nRain in May") == ["Markets fall", "War goes on", "Rain in May"]


def test_a_long_line_with_a_full_stop_ends_its_paragraph() -> None:
    line = "The army of the northern province left the valley after a week of heavy fighting."
    assert pieces(f"{line}\n{line}") == [line, line]


def test_a_cut_off_sentence_does_not_swallow_the_next_paragraph(parse_text: Parse) -> None:
    article = parse_text(
        "The leader of the northern state is…\n\nRemote sites lie within a drive from the city."
    )
    first, second = article.sentences
    assert article.document.text[first.start : first.end].endswith("…")
    assert {article.tokens[i].sentence for i in range(second.first, second.last)} == {second.index}
    assert first.paragraph != second.paragraph


def test_a_paragraph_beyond_measure_is_cut_at_white_space() -> None:
    text = "word " * (LONGEST_PARAGRAPH // 2)
    cut = pieces(text)
    assert all(len(piece) <= LONGEST_PARAGRAPH for piece in cut)
    assert " ".join(cut) == text.strip()


def test_a_paragraph_without_white_space_is_cut_all_the_same() -> None:
    assert "".join(pieces("x" * (2 * LONGEST_PARAGRAPH + 5))) == "x" * (2 * LONGEST_PARAGRAPH + 5)


@pytest.mark.parametrize(
    "dateline",
    [
        "MOSCOW (AP) -",
        "GENEVA, July 12 (Reuters) —",
        "WASHINGTON --",
        "BAGHDAD, Iraq (AP) —",
        "SAN JOSE, Costa Rica –",
    ],
)
def test_a_dateline_does_not_govern_the_report_behind_it(dateline: str, parse_text: Parse) -> None:
    article = parse_text(f"{dateline} The minister met the ambassador.")
    met = next(token for token in article.tokens if token.text == "met")
    behind = next(token for token in article.tokens if token.text == "The")
    assert met.head == met.i
    assert not any(token.head == met.i for token in article.tokens[: behind.i])


def test_halves_parted_by_a_semicolon_are_one_sentence_with_two_roots(parse_text: Parse) -> None:
    article = parse_text("The army left; the rebels stayed. Rain fell.")
    assert len(article.sentences) == 2
    roots = [token.text for token in article.tokens if token.head == token.i and token.sentence == 0]
    assert {"left", "stayed"} <= set(roots)


def test_typographic_quotes_keep_their_place_in_the_text(parse_text: Parse) -> None:
    article = parse_text("“We met,” Iran’s envoy said.")
    assert [token.text for token in article.tokens[:3]] == ["“", "We", "met"]
    owner = next(token for token in article.tokens if token.lower == "'s")
    assert owner.text == "’s"


def test_many_articles_in_one_batch_keep_their_own_words(parser: Parser) -> None:
    texts = ["Iran met Iraq.\n\nRain fell.", "", "France left."]
    parsed = list(parser.parse(Article(Document(text=text)) for text in texts))
    assert [article.document.text for article in parsed] == texts
    assert [len(article.sentences) for article in parsed] == [2, 0, 1]


def test_small_batches_give_the_same_as_large_ones(parser: Parser) -> None:
    articles = [
        Article(Document(text=f"Iran met Iraq in {month}.\n\nRain fell."))
        for month in ("May", "June", "July")
    ]
    small = list(Parser(batch_size=1).parse(articles))
    assert small == list(parser.parse(articles))


def test_a_pipeline_that_is_not_installed_stops_with_what_to_do() -> None:
    with pytest.raises(StopError, match="pip install no_such_pipeline"):
        load_pipeline("no_such_pipeline")


def test_the_version_names_the_pipeline(parser: Parser) -> None:
    assert parser.version.startswith("en_core_web")


@given(ODD)
@example("a\x85b\n\nc\u2028d")
@example(" \x0b ")
def test_paragraphs_cover_all_but_white_space_in_order(text: str) -> None:
    bounds = list(paragraphs(text))
    assert all(start < end for start, end in bounds)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(bounds))
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


def check_positions(article: Article) -> None:
    """Check that all layers of the parse point where they say."""
    text = article.document.text
    for i, token in enumerate(article.tokens):
        assert token.i == i
        assert text[token.start : token.end] == token.text != ""
        assert 0 <= token.head < len(article.tokens)
        assert (i in article.children[token.head]) == (token.head != i)
    assert all(before.end <= after.start for before, after in itertools.pairwise(article.tokens))
    for index, sentence in enumerate(article.sentences):
        assert sentence.index == index
        assert (sentence.start, sentence.end) == (
            article.tokens[sentence.first].start,
            article.tokens[sentence.last - 1].end,
        )
        assert {token.sentence for token in article.tokens[sentence.first : sentence.last]} == {index}
    assert sum(sentence.last - sentence.first for sentence in article.sentences) == len(article.tokens)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ODD)
@example(text="\x00")
@example(text="\u202eabc\u202c; \ufeff;;\n\n;")
@example(text="MOSCOW -- \n\n👩‍🚀 met 🇺🇳.")
@example(text="\u200b")
def test_any_text_is_parsed_and_every_offset_holds(text: str, *, parse_text: Parse) -> None:
    check_positions(parse_text(text))
