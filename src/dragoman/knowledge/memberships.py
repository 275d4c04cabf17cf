"""Which states belong to which organisation, and from when to when (``data/actors/organisation-members.tsv``)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.actor_records import COLUMNS, begun, ended
from dragoman.knowledge.tables import DATA, read_table

TABLE = "organisation-members.tsv"


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's time in an organisation; ISO dates, an empty start is unknown, an empty end means still a member."""

    organisation: str
    country: str
    start: str
    end: str

    def covers(self, date: str) -> bool:
        """Say whether the state is a member on this ISO date; the last day still belongs to it."""
        return begun(self.start, date) and not ended(self.end, date)


@dataclass(frozen=True, slots=True)
class Memberships:
    """All memberships, by the organisation's id and by the country's code."""

    by_organisation: Mapping[str, tuple[Membership, ...]]
    by_country: Mapping[str, tuple[Membership, ...]]

    def members(self, organisation: str, date: str | None) -> tuple[str, ...]:
        """Return the codes of an organisation's members on an ISO date; without one, when the table was made."""
        return tuple(m.country for m in self.by_organisation.get(organisation, ()) if _holds(m, date))

    def organisations(self, country: str, date: str | None) -> tuple[str, ...]:
        """Return the ids of the organisations a state belongs to on an ISO date, or when the table was made."""
        return tuple(m.organisation for m in self.by_country.get(country, ()) if _holds(m, date))


def _holds(membership: Membership, date: str | None) -> bool:
    return not membership.end if date is None else membership.covers(date)


@functools.cache
def load_memberships(folder: Path = DATA / "actors") -> Memberships:
    """Read the table of members once.

    Raises:
        KnowledgeError: a missing table or a line that breaks its format. `check_actors` finds the rest.
    """
    organisations: dict[str, list[Membership]] = defaultdict(list)
    countries: dict[str, list[Membership]] = defaultdict(list)
    for row in read_table(folder / TABLE, COLUMNS[TABLE]):
        membership = Membership(row["organisation"], row["country"], row["from"], row["to"])
        organisations[membership.organisation].append(membership)
        countries[membership.country].append(membership)
    return Memberships(
        {id_: tuple(found) for id_, found in organisations.items()},
        {code: tuple(found) for code, found in countries.items()},
    )
