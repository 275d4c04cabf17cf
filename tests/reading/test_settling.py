from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.network import Network, load_network
from dragoman.reading.article import Article
from dragoman.reading.fact_signs import inputs, signs
from dragoman.reading.factuality import by_rules, judge, labels_above
from dragoman.reading.settling import MODEL, RULE, settle, settled_label

CUTS = (-1.5, -0.5, 0.0)


def network(score: float) -> Network:
    """Return a network that always answers the same."""
    none = np.zeros((0, 1), dtype=np.float32)
    one = np.zeros(1, dtype=np.float32)
    return Network({}, none, none, np.zeros(0, dtype=np.float32), one, one, score, CUTS)


def settled(article: Article, word: str, score: float) -> tuple[str, str]:
    i = next(token.i for token in article.tokens if token.text == word)
    cues = load_cues()
    verdict = by_rules(article, i, cues)
    found = settle(article, i, verdict, cues, lambda: labels_above(article, i, cues), network=network(score))
    return found.label, found.rule


@pytest.mark.parametrize(
    ("label", "score", "settled"),
    [
        ("actual", 0.2, "actual"), ("actual", -0.2, "possible"), ("actual", -3.0, "hypothetical"),
        ("denied", -2.0, "denied"), ("denied", -1.0, "hypothetical"), ("denied", 1.0, "actual"),
        ("possible", -1.0, "hypothetical"), ("hypothetical", -0.2, "possible"), ("hypothetical", 0.5, "actual"),
    ],
)  # fmt: skip
def test_the_score_decides_between_open_labels_but_denies_nothing_of_itself(
    label: str, score: float, settled: str
) -> None:
    assert settled_label(label, score, CUTS) == settled


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("The army did not attack the town.", "attack", "denied"),
        ("We did not attack the town.", "attack", "denied"),
        ("The army does not want war.", "want", "denied"),
        ("The army refused to attack.", "attack", "denied"),
        ("They left without signing the deal.", "signing", "denied"),
        ("The failed coup shook the army.", "coup", "denied"),
        ("The army will attack the town.", "attack", "planned"),
        ("The army may attack the town.", "attack", "possible"),
        ("The army allegedly attacked the town.", "attacked", "possible"),
        ("If the army attacks, the allies will respond.", "attacks", "hypothetical"),
        ("The army must leave the town.", "leave", "demanded"),
    ],
)
@pytest.mark.parametrize("score", [-3.0, 3.0])
def test_words_that_leave_no_doubt_stand_whatever_the_network_says(
    text: str, word: str, label: str, score: float, parse_text: Callable[[str], Article]
) -> None:
    assert settled(parse_text(text), word, score)[0] == label


def test_where_the_network_decides_the_rule_says_so_and_over_what(
    parse_text: Callable[[str], Article],
) -> None:
    article = parse_text("We can click on the picture.")
    assert settled(article, "click", 3.0)[1].startswith(RULE)
    label, rule = settled(parse_text("I do not know the town."), "know", -1.0)
    assert (label, rule) == ("hypothetical", f"{RULE} over modifiers: not[negation]")


def test_signs_name_the_word_its_governors_and_the_sentence(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("The rebels may have tried to seize the town.")
    i = next(token.i for token in article.tokens if token.text == "seize")
    verdict = by_rules(article, i, load_cues())
    found = signs(article, i, verdict, labels_above(article, i, load_cues()))
    assert {
        "word=seize",
        "up1=try",
        "up1-aux=may",
        "modal=may",
        "end=.",
        "first=the",
        "up1-label=possible",
    } <= set(found)


def test_a_pipeline_without_vectors_is_judged_by_the_features_alone(
    parse_text: Callable[[str], Article],
) -> None:
    article = parse_text("They spoke of a possible way to reach a deal.")
    i = next(token.i for token in article.tokens if token.text == "reach")
    seen = inputs(article, i)
    assert seen is not None
    assert seen.shape == load_network(MODEL).means.shape
    without = replace(article, vectors=None)
    assert inputs(without, i) is None
    assert judge(without, i, load_cues()).factuality in {"hypothetical", "possible", "actual"}
