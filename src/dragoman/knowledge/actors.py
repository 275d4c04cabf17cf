"""Who acts: countries, holders of office, organisations, armed groups, media and the words for roles.

Loads the tables of ``data/actors`` (see the README there) into one frozen object. Names are found in running
text through `ActorKnowledge.names`; what a role word stands for on a date through `ActorKnowledge.holders`.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actor_checks import check_actors
from dragoman.knowledge.actor_records import (
    COLUMNS,
    FORMER_OFFICE,
    OFFICES,
    Body,
    Country,
    Metonym,
    Outlet,
    Person,
    Role,
    Term,
    begun,
)
from dragoman.knowledge.phrases import NameEntry, PhraseTable, entry_for, phrase_tokens, plain, singular
from dragoman.knowledge.romanisation import fold, similar
from dragoman.knowledge.tables import DATA, Row, read_table

__all__ = [
    "ActorKnowledge", "Body", "Country", "Metonym", "NameEntry", "Outlet", "Person", "PhraseTable", "Role", "Term",
    "check_actors", "fold", "load_actors", "phrase_tokens", "similar", "term_at",
]  # fmt: skip


_SEPARATORS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ActorKnowledge:
    """All that is known about actors.

    ``surnames`` leads from a family name (tokens joined by blanks, lower case, no accents) to people's ids;
    ``roles`` from lemmas in lower case to the role; ``codes`` from a code to its meaning; ``words`` from a class of
    ``reference-words.tsv`` to its words; ``genders`` from given names, titles and some whole names to ``f`` or ``m``.
    """

    countries: Mapping[str, Country]
    people: Mapping[str, Person]
    bodies: Mapping[str, Body]
    outlets: Mapping[str, Outlet]
    metonyms: Mapping[str, Metonym]
    roles: Mapping[tuple[str, ...], Role]
    codes: Mapping[str, str]
    names: PhraseTable
    surnames: Mapping[str, tuple[str, ...]]
    in_office: Mapping[tuple[str, str], tuple[str, ...]]
    longest_role: int
    role_ends: frozenset[str]
    words: Mapping[str, frozenset[str]]
    genders: Mapping[str, str]

    def holders(self, country: str, role: str, date: str | None) -> tuple[Person, ...]:
        """Return who holds a role of a country on an ISO date, the latest to begin first.

        Without a date: who held it when the table was made, or else who held it last.
        """
        people = [self.people[id_] for id_ in self.in_office.get((country, role), ())]
        held = [(term, person) for person in people for term in person.terms]
        held = [pair for pair in held if (pair[0].country, pair[0].role) == (country, role)]
        held.sort(key=lambda pair: pair[0].start, reverse=True)
        if date is None:
            now = [person for term, person in held if not term.end] or [person for _, person in held[:1]]
        else:
            now = [person for term, person in held if term.covers(date)]
        return tuple(dict.fromkeys(now))

    def gender(self, name: str, titles: Iterable[str]) -> str:
        """Return ``f`` or ``m`` where a person's name, or a title or office in lower case, tells it; else nothing."""
        for title in titles:
            if title in self.genders:
                return self.genders[title]
            if (title,) in self.roles and title.endswith(("woman", "man")):
                return "f" if title.endswith("woman") else "m"
        given, *others = plain(name).split() or [""]
        return self.genders.get(" ".join([given, *others])) or (self.genders.get(given, "") if others else "")

    def people_named(self, surname: str) -> tuple[Person, ...]:
        """Return the people with this family name, however it is cased or accented."""
        key = " ".join(plain(token).lower() for token in phrase_tokens(surname))
        return tuple(self.people[id_] for id_ in self.surnames.get(key, ()))

    def sector_at(self, person: Person, date: str | None) -> str | None:
        """Return the sector of a person on an ISO date: of the office, ``ELI`` after it, None before the first."""
        term = term_at(person, date)
        if term is None:
            return None
        over = bool(term.end) if date is None else not term.covers(date)
        return FORMER_OFFICE if over and term.sector in OFFICES else term.sector or None

    def role_of(self, lemmas: Sequence[str]) -> Role | None:
        """Return the role that these lemmas name, all of them; a plural s that the parser left does not count.

        Of words in capitals the parser makes no lemma: "MPs", "Joint Chiefs of Staff".
        """
        return self.roles.get(tuple(lemmas)) or self.roles.get(tuple(map(singular, lemmas)))

    def match_role(self, lemmas: Sequence[str], start: int) -> tuple[int, Role | None]:
        """Return the longest role phrase that begins at ``start``: its length in tokens, and the role."""
        for length in range(min(self.longest_role, len(lemmas) - start), 0, -1):
            if role := self.role_of(lemmas[start : start + length]):
                return length, role
        return 0, None

    def role_ending(self, lemmas: Sequence[str], last: int) -> tuple[int, Role | None]:
        """Return the longest role phrase whose last word is at ``last``: its length in tokens, and the role."""
        for length in range(min(self.longest_role, last + 1), 0, -1):
            if role := self.role_of(lemmas[last + 1 - length : last + 1]):
                return length, role
        return 0, None


def term_at(person: Person, date: str | None) -> Term | None:
    """Return the term of office on an ISO date; between or after terms, the one begun last before it.

    Of two terms that run on the date the one begun later counts. Without a date: the latest term. None before
    the first term, and for a person without terms.
    """
    if date is None:
        return max(person.terms, key=lambda term: (not term.end, term.start), default=None)
    before = [term for term in person.terms if begun(term.start, date)]
    return max(before, key=lambda term: (term.covers(date), term.start), default=None)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The folders that tables are read from, ours first: the tables of one name are one table."""

    folders: tuple[Path, ...]

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a table; only the first folder must have it."""
        for place, folder in enumerate(self.folders):
            if not place or (folder / name).exists():
                yield from read_table(folder / name, COLUMNS[name])


def _roles(tables: _Tables) -> dict[tuple[str, ...], Role]:
    """Return the roles by their words, and by their words without a plural s where nothing else stands there."""
    roles = {}
    for row in tables.rows("roles.tsv"):
        words = phrase_tokens(row["words"])
        roles[words] = Role(words, row["sector"], row["number"], row["role"], frozenset(row["note"].split()))
    return {tuple(map(singular, words)): role for words, role in roles.items()} | roles


def _countries(tables: _Tables) -> dict[str, Country]:
    lists = ("aliases", "adjectives", "people", "capitals", "groups")
    return {
        row["code"]: Country(row["code"], row["name"], *(row.items(column) for column in lists))
        for row in tables.rows("countries.tsv")
    }


def _later(row: Row) -> tuple[tuple[str, str], ...]:
    changes = []
    for item in row.items("later"):
        date, _, sector = item.partition(" ")
        changes.append((date, sector))
    return tuple(sorted(changes))


def _bodies(tables: _Tables) -> dict[str, Body]:
    bodies = {}
    for table in ("organisations.tsv", "groups.tsv"):
        for row in tables.rows(table):
            later = _later(row) if table == "groups.tsv" else ()
            code = (row["country"], row["sector"], row["kind"])
            bodies[row["id"]] = Body(row["id"], row["name"], row.items("aliases"), *code, later)
    return bodies


def _outlets(tables: _Tables) -> dict[str, Outlet]:
    return {
        row["id"]: Outlet(
            row["id"], row["name"], row.items("aliases"), row["country"], row["kind"], row["ownership"]
        )
        for row in tables.rows("media.tsv")
    }


def _metonyms(tables: _Tables) -> Iterator[tuple[str, Metonym]]:
    """Yield each seat's name with what it stands for."""
    for row in tables.rows("metonyms.tsv"):
        for words in row.items("words"):
            id_ = f"seat.{row['country'].lower()}.{_SEPARATORS.sub('-', plain(words).lower())}"
            yield words, Metonym(id_, row["country"], row["sector"])


@dataclass(frozen=True, slots=True)
class _NameParts:
    """What is needed to find the family name within a name."""

    family_first: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]

    def family_name(self, name: str, id_: str) -> str:
        """Return the family name: the first word if this person's name is so written, else the last with particles."""
        words = name.split()
        while len(words) > 1 and plain(words[-1]).lower().strip(".") in self.suffixes:
            words.pop()
        if id_ in self.family_first:
            return words[0]
        first = len(words) - 1
        while first > 1 and plain(words[first - 1]).lower() in self.particles:
            first -= 1
        return " ".join(words[first:])


def _name_parts(tables: _Tables) -> _NameParts:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in tables.rows("name-parts.tsv"):
        kinds[row["kind"]].add(row["word"])
    first = frozenset(row["id"] for row in tables.rows("family-name-first.tsv"))
    return _NameParts(first, frozenset(kinds["particle"]), frozenset(kinds["suffix"]))


def _term(row: Row) -> Term:
    return Term(row["role"], row["sector"], row["from"], row["to"], row["country"])


def _people(tables: _Tables) -> dict[str, Person]:
    parts = _name_parts(tables)
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows("people.tsv"):
        rows[row["id"]].append(row)
    native: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in tables.rows("native-names.tsv"):
        native[row["id"]] += row.items("names")
    people = {}
    for id_, own in rows.items():
        first = own[0]
        terms = sorted(map(_term, own), key=lambda term: term.start)
        spelled = (alias for row in own for alias in (*row.items("aliases"), row["name"]))
        aliases = tuple(dict.fromkeys((*spelled, *native[id_])))
        family = parts.family_name(first["name"], id_)
        others = tuple(alias for alias in aliases if alias != first["name"])
        people[id_] = Person(id_, first["name"], others, first["country"], family, tuple(terms))
    return people


def _surnames(people: Iterable[Person], parts: _NameParts) -> dict[str, tuple[str, ...]]:
    """Lead from family names, in every known spelling, to people; also without particles ("al-Assad", "Assad")."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for person in people:
        spellings = [alias for alias in person.aliases if len(alias.split()) == len(person.name.split())]
        for family in (person.family_name, *(parts.family_name(alias, person.id) for alias in spellings)):
            tokens = tuple(plain(token).lower() for token in phrase_tokens(family))
            for key in (" ".join(tokens), *tokens[-1:]):
                found[key][person.id] = None
    return {key: tuple(ids) for key, ids in found.items()}


def _in_office(people: Iterable[Person]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for person in people:
        for term in person.terms:
            found[term.country, term.role][person.id] = None
    return {key: tuple(ids) for key, ids in found.items()}


def _names(
    knowledge: Sequence[Mapping[str, Country | Person | Body | Outlet]],
) -> Iterator[tuple[str, NameEntry]]:
    """Yield every name with its entry; of a country also adjectives, people and capitals."""
    kinds = {Country: "country", Person: "person", Outlet: "outlet"}
    for records in knowledge:
        for id_, record in records.items():
            if isinstance(record, Body):
                kind = "group" if id_.startswith("grp.") else "organisation"
            else:
                kind = kinds[type(record)]
            for name in (record.name, *record.aliases):
                yield name, entry_for(name, kind, id_)
            if isinstance(record, Country):
                cells = {"adjective": record.adjectives, "people": record.people, "capital": record.capitals}
                yield from (
                    (word, entry_for(word, part, id_)) for part, words in cells.items() for word in words
                )


def load_actors(folder: Path = DATA / "actors", own: Path | None = None) -> ActorKnowledge:
    """Read all actor tables once; ``own`` is a folder of a user's tables, any of them, read beside ours.

    Raises:
        KnowledgeError: a missing table or a line that breaks its format. `check_actors` finds the rest; of
            ``own`` everything is checked first, and one fault means that nothing of it is read.
    """
    return _load(folder, own)


@functools.cache
def _load(folder: Path, own: Path | None) -> ActorKnowledge:
    """Read the tables; whatever way the arguments are given, the same folders are read once."""
    if own is not None and (problems := check_actors(folder, own)):
        more = f" (and {len(problems) - 1} more: dragoman knowledge check {own})" if problems[1:] else ""
        raise KnowledgeError(problems[0] + more)
    tables = _Tables((folder,) if own is None else (folder, own))
    countries, people, bodies, outlets = (
        _countries(tables),
        _people(tables),
        _bodies(tables),
        _outlets(tables),
    )
    metonyms, roles = tuple(_metonyms(tables)), _roles(tables)
    names = list(_names([countries, people, bodies, outlets]))
    names.extend((words, entry_for(words, "metonym", metonym.id)) for words, metonym in metonyms)
    return ActorKnowledge(
        countries=countries, people=people, bodies=bodies, outlets=outlets, roles=roles,
        metonyms={metonym.id: metonym for _, metonym in metonyms},
        codes={row["code"]: row["meaning"] for row in tables.rows("codes.tsv")},
        names=PhraseTable(names), surnames=_surnames(people.values(), _name_parts(tables)), in_office=_in_office(people.values()),
        longest_role=max(map(len, roles), default=0), role_ends=frozenset(words[-1] for words in roles),
        words={row["class"]: frozenset(row.items("words")) for row in tables.rows("reference-words.tsv")},
        genders={plain(row["word"]): row["gender"] for row in tables.rows("given-names.tsv")},
    )  # fmt: skip
