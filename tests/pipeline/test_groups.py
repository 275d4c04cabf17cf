from __future__ import annotations

from collections.abc import Iterator

from dragoman.errors import SkipError
from dragoman.ingest.files import Item
from dragoman.model.document import Document
from dragoman.pipeline.groups import BATCH, LONG_GROUP, Failures, Group, make_groups
from dragoman.pipeline.safely import TOGETHER
from dragoman.store import Failure


def items(count: int, *, text: str = "") -> list[Item]:
    return [Item(str(n), Document(text=f"{text} {n}")) for n in range(count)]


def grouped(found: list[Item], known: frozenset[str] = frozenset()) -> list[Group]:
    return list(make_groups(found, known=lambda ids: known & set(ids), failures=Failures()))


def test_groups_are_small_and_batches_end_with_a_group_that_says_so() -> None:
    found = grouped(items(BATCH + 1))
    assert [len(group.items) for group in found] == [TOGETHER] * (BATCH // TOGETHER) + [1]
    assert [group.last for group in found] == [False] * (BATCH // TOGETHER - 1) + [True, True]


def test_long_articles_make_small_groups() -> None:
    assert [len(group.items) for group in grouped(items(3, text="x" * LONG_GROUP))] == [1, 1, 1]


def test_known_documents_are_counted_and_left_out_also_twins_in_one_batch() -> None:
    some = items(3)
    (group,) = grouped([*some, some[1]], known=frozenset({some[0].document.id}))
    assert ([item.name for item in group.items], group.batch.known) == (["1", "2"], 2)


def test_batches_depend_on_the_inputs_alone() -> None:
    some = items(BATCH * 2)
    known = frozenset(item.document.id for item in some[:BATCH])
    assert [group.items for group in grouped(some, known)][1:] == [group.items for group in grouped(some)][4:]


def test_failures_belong_to_the_batch_in_which_they_come_up() -> None:
    failures = Failures()

    def coming() -> Iterator[Item]:
        yield from items(BATCH)
        failures("late", SkipError("empty"))
        yield Item("last", Document(text="last"))
        failures("end", SkipError("empty"))

    batches = [g.batch for g in make_groups(coming(), known=lambda _: set(), failures=failures) if g.last]
    assert [batch.failures for batch in batches] == [[], [Failure("late", "empty"), Failure("end", "empty")]]


def test_failures_without_any_document_are_a_batch() -> None:
    failures = Failures()
    failures("a", SkipError("empty"))
    (group,) = make_groups([], known=lambda _: set(), failures=failures)
    assert (group.items, group.batch.failures, group.last) == ((), [Failure("a", "empty")], True)


def test_a_lone_surrogate_becomes_a_question_mark_before_the_id_is_made() -> None:
    odd = Document(text="a\ud800b", title="\udfff", url="u", published="2023-09-13")
    ((item,),) = [group.items for group in grouped([Item("x", odd)])]
    assert item.document == Document(text="a?b", title="?", url="u", published="2023-09-13")
