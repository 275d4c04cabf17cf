"""Where our table of people differs from other lists of leaders, and which of the differences are settled."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path

from dragoman.knowledge.actor_records import Person, Term
from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.knowledge.comparing_states import state_differences
from dragoman.knowledge.leader_lists import FACTBOOK, Claim
from dragoman.knowledge.phrases import plain
from dragoman.knowledge.romanisation import fold, similar
from dragoman.knowledge.tables import DATA, read_table
from dragoman.model.record import Record

# Two spellings of a word of a name are one from this likeness on, 0 to 1, where state and time agree; set so that
# Ntarymira = Ntaryamira, and Koller stays apart from Keller, Stolojan from Bolojan.
SAME_WORD = 0.85
# So many consonants settle a word by themselves, where state and time agree. Letters.
CONSONANTS = 3
_VOWELS = re.compile(r"[aeiou]+")
# Words of a name that say nothing about whom it is.
PARTICLES = frozenset(
    {"al", "el", "as", "at", "de", "da", "di", "do", "dos", "la", "von", "van", "bin", "ibn", "jr", "sr"}
)


@dataclass(frozen=True, slots=True)
class Difference(Record):
    """One difference: its kind (see `differences`), in words, and why it is settled (or empty).

    ``key`` names it in ``comparison/settled.tsv``.
    """

    kind: str
    key: str
    told: str
    reason: str


def differences(claims: Iterable[Claim], *, days: int, since: str) -> Iterator[Difference]:
    """Yield where our table and the claims differ: who is missing or elsewhere, and dates more than ``days`` apart.

    Claims that end before ``since`` (ISO) are left out. Kinds: ``missing`` nobody of that name; ``country`` one of
    another state; ``office`` one without such an office; ``term`` without one at that time; ``begins`` and ``ends``
    other dates; ``later`` theirs begins within a term of ours; ``inside`` theirs is a part of one.
    """
    people, settled = _People(load_actors()), _settled()
    seen: set[str] = set()
    for claim in claims:
        if claim.end and claim.end < since[: len(claim.end)]:
            continue
        for kind, told in _compare(claim, people, days):
            key = (
                f"{claim.source} {kind} {claim.countries[0]} {_short(' '.join(claim.key))} {claim.start[:4]}"
            )
            if key not in seen:
                seen.add(key)
                yield Difference(kind, key, f"{claim.place}: {told}", _reason(key, settled))


def differences_of_states(path: Path) -> Iterator[Difference]:
    """Yield the words for states, their people and capitals of a Factbook list that ours lacks (``word``, ``capital``)."""
    settled = _settled()
    for key, told in state_differences(path):
        yield Difference(key.split()[1], key, told, _reason(key, settled))


def _settled() -> dict[str, str]:
    rows = read_table(DATA / "comparison/settled.tsv", ("key", "whose", "reason"))
    return {row["key"]: f"{row['whose']}: {row['reason']}" for row in rows}


def _reason(key: str, settled: Mapping[str, str]) -> str:
    """Return the reason of the key itself, else of the first pattern that it fits."""
    return settled.get(key) or next((why for other, why in settled.items() if fnmatchcase(key, other)), "")


def _short(name: str) -> str:
    """Return a name as one word for a key."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name).lower()).strip("-")


class _People:
    """Our people by state, with the words of their names folded once."""

    def __init__(self, knowledge: ActorKnowledge) -> None:
        self._by_state: dict[str, list[Person]] = defaultdict(list)
        self._all = list(knowledge.people.values())
        for person in self._all:
            for state in {term.country for term in person.terms}:
                self._by_state[state].append(person)
        self._words = {person.id: tuple(map(_words, (person.name, *person.aliases))) for person in self._all}

    def of_state(self, claim: Claim, days: int) -> list[Person]:
        """Return whom of the claim's states the name may mean.

        Of who serves at that time a name that sounds alike is enough, and one word of it where the dates agree:
        lists give of a long name whatever part they please.
        """
        at_home = {p.id: p for state in claim.countries for p in self._by_state[state]}.values()
        found = [p for p in at_home if self.is_(claim, p, alike=any(_meets(claim, term) for term in p.terms))]
        if any(_terms(person, claim) for person in found):
            return found
        return [p for p in at_home if self._shares_a_word(claim, p) and _same_time(claim, p, days)] or found

    def _shares_a_word(self, claim: Claim, person: Person) -> bool:
        theirs = _words(claim.name)
        return any(_among(word, ours, alike=True) for ours in self._words[person.id] for word in theirs)

    def of_another(self, claim: Claim) -> list[Person]:
        """Return whom of other states the whole name means."""
        return [
            p
            for p in self._all
            if len(claim.name.split()) > 1 and self.is_(claim, p, alike=False, whole=True)
        ]

    def is_(self, claim: Claim, person: Person, *, alike: bool, whole: bool = False) -> bool:
        """Say whether a person bears the name: each of its settling words is one of theirs, ``alike`` or the same."""
        theirs = _words(claim.name if whole else " ".join(claim.key))
        joined = "".join(theirs)
        for ours in self._words[person.id]:
            if joined == "".join(ours) or (
                theirs and all(_among(word, ours, alike=alike) for word in theirs)
            ):
                return True
            if len(ours) > 1 and set(ours) <= set(_words(claim.name)):
                return True
        return False


@functools.lru_cache(maxsize=1 << 16)
def _words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, without particles and initials."""
    words = plain(name).replace("-", " ").replace("'", "").replace(".", " ").lower().split()
    return tuple(fold(word) for word in words if len(word) > 1 and word not in PARTICLES)


def _among(word: str, words: Iterable[str], *, alike: bool) -> bool:
    return any(word == other or (alike and _alike(word, other)) for other in words)


@functools.lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> bool:
    """Say whether two folded words sound alike, or differ in vowels only ("muhamad", "mohamed")."""
    bare = _VOWELS.sub("", one)
    same = len(bare) >= CONSONANTS and bare == _VOWELS.sub("", other)
    return same or similar(one, other) >= SAME_WORD


def _meets(claim: Claim, term: Term) -> bool:
    """Say whether the term may run at some time of the claim."""
    return not_after(term.start, claim.end) and not_after(claim.start, term.end)


def _same_time(claim: Claim, person: Person, days: int) -> bool:
    """Say whether a time in office of the person has the claim's beginning and end."""
    return any(
        start and apart(claim.start, start) <= days and apart(claim.end, end) <= days
        for start, end in _spans(_terms(person, claim))
    )


def not_after(one: str, other: str) -> bool:
    """Say whether an ISO date may lie before another or on it, as exact as both are; one that is not known may."""
    return not one or not other or _bounds(one)[0] <= _bounds(other)[1]


def _compare(claim: Claim, people: _People, days: int) -> Iterator[tuple[str, str]]:
    """Yield the kinds and words of what differs."""
    what = f"{claim.countries[0]} {claim.name}, {claim.start or '?'} to {claim.end or 'now'}"
    found = people.of_state(claim, days)
    serving = [person for person in found if _terms(person, claim)]
    if not serving:
        elsewhere = people.of_another(claim)
        if found:
            yield "office", f"{what}: ours has {found[0].name}, but not in this office"
        elif elsewhere:
            yield "country", f"{what}: ours has {elsewhere[0].name} of {elsewhere[0].country}"
        else:
            yield "missing", f"{what}: nobody of this name in ours"
        return
    at_that_time = [p for p in serving if any(_meets(claim, term) for term in _terms(p, claim))]
    if not at_that_time:
        yield "term", f"{what}: ours has {_told(serving[0], claim)}"
        return
    person = min(at_that_time, key=lambda person: _distance(claim, person))
    yield from (
        (kind, f"{what}: {kind}; ours has {_told(person, claim)}") for kind in _dates(claim, person, days)
    )


def _dates(claim: Claim, person: Person, days: int) -> Iterator[str]:
    """Yield the kinds of difference between a claim and the terms that meet it."""
    spans = [span for span in _spans(_terms(person, claim)) if _meets(claim, Term("", "", *span, ""))]
    starts = min((apart(claim.start, start) for start, _ in spans if start), default=0)
    ends = min((apart(claim.end, end) for _, end in spans), default=0) if claim.end else 0
    within = any(
        not_after(start, claim.start) and (not end or (claim.end and not_after(claim.end, end)))
        for start, end in spans
    )
    if within and (starts > days or ends > days):
        yield "later" if claim.source == FACTBOOK else "inside"
        return
    if starts > days:
        yield "begins"
    if ends > days:
        yield "ends"


def _terms(person: Person, claim: Claim) -> list[Term]:
    found = (t for t in person.terms if t.country in claim.countries and t.role in claim.roles)
    return sorted(found, key=lambda term: term.start)


def _spans(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """Return the terms, and those that follow each other at once also as one."""
    joined: list[tuple[str, str]] = []
    for term in terms:
        if joined and joined[-1][1] and term.start and apart(joined[-1][1], term.start) <= 1:
            joined[-1] = (joined[-1][0], term.end)
        else:
            joined.append((term.start, term.end))
    return list(dict.fromkeys([*((term.start, term.end) for term in terms), *joined]))


def _distance(claim: Claim, person: Person) -> int:
    return min((apart(claim.start, term.start) for term in _terms(person, claim)), default=0)


def apart(one: str, other: str) -> int:
    """Return how many days two ISO dates are apart at least; a month or a year covers all its days.

    An empty date is not known, or not yet over: of two, no difference; of one, none that could be counted.
    """
    if not one or not other:
        return 0
    first, second = sorted((_bounds(one), _bounds(other)))
    return max(0, (second[0] - first[1]).days)


def _bounds(words: str) -> tuple[date, date]:
    """Return the first and last day that an ISO date may mean."""
    year, month, day = (*map(int, words.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def _told(person: Person, claim: Claim) -> str:
    return f"{person.name}, " + "; ".join(
        f"{t.start or '?'} to {t.end or 'now'}" for t in _terms(person, claim)
    )


def summary(found: Sequence[Difference]) -> str:
    """Return the last line: how many differences there are, and how many are explained."""
    kinds = Counter(difference.kind for difference in found)
    explained = sum(bool(difference.reason) for difference in found)
    counts = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    return f"{len(found)} differences, {explained} explained" + (f" ({counts})" if counts else "")
