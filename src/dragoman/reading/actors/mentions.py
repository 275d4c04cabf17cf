"""The stage that finds actors: names, roles and persons, joined into one mention a phrase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dragoman.knowledge.actor_records import FORMER_OFFICE
from dragoman.knowledge.actors import ActorKnowledge, Person
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.belonging import Belonging
from dragoman.reading.actors.identity import (
    code_of,
    country_actor,
    country_of,
    named_actor,
)
from dragoman.reading.actors.local import place_names, town_before
from dragoman.reading.actors.names import COUNTRY_KINDS, NameHit, find_names, is_locative
from dragoman.reading.actors.people import NO_OFFICE, PersonHit, by_office, find_people, person_actor
from dragoman.reading.actors.roles import RoleHit, find_roles
from dragoman.reading.actors.sectors import BODY_KINDS, Sectors
from dragoman.reading.actors.strangers import find_strangers
from dragoman.reading.article import ActorMention, Article, TokenRange
from dragoman.reading.fillers import MODIFIERS
from dragoman.reading.stage import Stage

# Sectors whose men use force in the name of a state.
FORCES = frozenset({"COP", "MIL"})
# The sector of states that few recognise: their names tell where as often as who.
QUASI_STATE = "PRE"
# How far each way of resolving is trusted, from 0 to 1; set by hand on the example pages, steps of 0.05.
CONFIDENCE = {
    "name": 0.95,
    "person": 0.95,
    "demonym": 0.9,
    "role": 0.9,
    "place": 0.6,
    "context": 0.5,
    "unresolved": 0.6,
}


def find_actors(
    article: Article, knowledge: ActorKnowledge, gazetteer: Gazetteer
) -> tuple[ActorMention, ...]:
    """Return all actor mentions but pronouns, in the order of the text, names inside longer phrases left out."""
    return _Finder(article, knowledge, gazetteer).mentions()


class _Finder:
    """Joins the names, roles and persons of one article."""

    def __init__(self, article: Article, knowledge: ActorKnowledge, gazetteer: Gazetteer) -> None:
        self._article = article
        self._knowledge = knowledge
        self._date = article.date
        self._introduced: dict[str, tuple[Actor, str]] = {}
        names = find_names(article, knowledge)
        self._names = [hit for hit in names if not _is_part_of_place(article, hit, knowledge)]
        self._people = find_people(article, knowledge, self._names)
        taken = [hit for hit in self._names if hit.entry.kind != "person"]
        self._owners = [*taken, *self._person_names()]
        self._belonging = Belonging(article, knowledge, self._owners)
        ranges = [*(hit.tokens for hit in self._names), *(hit.tokens for hit in self._people)]
        places = place_names(article, {i for tokens in ranges for i in range(tokens.first, tokens.last)})
        roles = find_roles(article, knowledge, [*self._owners, *places])
        self._roles = [hit if hit.owners else self._with_town(hit, gazetteer) for hit in roles]
        self._sectors = Sectors(article, knowledge, self._roles)

    def _with_town(self, hit: RoleHit, gazetteer: Gazetteer) -> RoleHit:
        """Return the role with the town right before it as its owner, where one stands there."""
        owner = town_before(self._article, hit, gazetteer, self._belonging.states)
        if owner is None:
            return hit
        phrase = TokenRange(min(hit.phrase.first, owner.tokens.first), hit.phrase.last, hit.phrase.head)
        return replace(hit, phrase=phrase, owners=(owner,))

    def _person_names(self) -> list[NameHit]:
        """Return known persons as names too: "Putin's government" is Russia's."""
        found = []
        for hit in self._people:
            if hit.person is not None:
                (entry, *_) = self._knowledge.names.lookup(hit.person.name)
                found.append(NameHit(hit.tokens, entry))
        return found

    def mentions(self) -> tuple[ActorMention, ...]:
        """Return the mentions; where two overlap the longer one stays."""
        titles: dict[int, RoleHit] = {}
        by_sentence: dict[int, list[PersonHit]] = defaultdict(list)
        for person in self._people:
            by_sentence[self._article.tokens[person.tokens.head].sentence].append(person)
        for role in self._roles:
            for person in by_sentence[self._article.tokens[role.tokens.head].sentence]:
                if self._is_title(role, person):
                    titles[person.tokens.first] = role
        self._share_plural_titles(titles)
        used = {role.tokens.first for role in titles.values()}
        found = [self._of_person(hit, titles.get(hit.tokens.first)) for hit in self._people]
        found += [
            self._of_role(hit) for hit in self._roles if hit.tokens.first not in used and self._counts(hit)
        ]
        found += [self._of_name(hit) for hit in self._names if hit.entry.kind != "person"]
        counting = (hit for hit in self._roles if hit.owners or hit.tokens.first in used or self._counts(hit))
        others = [*(hit.tokens for hit in self._people), *(hit.tokens for hit in counting)]
        found += find_strangers(self._article, self._names, others)
        return _longest(found)

    def _share_plural_titles(self, titles: dict[int, RoleHit]) -> None:
        """Give "officers A and B" both their title."""
        by_head = {person.tokens.head: person for person in self._people}
        for person in self._people:
            first = by_head.get(tree.first_conjunct(self._article, person.tokens.head))
            if first is None or person.tokens.first in titles or first.tokens.first not in titles:
                continue
            title = titles[first.tokens.first]
            if self._article.tokens[title.tokens.head].tag in {"NNS", "NNPS"}:
                titles[person.tokens.first] = title

    def _is_title(self, role: RoleHit, person: PersonHit) -> bool:
        """Say whether the role stands before the name ("Foreign Minister X") or in apposition to it."""
        article = self._article
        if role.tokens.last == person.tokens.first:
            return article.tokens[role.tokens.head].dep in {*MODIFIERS, "appos", "nsubj"} or (
                article.tokens[person.tokens.head].dep == "appos"
            )
        pairs = ((role.tokens.head, person.tokens.head), (person.tokens.head, role.tokens.head))
        return any(article.tokens[a].dep == "appos" and article.tokens[a].head == b for a, b in pairs)

    def _counts(self, hit: RoleHit) -> bool:
        """Say whether a role without a name is an actor: people who only know or watch are not.

        Nor is a building of nobody in particular ("a camp", but "an army camp").
        """
        token = self._article.tokens[hit.tokens.head]
        if token.dep in MODIFIERS and self._does_it(hit):
            return True
        if "source-only" in hit.role.flags or token.dep in MODIFIERS:
            return False
        if "facility" in hit.role.flags:
            return bool(hit.owners) or self._sectors.beside(hit) is not None
        if hit.role.flags & {"generic", "weak"}:
            return bool(hit.owners) or self._is_counted(hit)
        return bool(hit.owners) or not self._is_bare(hit)

    def _does_it(self, hit: RoleHit) -> bool:
        """Say whether a force modifies what it does: "the police shooting"."""
        done = self._article.tokens[self._article.tokens[hit.tokens.head].head]
        return hit.role.sector in FORCES and done.lemma.endswith("ing") and done.tag in {"NN", "NNS"}

    def _is_counted(self, hit: RoleHit) -> bool:
        """Say whether the words mean somebody, not people at large: "253 people", "dozens of residents", "a boy"."""
        token = self._article.tokens[hit.tokens.head]
        if tree.children(self._article, token.i, "nummod"):
            return True
        articles = (self._article.tokens[j].lower for j in tree.children(self._article, token.i, "det"))
        if token.tag == "NN" and not {"a", "an"}.isdisjoint(articles):
            return True
        return (
            token.dep == "pobj"
            and self._article.tokens[self._article.tokens[token.head].head].lemma
            in self._knowledge.words["counter"]
        )

    def _is_bare(self, hit: RoleHit) -> bool:
        """Say whether a role stands for no one: one office without an article ("ran for president")."""
        token = self._article.tokens[hit.tokens.head]
        return hit.role.number == "person" and token.tag in {"NN", "NNP"} and hit.phrase == hit.tokens

    def _of_person(self, hit: PersonHit, title: RoleHit | None) -> ActorMention:
        first = hit.tokens.first
        if title is not None and title.tokens.last == first:
            first = title.phrase.first
        tokens = TokenRange(first, hit.tokens.last, hit.tokens.head)
        person, sector = hit.person, None
        state, how = None, "unresolved"
        if title is not None:
            state, sector, how = self._affiliation(title, hit)
            certain = state if how == "role" else None
            person = person or by_office(hit.name, title.role.role, certain, self._knowledge, self._date)
        if person is not None:
            actor = person_actor(person, self._knowledge, self._date)
            current = title is not None and (
                not self._sectors.is_past(title) or self._sectors.was_then(title)
            )
            loose = actor.sector in {NO_OFFICE, FORMER_OFFICE} or (title and self._sectors.was_then(title))
            if loose and sector is not None and current:
                actor = replace(actor, sector=sector, code=code_of(actor.country, sector))
            return ActorMention(tokens, (actor,), "person", CONFIDENCE["person"])
        if title is None and hit.name in self._introduced:
            actor, known = self._introduced[hit.name]
            return ActorMention(tokens, (actor,), known, CONFIDENCE[known])
        actor = Actor(hit.name, code_of(state, sector), state, sector, None)
        known = "person" if how == "role" else how
        if title is not None:
            self._introduced.setdefault(hit.name, (actor, known))
        return ActorMention(tokens, (actor,), known, CONFIDENCE[known])

    def _affiliation(self, title: RoleHit, person: PersonHit | None) -> tuple[str | None, str | None, str]:
        """Return country, sector and how they were found, for a role that no state owns outright or one does."""
        sector = self._sectors.of(title)
        bodies = [owner for owner in title.owners if owner.entry.kind in BODY_KINDS]
        if bodies:
            body = named_actor(bodies[-1].entry, "", self._knowledge, self._date)
            state = self._belonging.state(bodies[-1]) or next(
                filter(None, map(self._belonging.state, title.owners)), body.country
            )
            return state, body.sector or sector, "role"
        state, how = self._belonging.state_of(title, person)
        return state, sector, how

    def _of_role(self, hit: RoleHit) -> ActorMention:
        states = list(dict.fromkeys(state for owner in hit.owners if (state := self._belonging.state(owner))))
        sector = self._sectors.of(hit)
        words = self._article.span(hit.phrase.first, hit.phrase.last).text
        if not states:
            country, sector, how = self._affiliation(hit, None)
            actor = Actor(words, code_of(country, sector), country, sector, None)
            return ActorMention(hit.phrase, (actor,), how, CONFIDENCE[how])
        actors = tuple(self._holder(hit, state, sector, words) for state in states)
        return ActorMention(hit.phrase, actors, "role", CONFIDENCE["role"])

    def _holder(self, hit: RoleHit, state: str, sector: str | None, words: str) -> Actor:
        """Return who holds the office on the date, or the office itself; a bare state for "countries"."""
        if (
            sector == hit.role.sector
            and hit.role.number == "person"
            and hit.role.role in self._knowledge.words["single_office"]
        ):
            holders = self._knowledge.holders(state, hit.role.role, self._date)
            holders = tuple(person for person in holders if self._date or _serves(person))
            if len(holders) == 1 and not self._sectors.is_past(hit):
                return person_actor(holders[0], self._knowledge, self._date)
        if sector is None:
            return country_actor(state, self._knowledge)
        return Actor(words, code_of(state, sector), state, sector, None)

    def _of_name(self, hit: NameHit) -> ActorMention:
        words = self._article.span(hit.tokens.first, hit.tokens.last).text
        actor = named_actor(hit.entry, words, self._knowledge, self._date)
        how = "demonym" if hit.entry.kind in {"adjective", "people"} else "name"
        scene = hit.entry.kind == "capital" or actor.sector == QUASI_STATE
        if scene and is_locative(self._article, hit.tokens.head):
            return ActorMention(
                hit.tokens,
                (country_actor(actor.country or "", self._knowledge),),
                "place",
                CONFIDENCE["place"],
            )
        return ActorMention(hit.tokens, (actor,), how, CONFIDENCE[how])


def _is_part_of_place(article: Article, hit: NameHit, knowledge: ActorKnowledge) -> bool:
    """Say whether a state's name is only part of a longer name of a place in another: "Jersey" in "New Jersey"."""
    first, last = hit.tokens.first, hit.tokens.last
    if hit.entry.kind not in COUNTRY_KINDS:
        return False
    around = [place for place in article.places if place.tokens.first <= first and last <= place.tokens.last]
    return any(
        (place.tokens.first, place.tokens.last) != (first, last)
        and place.place.country not in {None, country_of(hit.entry, knowledge)}
        for place in around
    )


def _serves(person: Person) -> bool:
    """Say whether a person was in office when the table was made: of an undated "minister" no former one is meant."""
    return any(not term.end for term in person.terms)


def _longest(found: list[ActorMention]) -> tuple[ActorMention, ...]:
    """Drop mentions inside longer ones; of equals the first stays. Modifiers keep to their phrase."""
    kept: list[ActorMention] = []
    covered: set[int] = set()
    for mention in sorted(found, key=lambda m: m.tokens.first - m.tokens.last):
        inside = range(mention.tokens.first, mention.tokens.last)
        if covered.isdisjoint(inside):
            kept.append(mention)
            covered.update(inside)
    return tuple(sorted(kept, key=lambda m: m.tokens.first))


def actors_stage(knowledge: ActorKnowledge, gazetteer: Gazetteer) -> Stage:
    """Return the stage that finds actors; the gazetteer tells where the town of "the Madras High Court" lies."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"actors": find_actors(article, knowledge, gazetteer)}

    return Stage("actors", ("tokens", "sentences", "places"), ("actors",), run)
