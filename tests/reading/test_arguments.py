from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dragoman.knowledge.lexicon import Lexicon, load_lexicon
from dragoman.reading.arguments import agents, arguments_stage, find_frames
from dragoman.reading.article import ActorMention, Argument, Article, Frame, TokenRange

Read = Callable[..., Article]
CASES = Path(__file__).parent / "arguments_cases.tsv"


def cases() -> list[tuple[str, ...]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [tuple(value or "" for value in row.values()) for row in rows]


def side(article: Article, arguments: Sequence[Argument]) -> list[str]:
    """Return the codes on one side, and the words of those without one."""
    found = []
    for argument in arguments:
        mention = article.actors[argument.mention]
        words = article.span(mention.tokens.first, mention.tokens.last).text
        found.append(mention.actors[argument.actor].code or words)
    return found


def frame_at(article: Article, word: str) -> Frame:
    """Return the frame whose trigger contains the word."""
    for frame in article.frames:
        tokens = frame.trigger.tokens
        if word in {token.text for token in article.tokens[tokens.first : tokens.last]}:
            return frame
    pytest.fail(f"no trigger {word!r} in {article.document.text!r}")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(("sentence", "event_type", "trigger", "actors", "recipients"), cases())
def test_both_sides_are_found_as_in_the_table(
    sentence: str, event_type: str, trigger: str, actors: str, recipients: str, *, read: Read, lexicon: Lexicon
) -> None:
    article = read(sentence)
    frame = frame_at(article, trigger)
    told = (
        lexicon.by_id[frame.trigger.entry].event_type,
        ", ".join(side(article, frame.actors)),
        ", ".join(side(article, frame.recipients)),
    )
    assert told == (event_type, actors, recipients)
