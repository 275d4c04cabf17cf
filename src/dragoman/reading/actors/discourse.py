"""What an article has mentioned so far: the memory that references back are resolved from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from dragoman.knowledge.actors import ActorKnowledge, term_at
from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.identity import country_actor
from dragoman.reading.actors.voices import FIRST_PERSON, Voices
from dragoman.reading.article import ActorMention, Article, Token

PLURAL = frozenset({"they", "them", "their", "theirs"})
MALE = frozenset({"he", "him", "his"})
FEMALE = frozenset({"she", "her", "hers"})
QUALIFYING = ("amod", "compound", "nmod", "appos")
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
# "The two sides" may mean those named together this many sentences back. Sentences; set on the example pages.
GROUP_REACH = 25
# Roles are searched further back than pronouns, since "the president" survives a whole article. Sentences.
ROLE_REACH = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be referred to: actors, where, whether a subject, what kind of thing.

    ``gender`` is ``f`` or ``m`` where the name or a title tells it.
    ``count`` is how many the words count ("two diplomats"), else how many actors they name.
    """

    actors: tuple[Actor, ...]
    head: int
    sentence: int
    subject: bool
    person: bool
    plural: bool
    count: int
    gender: str = ""


class Discourse:
    """Remembers the mentions of one article from left to right."""

    def __init__(self, article: Article, knowledge: ActorKnowledge) -> None:
        """Start with nothing mentioned; ``coming`` are all mentions that are no pronouns, by their heads.

        ``heads`` are those of all mentions so far, ``times`` how often each actor was mentioned, by id or name.
        ``called`` are the words that introduce each actor, by id or name: "Republican senator X";
        ``persons`` are those that the recogniser took for persons at least once, by id or name.
        """
        self.article = article
        self.coming = {mention.tokens.head: mention for mention in article.actors}
        self.knowledge = knowledge
        self.voices = Voices(article)
        self.seen: list[Candidate] = []
        self.heads: set[int] = set()
        self.times: Counter[str] = Counter()
        self.called: dict[str, set[str]] = {}
        self.persons: set[str] = set()

    def since(self, sentence: int) -> Iterator[Candidate]:
        """Yield what was mentioned from a sentence on, latest first."""
        return takewhile(lambda candidate: candidate.sentence >= sentence, reversed(self.seen))

    def candidate(self, mention: ActorMention) -> Candidate:
        """Return a mention as something that may be referred to."""
        token = self.article.tokens[mention.tokens.head]
        subject = self.article.tokens[self.place(token.i)].dep in tree.SUBJECTS
        plural = len(mention.actors) > 1 or token.tag in {"NNS", "NNPS"} or token.lower in PLURAL
        person = self._names_person(token, mention)
        gender = self._gender(mention) if person else ""
        count = self._count(token, mention)
        return Candidate(
            mention.actors, token.i, token.sentence, subject, person and not plural, plural, count, gender
        )

    def place(self, i: int) -> int:
        """Return the word that holds the place in the clause.

        The first of a coordination, what an apposition renames, what counts it ("a group of diplomats").
        """
        tokens = self.article.tokens
        i = tree.first_conjunct(self.article, i)
        while tokens[i].dep == "appos" or self._is_counted(i):
            i = tree.first_conjunct(
                self.article, tokens[i].head if tokens[i].dep == "appos" else tokens[tokens[i].head].head
            )
        return i

    def _is_counted(self, i: int) -> bool:
        of = self.article.tokens[self.article.tokens[i].head]
        counting = self.knowledge.words["counter"] | self.knowledge.words["several_of"]
        return (
            self.article.tokens[i].dep == "pobj"
            and of.lower == "of"
            and self.article.tokens[of.head].lemma in counting
        )

    def _names_person(self, token: Token, mention: ActorMention) -> bool:
        """Say whether a mention, taken as one, is a human being."""
        if mention.how == "pronoun":
            return token.lower in MALE | FEMALE | FIRST_PERSON
        if mention.how == "demonym":
            return False
        if any((actor.id or actor.name) in self.persons for actor in mention.actors):
            return True
        if mention.how == "person" or token.entity == "PERSON" or any(map(self._is_person, mention.actors)):
            return True
        called = mention.how in {"role", "context", "unresolved"} or len(mention.actors) == 1
        role = (
            self.knowledge.role_of((token.lower,) if mention.how == "name" else (token.lemma,))
            if called
            else None
        )
        if role is None or role.number == "institution" or token.lemma in self.knowledge.words["collective"]:
            return False
        return role.number == "person" or token.tag == "NN"

    def _add(self, candidate: Candidate) -> None:
        self.seen.append(candidate)
        self.heads.add(candidate.head)
        self.times.update(actor.id or actor.name or "" for actor in candidate.actors)

    def remember(self, mention: ActorMention) -> None:
        """Add a mention, and the group it completes ("A and B")."""
        token = self.article.tokens[mention.tokens.head]
        first = tree.first_conjunct(self.article, token.i)
        this = self.candidate(mention)
        self._add(this)
        if this.person and mention.how in {"person", "unresolved"} and token.entity == "PERSON":
            self.persons.update(actor.id or actor.name or "" for actor in mention.actors)
        for actor in mention.actors if mention.how != "pronoun" else ():
            self.called.setdefault(actor.id or actor.name or "", set()).update(self._called(mention))
        beside = [c for c in self.since(token.sentence) if not c.plural]
        group = [c for c in reversed(beside) if tree.first_conjunct(self.article, c.head) == first]
        if len(group) > 1 and mention.how != "demonym":
            actors = tuple({(a.id or a.name): a for c in group for a in c.actors}.values())
            both = replace(this, actors=actors, person=False, plural=True, count=len(actors), gender="")
            self._add(both)

    def _called(self, mention: ActorMention) -> set[str]:
        """Return the lemmas of titles and appositions at a mention, shared ones too: "two developers, A and B"."""
        tokens, head = self.article.tokens, mention.tokens.head
        first = tree.first_conjunct(self.article, head)
        inside = [i for i in range(mention.tokens.first, mention.tokens.last) if i != head]
        around = [j for i in {first, head} for j in tree.children(self.article, i, *QUALIFYING)]
        around += [k for j in around for k in tree.children(self.article, j, *QUALIFYING)]
        above = [tokens[first].head] if tokens[first].dep == "appos" else []
        return {tokens[j].lemma.lower() for j in (*inside, *around, *above)}

    def _count(self, token: Token, mention: ActorMention) -> int:
        """Return how many the words count ("two diplomats"), else how many actors they name."""
        numbers = (self.article.tokens[j].lower for j in tree.children(self.article, token.i, "nummod"))
        return next((COUNTS[word] for word in numbers if word in COUNTS), len(mention.actors))

    def _gender(self, mention: ActorMention) -> str:
        pronoun = self.article.tokens[mention.tokens.head].lower
        if mention.how == "pronoun" and pronoun in MALE | FEMALE:
            return "f" if pronoun in FEMALE else "m"
        words = [token.lower for token in self.article.tokens[mention.tokens.first : mention.tokens.last]]
        return self.knowledge.gender(mention.actors[0].name or "", words)

    def _is_person(self, actor: Actor) -> bool:
        return actor.id in self.knowledge.people

    def group(
        self, token: Token, count: int, fitting: Callable[[tuple[Actor, ...]], tuple[Actor, ...]]
    ) -> tuple[Actor, ...]:
        """Return the actors last named together, where exactly ``count`` of them fit."""
        for candidate in self.since(token.sentence - GROUP_REACH):
            if candidate.plural and len(found := fitting(candidate.actors)) == count == len(candidate.actors):
                return found
        return ()

    def as_states(self, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Return the states that some actors belong to, each once."""
        states = dict.fromkeys(actor.country for actor in actors if actor.country in self.knowledge.countries)
        return tuple(country_actor(state, self.knowledge) for state in states if state)

    def holders_of(self, wanted: frozenset[str], token: Token) -> Iterator[Actor]:
        """Yield the persons mentioned before who may hold one of the roles, latest first, each once."""
        seen: set[str | None] = set()
        for candidate in self.since(token.sentence - ROLE_REACH):
            if candidate.plural:
                continue
            for actor in candidate.actors:
                key = actor.id or actor.name
                if key not in seen and self._holds(actor, candidate, wanted, token):
                    seen.add(key)
                    yield actor

    def held(self, actor: Actor, wanted: frozenset[str]) -> bool:
        """Say whether a known person holds one of the roles on the article's date."""
        person = self.knowledge.people.get(actor.id) if actor.id else None
        term = term_at(person, self.article.date) if person is not None else None
        return term is not None and term.role in wanted

    def _holds(self, actor: Actor, candidate: Candidate, wanted: frozenset[str], token: Token) -> bool:
        if actor.id in self.knowledge.people:
            return self.held(actor, wanted)
        if not candidate.person:
            return False
        title = tree.children(self.article, candidate.head, "compound", "appos", "nmod")
        return token.lemma in {self.article.tokens[j].lemma for j in title}

    def states(self) -> Iterator[Actor]:
        """Yield the states mentioned before, latest first, each once."""
        seen: set[str] = set()
        for candidate in reversed(self.seen):
            for actor in reversed(candidate.actors):
                state = actor.country or ""
                if state in self.knowledge.countries and state not in seen:
                    seen.add(state)
                    yield country_actor(state, self.knowledge)
