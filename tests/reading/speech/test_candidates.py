from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.knowledge.cues import load_cues
from dragoman.reading.article import Article
from dragoman.reading.speech.candidates import by_shape


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The club weighed a ban.", "The club | weighed | object | a ban"),
        ("The deal was blasted by the mayor.", "the mayor | was blasted | passive subject | The deal"),
        ("She is sure of victory.", "She | is sure | prep:of | victory"),
        ("The mayor's push for reform failed.", "The mayor | push | prep:for | reform"),
        ("The goal is to win.", "- | goal | is xcomp | to win"),
        ("The senators vied for the post.", "The senators | vied | prep:for | the post"),
    ],
)
def test_a_shape_proposes_cue_source_and_stretch(
    text: str, wanted: str, parse_text: Callable[[str], Article]
) -> None:
    article = parse_text(text)
    found = []
    for one in by_shape(article, load_cues()):
        source, cue = one.saying.source, one.saying.cue
        assert cue is not None
        who = article.span(source.tokens.first, source.tokens.last).text if source else "-"
        content = " / ".join(article.span(*piece).text for piece in one.saying.content)
        found.append(f"{who} | {article.span(cue.first, cue.last).text} | {one.slot} | {content}")
    assert wanted in found


def test_skipped_tokens_propose_nothing(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("The club weighed a ban.")
    assert not list(by_shape(article, load_cues(), (), range(len(article.tokens))))
