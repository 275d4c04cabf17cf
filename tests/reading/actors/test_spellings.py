"""People are told apart, and found again, over the whole table: no two become one, spellings lead home."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from dragoman.knowledge.actors import ActorKnowledge, Person, fold, load_actors, similar
from dragoman.knowledge.leader_lists import Claim, read_claims
from dragoman.knowledge.romanisation import SPELLINGS
from dragoman.reading.actors.people import SAME_NAME, by_office

KB = Path(__file__).parents[3] / "../shared/eval/kb"
MINISTERS = {"head_of_state", "head_of_government", "monarch", "foreign_minister", "defence_minister"}
# What must be found of the spellings that the folding rules make, 0 to 1.
FOUND = 0.95


@pytest.fixture(scope="module")
def actors() -> ActorKnowledge:
    return load_actors()


def named(actors: ActorKnowledge, name: str, role: str, country: str, date: str) -> str | None:
    """Return the id that a name with a title leads to on a date: by itself, else by the office."""
    ids = [entry.id for entry in actors.names.lookup(name) if entry.kind == "person"]
    if ids:
        return ids[0] if len(ids) == 1 else None
    person = by_office(name, role, country, actors, date)
    return person.id if person else None


def days(person: Person) -> Iterator[tuple[str, str, str]]:
    """Yield office, state, and a day within each term."""
    for term in person.terms:
        if term.role in MINISTERS and (term.start or term.end):
            yield term.role, term.country, term.start or term.end


def test_no_two_people_become_one(actors: ActorKnowledge) -> None:
    pairs = set()
    for person in actors.people.values():
        for role, country, date in days(person):
            for name in (person.name, *person.aliases):
                found = named(actors, name, role, country, date)
                if found not in {None, person.id}:
                    pairs.add((name, person.id, found))
    assert sorted(pairs) == []


def test_the_office_alone_tells_those_apart_who_hold_it_one_after_the_other(actors: ActorKnowledge) -> None:
    pairs = set()
    for person in actors.people.values():
        for role, country, date in days(person):
            found = by_office(person.name, role, country, actors, date)
            if found is not None and found.id != person.id:
                pairs.add((person.name, found.name, role, date))
    assert sorted(pairs) == []


def spellings(name: str) -> Iterator[str]:
    """Yield the name with each folding rule applied, alone, and those of several letters turned round."""
    low = name.lower()
    for spelling, sound in SPELLINGS:
        for old, new in ((spelling, sound), (sound, spelling)):
            if len(old) > 1 and old in low:
                yield low.replace(old, new).title()
    if "-" in name:
        yield name.replace("-", " ")


def test_spellings_made_by_the_folding_rules_lead_home(actors: ActorKnowledge) -> None:
    made, lost = 0, []
    for person in actors.people.values():
        for role, country, date in list(days(person))[:1]:
            for spelling in dict.fromkeys(spellings(person.name)):
                made += 1
                if named(actors, spelling, role, country, date) != person.id:
                    lost.append((person.name, spelling))
    assert made > 1000
    assert 1 - len(lost) / made >= FOUND, lost


def _differ(one: Claim, other: Claim) -> bool:
    """Say whether two names of the lists share no word, so that they cannot be one person's."""
    left, right = (set(map(fold, claim.key)) for claim in (one, other))
    return not any(similar(word, each) >= SAME_NAME for word in left for each in right)


@pytest.mark.skipif(not KB.is_dir(), reason="needs the lists of leaders in ../shared/eval/kb")
def test_no_two_leaders_of_the_public_lists_become_one(actors: ActorKnowledge) -> None:
    homes: dict[str, list[Claim]] = {}
    for claim in read_claims(KB):
        if claim.start >= "1990":
            for role in claim.roles:
                found = named(actors, claim.name, role, claim.countries[0], claim.start)
                if found is not None and claim not in homes.setdefault(found, []):
                    homes[found].append(claim)
    pairs = [
        (person, one.name, other.name)
        for person, claims in homes.items()
        for one, other in combinations(claims, 2)
        if _differ(one, other)
    ]
    assert sum(map(len, homes.values())) > 100
    assert pairs == []
