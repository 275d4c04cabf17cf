"""Stages: what each needs, what it gives; the chain is checked once, before the first document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dragoman.errors import StopError
from dragoman.reading.article import Article


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of reading: a pure function from an article to new layers of it.

    ``needs`` and ``gives`` name fields of `Article`. ``run`` returns the given layers by name.
    """

    name: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Callable[[Article], Mapping[str, Any]]


def check_chain(stages: Sequence[Stage], *, given: Sequence[str] = ("document",)) -> None:
    """Refuse a chain in which a stage needs a layer that none before it gives.

    Raises:
        StopError: names the stage and the layer.
    """
    known = {field.name for field in fields(Article)}
    present = set(given)
    for stage in stages:
        if unknown := (set(stage.needs) | set(stage.gives)) - known:
            message = f"stage {stage.name!r} names unknown layers: {', '.join(sorted(unknown))}"
            raise StopError(message)
        if missing := set(stage.needs) - present:
            message = f"stage {stage.name!r} needs {', '.join(sorted(missing))}, which no earlier stage gives"
            raise StopError(message)
        present |= set(stage.gives)
