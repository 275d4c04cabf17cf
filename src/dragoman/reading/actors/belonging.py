"""Whose a role is: by its own words, else by the scene it stands in and by whom the article is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from dragoman.knowledge.actors import ActorKnowledge
from dragoman.reading import tree
from dragoman.reading.actors.identity import country_of
from dragoman.reading.actors.names import NameHit, is_locative
from dragoman.reading.actors.people import PersonHit
from dragoman.reading.actors.roles import RoleHit
from dragoman.reading.article import Article, PlaceMention
from dragoman.reading.fillers import MODIFIERS

# A role without a state ("the police") belongs to the state that fills this share of the names.
DOMINANT_SHARE = 0.5
# Where nothing near decides, a smaller lead is enough. Share of the names, set likewise.
LEADING_SHARE = 0.3
# Roles of these sectors face each other in a conflict, so a neighbouring state's name proves nothing.
CONTESTED = frozenset({"MIL", "REB", "UAF"})
# Roles that are where something happens rather than whom the article is about: buildings, people who are counted.
PRESENT = frozenset({"facility", "weak", "generic"})
# A dateline is a sentence of its own that ends in one of these; where an article was filed is no vote.
DASHES = frozenset({"-", "--", "–", "—", "_"})
# Places smaller than a state, named as such ("in Kisumu"), are scenes.
SCENES = frozenset({"point", "city", "region"})


class Belonging:
    """Finds the state of a role in one article. ``owners`` are all names of the article; an outlet's proves nothing."""

    def __init__(self, article: Article, knowledge: ActorKnowledge, owners: Sequence[NameHit]) -> None:
        """Count how often the article names each state, places included."""
        self._article = article
        self._knowledge = knowledge
        self._told_of: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._scenes: dict[int, list[PlaceMention]] = defaultdict(list)
        self._lands: dict[int, list[PlaceMention]] = defaultdict(list)
        for hit in owners:
            state = self.state(hit) if hit.entry.kind != "outlet" else None
            if state is not None:
                self._told_of[article.tokens[hit.tokens.head].sentence].append((hit.tokens.head, state))
        for place in article.places:
            if not is_locative(article, place.tokens.head):
                continue
            sentence = article.tokens[place.tokens.head].sentence
            self._lands[sentence].append(place)
            if place.place.precision in SCENES:
                self._scenes[sentence].append(place)
        datelines = {s.index for s in article.sentences if article.tokens[s.last - 1].text in DASHES}
        self.states = self._counted(lambda sentence: sentence not in datelines)
        if not self.states:
            self.states = self._counted(lambda _: True)

    def _counted(self, counts: Callable[[int], bool]) -> Counter[str]:
        """Return how often the sentences that count name each state, or a place in it."""
        told = (state for index, told in self._told_of.items() if counts(index) for _, state in told)
        scenes = (p.place.country for index, places in self._scenes.items() if counts(index) for p in places)
        return Counter(told) + Counter(country for country in scenes if country)

    def state(self, hit: NameHit) -> str | None:
        """Return the state that a name points to, or None."""
        return country_of(hit.entry, self._knowledge)

    def state_of(self, hit: RoleHit, person: PersonHit | None = None) -> tuple[str | None, str]:
        """Return the state of a role: from its own words, else from the text around, and how it was found."""
        for owner in hit.owners:
            if state := self.state(owner):
                return state, "role"
        if self._is_of_several(hit):
            return None, "unresolved"
        strange = self._has_strange_owner(hit)
        scene = self._scene(hit, anywhere=True) if strange or hit.role.flags & PRESENT else None
        if scene is not None or strange or "facility" in hit.role.flags:
            return scene, "context" if scene else "unresolved"
        if state := self._dominant(DOMINANT_SHARE):
            return state, "context"
        if hit.role.sector not in CONTESTED or person is not None:
            state = self._near_state(hit, person) or self._dominant(LEADING_SHARE)
            if state is not None:
                return state, "context"
        return None, "unresolved"

    def _dominant(self, share: float) -> str | None:
        """Return the state that fills at least this share of the names, if no other does as often."""
        ranked = self.states.most_common(2)
        if not ranked or ranked[0][1] < share * self.states.total():
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None

    def _near_state(self, hit: RoleHit, person: PersonHit | None) -> str | None:
        """Return the state of the scene before the role in its sentence, or the only state around."""
        sentence = self._article.tokens[hit.tokens.head].sentence
        if scene := self._scene(hit, anywhere=False):
            return scene
        facing = self._facing(hit.tokens.head if person is None else person.tokens.head)
        for index in (sentence, sentence - 1):
            near = {state for head, state in self._told_of[index] if head not in facing}
            if len(near) == 1:
                return near.pop()
            if near:
                return None
        return None

    def _scene(self, hit: RoleHit, *, anywhere: bool) -> str | None:
        """Return the state of the last scene before the role in its sentence; anywhere: or of the first after it, or a state."""
        places = self._lands if anywhere else self._scenes
        found = places[self._article.tokens[hit.tokens.head].sentence]
        before = [place for place in found if place.tokens.first < hit.tokens.first]
        after = [place for place in found if place.tokens.first > hit.tokens.first] if anywhere else []
        scene = next(iter([*before[-1:], *after]), None)
        known = scene is not None and scene.place.country in self._knowledge.countries
        return scene.place.country if scene is not None and known else None

    def _has_strange_owner(self, hit: RoleHit) -> bool:
        """Say whether the words give the role to a people that is not known: "Vlach rebels" are not just any rebels."""
        tokens = self._article.tokens
        modifiers = tree.children(self._article, hit.tokens.head, *MODIFIERS)
        outside = (i for i in modifiers if not hit.tokens.first <= i < hit.tokens.last)
        return any(tokens[i].entity == "NORP" for i in outside)

    def _is_of_several(self, hit: RoleHit) -> bool:
        """Say whether the words give the role to several states, not to that of the article: "ministers of member states"."""
        owners = tree.prepositional(self._article, hit.tokens.head, "of", "from")
        tokens = self._article.tokens
        return any(
            tokens[i].tag == "NNS" and tokens[i].lemma in self._knowledge.words["states"] for i in owners
        )

    def _facing(self, i: int) -> set[int]:
        """Return the words that stand against the phrase ``i`` as doer to undergoer: they prove no common state."""
        article = self._article
        first = article.tokens[tree.first_conjunct(article, i)]
        by_phrase = first.dep == "pobj" and article.tokens[first.head].lower == "by"
        if not by_phrase and first.dep not in {*tree.SUBJECTS, *tree.OBJECTS}:
            return set()
        verb = next(
            (j for j in tree.ancestors(article, first.i) if article.tokens[j].pos in {"VERB", "AUX"}), None
        )
        if verb is None:
            return set()
        sides = tree.children(article, verb, *tree.SUBJECTS, *tree.OBJECTS)
        return {k for j in sides for k in tree.conjuncts(article, j)} - set(tree.conjuncts(article, first.i))
