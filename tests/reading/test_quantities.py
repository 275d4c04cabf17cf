"""Quantities: a table of cases read by the real parser, and properties over made-up sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge.quantities import load_quantities
from dragoman.model.document import Document
from dragoman.reading.article import Article, QuantityMention, Sentence, Token
from dragoman.reading.quantities import find_quantities, quantities_stage
from dragoman.reading.stage import check_chain
from dragoman.reading.times import find_times


def cases() -> list[list[str]]:
    """Return the rows of the table: sentence, and what is to be found (nothing: no quantity)."""
    lines = Path(__file__).with_name("quantities_cases.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[2:]]


def told(article: Article, mention: QuantityMention) -> tuple[str, ...]:
    """Return a mention in the columns of the table."""
    quantity = mention.quantity
    high = "-" if quantity.high is None else f"{quantity.high:.12g}"
    return (
        quantity.text,
        quantity.what,
        f"{quantity.low:.12g}",
        high,
        article.tokens[mention.tokens.head].text,
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: "|".join(case[:2]))
def test_quantity_has_the_noun_and_bounds_of_the_table(
    case: list[str], parse_text: Callable[[str], Article]
) -> None:
    """Each row names a sentence and one quantity that must be found in it, or none."""
    sentence, *wanted = case
    article = parse_text(sentence)
    article = replace(article, times=find_times(article))
    found = [told(article, mention) for mention in find_quantities(article)]
    if wanted:
        assert tuple(wanted) in found
    else:
        assert found == []


def vocabulary() -> list[tuple[str, str]]:
    """Return words with tags: those of the tables, figures, nouns and verbs."""
    known = load_quantities()
    phrases = [known.bounds, known.bounds_after, known.vague, known.currencies]
    words = {token for table in phrases for found in table.values() for one in found for token in one.tokens}
    numbers = [*known.numbers.small, *known.numbers.scale, *known.numbers.tens, "20", "3.5", "1,000", "5bn", "20–30",
               "2–2", "99999999999999999999", "१२", "½", "-5"]  # fmt: skip
    verbs = [(word, "VBD") for word in sorted(known.nouns["casualty_verb"])]
    nouns = [
        ("soldiers", "NNS"),
        ("leader", "NN"),
        ("people", "NNS"),
        ("NATO", "NNP"),
        ("of", "IN"),
        ("%", "NN"),
    ]
    return [*((word, "IN") for word in sorted(words)), *((word, "CD") for word in numbers), *verbs, *nouns,
            ("$", "$"), ("-", "HYPH"), ("and", "CC"), ("to", "TO"), ("between", "IN"), ("dead", "JJ")]  # fmt: skip


def build(words: list[tuple[str, str]], heads: list[int]) -> Article:
    """Return an article of one sentence whose tokens hang on the ones that ``heads`` says."""
    tokens, position = [], 0
    for i, (word, tag) in enumerate(words):
        head = heads[i % len(heads)] % len(words)
        dep = ("nummod", "dobj", "pobj", "prep", "conj", "nsubj")[heads[-1] % 6]
        pos = {"I": "ADP", "V": "VERB", "N": "NOUN"}.get(tag[0], "NUM")
        tokens.append(Token(i=i, start=position, end=position + len(word), text=word, lower=word.lower(),
                            lemma=word.lower(), pos=pos, tag=tag, dep=dep, head=head, entity="", entity_start=False,
                            sentence=0))  # fmt: skip
        position += len(word) + 1
    children = tuple(tuple(t.i for t in tokens if t.head == i != t.i) for i in range(len(tokens)))
    document = Document(text=" ".join(word for word, _ in words))
    return Article(
        document, tuple(tokens), children, (Sentence(0, 0, len(tokens), 0, len(document.text), 0),)
    )


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(vocabulary()), min_size=1, max_size=12),
    st.lists(st.integers(0, 11), min_size=1, max_size=12),
)
def test_any_words_give_quantities_that_hold_together(words: list[tuple[str, str]], heads: list[int]) -> None:
    """Whatever the words and the tree: no crash, spans are the text, in order, low is not above high."""
    article = build(words, heads)
    reached = 0
    for mention in find_quantities(article):
        quantity = mention.quantity
        assert article.document.text[quantity.start : quantity.end] == quantity.text != ""
        assert quantity.start >= reached
        assert mention.tokens.first <= mention.tokens.head < mention.tokens.last
        assert quantity.what
        assert 0 <= quantity.low <= (quantity.low if quantity.high is None else quantity.high)
        reached = quantity.end


def test_the_stage_declares_its_layers() -> None:
    """The chain of reading can check the stage."""
    check_chain([quantities_stage()], given=("document", "tokens", "sentences", "times"))
