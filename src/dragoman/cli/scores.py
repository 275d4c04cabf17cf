"""What ``dragoman evaluate`` prints: each page item by item, then the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.cli.plain import clean, counted
from dragoman.evaluate.item_checks import CORE

if TYPE_CHECKING:
    from dragoman.evaluate.item_checks import Check, ItemResult
    from dragoman.evaluate.page_measures import PageResult
    from dragoman.evaluate.relations import RelationResult

# How many wrong answers of a class, and how many errors, are shown; --json has all.
MOST_CONFUSIONS = 4
MOST_ERRORS = 20


def page_lines(result: PageResult) -> Iterator[str]:
    """Yield a page's lines: its items, then what it has that it should not, then groups, notes and people.

    A required item bears a star. Only fields that are wrong are spelled out.
    """
    required = [item for item in result.items if item.required]
    right = sum(item.is_right(*CORE) for item in required)
    yield f"== {clean(result.page)}: {right} of {len(required)} required right"
    width = max((len(clean(item.trigger)) for item in result.items), default=0)
    for item in result.items:
        yield _item_line(item, width)
    yield from _listed("not annotated", result.extra)
    yield from _listed("forbidden", result.never)
    yield from _checked("events", result.groups)
    yield from _checked("notes", result.notes)
    yield from _checked("people", result.people)
    yield ""


def figures_lines(figures: Mapping[str, tuple[int, int]], *, pages: int) -> Iterator[str]:
    """Yield the figures over all pages, one a line, as counts and per cent."""
    yield f"== {counted(pages, 'page')}"
    width = max(map(len, figures))
    for name, (right, total) in figures.items():
        share = f"{right / total:6.1%}" if total else "     –"
        yield f"{name:<{width}}  {right:4d} of {total:4d}  {share}"


def _item_line(item: ItemResult, width: int) -> str:
    star = "*" if item.required else " "
    if item.report is None:
        outcome = "missed"
    else:
        wrong = "; ".join(_wrong(check) for check in item.checks if not check.right)
        outcome = f"found, but {wrong}" if wrong else "right"
    return f"{star} {item.id}  {clean(item.trigger):<{width}}  {outcome}"


def _wrong(check: Check) -> str:
    return f"{check.field}: expected {clean(check.expected)}, got {clean(check.got)}"


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{heading}: {len(lines)}"
    for line in lines:
        yield f"  {clean(line)}"


def _checked(heading: str, checks: Sequence[Check]) -> Iterator[str]:
    """Yield how many are right, and those that are wrong."""
    if not checks:
        return
    yield f"{heading}: {sum(check.right for check in checks)} of {len(checks)} right"
    for check in checks:
        if not check.right:
            yield f"  {_wrong(check)}"


def relation_lines(result: RelationResult) -> Iterator[str]:
    """Yield the figures of the typer, its classes, what it confuses, and its surest errors."""
    yield f"== {counted(result.count, 'pair')}"
    figures = {
        "accuracy": result.accuracy,
        "macro-F1": result.macro_f1,
        "quad macro-F1": result.quad_f1,
        "calibration error": result.calibration_error,
    }
    yield from (f"{name:18}{value:6.3f}" for name, value in figures.items())
    yield ""
    yield f"{'type':10} {'pairs':>6} {'precision':>10} {'recall':>7} {'F1':>6}   taken for"
    for score in result.classes:
        others = {got: n for got, n in result.confusion[score.name].items() if got != score.name}
        taken = ", ".join(f"{got} {n}" for got, n in list(others.items())[:MOST_CONFUSIONS])
        yield f"{score.name:10} {score.count:6} {score.precision:10.2f} {score.recall:7.2f} {score.f1:6.2f}   {taken}"
    yield ""
    yield f"{counted(len(result.errors), 'error')}, the surest first:"
    for error in result.errors[:MOST_ERRORS]:
        yield f"  {error.gold} taken for {error.got} ({error.probability:.2f}): {clean(error.sentence)}"
