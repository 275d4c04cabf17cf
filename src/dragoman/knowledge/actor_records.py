"""What the actor tables hold, as records; the columns are explained in ``data/actors/README.md``."""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = {
    "countries.tsv": ("code", "name", "aliases", "adjectives", "people", "capitals", "groups"),
    "metonyms.tsv": ("words", "country", "sector", "note"),
    "people.tsv": ("id", "name", "aliases", "country", "sector", "role", "from", "to", "source"),
    "organisations.tsv": ("id", "name", "aliases", "country", "sector", "kind"),
    "organisation-members.tsv": ("organisation", "country", "from", "to"),
    "groups.tsv": ("id", "name", "aliases", "country", "sector", "kind", "later"),
    "media.tsv": ("id", "name", "aliases", "country", "kind", "ownership"),
    "roles.tsv": ("words", "sector", "number", "role", "note"),
    "codes.tsv": ("code", "meaning"),
    "family-name-first.tsv": ("id",),
    "name-parts.tsv": ("word", "kind"),
    "reference-words.tsv": ("class", "words"),
    "given-names.tsv": ("word", "gender"),
}
NUMBERS = frozenset({"person", "plural", "institution"})
FLAGS = frozenset({"takes-sector", "generic", "source-only", "weak", "facility"})
FORMER_OFFICE = "ELI"
# Those who leave an office of these sectors count as former elite; others keep their sector (a rebel, a bishop).
OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})


def begun(start: str, date: str) -> bool:
    """Say whether a term that starts on ``start`` has begun on ``date``; either may be a year or a month."""
    length = min(len(start), len(date))
    return start[:length] <= date[:length]


def ended(end: str, date: str) -> bool:
    """Say whether a term that ends on ``end`` is over on ``date``; the last day still belongs to it."""
    length = min(len(end), len(date))
    return bool(end) and end[:length] < date[:length]


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: how it and its people are called, and the collectives it belongs to."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metonym:
    """A seat or nickname that stands for a part of a state ("Kremlin")."""

    id: str
    country: str
    sector: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office, of a country or an organisation (``IGO``).

    ISO dates; an empty start is unknown; an empty end means still in office when the table was made, or unknown.
    """

    role: str
    sector: str
    start: str
    end: str
    country: str

    def covers(self, date: str) -> bool:
        """Say whether the term runs on this ISO date."""
        return begun(self.start, date) and not ended(self.end, date)


@dataclass(frozen=True, slots=True)
class Person:
    """A person with an office; terms from the first to the last; the country is that of the first row."""

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    family_name: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation or an armed or political group.

    ``later`` holds what its sector became: pairs of ISO date and sector, in order ("2021-08-15", "GOV").
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    sector: str
    kind: str
    later: tuple[tuple[str, str], ...] = ()

    def sector_at(self, date: str | None) -> str:
        """Return its sector on an ISO date; the latest without one."""
        sector = self.sector
        for start, changed in self.later:
            if date is None or begun(start, date):
                sector = changed
        return sector


@dataclass(frozen=True, slots=True)
class Outlet:
    """A medium or news agency; ``ownership`` is state, public or private."""

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    kind: str
    ownership: str


@dataclass(frozen=True, slots=True)
class Role:
    """A word or phrase for those who act: lemmas in lower case, sector (may be empty), number, role, flags."""

    words: tuple[str, ...]
    sector: str
    number: str
    role: str
    flags: frozenset[str]
