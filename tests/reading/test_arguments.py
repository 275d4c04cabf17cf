from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.knowledge.lexicon import Lexicon, load_lexicon
from dragoman.model.document import Document
from dragoman.reading.arguments import arguments_stage, find_frames
from dragoman.reading.article import Argument, Article, Frame
from dragoman.reading.slots import agents

Read = Callable[..., Article]
CASES = Path(__file__).parent / "arguments_cases.tsv"


def cases() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return sentence, trigger, and what is wanted of it: type, actors, recipients."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    wanted = ("type", "actors", "recipients")
    return [(row["sentence"], row["trigger"], tuple(row[name] or "" for name in wanted)) for row in rows]


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


@pytest.mark.parametrize(("sentence", "trigger", "wanted"), cases())
def test_both_sides_are_found_as_in_the_table(
    sentence: str, trigger: str, wanted: tuple[str, ...], *, read: Read, lexicon: Lexicon
) -> None:
    article = read(sentence)
    frame = frame_at(article, trigger)
    told = (
        lexicon.by_id[frame.trigger.entry].event_type,
        ", ".join(side(article, frame.actors)),
        ", ".join(side(article, frame.recipients)),
    )
    assert told == wanted


def test_what_an_actor_calls_its_own_is_no_other_side(read: Read) -> None:
    article = read("Poland and Hungary recalled their ambassadors from Serbia.")
    recipients = side(article, frame_at(article, "recalled").recipients)
    assert not {"POLGOV", "HUNGOV"} & set(recipients)


def test_nobody_is_told_twice_on_one_side_or_on_both(read: Read) -> None:
    article = read("Iran and Iraq met. Iran met Iraq, and Iran thanked Iran.")
    for frame in article.frames:
        both = side(article, (*frame.actors, *frame.recipients))
        assert len(both) == len(set(both))


def test_a_state_after_in_is_where_and_after_at_is_the_target(read: Read) -> None:
    scene = read("Gunmen fired shots in Kenya.")
    target = read("Gunmen fired shots at Kenya.")
    assert side(scene, frame_at(scene, "fired").recipients) == []
    assert side(target, frame_at(target, "fired").recipients) == ["KEN"]


def test_one_sided_structures_are_trusted_less(read: Read) -> None:
    article = read("France condemned Iran. France condemned the storm.")
    two_sided, one_sided = article.frames
    assert one_sided.confidence < two_sided.confidence


def test_each_trigger_has_one_frame_in_order(read: Read) -> None:
    article = read("Iran attacked Iraq, and Turkey, which had met Syria, thanked Egypt.")
    assert [frame.trigger for frame in article.frames] == list(article.triggers)


def test_the_agent_of_a_passive_is_found_behind_other_nouns(parse_text: Callable[[str], Article]) -> None:
    article = parse_text("The guest was greeted with a red carpet by two ministers.")
    verb = next(token.i for token in article.tokens if token.text == "greeted")
    assert [article.tokens[i].text for i in agents(article, verb)] == ["ministers"]


def test_a_trigger_without_mentions_has_empty_sides(read: Read, lexicon: Lexicon) -> None:
    article = read("It attacked the storm.")
    bare = replace(article, actors=())
    assert all(frame.actors == () == frame.recipients for frame in find_frames(bare, lexicon))


def test_the_stage_gives_frames(lexicon: Lexicon) -> None:
    stage = arguments_stage(lexicon)
    assert stage.gives == ("frames",)
    assert stage.run(Article(Document(text=""))) == {"frames": ()}
