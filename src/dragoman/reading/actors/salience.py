"""How near at hand each thing said before is to a pronoun: recency, place in the clause, who speaks, what else fits."""

from __future__ import annotations

from dragoman.reading import tree
from dragoman.reading.actors.discourse import PLURAL, Candidate, Discourse
from dragoman.reading.actors.names import is_locative
from dragoman.reading.article import Token

# All in one unit, set on the example pages and on one half of the annotated references.
# What a sentence of distance costs, and what a subject gains on other places in the clause.
DISTANCE_COST = 2.0
SUBJECT_GAIN = 1.5
# What each token costs a possessive ("after its invasion"), which leans on what stands nearest.
POSSESSIVE_COST = 0.12
# Words in another quote, or in one while the pronoun is outside, are the speaker's world, not the article's.
QUOTE_COST = 3.0
# "He said" goes on with who spoke in the sentence before.
SPEAKER_GAIN = 2.0
# A name inside somebody's or something's name: "Putin's critics"; and one that only tells where: "in France".
INSIDE_COST = 1.0
SCENE_COST = 1.5
# "A man" is less at hand than a name.
INDEFINITE_COST = 1.0
# The subject of the clause that governs the pronoun's own.
GOVERNING_GAIN = 1.0
# Sentences that only quote are skipped in counting back, so many at most.
MOST_QUOTED = 8
# What was mentioned often is what the article is about: so much for each mention, for so many at most.
TOPIC_GAIN, TOPIC_MOST = 0.25, 4
# Plural words for plural pronouns, which bodies and things may be too.
NUMBER_GAIN = 1.5


class Salience:
    """Weighs the candidates of one article against a pronoun."""

    def __init__(self, discourse: Discourse) -> None:
        """Work from the discourse, which grows meanwhile."""
        self._discourse = discourse
        self._article = discourse.article

    def of(self, token: Token, candidate: Candidate) -> float:
        """Return how near at hand a candidate is to the pronoun ``token``; more is nearer."""
        distance = token.sentence - candidate.sentence
        if self._discourse.voices.quote(token.i) == -1:
            distance -= self._quoted_between(candidate.sentence, token.sentence)
        points = -DISTANCE_COST * distance
        points += SUBJECT_GAIN if candidate.subject else 0.0
        points += NUMBER_GAIN if candidate.plural and token.lower in PLURAL else 0.0
        if token.tag == "PRP$" and not distance:
            points -= POSSESSIVE_COST * abs(token.i - candidate.head)
        points -= INSIDE_COST if self._is_inside(token, candidate) else 0.0
        points -= SCENE_COST if not candidate.person and is_locative(self._article, candidate.head) else 0.0
        points -= INDEFINITE_COST if self._is_indefinite(candidate) else 0.0
        times = sum(self._discourse.times[a.id or a.name or ""] for a in candidate.actors)
        points += TOPIC_GAIN * min(times, TOPIC_MOST)
        points += GOVERNING_GAIN if candidate.head in self._governing(token) else 0.0
        return points + self._voice(token, candidate, distance)

    def sentence_back(self, token: Token, reach: int) -> int:
        """Return the sentence so many back from a pronoun's, those not counted that only quote."""
        first = token.sentence
        outside = self._discourse.voices.quote(token.i) == -1
        while reach and first > 0:
            first -= 1
            reach -= 0 if outside and self._is_quote(first) and token.sentence - first <= MOST_QUOTED else 1
        return first

    def _quoted_between(self, first: int, last: int) -> int:
        return sum(self._is_quote(sentence) for sentence in range(first + 1, last))

    def _is_quote(self, sentence: int) -> bool:
        """Say whether a sentence is all in a quote."""
        bounds = self._article.sentences[sentence]
        quote = self._discourse.voices.quote
        return quote(bounds.first) != -1 and quote(max(bounds.first, bounds.last - 2)) != -1

    def _governing(self, token: Token) -> list[int]:
        """Return the subjects of the clause that the pronoun's own clause hangs on: "Macron said he would leave"."""
        verb = self._article.tokens[token.head]
        if token.tag != "PRP" or verb.head == verb.i:
            return []
        return tree.subjects(self._article, verb.head)

    def _voice(self, token: Token, candidate: Candidate, distance: int) -> float:
        voices = self._discourse.voices
        here, there = voices.quote(token.i), voices.quote(candidate.head)
        points = -QUOTE_COST if there not in {-1, here} else 0.0
        if voices.speaks(token.i):
            points += SPEAKER_GAIN if voices.speaks(candidate.head) and distance <= 1 else 0.0
            points -= QUOTE_COST if there != -1 else 0.0
        return points

    def _is_inside(self, token: Token, candidate: Candidate) -> bool:
        """Say whether a candidate only qualifies another noun; an owner is near to what it has, and at hand with a subject."""
        word = self._article.tokens[candidate.head]
        if word.dep == "poss":
            return token.tag != "PRP$" and self._article.tokens[word.head].dep not in tree.SUBJECTS
        return word.dep in {"compound", "amod", "nmod"}

    def _is_indefinite(self, candidate: Candidate) -> bool:
        words = tree.children(self._article, candidate.head, "det")
        return any(self._article.tokens[j].lower in {"a", "an"} for j in words)
