"""Quantities: how many of what."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.span import Span


@dataclass(frozen=True, slots=True)
class Quantity(Span):
    """A counted thing: ``what`` is its singular head noun with modifiers; ``low`` and ``high`` bound the count.

    ``high`` is null when the words give only a lower bound ("at least 40").
    """

    what: str
    low: float
    high: float | None
