from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.cues import load_cues
from dragoman.model.document import Document
from dragoman.reading.article import Article, Saying
from dragoman.reading.attribution import find_attributions, propose
from dragoman.reading.quotes import quoted
from dragoman.reading.sayings import THRESHOLD, is_told
from dragoman.reading.speech.choice import load_attributor


def found(article: Article) -> tuple[tuple[Saying, ...], tuple[Saying, ...]]:
    return find_attributions(article, load_cues(), load_attributor())


def cue_of(article: Article, saying: Saying) -> str:
    assert saying.cue is not None
    return article.tokens[saying.cue.head].text


def test_each_cue_is_told_once_and_with_its_probability(parse_text: Callable[[str], Article]) -> None:
    article = parse_text(
        "The minister urged Iran to stop. He said the army backs the deal and weighed a ban."
    )
    sayings, attitudes = found(article)
    cues = [saying.cue.head for saying in (*sayings, *attitudes) if saying.cue]
    assert len(cues) == len(set(cues))
    assert all(saying.likely is not None for saying in (*sayings, *attitudes))


def test_attitudes_that_a_speaker_tells_are_part_of_the_saying(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("The minister said the army opposes the deal. The mayor opposes the deal.")
    sayings, attitudes = found(article)
    assert [cue_of(article, saying) for saying in sayings] == ["said"]
    assert [article.tokens[saying.cue.head].sentence for saying in attitudes if saying.cue] == [1]


def test_unlisted_verbs_beside_long_quotes_are_sayings(parse_text: Callable[[str], Article]) -> None:
    assert "deadpan" not in load_cues().say_verbs
    article = parse_text('"We will never sign this treaty," the minister deadpanned.')
    (saying,), _ = found(article)
    assert (cue_of(article, saying), saying.stance, saying.kind) == ("deadpanned", "states", "direct")


def test_doubtful_ones_are_told_only_with_a_report(read: Callable[..., Article]) -> None:
    article = read("The visit has raised concerns in Western countries that Iran might arm Russia.")
    doubtful = [saying for saying in article.sayings if not is_told(saying)]
    assert all(saying.likely is not None and saying.likely < THRESHOLD for saying in doubtful)
    assert [source.text for report in article.reports for source in report.attribution] == [
        "Western countries"
    ]


def test_without_vectors_the_features_decide(parse_text: Callable[[str], Article]) -> None:
    article = replace(parse_text("The minister said that talks had failed."), vectors=None)
    assert [cue_of(article, saying) for saying in found(article)[0]] == ["said"]


def test_nothing_is_chosen_of_nothing() -> None:
    article = Article(Document(text=""))
    candidates, around = propose(article, load_cues(), quoted(article))
    assert not list(load_attributor().choose(article, load_cues(), candidates, around))


def test_missing_models_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="attribution-words"):
        load_attributor(tmp_path)
