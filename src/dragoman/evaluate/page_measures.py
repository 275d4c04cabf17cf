"""The measures of annotated pages, item by item, so that one sees what is missed and why; and their sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.evaluate.alignment import align
from dragoman.evaluate.annotation import Page
from dragoman.evaluate.item_checks import CORE, Check, ItemResult, check_item
from dragoman.evaluate.page_checks import check_groups, check_notes, check_people, describe, violations
from dragoman.model.event import CodedDocument
from dragoman.model.record import Record

__all__ = ["CORE", "PageResult", "measure", "totals"]
CIRCUMSTANCES = ("date", "place", "quantity", "mode")


@dataclass(frozen=True, slots=True)
class PageResult(Record):
    """All that is measured on one page.

    ``printed`` counts the reports that were read; ``extra`` are those that no gold item asks for, ``never``
    those that the annotation forbids, both in words. ``groups``, ``notes`` and ``people`` are checks.
    """

    page: str
    items: tuple[ItemResult, ...]
    printed: int
    extra: tuple[str, ...]
    never: tuple[str, ...]
    groups: tuple[Check, ...]
    notes: tuple[Check, ...]
    people: tuple[Check, ...]


def measure(page: Page, coded: CodedDocument) -> PageResult:
    """Compare what was read from a page with its annotation."""
    found = align(page.reports, coded.reports)
    answered = {report.id for report in found.values()}
    return PageResult(
        page=page.path.name,
        items=tuple(check_item(gold, found.get(gold.id)) for gold in page.reports),
        printed=len(coded.reports),
        extra=tuple(describe(report, coded) for report in coded.reports if report.id not in answered),
        never=tuple(violations(page, coded)),
        groups=tuple(check_groups(page, coded, found)),
        notes=tuple(check_notes(page, coded, found)),
        people=tuple(check_people(page, coded)),
    )


def totals(results: Sequence[PageResult]) -> dict[str, tuple[int, int]]:
    """Return each figure over all pages as (right, all).

    ``required right`` asks for type, both sides' codes and factuality; ``attribution right`` is counted over
    the items that were found and whose attribution is annotated; ``printed and annotated`` is precision;
    ``pages without forbidden reports`` counts pages.
    """
    items = [item for result in results for item in result.items]
    required = [item for item in items if item.required]
    figures = {
        "required found": _share(item.report is not None for item in required),
        "required right": _share(item.is_right(*CORE) for item in required),
        "all items found": _share(item.report is not None for item in items),
        "attribution right": _share(_field(items, "attribution")),
        "printed and annotated": (
            sum(result.printed - len(result.extra) for result in results),
            sum(result.printed for result in results),
        ),
    }
    figures |= {f"{field} right": _share(_field(items, field)) for field in CIRCUMSTANCES}
    return figures | {
        "events grouped right": _share(check.right for result in results for check in result.groups),
        "notes found": _share(check.right for result in results for check in result.notes),
        "people right": _share(check.right for result in results for check in result.people),
        "pages without forbidden reports": _share(not result.never for result in results),
    }


def _field(items: Iterable[ItemResult], field: str) -> Iterator[bool]:
    return (check.right for item in items for check in item.checks if check.field == field)


def _share(rights: Iterable[bool]) -> tuple[int, int]:
    outcomes = list(rights)
    return sum(outcomes), len(outcomes)
