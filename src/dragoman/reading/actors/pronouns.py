"""Pronouns: the person, body or group that he, it or they stands for; I and we in a quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.discourse import FEMALE, MALE, PLURAL, Candidate, Discourse
from dragoman.reading.actors.salience import Salience
from dragoman.reading.actors.things import Idle, described, nouns
from dragoman.reading.actors.voices import FIRST_PERSON, OUR_SIDE
from dragoman.reading.article import ActorMention, Token, TokenRange

NEUTRAL = frozenset({"it", "its"})
# An antecedent stands at most this many sentences back. Sentences; usual in the literature on pronouns.
REACH = 3
CONFIDENCE = 0.7
# Less is left open: the lead of the best candidate over the next one, in the unit of salience; set as its weights.
NARROW = 0.2


class Pronouns:
    """Resolves the pronouns of one article from left to right."""

    def __init__(self, discourse: Discourse) -> None:
        """Work from the discourse, which grows meanwhile."""
        self._discourse = discourse
        self._article = discourse.article
        self._salience = Salience(discourse)
        self._is_idle = Idle(discourse.article, discourse.knowledge)

    def resolve(self, token: Token) -> ActorMention | None:
        """Return the pronoun as a mention of what it stands for; None for other words, and without an antecedent."""
        if token.tag not in {"PRP", "PRP$"}:
            return None
        fits = _FITTING.get(token.lower)
        if fits is None or self._is_idle(token, opens_quote=self._opens_quote(token)):
            return None
        mentioned = Counter(a.id or a.name or "" for c in self._discourse.seen for a in c.actors)
        ranked = sorted(
            ((self._salience.of(token, c, mentioned), c.head, c) for c in self._near(token, fits)),
            key=lambda entry: entry[:2],
            reverse=True,
        )
        best = ranked[0][2] if ranked else self._ahead(token, fits)
        if best is None or not best.actors or self._is_close(ranked):
            return None
        return ActorMention(TokenRange(token.i, token.i + 1, token.i), best.actors, "pronoun", CONFIDENCE)

    def _is_close(self, ranked: list[tuple[float, int, Candidate]]) -> bool:
        """Say whether others are nearly as much at hand as the best: then it is left open."""
        others = (points for points, _, candidate in ranked[1:] if not _overlap(candidate, ranked[0][2]))
        return bool(ranked) and next(others, -float("inf")) > ranked[0][0] - NARROW

    def _opens_quote(self, token: Token) -> bool:
        quote = self._discourse.voices.quote
        return token.i > 0 and quote(token.i) != -1 and quote(token.i - 2) != quote(token.i)

    def _near(self, token: Token, fits: Callable[[Candidate], bool]) -> Iterator[Candidate]:
        """Yield what a pronoun may mean: not those that stand beside it at its own verb ("A thanked him")."""
        recent = list(self._discourse.since(self._salience.sentence_back(token, REACH)))
        beside = self._beside(token, recent)
        barred = {actor.id or actor.name for candidate in beside for actor in candidate.actors}
        if token.tag == "PRP":
            barred |= set(self._objects_of_its_verb(token)) | set(self._named_below(token))
        speaker = self._discourse.voices.speaker(token.i)
        for candidate in (*recent, *self._things(token)):
            if not fits(candidate) or candidate in beside or candidate.head == speaker:
                continue
            if token.lower in NEUTRAL | PLURAL and self._is_adjective(candidate):
                continue
            if barred.isdisjoint(a.id or a.name for a in candidate.actors):
                yield candidate

    def _is_adjective(self, candidate: Candidate) -> bool:
        """Say whether a state is named by its adjective only ("Azerbaijani drones"): the phrase is meant, if any."""
        token = self._article.tokens[candidate.head]
        return token.pos == "ADJ" or (token.entity == "NORP" and token.dep in {"amod", "compound", "nmod"})

    def _beside(self, token: Token, recent: list[Candidate]) -> list[Candidate]:
        """Return those at the pronoun's own verb, with its subject where that is understood ("before asking her")."""
        if token.tag != "PRP":
            return []
        preposition = self._article.tokens[token.head]
        verb = preposition.head if token.dep == "pobj" else token.head
        subjects = [] if token.dep in tree.SUBJECTS else tree.subjects(self._article, verb)
        return [c for c in recent if self._article.tokens[c.head].head == token.head or c.head in subjects]

    def _objects_of_its_verb(self, token: Token) -> Iterator[str | None]:
        """Yield the actors that the pronoun's own verb is still to name: "he met Zelensky" is somebody else."""
        for i in tree.children(self._article, token.head, *tree.OBJECTS):
            mention = self._discourse.coming.get(i) if i > token.i else None
            for actor in mention.actors if mention is not None else ():
                yield actor.id or actor.name

    def _named_below(self, token: Token) -> Iterator[str | None]:
        """Yield the persons named in what a subject says or does: in "he said Obama left" he is somebody else."""
        if token.dep not in tree.SUBJECTS:
            return
        for i in tree.descendants(self._article, token.head):
            mention = self._discourse.coming.get(i) if i > token.i else None
            for actor in mention.actors if mention is not None and self._article.tokens[i].pos == "PROPN" else ():
                yield actor.id or actor.name

    def _things(self, token: Token) -> Iterator[Candidate]:
        """Yield what stands before the pronoun and is no actor: it or they may mean that."""
        if token.lower not in NEUTRAL | PLURAL:
            return
        plural = token.lower in PLURAL
        sentence = self._article.sentences[max(0, self._salience.sentence_back(token, REACH))]
        known = {candidate.head for candidate in self._discourse.seen}
        for noun in nouns(self._article, sentence.first, token.i, plural=plural):
            if noun.i not in known:
                subject = self._article.tokens[tree.first_conjunct(self._article, noun.i)].dep in tree.SUBJECTS
                actors = self._unnamed(noun)
                yield Candidate(actors, noun.i, noun.sentence, subject, person=False, plural=plural, count=0)

    def _unnamed(self, noun: Token) -> tuple[Actor, ...]:
        """Return people and bodies that no table has as actors without codes ("refugees"); nothing for things."""
        knowledge = self._discourse.knowledge
        role = knowledge.role_of((noun.lemma,))
        if noun.lemma in knowledge.words["anybody"]:
            return ()
        if role is None and noun.lemma not in knowledge.words["body"] | knowledge.words["states"]:
            return ()
        if noun.tag == "NN" and role is not None and role.number != "institution":
            return ()
        return (Actor(described(self._article, noun.i), None, None, None, None),)

    def _ahead(self, token: Token, fits: Callable[[Candidate], bool]) -> Candidate | None:
        """Return the subject that follows a clause put first: "Before he left, Macron thanked them"."""
        root = next((i for i in tree.ancestors(self._article, token.i) if self._article.tokens[i].head == i), None)
        if root is None or root < token.i:
            return None
        for i in tree.children(self._article, root, *tree.SUBJECTS):
            mention = self._discourse.coming.get(i)
            if mention is not None and i > token.i and token.head != root:
                candidate = self._discourse.candidate(mention)
                return candidate if fits(candidate) else None
        return None

    def spoken(self, token: Token, at: Mapping[int, ActorMention]) -> ActorMention | None:
        """Return "I" in a quote as its speaker, and "we" as the body or the group that speaks; ``at`` leads from heads to mentions."""
        if token.tag not in {"PRP", "PRP$"} or token.lower not in FIRST_PERSON | OUR_SIDE:
            return None
        speaker = self._discourse.voices.speaker(token.i)
        mention = at.get(speaker) if speaker is not None else None
        if mention is None or mention.tokens.head == token.i:
            return None
        candidate = self._discourse.candidate(mention)
        if (token.lower in FIRST_PERSON) != candidate.person:
            return None
        return ActorMention(TokenRange(token.i, token.i + 1, token.i), mention.actors, "pronoun", CONFIDENCE)


def _overlap(one: Candidate, other: Candidate) -> bool:
    keys = {actor.id or actor.name for actor in one.actors}
    return any((actor.id or actor.name) in keys for actor in other.actors)


def _female(candidate: Candidate) -> bool:
    return candidate.person and not candidate.plural and candidate.gender != "m"


def _male(candidate: Candidate) -> bool:
    return candidate.person and not candidate.plural and candidate.gender != "f"


def _neither_person_nor_plural(candidate: Candidate) -> bool:
    return not candidate.person and not candidate.plural


def _plural_or_body(candidate: Candidate) -> bool:
    return not candidate.person


_FITTING: Mapping[str, Callable[[Candidate], bool]] = {
    **dict.fromkeys(MALE, _male),
    **dict.fromkeys(FEMALE, _female),
    **dict.fromkeys(NEUTRAL, _neither_person_nor_plural),
    **dict.fromkeys(PLURAL, _plural_or_body),
}
