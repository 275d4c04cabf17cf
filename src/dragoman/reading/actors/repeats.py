"""Descriptions that take up again what was named: "the agency", "the developers", "the Republican nominee"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.discourse import (
    COUNTS,
    GROUP_REACH,
    ROLE_REACH,
    Candidate,
    Discourse,
)
from dragoman.reading.article import Token

# A body whose name does not say what it is ("the company" for Patriot) is taken up so many sentences later at most,
# and so is a person by a word that nobody introduced ("the businessman"). Sentences.
NEAR = 3
# What a sentence costs, what a subject and each mention so far gain, and how far the first must lead; as in `salience`.
DISTANCE_COST, SUBJECT_GAIN, TOPIC_GAIN, TOPIC_MOST = 2.0, 1.5, 0.25, 4
LEAD = 1.0
# Sectors of those whom these words may mean where the name does not tell; "" is no sector.
SECTORS = {
    "company": {"", "BUS"}, "firm": {"", "BUS"}, "agency": {"GOV", "COP", "SPY"}, "union": {"LAB"}, "group": {"", "REB", "SOC"},
}  # fmt: skip


class Repeats:
    """Finds whom the definite descriptions of one article take up; the determiner is the caller's to look at."""

    def __init__(self, discourse: Discourse) -> None:
        """Work from the discourse, which grows meanwhile."""
        self._discourse = discourse
        self._article = discourse.article
        self._words = discourse.knowledge.words

    def body(self, token: Token) -> tuple[Actor, ...]:
        """Return the body that "the agency" or "the court" means: the last whose name says so, else the last near one of its kind."""
        kinds = self._words.get(f"body:{token.lemma}", frozenset())
        if token.tag != "NN" or not kinds:
            return ()
        sectors = SECTORS.get(token.lemma, set())
        named = [c for c in self._discourse.since(token.sentence - ROLE_REACH) if self._is_named_body(c)]
        qualified = self._qualifiers(token)
        called = [
            c
            for c in named
            if self._has(words := set(_name_words(c.actors[0])), qualified) and not kinds.isdisjoint(words)
        ]
        for candidate in named:
            alike = candidate in called or (not qualified and (candidate.actors[0].sector or "") in sectors)
            if alike and candidate.sentence >= token.sentence - NEAR:
                return candidate.actors
        return called[0].actors if called else ()

    def _has(self, words: set[str], qualified: set[str]) -> bool:
        """Say whether a name has all the words, or others for them: "the high court" is a Supreme Court."""
        return all(words & ({word} | self._words.get(f"like:{word}", frozenset())) for word in qualified)

    def _qualifiers(self, token: Token) -> set[str]:
        """Return the words that qualify a description; the name must have them ("the appeals court")."""
        return {
            self._article.tokens[j].lower
            for j in tree.children(self._article, token.i, "amod", "compound", "nmod")
        }

    def _is_named_body(self, candidate: Candidate) -> bool:
        token = self._article.tokens[candidate.head]
        if len(candidate.actors) != 1 or candidate.person:
            return False
        return token.pos == "PROPN" and (
            token.entity == "ORG" or candidate.actors[0].country in {"IGO", "NGO", "MNC"}
        )

    def several(self, token: Token) -> tuple[Actor, ...]:
        """Return those whom "the developers" means: called so when named together, or the last words with this noun."""
        for candidate in self._discourse.since(token.sentence - GROUP_REACH):
            if not candidate.plural:
                continue
            called = len(candidate.actors) > 1 and token.lemma in self._called(candidate)
            again = self._article.tokens[candidate.head].lemma == token.lemma and self._is_qualified(
                candidate.head
            )
            if called or again:
                return candidate.actors
        if token.lemma not in self._words["varied"]:
            return ()
        return self.together(token, 0) or self._only_two(token)

    def _only_two(self, token: Token) -> tuple[Actor, ...]:
        """Return the persons mentioned in the sentences before, if there are two."""
        persons = (
            c
            for c in self._discourse.since(token.sentence - NEAR)
            if c.person and c.sentence < token.sentence
        )
        found = tuple({_key(c): c.actors[0] for c in persons}.values())
        return found if len(found) == COUNTS["two"] else ()

    def together(self, token: Token, count: int) -> tuple[Actor, ...]:
        """Return the persons last named together, so many (0: however many), a few sentences back at most: "the two"."""
        for candidate in self._discourse.since(token.sentence - NEAR):
            if candidate.plural and len(candidate.actors) > 1 and count in {0, len(candidate.actors)}:
                return candidate.actors
        return ()

    def _called(self, candidate: Candidate) -> set[str]:
        """Return the nouns that all of the candidate's actors were introduced by."""
        found = [
            self._discourse.called.get(actor.id or actor.name or "", set()) for actor in candidate.actors
        ]
        return set.intersection(*found) if found else set()

    def _is_qualified(self, head: int) -> bool:
        return bool(tree.children(self._article, head, "amod", "compound", "nmod", "poss"))

    def person(self, token: Token) -> Actor | None:
        """Return whom "the Republican nominee", "the businessman" or "the former first lady" means.

        Who was introduced by the same words; else the person most at hand, with a lead over the others.
        """
        wanted = {
            self._article.tokens[j].lemma.lower()
            for j in tree.children(self._article, token.i, "amod", "compound")
        }
        if token.lemma not in self._words["varied"] and wanted.isdisjoint(self._words["former"]):
            return None
        persons = [
            c for c in self._discourse.since(token.sentence - ROLE_REACH) if c.person and len(c.actors) == 1
        ]
        gender = self._discourse.knowledge.gender("", (token.lemma,))
        persons = [c for c in persons if not gender or c.gender in {"", gender}]
        persons = [c for c in persons if not self._is_other_party(wanted, self._called(c))]
        introduced = [
            (len(wanted & called), c) for c in persons if token.lemma in (called := self._called(c))
        ]
        if introduced:
            most = max(number for number, _ in introduced)
            return next(c.actors[0] for number, c in introduced if number == most)
        taken = {_key(c) for c in persons if wanted & self._called(c)}
        near = [
            c
            for c in persons
            if c.sentence >= token.sentence - NEAR and c.head not in set(self._above(token))
        ]
        best = self._at_hand(token, near, persons)
        return best.actors[0] if best is not None and (not taken or _key(best) in taken) else None

    def _is_other_party(self, wanted: set[str], called: set[str]) -> bool:
        """Say whether both name a party, and not the same one."""
        parties = self._words["partisan"]
        ours, theirs = ({word.removesuffix("ic") for word in words & parties} for words in (wanted, called))
        return bool(ours and theirs) and ours.isdisjoint(theirs)

    def _at_hand(self, token: Token, near: list[Candidate], persons: list[Candidate]) -> Candidate | None:
        mentioned = Counter(map(_key, persons))
        points: dict[str, float] = {}
        best: dict[str, Candidate] = {}
        for candidate in near:
            gained = SUBJECT_GAIN if candidate.subject else 0.0
            gained += TOPIC_GAIN * min(mentioned[_key(candidate)], TOPIC_MOST)
            gained -= DISTANCE_COST * (token.sentence - candidate.sentence)
            if gained > points.get(_key(candidate), -float("inf")):
                points[_key(candidate)], best[_key(candidate)] = gained, candidate
        ranked = sorted(points, key=lambda key: -points[key])
        if not ranked or (len(ranked) > 1 and points[ranked[0]] < points[ranked[1]] + LEAD):
            return None
        return best[ranked[0]]

    def _above(self, token: Token) -> Iterator[int]:
        """Yield the subjects of the clauses that hold the description: who says it of somebody else."""
        for i in tree.ancestors(self._article, token.i):
            if self._article.tokens[i].pos in tree.VERBS:
                yield from tree.subjects(self._article, i)

    def counted(self, token: Token) -> tuple[Actor, ...]:
        """Return whom "the two" means where it stands without a noun."""
        if token.pos != "NUM" or token.lower not in COUNTS:
            return ()
        before = {self._article.tokens[j].lower for j in self._article.children[token.i]}
        if before.isdisjoint({"the", "these", "those"}):
            return ()
        return self.together(token, COUNTS[token.lower])


def _name_words(actor: Actor) -> list[str]:
    return (actor.name or "").lower().replace(".", "").split()


def _key(candidate: Candidate) -> str:
    return candidate.actors[0].id or candidate.actors[0].name or ""
