"""Arguments: who stands in which role of a trigger, by the slots its lexicon entry names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.knowledge.lexicon import Entry, Lexicon
from dragoman.reading import tree
from dragoman.reading.article import Argument, Article, Frame, TokenRange, Trigger
from dragoman.reading.fillers import Fillers
from dragoman.reading.slots import STATE_SECTORS, Slots
from dragoman.reading.stage import Stage

# How far a structure is trusted, from 0 to 1; set by hand on the example pages, in steps of 0.05.
VERB_CONFIDENCE = 0.9
SUPPORT_CONFIDENCE = 0.9
NOUN_CONFIDENCE = 0.75
# The structure found only one of the two sides.
ONE_SIDED_FACTOR = 0.85


def find_frames(article: Article, lexicon: Lexicon) -> tuple[Frame, ...]:
    """Return one frame a trigger, in the order of the triggers; a side nobody fills is empty."""
    fillers = Fillers(article)
    return tuple(
        _Roles(article, trigger, lexicon.by_id[trigger.entry], fillers).frame()
        for trigger in article.triggers
    )


class _Roles:
    """Fills the slots of one trigger."""

    def __init__(self, article: Article, trigger: Trigger, entry: Entry, fillers: Fillers) -> None:
        self._article = article
        self._trigger = trigger
        self._entry = entry
        self._i = trigger.tokens.head
        self._slots = Slots(article, trigger, entry, fillers)

    def frame(self) -> Frame:
        """Return the trigger with both sides."""
        actors, actor_slot = self._first(self._entry.actor)
        recipients, recipient_slot = self._first(self._entry.recipient, taken=actors)
        doing = self._arguments(actors, actor_slot)
        undergoing = self._arguments(recipients, recipient_slot)
        if "sym" in self._entry.flags:
            doing, undergoing = self._both_sides(doing, undergoing)
        undergoing = [a for a in undergoing if not self._repeats(a, doing) and not self._is_own(a, doing)]
        things = () if undergoing else self._things(doing)
        return Frame(
            self._trigger, tuple(doing), tuple(undergoing), self._confidence(doing, undergoing), things
        )

    def _things(self, doing: Sequence[Argument]) -> tuple[TokenRange, ...]:
        """Return the words of the first recipient's slot that holds a noun, where none names an actor.

        What the actor itself is part of is no other side.
        """
        named = [self._article.actors[argument.mention].tokens for argument in doing]
        for slot in self._entry.recipient:
            found = self._slots.things(slot)
            apart = [
                one for one in found if not any(one.first < n.last and n.first < one.last for n in named)
            ]
            if apart:
                return tuple(apart)
        return ()

    def _first(self, slots: Iterable[str], *, taken: Iterable[int] = ()) -> tuple[list[int], str]:
        """Return the mentions of the first slot that holds any, and its name."""
        used = set(taken)
        for slot in slots:
            if found := [number for number in self._slots.mentions(slot) if number not in used]:
                return found, slot
        return [], ""

    def _arguments(self, mentions: Iterable[int], slot: str) -> list[Argument]:
        return [
            Argument(number, position, slot)
            for number in mentions
            for position in range(len(self._article.actors[number].actors))
        ]

    def _both_sides(
        self, doing: list[Argument], undergoing: list[Argument]
    ) -> tuple[list[Argument], list[Argument]]:
        """Share out the sides of something done together when one slot holds them all."""
        if doing and undergoing and not self._are_among(undergoing, doing):
            return doing, undergoing
        together = doing or undergoing
        first, rest = together[:1], together[1:]
        return first, [argument for argument in rest if not self._repeats(argument, first)]

    def _are_among(self, inner: list[Argument], outer: list[Argument]) -> bool:
        """Say whether the one are only parts of several others ("they had talks among their delegations")."""
        states = [{self._article.actor(a).country for a in side} for side in (inner, outer)]
        return len(states[1]) > 1 and (states[0] - {None}) <= states[1]

    def _repeats(self, argument: Argument, others: list[Argument]) -> bool:
        """Say whether the argument is one of the others: by id, by the same words, or a state and its government."""
        actor = self._article.actor(argument)
        for other in others:
            same = self._article.actor(other)
            if actor.is_same(same):
                return True
            as_state = {actor.sector, same.sector} == STATE_SECTORS
            if as_state and actor.country is not None and actor.country == same.country:
                return True
        return False

    def _is_own(self, argument: Argument, doing: list[Argument]) -> bool:
        """Say whether the argument is only what the actor calls its own: "recalled their ambassadors"."""
        owners = tree.children(self._article, self._article.actors[argument.mention].tokens.head, "poss")
        if not owners or self._article.tokens[owners[0]].tag != "PRP$":
            return False
        states = {self._article.actor(other).country for other in doing}
        state = self._article.actor(argument).country
        return state is not None and state in states

    def _confidence(self, doing: list[Argument], undergoing: list[Argument]) -> float:
        """Return how sure the structure is, from 0 to 1, the mentions' own confidence included."""
        base = VERB_CONFIDENCE
        if self._entry.pos == "n":
            base = NOUN_CONFIDENCE if self._trigger.support is None else SUPPORT_CONFIDENCE
        if self._entry.recipient and not (doing and undergoing):
            base *= ONE_SIDED_FACTOR
        known = [self._article.actors[argument.mention].confidence for argument in (*doing, *undergoing)]
        return round(base * min(known, default=1.0), 3)


def arguments_stage(lexicon: Lexicon) -> Stage:
    """Return the stage that fills the roles of the triggers."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"frames": find_frames(article, lexicon)}

    return Stage("arguments", ("tokens", "sentences", "actors", "triggers"), ("frames",), run)
