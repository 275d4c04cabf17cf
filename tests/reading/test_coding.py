from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.knowledge.codings import is_deeper
from dragoman.knowledge.lexicon import load_lexicon
from dragoman.reading.article import Article
from dragoman.reading.coding import MOST_CONTEXTS, Sides, code_trigger, load_coding_tables
from dragoman.reading.company import Company

Read = Callable[..., Article]
HERE = Path(__file__).parent
NOBODY = Sides((), (), None)


def rows(name: str, *columns: str) -> list[tuple[str, ...]]:
    lines = [
        line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    found = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [tuple(row[column] or "" for column in columns) for row in found]


@pytest.mark.parametrize(
    ("text", "trigger", "mode", "cameo"), rows("coding_cases.tsv", "text", "trigger", "mode", "cameo")
)
def test_modes_and_codes_are_as_deep_as_the_words(
    text: str, trigger: str, mode: str, cameo: str, *, read: Read
) -> None:
    found = [(r.mode or "-", r.cameo) for r in read(text).reports if trigger in r.text.split()]
    assert found == [(mode, cameo)]


@pytest.mark.parametrize(
    ("text", "contexts", "refused"), rows("contexts_cases.tsv", "text", "contexts", "not")
)
def test_contexts_are_as_in_the_table(text: str, contexts: str, refused: str, *, read: Read) -> None:
    reports = read(text).reports
    given = {context for report in reports for context in report.contexts}
    assert set(filter(None, contexts.split("|"))) <= given
    assert not given & set(filter(None, refused.split("|")))


def test_every_context_has_three_sentences_at_least() -> None:
    told = [name for row in rows("contexts_cases.tsv", "contexts") for name in row[0].split("|")]
    assert [name for name in load_coding_tables().ontology.contexts if told.count(name) < 3] == []


def test_contexts_are_few_and_each_names_what_decided(read: Read) -> None:
    (report,) = read(
        "Police in Minsk arrested a journalist over cocaine, bribes, hacking and espionage."
    ).reports
    assert 0 < len(report.contexts) <= MOST_CONTEXTS
    told = [rule.split(":")[1] for rule in report.rules if rule.startswith("context:")]
    assert told == list(report.contexts)


def test_a_theme_that_decides_is_named(read: Read) -> None:
    (report,) = read("Ukraine accused Russia of war crimes.").reports
    assert "theme:of-atrocities" in report.rules


@pytest.mark.parametrize(
    ("code", "than", "deeper"),
    [
        ("1053", "105", True),
        ("1053", "100", True),
        ("1053", "10", True),
        ("1053", "1056", False),
        ("1053", "1053", False),
        ("105", "1053", False),
        ("0253", "10", False),
    ],
)
def test_a_code_is_deeper_when_it_says_more_and_nothing_else(code: str, than: str, *, deeper: bool) -> None:
    assert is_deeper(code, than) is deeper


def test_another_type_than_the_line_has_starts_from_its_own_code(read: Read) -> None:
    article = read("Iran demanded the release of prisoners.")
    frame = article.frames[0]
    entry = load_lexicon().by_id[frame.trigger.entry]
    around = Company(article, frame.trigger)
    tables = load_coding_tables()
    assert code_trigger(entry, entry.event_type, around, NOBODY, tables).cameo == "1053"
    retyped = code_trigger(entry, "REJECT", around, NOBODY, tables)
    assert (retyped.mode, retyped.cameo) == ("yield", "1243")
