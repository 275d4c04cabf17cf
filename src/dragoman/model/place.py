"""Places."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.span import Span

PLACE_PRECISIONS = ("point", "city", "region", "country")


@dataclass(frozen=True, slots=True)
class PlaceSpan(Span):
    """A place and the words that name it.

    ``lat`` and ``lon`` are WGS 84 degrees; ``country`` is ISO 3166-1 alpha-3; ``admin1`` is the
    first-level division's name; ``feature`` is a GeoNames feature code (``PPL``, ``PCLI``, ``ADM1``)
    or a facility's class; ``precision`` is one of `PLACE_PRECISIONS`. All null when unresolved. ``uncertain`` says that the words stand inside a longer name
    or name what was agreed there ("the Minsk talks"): whatever is told need not be there.
    """

    name: str | None
    geonames_id: int | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    feature: str | None
    precision: str | None
    uncertain: bool = False
