"""What a pronoun may stand for: the actors mentioned before, people and bodies without a name, and things."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.discourse import FEMALE, MALE, PLURAL, Candidate, Discourse
from dragoman.reading.actors.salience import Salience
from dragoman.reading.actors.things import described, nouns
from dragoman.reading.article import Token

NEUTRAL = frozenset({"it", "its"})
# An antecedent stands at most this many sentences back. Sentences; usual in the literature on pronouns.
REACH = 3
# What is determined by these is nobody in particular.
DISTRIBUTIVE = frozenset({"each", "every", "any", "no", "either", "neither", "another"})


class Antecedents:
    """Yields the candidates for the pronouns of one article."""

    def __init__(self, discourse: Discourse, salience: Salience) -> None:
        """Work from the discourse, which grows meanwhile; ``salience`` counts the sentences back."""
        self._discourse = discourse
        self._article = discourse.article
        self._salience = salience

    def of(self, token: Token) -> Iterator[Candidate]:
        """Yield what a pronoun may mean: not those that stand beside it at its own verb ("A thanked him")."""
        fits = FITTING[token.lower]
        recent = list(self._discourse.since(self._salience.sentence_back(token, REACH)))
        beside = self._beside(token, recent)
        barred = {actor.id or actor.name for candidate in beside for actor in candidate.actors}
        if token.tag == "PRP":
            barred |= set(self._objects_of_its_verb(token)) | set(self._named_below(token))
        speaker = self._discourse.voices.speaker(token.i)
        for candidate in (*recent, *self._unmentioned(token), *self._ahead(token)):
            if not fits(candidate) or candidate in beside or candidate.head == speaker:
                continue
            if self._discourse.voices.speaker(candidate.head) == token.i:
                continue  # nobody is introduced by his own words: "X left," he said
            if token.lower in NEUTRAL | PLURAL and self._is_adjective(candidate):
                continue
            if barred.isdisjoint(a.id or a.name for a in candidate.actors):
                yield candidate

    def _ahead(self, token: Token) -> Iterator[Candidate]:
        """Yield the subject that follows a clause put first: "Before he left, Macron thanked them"."""
        above = list(tree.ancestors(self._article, token.i))
        root = next((i for i in above if self._article.tokens[i].head == i), None)
        if root is None or root < token.i or token.head == root:
            return
        for i in tree.children(self._article, root, *tree.SUBJECTS):
            mention = self._discourse.coming.get(i)
            if mention is not None and i > token.i and i not in above:
                yield self._discourse.candidate(mention)

    def share(self, one: Candidate, other: Candidate) -> bool:
        """Say whether two candidates share an actor, or one is what the other is a number of ("a group of leaders")."""
        keys = {actor.id or actor.name for actor in one.actors}
        if any((actor.id or actor.name) in keys for actor in other.actors):
            return True
        first, second = sorted((one.head, other.head))
        return second in tree.prepositional(self._article, first, "of")

    def _is_adjective(self, candidate: Candidate) -> bool:
        """Say whether a state is named by its adjective only ("Azerbaijani drones"): the phrase is meant, if any."""
        token = self._article.tokens[candidate.head]
        return token.pos == "ADJ" or (token.entity == "NORP" and token.dep in {"amod", "compound", "nmod"})

    def _beside(self, token: Token, recent: list[Candidate]) -> list[Candidate]:
        """Return those at the pronoun's own verb, with its subject where that is understood ("before asking her")."""
        if token.tag != "PRP":
            return []
        verb = self._article.tokens[token.head].head if token.dep == "pobj" else token.head
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
        clauses = [j for j in self._article.children[token.head] if self._article.tokens[j].dep != "conj"]
        for i in (k for j in clauses for k in tree.descendants(self._article, j)):
            mention = self._discourse.coming.get(i) if i > token.i else None
            for actor in (
                mention.actors if mention is not None and self._article.tokens[i].pos == "PROPN" else ()
            ):
                yield actor.id or actor.name

    def _unmentioned(self, token: Token) -> Iterator[Candidate]:
        """Yield the nouns before the pronoun that are no mentions: it or they may be a thing, he or she "the woman"."""
        plural, personal = token.lower in PLURAL, token.lower in MALE | FEMALE
        sentence = self._article.sentences[self._salience.sentence_back(token, REACH)]
        known = self._discourse.heads
        for noun in nouns(self._article, sentence.first, token.i, plural=plural):
            if noun.i in known or not known.isdisjoint(tree.children(self._article, noun.i, "appos")):
                continue
            subject = self._article.tokens[self._discourse.place(noun.i)].dep in tree.SUBJECTS
            if not personal:
                actors = self._unnamed(noun)
                yield Candidate(actors, noun.i, noun.sentence, subject, person=False, plural=plural, count=0)
            elif self._is_human(noun) and not self._is_told_who(noun, known):
                actors = (Actor(described(self._article, noun.i), None, None, None, None),)
                gender = self._discourse.knowledge.gender("", (noun.lemma,))
                yield Candidate(actors, noun.i, noun.sentence, subject, True, False, 1, gender)  # noqa: FBT003 - in order

    def _is_human(self, noun: Token) -> bool:
        """Say whether a singular noun with its determiner is somebody ("the woman", "my father"), not what somebody is."""
        knowledge = self._discourse.knowledge
        role = knowledge.role_of((noun.lemma,))
        if noun.lemma not in knowledge.words["somebody"] and (
            role is None or role.number == "institution" or noun.lemma in knowledge.words["collective"]
        ):
            return False
        return noun.dep != "attr" and self._is_determined(noun)

    def _is_told_who(self, noun: Token, known: set[int]) -> bool:
        """Say whether the words say who it is: "if the candidate is X", "X, an adviser and a professor"."""
        above = self._article.tokens[tree.first_conjunct(self._article, noun.i)]
        if above.dep == "appos" and above.head in known:
            return True
        verb = noun.head if self._article.tokens[noun.head].lemma == "be" else noun.i
        return not known.isdisjoint(tree.children(self._article, verb, "attr"))

    def _unnamed(self, noun: Token) -> tuple[Actor, ...]:
        """Return people and bodies that no table has as actors without codes ("refugees"); nothing for things."""
        knowledge = self._discourse.knowledge
        role = knowledge.role_of((noun.lemma,))
        bodies = knowledge.words["body"] | knowledge.words["states"] | knowledge.words["somebody"]
        if noun.lemma in knowledge.words["anybody"]:
            return ()
        if role is None and noun.lemma not in bodies and not self._discourse.voices.speaks(noun.i):
            return ()
        if noun.tag == "NN" and (
            not self._is_determined(noun)
            or noun.lemma in knowledge.words["somebody"]
            or (role is not None and role.number != "institution")
        ):
            return ()
        return (Actor(described(self._article, noun.i), None, None, None, None),)

    def _is_determined(self, noun: Token) -> bool:
        determiners = (
            self._article.tokens[i].lower for i in tree.children(self._article, noun.i, "det", "poss")
        )
        return any(word not in DISTRIBUTIVE for word in determiners)


def _female(candidate: Candidate) -> bool:
    return candidate.person and not candidate.plural and candidate.gender != "m"


def _male(candidate: Candidate) -> bool:
    return candidate.person and not candidate.plural and candidate.gender != "f"


def _neither_person_nor_plural(candidate: Candidate) -> bool:
    return not candidate.person and not candidate.plural


def _plural_or_body(candidate: Candidate) -> bool:
    return not candidate.person


FITTING: Mapping[str, Callable[[Candidate], bool]] = {
    **dict.fromkeys(MALE, _male),
    **dict.fromkeys(FEMALE, _female),
    **dict.fromkeys(NEUTRAL, _neither_person_nor_plural),
    **dict.fromkeys(PLURAL, _plural_or_body),
}
