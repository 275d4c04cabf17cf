from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.evaluate.attribution_matching import Overlap, Parts, match
from dragoman.evaluate.attribution_measures import Tally, agreement, tally, totals
from dragoman.evaluate.attribution_verdicts import cue_class, judge
from dragoman.evaluate.polnear import GoldArticle, GoldAttribution, read_polnear
from dragoman.knowledge.cues import load_cues
from dragoman.model.document import Document
from dragoman.model.span import Bounds
from dragoman.pipeline.reader import Reader

TEXT = "The minister said that talks had failed. The army backs the deal."
SAID = GoldAttribution((Bounds(0, 12),), (Bounds(13, 17),), (Bounds(18, 39),))
BACKS = GoldAttribution((Bounds(41, 49),), (Bounds(50, 55),), (Bounds(56, 64),))
# Articles of polnear/dev that the suite reads; all 84 take a quarter of a minute.
SOME = 24
# What they must reach: cue, source, content, all three.
LEAST = (0.77, 0.90, 0.89, 0.66)


def parts(source: set[int], cue: set[int], content: set[int]) -> Parts:
    return Parts(frozenset(source), frozenset(cue), frozenset(content))


def article(*readings: tuple[GoldAttribution, ...]) -> GoldArticle:
    return GoldArticle("a-day", Document(text=TEXT), readings)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_cues_must_overlap_and_each_attribution_answers_one() -> None:
    gold = [parts({1}, {2}, {3, 4}), parts({5}, {6}, {7})]
    read = [parts({1}, {2}, {3}), parts({1}, {2}, {3, 4}), parts({5}, {9}, {7})]
    (pair,) = match(gold, read)
    assert (pair.gold, pair.read, pair.right) == (0, 1, True)


def test_an_attribution_is_right_with_half_of_its_content_and_a_word_of_its_source() -> None:
    def right(read: Parts) -> bool:
        return match([parts({1, 2}, {5}, {6, 7, 8})], [read])[0].right

    assert right(parts({2, 3}, {5}, {6}))
    assert not right(parts({3}, {5}, {6, 7, 8}))
    assert not right(parts(set(), {5}, {6, 7, 8}))
    assert not right(parts({1}, {5}, {6, 20, 21, 22}))


def test_where_neither_names_a_source_the_sources_agree() -> None:
    (pair,) = match([parts(set(), {5}, {6})], [parts(set(), {5}, {6})])
    assert pair.right


def test_figures_count_the_found_ones_words() -> None:
    gold, read = [parts({1}, {2}, {3, 4}), parts({9}, {10}, {11})], [parts({1}, {2}, {4, 5})]
    found = tally(gold, read, match(gold, read))
    assert found == Tally(2, 1, 1, 1, Overlap(1, 1, 1), Overlap(2, 2, 1))
    assert found.figures()["cue F1"] == pytest.approx(2 / 3)
    assert found.figures()["content words F1, of those found"] == pytest.approx(0.5)
    assert Tally().figures()["cue F1"] == 0


def test_annotators_are_compared_pair_by_pair() -> None:
    found = agreement([article((SAID, BACKS), (SAID,), (SAID, BACKS)), article((SAID,))])
    assert (found.gold, found.read, found.found) == (2 + 2 + 1, 1 + 2 + 2, 1 + 2 + 1)


def test_every_attribution_gets_a_verdict_and_its_kinds(reader: Reader) -> None:
    gold = article((SAID,))
    (coded,) = reader.read([gold.document])
    count, verdicts = judge(gold, coded, load_cues())
    assert (count.gold, count.found, count.right) == (1, 1, 1)
    said, backs = verdicts
    assert said.verdict == "right"
    assert said.kinds == ("indirect", "cue: verb of saying", "not nested", "with source")
    assert (backs.verdict, backs.cue) == ("not annotated", "backs")
    result = totals([gold], [count], verdicts)
    assert result.annotators is None
    assert result.table["indirect"]["not annotated"] == 1
    assert result.errors == [backs]


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("had said", "verb of saying"), ("denies", "verb of saying"), ("admitted", "verb of saying"), ("told reporters", "verb of saying"),
        ("allegations of", "noun of saying"), ("according to", "phrase"), ("reportedly", "adverb"), (":", "no word"), ("fond of", "other words"),
    ],
)  # fmt: skip
def test_cues_are_classed_by_their_words(cue: str, kind: str) -> None:
    assert cue_class(cue.split(), load_cues()) == kind


def test_attributions_of_news_articles(reader: Reader, shared: Path) -> None:
    folder = shared / "eval/polnear/dev"
    if not folder.is_dir():
        pytest.skip("the articles of polnear are not in ../shared/eval")
    articles, cues = read_polnear(folder)[:SOME], load_cues()
    coded = reader.read(one.document for one in articles)
    counts = [judge(one, read, cues)[0] for one, read in zip(articles, coded, strict=True)]
    figures = sum(counts, Tally()).figures()
    least = {"cue F1": LEAST[0], "source words F1, of those found": LEAST[1], "content words F1, of those found": LEAST[2],
             "all three F1": LEAST[3]}  # fmt: skip
    assert {name: figures[name] for name, figure in least.items() if figures[name] < figure} == {}
