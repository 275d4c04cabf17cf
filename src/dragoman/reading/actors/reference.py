"""The stage that resolves what refers back within the article: pronouns, "both leaders", "the president".

Nothing is ever resolved across articles. Quoted "we" and "I", and "it" without a referent, stay out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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
PAIRS = frozenset({"both", "pair", "duo"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
DISTRIBUTIVE = frozenset({"each", "either", "neither"})
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
DEFINITE = frozenset(
    {"the", "both", "each", "either", "neither", "these", "those", "two", "three", "four", "five"}
)
# An antecedent stands at most this many sentences back. Sentences; usual in the literature on pronouns.
REACH = 3
# "The two sides" may mean those named together this many sentences back. Sentences; set on the example pages.
GROUP_REACH = 25
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
# What an international body may be called after its name.
BLOC_WORDS = frozenset({"bloc", "alliance", "grouping"})
# Those of these sectors go on to be "the rebels" and "the army" once somebody has said whose they are.
FIGHTING = frozenset({"REB", "UAF", "MIL", "COP"})
# What a single state may be called; the words of `ANY_STATE` fit all, the others those whose full name has them.
ANY_STATE = frozenset({"country", "nation", "state"})
STATE_WORDS = ANY_STATE | {"kingdom", "republic", "emirate", "sultanate", "federation", "union"}
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
    count: int


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
            described = self._described(token, mention) or self._owned_by_pronoun(token, mention)
            mention = described or mention or self._pronoun(token)
            if mention is not None:
                done.append(mention)
                self._remember(mention)
        at = {mention.tokens.head: mention for mention in done}
        done = [self._of_several(mention, at) for mention in done]
        return tuple(sorted(done, key=lambda m: m.tokens.first))

    def _remember(self, mention: ActorMention) -> None:
        token = self._article.tokens[mention.tokens.head]
        first = tree.first_conjunct(self._article, token.i)
        subject = self._article.tokens[first].dep in tree.SUBJECTS
        person = any(self._is_person(actor) for actor in mention.actors) or token.entity == "PERSON"
        plural = len(mention.actors) > 1 or token.tag in {"NNS", "NNPS"} or token.lower in PLURAL
        role = (
            self._knowledge.role_of((token.lemma,))
            if mention.how in {"role", "context", "unresolved"}
            else None
        )
        person = person or mention.how == "person" or (role is not None and role.number == "person")
        person = person and mention.how != "demonym"
        self._seen.append(
            _Candidate(
                mention.actors,
                token.i,
                token.sentence,
                subject,
                person and not plural,
                plural,
                self._count(token, mention),
            )
        )
        group = [c for c in self._seen if c.sentence == token.sentence and not c.plural
                 and tree.first_conjunct(self._article, c.head) == first]  # fmt: skip
        if len(group) > 1 and mention.how != "demonym":
            actors = tuple({(a.id or a.name): a for c in group for a in c.actors}.values())
            self._seen.append(
                _Candidate(
                    actors, token.i, token.sentence, subject, person=False, plural=True, count=len(actors)
                )
            )

    def _count(self, token: Token, mention: ActorMention) -> int:
        """Return how many the words count ("two diplomats"), else how many actors they name."""
        numbers = (self._article.tokens[j].lower for j in tree.children(self._article, token.i, "nummod"))
        return next((COUNTS[word] for word in numbers if word in COUNTS), len(mention.actors))

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
        """Yield what a pronoun may mean: not those that stand beside it at its own verb ("A thanked him")."""
        beside = [
            c for c in self._seen if token.tag == "PRP" and self._article.tokens[c.head].head == token.head
        ]
        barred = {actor.id or actor.name for candidate in beside for actor in candidate.actors}
        for candidate in self._seen:
            if candidate.sentence < token.sentence - REACH or not fits(candidate) or candidate in beside:
                continue
            if barred.isdisjoint(actor.id or actor.name for actor in candidate.actors):
                yield candidate

    def _salience(self, token: Token, candidate: _Candidate) -> tuple[float, int]:
        distance = token.sentence - candidate.sentence
        gain = SUBJECT_GAIN if candidate.subject else 0.0
        plural = SUBJECT_GAIN if candidate.plural and token.lower in PLURAL else 0.0
        near = POSSESSIVE_COST * (token.i - candidate.head) if token.tag == "PRP$" and not distance else 0.0
        return gain + plural - near - DISTANCE_COST * distance, candidate.head

    def _described(self, token: Token, mention: ActorMention | None) -> ActorMention | None:
        """Resolve a definite description: "both leaders", "the two countries", "each side", "the president"."""
        if mention is not None and mention.how not in {"context", "unresolved", "role"}:
            return None
        if token.lower in PAIRS:
            return self._pair(token) if token.dep in ARGUMENTS else None
        if token.pos != "NOUN" or (
            mention is not None and mention.how == "role" and not self._quantified(token)
        ):
            return None
        determiners = self._determiners(token)
        if not determiners & DEFINITE or self._owned(token):
            return None
        if (known := self._known_body(token)) is not None:
            return ActorMention(self._phrase(token), known, "role", CONFIDENCE["role"])
        if token.tag == "NNS" or determiners & DISTRIBUTIVE:
            count = next((COUNTS[word] for word in sorted(determiners) if word in COUNTS), 2)
            actors = self._several(token, count)
            if not actors:
                return None
            return ActorMention(self._phrase(token), actors, "plural", CONFIDENCE["plural"])
        actor = self._single(token)
        return ActorMention(self._phrase(token), (actor,), "role", CONFIDENCE["role"]) if actor else None

    def _known_body(self, token: Token) -> tuple[Actor, ...] | None:
        """Return whom "the council" or "the rebels" mean: the last one called so, or of that sector, by name."""
        role = self._knowledge.role_of((token.lemma,))
        if token.lemma in STATE_LIKE or (role is not None and role.number == "person" and token.tag == "NN"):
            return None
        sector = role.sector if role is not None else ""
        for candidate in reversed(self._seen):
            if candidate.sentence < token.sentence - ROLE_REACH or len(candidate.actors) != 1:
                continue
            (actor,) = candidate.actors
            if actor.code is None or candidate.head == token.i:
                continue
            called = token.tag == "NN" and token.lemma in (actor.name or "").lower().split()
            called = called and sector in {"", actor.sector}
            allied = token.lemma in BLOC_WORDS and actor.country == "IGO"
            if called or allied or (sector in FIGHTING and actor.sector == sector):
                return candidate.actors
        return None

    def _determiners(self, token: Token) -> set[str]:
        found = tree.children(self._article, token.i, "det", "nummod", "predet")
        return {self._article.tokens[j].lower for j in found}

    def _pair(self, token: Token) -> ActorMention | None:
        """Resolve "both" and "the pair" where they stand alone: those named together, else the only two persons before."""
        for candidate in reversed(self._seen):
            if candidate.sentence >= token.sentence - REACH and candidate.count == COUNTS["both"]:
                return ActorMention(self._phrase(token), candidate.actors, "plural", CONFIDENCE["plural"])
        persons = [
            c for c in self._seen if c.person and token.sentence - REACH <= c.sentence < token.sentence
        ]
        latest = [c for c in persons if c.sentence == persons[-1].sentence]
        actors = tuple({(a.id or a.name): a for c in latest for a in c.actors}.values())
        if len(actors) != COUNTS["both"]:
            return None
        return ActorMention(self._phrase(token), actors, "plural", CONFIDENCE["plural"])

    def _several(self, token: Token, count: int) -> tuple[Actor, ...]:
        """Return the states or holders meant: a group named together before, else the last ones named."""
        role = self._knowledge.role_of((token.lemma,))
        if token.lemma in STATE_LIKE:
            return self._group(token, count, self._as_states) or _in_order(
                tuple(self._states())[:count], count
            )
        if role is None:
            return ()
        if role.number == "institution":
            states = self._group(token, count, self._as_states) or _in_order(
                tuple(self._states())[:count], count
            )
            sector = role.sector or None
            return tuple(
                Actor(token.text, code_of(a.country, sector), a.country, sector, None) for a in states
            )
        wanted = self._wanted(role, token)
        group = self._group(token, count, lambda actors: tuple(a for a in actors if self._held(a, wanted)))
        return group or _in_order(tuple(self._holders_of(role, token))[:count], count)

    def _group(
        self, token: Token, count: int, fitting: Callable[[tuple[Actor, ...]], tuple[Actor, ...]]
    ) -> tuple[Actor, ...]:
        """Return the actors last named together, where exactly ``count`` of them fit."""
        for candidate in reversed(self._seen):
            if candidate.sentence < token.sentence - GROUP_REACH:
                break
            if candidate.plural and len(found := fitting(candidate.actors)) == count == len(candidate.actors):
                return found
        return ()

    def _as_states(self, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        states = dict.fromkeys(
            actor.country for actor in actors if actor.country in self._knowledge.countries
        )
        return tuple(country_actor(state, self._knowledge) for state in states if state)

    def _single(self, token: Token) -> Actor | None:
        """Return whom "the president" or "the kingdom" means, or None."""
        if token.lemma in STATE_WORDS:
            return next((a for a in self._states() if self._is_called(a, token.lemma)), None)
        role = self._knowledge.role_of((token.lemma,))
        if role is None or role.number != "person":
            return None
        return next(iter(self._holders_of(role, token)), None)

    def _is_called(self, state: Actor, word: str) -> bool:
        """Say whether a state's full name has the word ("Kingdom of Saudi Arabia"), if that word is for some states only."""
        country = self._knowledge.countries[state.country or ""]
        return word in ANY_STATE or any(
            word in name.lower().split() for name in (country.name, *country.aliases)
        )

    def _owned_by_pronoun(self, token: Token, mention: ActorMention | None) -> ActorMention | None:
        """Give "his government", "their delegations" and "its men" the states of those the pronoun means."""
        owners = tree.children(self._article, token.i, "poss")
        role = self._knowledge.role_of((token.lemma,))
        known = mention is not None and mention.how not in {"context", "unresolved"}
        if not owners or known or role is None or "source-only" in role.flags:
            return None
        owner = next((c for c in reversed(self._seen) if c.head == owners[0]), None)
        if owner is None or self._article.tokens[owners[0]].tag != "PRP$":
            return None
        tokens = mention.tokens if mention is not None else TokenRange(owners[0], token.i + 1, token.i)
        return self._part(tokens, role, owner.actors, token.text)

    def _part(
        self, tokens: TokenRange, role: Role, owners: tuple[Actor, ...], words: str
    ) -> ActorMention | None:
        """Return a role within the states of its owners; a word without a sector of its own takes theirs."""
        generic = bool(role.flags & {"generic", "weak"})
        parts: dict[str | None, Actor] = {}
        for owner in owners:
            sector = (owner.sector if generic else role.sector) or None
            code = code_of(owner.country, sector)
            if code is not None:
                parts[code] = Actor(words, code, owner.country, sector, None)
        if not parts:
            return None
        return ActorMention(tokens, tuple(parts.values()), "role", CONFIDENCE["role"])

    def _of_several(self, mention: ActorMention, at: dict[int, ActorMention]) -> ActorMention:
        """Give "ministers of the two countries" and "officials from both sides" their states."""
        head = self._article.tokens[mention.tokens.head]
        role = self._knowledge.role_of((head.lemma,))
        if mention.how not in {"context", "unresolved"} or role is None:
            return mention
        for i in tree.prepositional(self._article, head.i, "of", "from", "on"):
            owner = at.get(i)
            if owner is not None and owner.how == "plural":
                return self._part(mention.tokens, role, owner.actors, head.text) or mention
        return mention

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
        wanted = self._wanted(role, token)
        seen: set[str | None] = set()
        for candidate in reversed(self._seen):
            if candidate.plural or candidate.sentence < token.sentence - ROLE_REACH:
                continue
            for actor in candidate.actors:
                key = actor.id or actor.name
                if key not in seen and self._holds(actor, candidate, wanted, token):
                    seen.add(key)
                    yield actor

    def _wanted(self, role: Role, token: Token) -> frozenset[str]:
        return FAMILIES.get(role.role) or FAMILIES.get(token.lemma) or frozenset({role.role or token.lemma})

    def _held(self, actor: Actor, wanted: frozenset[str]) -> bool:
        person = self._knowledge.people.get(actor.id) if actor.id else None
        term = term_at(person, self._date) if person is not None else None
        return term is not None and term.role in wanted

    def _holds(self, actor: Actor, candidate: _Candidate, wanted: frozenset[str], token: Token) -> bool:
        if actor.id in self._knowledge.people:
            return self._held(actor, wanted)
        if not candidate.person:
            return False
        title = tree.children(self._article, candidate.head, "compound", "appos", "nmod")
        return token.lemma in {self._article.tokens[j].lemma for j in title}

    def _states(self) -> Iterator[Actor]:
        """Yield the states mentioned before, latest first, each once."""
        seen: set[str] = set()
        for candidate in reversed(self._seen):
            for actor in reversed(candidate.actors):
                state = actor.country or ""
                if state in self._knowledge.countries and state not in seen:
                    seen.add(state)
                    yield country_actor(state, self._knowledge)


def _in_order(actors: tuple[Actor, ...], count: int) -> tuple[Actor, ...]:
    """Return actors found from the latest back in the order the article names them; nothing if some lack."""
    return tuple(reversed(actors)) if len(actors) == count else ()


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
