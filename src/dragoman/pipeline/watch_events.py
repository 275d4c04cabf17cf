"""What following feeds tells as it goes, and its sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.store import Written

type Kind = Literal[
    "started", "feed", "feed-failed", "article", "same", "put-off", "skipped", "written", "stopped"
]


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """Something that happened: its kind, the address it happened to if there is one, and its particulars."""

    kind: Kind
    input: str | None
    told: Mapping[str, object]


type Tell = Callable[[WatchEvent], None]


@dataclass(slots=True)
class Tally:
    """The sums of a run.

    ``checks`` of feeds, of which ``feed_failures`` failed; articles ``found`` new, ``taken``, the ``same`` as another,
    and ``skipped``; and what was ``written``.
    """

    checks: int = 0
    feed_failures: int = 0
    found: int = 0
    taken: int = 0
    same: int = 0
    skipped: int = 0
    written: Written = field(default_factory=Written)

    def told(self) -> dict[str, int]:
        """Return the sums by name."""
        names = ("checks", "feed_failures", "found", "taken", "same", "skipped")
        return {name: getattr(self, name) for name in names} | {
            name: getattr(self.written, name) for name in ("documents", "reports", "events")
        }
