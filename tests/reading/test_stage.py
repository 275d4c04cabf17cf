from __future__ import annotations

import pytest

from dragoman.errors import StopError
from dragoman.model.document import Document
from dragoman.reading.article import Article
from dragoman.reading.stage import Stage, check_chain


def stage(name: str, needs: tuple[str, ...], gives: tuple[str, ...]) -> Stage:
    """Return a stage that does nothing."""
    return Stage(name, needs, gives, lambda _: {})


def test_a_chain_in_which_each_need_is_given_before_is_accepted() -> None:
    check_chain([stage("parse", ("document",), ("tokens",)), stage("times", ("tokens",), ("times",))])


def test_an_empty_chain_is_accepted() -> None:
    check_chain([])


def test_a_need_that_nothing_gives_is_named_with_its_stage() -> None:
    with pytest.raises(StopError, match="stage 'times' needs tokens"):
        check_chain([stage("times", ("tokens",), ("times",))])


def test_a_need_that_only_a_later_stage_gives_is_refused() -> None:
    later = [stage("times", ("tokens",), ("times",)), stage("parse", ("document",), ("tokens",))]
    with pytest.raises(StopError, match="no earlier stage gives"):
        check_chain(later)


@pytest.mark.parametrize(("needs", "gives"), [(("moods",), ()), (("document",), ("moods",))])
def test_layers_that_no_article_has_are_refused(needs: tuple[str, ...], gives: tuple[str, ...]) -> None:
    with pytest.raises(StopError, match="unknown layers: moods"):
        check_chain([stage("odd", needs, gives)])


def test_what_is_given_before_the_chain_counts() -> None:
    check_chain([stage("times", ("tokens",), ("times",))], given=("document", "tokens"))


def test_a_stage_does_not_count_on_itself() -> None:
    with pytest.raises(StopError):
        check_chain([stage("circle", ("times",), ("times",))])


def test_all_missing_layers_are_named_in_order() -> None:
    with pytest.raises(StopError, match="needs actors, tokens"):
        check_chain([stage("frames", ("tokens", "actors"), ("frames",))])


def test_running_a_stage_returns_layers_and_changes_nothing() -> None:
    article = Article(Document(text="x"))
    made = Stage("notes", ("document",), ("notes",), lambda _: {"notes": ()})
    assert made.run(article) == {"notes": ()}
    assert article == Article(Document(text="x"))
