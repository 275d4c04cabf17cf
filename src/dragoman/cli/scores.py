"""What ``dragoman evaluate`` prints: each page item by item, then the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.cli.plain import clean, counted
from dragoman.evaluate.item_checks import CORE

if TYPE_CHECKING:
    from dragoman.evaluate.item_checks import Check, ItemResult
    from dragoman.evaluate.page_measures import PageResult


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
