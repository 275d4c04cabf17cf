"""Pronouns: the person, body or group that he, it or they stands for; I and we in a quote."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.model.actor import Actor
from dragoman.reading.actors.antecedents import FITTING, Antecedents
from dragoman.reading.actors.discourse import Candidate, Discourse
from dragoman.reading.actors.salience import Salience
from dragoman.reading.actors.things import Idle
from dragoman.reading.actors.voices import FIRST_PERSON, OUR_SIDE
from dragoman.reading.article import ActorMention, Token, TokenRange

# Less is left open: the lead of the best candidate over the next one, in the unit of salience; set as its weights.
NARROW = 0.2
# How far a pronoun is trusted, from 0 to 1, by its lead at least: shares right of 359 pronouns annotated by hand
# (examples/reference/polnear) were 0.92, 0.75 and 0.53.
TRUST = ((3.0, 0.9), (1.5, 0.75), (0.0, 0.5))
SPOKEN_CONFIDENCE = 0.8


class Pronouns:
    """Resolves the pronouns of one article from left to right."""

    def __init__(self, discourse: Discourse) -> None:
        """Work from the discourse, which grows meanwhile."""
        self._discourse = discourse
        self._salience = Salience(discourse)
        self._antecedents = Antecedents(discourse, self._salience)
        self._is_idle = Idle(discourse.article, discourse.knowledge)

    def resolve(self, token: Token) -> ActorMention | None:
        """Return the pronoun as a mention of what it stands for; None for other words, and without an antecedent."""
        if token.tag not in {"PRP", "PRP$"} or token.lower not in FITTING:
            return None
        if self._is_idle(token, opens_quote=self._opens_quote(token)):
            return None
        ranked = sorted(
            ((self._salience.of(token, c), c.head, c) for c in self._antecedents.of(token)),
            key=lambda entry: entry[:2],
            reverse=True,
        )
        best = ranked[0][2] if ranked else None
        lead = self._lead(ranked)
        if best is None or not best.actors or lead < NARROW:
            return None
        return _mention(token, best.actors, next(trust for least, trust in TRUST if lead >= least))

    def _lead(self, ranked: list[tuple[float, int, Candidate]]) -> float:
        """Return how far the best candidate leads over the next that is somebody or something else."""
        others = (
            points
            for points, _, candidate in ranked[1:]
            if not self._antecedents.share(candidate, ranked[0][2])
        )
        return ranked[0][0] - next(others, -float("inf")) if ranked else float("inf")

    def _opens_quote(self, token: Token) -> bool:
        quote = self._discourse.voices.quote
        return token.i > 0 and quote(token.i) != -1 and quote(token.i - 2) != quote(token.i)

    def spoken(self, token: Token, at: Mapping[int, ActorMention]) -> ActorMention | None:
        """Return "I" in a quote or an interview as its speaker, and "we" in a quote as the body or group that speaks.

        ``at`` leads from heads to mentions.
        """
        if token.tag not in {"PRP", "PRP$"} or token.lower not in FIRST_PERSON | OUR_SIDE:
            return None
        speaker = self._discourse.voices.speaker(token.i)
        mention = at.get(speaker) if speaker is not None else None
        if token.lower in FIRST_PERSON and (label := self._discourse.voices.label(token.i)):
            return _mention(token, (self._labelled(label),), SPOKEN_CONFIDENCE)
        if mention is None or mention.tokens.head == token.i:
            return None
        if (token.lower in FIRST_PERSON) != self._discourse.candidate(mention).person:
            return None
        return _mention(token, mention.actors, SPOKEN_CONFIDENCE)

    def _labelled(self, label: str) -> Actor:
        """Return the person whose family name stands before the turn, else one of that name only."""
        for candidate in self._discourse.seen:
            name = candidate.actors[0].name if candidate.person else None
            if name and name.split()[-1].casefold() == label.rsplit(maxsplit=1)[-1].casefold():
                return candidate.actors[0]
        return Actor(label, None, None, None, None)


def _mention(token: Token, actors: tuple[Actor, ...], confidence: float) -> ActorMention:
    return ActorMention(TokenRange(token.i, token.i + 1, token.i), actors, "pronoun", confidence)
