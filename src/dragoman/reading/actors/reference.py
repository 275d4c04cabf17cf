"""The stage that resolves what refers back within the article: pronouns, "both leaders", "the president".

Nothing is ever resolved across articles. Quoted "we" and "I", and "it" without a referent, stay out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dragoman.knowledge.actors import ActorKnowledge, Role, term_at
from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.identity import code_of, country_actor
from dragoman.reading.article import ActorMention, Article, Token, TokenRange
from dragoman.reading.stage import Stage

PERSONAL = frozenset({"he", "him", "his", "she", "her", "hers"})
NEUTRAL = frozenset({"it", "its"})
PLURAL = frozenset({"they", "them", "their", "theirs"})
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
DEFINITE = frozenset({"the", "both", "these", "those", "two", "three", "four", "five"})
# An antecedent stands at most this many sentences back. Sentences; usual in the literature on pronouns.
REACH = 3
# Roles searched further back, since "the president" survives a whole article. Sentences.
ROLE_REACH = 30
# What a sentence of distance costs against being a subject, in the same unit; set on the example pages.
DISTANCE_COST = 2.0
SUBJECT_GAIN = 1.5
# What each token costs a possessive ("after its invasion"), which leans on what stands nearest; same unit and set so.
POSSESSIVE_COST = 0.12
CONFIDENCE = {"pronoun": 0.7, "plural": 0.75, "role": 0.75}
# Whom a role word may mean beyond its own role.
FAMILIES = {
    "leader": frozenset(
        {"head_of_state", "head_of_government", "monarch", "party_leader", "rebel_leader", "leader"}
    ),
    "minister": frozenset(
        {"foreign_minister", "defence_minister", "interior_minister", "finance_minister", "minister"}
    ),
}
STATE_LIKE = frozenset({"country", "nation", "state", "side", "neighbor", "neighbour", "power", "ally"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Something that may be referred to: actors, where, whether a subject, what kind of thing."""

    actors: tuple[Actor, ...]
    head: int
    sentence: int
    subject: bool
    person: bool
    plural: bool


def resolve_references(article: Article, knowledge: ActorKnowledge) -> tuple[ActorMention, ...]:
    """Return the mentions with pronouns and definite descriptions added or resolved, in order."""
    return _Resolver(article, knowledge).run()


class _Resolver:
    """Goes through one article from left to right and remembers what was mentioned."""

    def __init__(self, article: Article, knowledge: ActorKnowledge) -> None:
        self._article = article
        self._knowledge = knowledge
        self._date = article.document.published
        self._seen: list[_Candidate] = []

    def run(self) -> tuple[ActorMention, ...]:
        """Return all mentions in the order of the text."""
        waiting = {mention.tokens.head: mention for mention in self._article.actors}
        done: list[ActorMention] = []
        for token in self._article.tokens:
            mention = waiting.get(token.i)
            if mention is not None:
                mention = self._described(token, mention) or self._owned_by_pronoun(token, mention) or mention
            else:
                mention = self._pronoun(token) or self._described(token, None)
            if mention is not None:
                done.append(mention)
                self._remember(mention)
        return tuple(sorted(done, key=lambda m: m.tokens.first))

    def _remember(self, mention: ActorMention) -> None:
        token = self._article.tokens[mention.tokens.head]
        first = tree.first_conjunct(self._article, token.i)
        subject = self._article.tokens[first].dep in tree.SUBJECTS
        person = any(self._is_person(actor) for actor in mention.actors) or token.entity == "PERSON"
        plural = len(mention.actors) > 1 or token.tag in {"NNS", "NNPS"}
        person = (person or mention.how == "person") and mention.how != "demonym"
        self._seen.append(
            _Candidate(mention.actors, token.i, token.sentence, subject, person and not plural, plural)
        )
        group = [c for c in self._seen if c.sentence == token.sentence and not c.plural
                 and tree.first_conjunct(self._article, c.head) == first]  # fmt: skip
        if len(group) > 1 and mention.how != "demonym":
            actors = tuple({(a.id or a.name): a for c in group for a in c.actors}.values())
            self._seen.append(_Candidate(actors, token.i, token.sentence, subject, person=False, plural=True))

    def _is_person(self, actor: Actor) -> bool:
        return actor.id in self._knowledge.people

    def _pronoun(self, token: Token) -> ActorMention | None:
        if token.tag not in {"PRP", "PRP$"}:
            return None
        fits: Callable[[_Candidate], bool]
        if token.lower in PERSONAL:
            fits = _singular_person
        elif token.lower in NEUTRAL:
            fits = _neither_person_nor_plural
        elif token.lower in PLURAL:
            fits = _plural_or_body
        else:
            return None
        best = max(self._near(token, fits), key=lambda c: self._salience(token, c), default=None)
        if best is None:
            return None
        return ActorMention(
            TokenRange(token.i, token.i + 1, token.i), best.actors, "pronoun", CONFIDENCE["pronoun"]
        )

    def _near(self, token: Token, fits: Callable[[_Candidate], bool]) -> Iterator[_Candidate]:
        for candidate in self._seen:
            if candidate.sentence < token.sentence - REACH or not fits(candidate):
                continue
            if token.tag == "PRP" and self._article.tokens[candidate.head].head == token.head:
                continue
            yield candidate

    def _salience(self, token: Token, candidate: _Candidate) -> tuple[float, int]:
        distance = token.sentence - candidate.sentence
        gain = SUBJECT_GAIN if candidate.subject else 0.0
        plural = SUBJECT_GAIN if candidate.plural and token.lower in PLURAL else 0.0
        near = POSSESSIVE_COST * (token.i - candidate.head) if token.tag == "PRP$" and not distance else 0.0
        return gain + plural - near - DISTANCE_COST * distance, candidate.head

    def _described(self, token: Token, mention: ActorMention | None) -> ActorMention | None:
        """Resolve a definite description: "both leaders", "the two countries", "the president"."""
        if token.pos != "NOUN" or (
            mention is not None and mention.how not in {"context", "unresolved", "role"}
        ):
            return None
        if mention is not None and mention.how == "role" and not self._quantified(token):
            return None
        role = self._knowledge.roles.get((token.lemma,))
        determiners = {
            self._article.tokens[j].lower
            for j in tree.children(self._article, token.i, "det", "nummod", "predet")
        }
        if role is None or not determiners & DEFINITE or self._owned(token):
            return None
        count = next((COUNTS[word] for word in sorted(determiners) if word in COUNTS), 2)
        if token.tag == "NNS":
            wanted = self._states() if token.lemma in STATE_LIKE else self._holders_of(role, token)
            actors = tuple(wanted)[:count]
            if len(actors) <= 1:
                return None
            return ActorMention(self._phrase(token), _in_order(actors), "plural", CONFIDENCE["plural"])
        if role.number != "person":
            return None
        holder = next(iter(self._holders_of(role, token)), None)
        if holder is None:
            return None
        return ActorMention(self._phrase(token), (holder,), "role", CONFIDENCE["role"])

    def _owned_by_pronoun(self, token: Token, mention: ActorMention) -> ActorMention | None:
        """Give "his government" and "their delegations" the states of those the pronoun means."""
        owners = tree.children(self._article, token.i, "poss")
        role = self._knowledge.roles.get((token.lemma,))
        if not owners or mention.how not in {"context", "unresolved"} or role is None:
            return None
        for candidate in reversed(self._seen):
            if candidate.head == owners[0]:
                states = dict.fromkeys(actor.country for actor in candidate.actors if actor.country)
                sector = role.sector or None
                actors = tuple(
                    Actor(token.text, code_of(state, sector), state, sector, None) for state in states
                )
                return (
                    replace(mention, actors=actors, how="role", confidence=CONFIDENCE["role"])
                    if actors
                    else None
                )
        return None

    def _quantified(self, token: Token) -> bool:
        return any(
            self._article.tokens[j].lower in COUNTS
            for j in tree.children(self._article, token.i, "det", "nummod")
        )

    def _owned(self, token: Token) -> bool:
        """Say whether the description says itself whose: then it does not refer back."""
        return bool(
            tree.children(self._article, token.i, "poss", "amod", "compound", "relcl", "appos")
        ) or any(self._article.tokens[j].lower == "of" for j in tree.children(self._article, token.i, "prep"))

    def _phrase(self, token: Token) -> TokenRange:
        left = tree.children(self._article, token.i, "det", "nummod", "predet")
        return TokenRange(min([token.i, *left]), token.i + 1, token.i)

    def _holders_of(self, role: Role, token: Token) -> Iterator[Actor]:
        """Yield the persons mentioned before who may hold the role, latest first, each once."""
        wanted = FAMILIES.get(role.role) or FAMILIES.get(token.lemma) or frozenset({role.role or token.lemma})
        seen: set[str | None] = set()
        for candidate in reversed(self._seen):
            if candidate.plural or candidate.sentence < token.sentence - ROLE_REACH:
                continue
            for actor in candidate.actors:
                key = actor.id or actor.name
                if key not in seen and self._holds(actor, candidate, wanted, token):
                    seen.add(key)
                    yield actor

    def _holds(self, actor: Actor, candidate: _Candidate, wanted: frozenset[str], token: Token) -> bool:
        person = self._knowledge.people.get(actor.id) if actor.id else None
        if person is not None:
            term = term_at(person, self._date)
            return term is not None and term.role in wanted
        if not candidate.person:
            return False
        title = {
            self._article.tokens[j].lemma
            for j in tree.children(self._article, candidate.head, "compound", "appos", "nmod")
        }
        return token.lemma in title

    def _states(self) -> Iterator[Actor]:
        """Yield the states mentioned before, latest first, each once."""
        seen: set[str] = set()
        for candidate in reversed(self._seen):
            for actor in candidate.actors:
                state = actor.country or ""
                if state in self._knowledge.countries and state not in seen:
                    seen.add(state)
                    yield country_actor(state, self._knowledge)


def _in_order(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return actors found from the latest back in the order the article names them."""
    return tuple(reversed(actors))


def _singular_person(candidate: _Candidate) -> bool:
    return candidate.person and not candidate.plural


def _neither_person_nor_plural(candidate: _Candidate) -> bool:
    return not candidate.person and not candidate.plural


def _plural_or_body(candidate: _Candidate) -> bool:
    return not candidate.person


def reference_stage(knowledge: ActorKnowledge) -> Stage:
    """Return the stage that resolves references within the article."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"actors": resolve_references(article, knowledge)}

    return Stage("reference", ("tokens", "sentences", "actors"), ("actors",), run)
