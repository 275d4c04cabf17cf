"""Lexicon and typer together: the typer is asked about the pairs of the frames, and decides where the lexicon is unsure.

The lexicon finds triggers and says by their grammar who stands where. The typer reads the whole sentence. Who decides
when is one rule, told in docs/explain/reading.md; the thresholds stand below, with how they were set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.knowledge.lexicon import Entry, Lexicon
from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.article import Argument, Article, Frame, Sentence
from dragoman.reading.slots import SCENE_SLOTS
from dragoman.reading.stage import Stage
from dragoman.reading.typing import Item, Offsets, Typer

# From this probability of the frame's own type on, a side that no slot fills is given to the actor asked about.
FILL = 0.8
# Of one frame at most this many actors are asked about, nearest to the trigger first.
ASKED = 4
# Types that the typer's training set has as one.
YIELD = frozenset({"CONCEDE", "RETREAT"})
FILLED = "typer"
# Clauses of their own: who stands outside has no part in them.
APART = frozenset({"ccomp", "relcl", "conj", "parataxis", "nsubj", "nsubjpass"})
# A word that only describes a noun is no party: "the Irish border".
DESCRIBING = frozenset({"amod", "nmod", "compound", "npadvmod"})
# Who helps or lifts a ban "in Kenya" does it to Kenya; of all other types "in Kenya" only tells where.
FELT_THERE = frozenset({"AID", "RETREAT", "CONCEDE", "SANCTION"})
# What moves its own forces does nothing to them.
MOVING = frozenset({"RETREAT", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Question:
    """What the typer is asked about a frame.

    ``mention`` is who may fill its empty side; None asks about the frame as it is.
    """

    frame: int
    mention: int | None
    item: Item


class Weighing:
    """Asks and decides for one article."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        """Look at the frames of ``article``."""
        self._article = article
        self._lexicon = lexicon

    def questions(self) -> list[Question]:
        """Return all that is asked of the typer: about the frames with both sides, and about who may fill an empty one."""
        return [
            question for number in range(len(self._article.frames)) for question in self._of_frame(number)
        ]

    def weighed(
        self, questions: Sequence[Question], answers: Sequence[Mapping[str, float]]
    ) -> tuple[Frame, ...]:
        """Return the frames with the typer's probability of their type, empty sides filled where it is sure."""
        frames = list(self._article.frames)
        best: dict[int, float] = {}
        for question, answer in zip(questions, answers, strict=True):
            number, likely = question.frame, probability(answer, self._type(question.frame))
            if question.mention is None:
                frames[number] = replace(frames[number], likely=likely)
            elif likely >= max(FILL, best.get(number, 0.0)):
                best[number] = likely
                frames[number] = self._filled(self._article.frames[number], question.mention, likely)
        return tuple(frames)

    def _filled(self, frame: Frame, mention: int, likely: float) -> Frame:
        found = tuple(Argument(mention, n, FILLED) for n in range(len(self._article.actors[mention].actors)))
        if frame.actors:
            return replace(frame, recipients=found, things=(), likely=likely)
        return replace(frame, actors=found, likely=likely)

    def _type(self, number: int) -> str:
        return self._lexicon.by_id[self._article.frames[number].trigger.entry].event_type

    def _of_frame(self, number: int) -> Iterator[Question]:
        frame = self._article.frames[number]
        if not any(
            actor.code or actor.sector
            for actor in map(self._article.actor, (*frame.actors, *frame.recipients))
        ):
            return
        sentence = self._article.sentences[self._article.tokens[frame.trigger.tokens.head].sentence]
        text = self._article.document.text[sentence.start : sentence.end]
        doer, other = (self._first(side, sentence) for side in (frame.actors, frame.recipients))
        if doer is not None and other is not None and not _overlap(doer, other):
            yield Question(number, None, (text, doer, other))
        for mention, span in self._candidates(frame, sentence):
            yield Question(number, mention, (text, doer, span) if frame.actors else (text, span, other))

    def _first(self, side: Sequence[Argument], sentence: Sentence) -> Offsets | None:
        spans = (self._within(argument.mention, sentence) for argument in side)
        return next((span for span in spans if span is not None), None)

    def _candidates(self, frame: Frame, sentence: Sentence) -> list[tuple[int, Offsets]]:
        """Return who may fill the empty side of a frame that has one, nearest first, with their places."""
        entry = self._lexicon.by_id[frame.trigger.entry]
        sides = frame.actors or frame.recipients
        known = self._first(sides, sentence)
        if known is None or (frame.actors and frame.recipients) or (frame.actors and not entry.recipient):
            return []
        parties = [self._article.actor(argument) for argument in sides]
        taken = {argument.mention for argument in sides}
        found = []
        for mention in self._below(frame) if frame.actors else self._above(frame, entry):
            span = self._within(mention, sentence)
            if span is None or mention in taken or _overlap(span, known) or self._is_of(mention, parties):
                continue
            if self._is_scene(mention) and not (entry.event_type in FELT_THERE and self._is_state(mention)):
                continue
            moving = entry.event_type in MOVING
            if not (self._is_force_of(mention, parties) if moving else self._is_origin(mention)):
                found.append((mention, span))
        return found[:ASKED]

    def _is_of(self, mention: int, parties: Sequence[Actor]) -> bool:
        """Say whether the mention means one of the parties themselves, or only describes or owns a noun of theirs."""
        found = self._article.actors[mention]
        token = self._article.tokens[found.tokens.head]
        if token.tag == "PRP$" or token.dep in DESCRIBING:
            return True
        return any(
            a.is_same(p)
            or (token.dep == "poss" and a.country is not None and a.country == p.country)
            or (a.code is not None and a.code == p.code and self._has_owner(found.tokens.head))
            for a in found.actors for p in parties
        )  # fmt: skip

    def _has_owner(self, i: int) -> bool:
        """Say whether the noun is somebody's own: "its allies"."""
        return any(self._article.tokens[j].tag == "PRP$" for j in tree.children(self._article, i, "poss"))

    def _is_origin(self, mention: int) -> bool:
        """Say whether something only comes from there: "brought biscuits from Tanzania"."""
        token = self._article.tokens[self._article.actors[mention].tokens.head]
        return token.dep == "pobj" and self._article.tokens[token.head].lower == "from"

    def _is_scene(self, mention: int) -> bool:
        """Say whether it only tells where something happens: "in Kenya", "at the convention", "in court"."""
        token = self._article.tokens[self._article.actors[mention].tokens.head]
        return token.dep == "pobj" and self._article.tokens[token.head].lower in SCENE_SLOTS

    def _is_state(self, mention: int) -> bool:
        return all(
            actor.country is not None and actor.sector is None
            for actor in self._article.actors[mention].actors
        )

    def _is_force_of(self, mention: int, parties: Sequence[Actor]) -> bool:
        states = {party.country for party in parties} - {None}
        return any(
            actor.sector == "MIL" and actor.country in states
            for actor in self._article.actors[mention].actors
        )

    def _within(self, mention: int, sentence: Sentence) -> Offsets | None:
        """Return the characters of a mention inside its sentence; None when it stands in another."""
        tokens = self._article.actors[mention].tokens
        span = self._article.span(tokens.first, tokens.last)
        if not sentence.start <= span.start < span.end <= sentence.end:
            return None
        return span.start - sentence.start, span.end - sentence.start

    def _below(self, frame: Frame) -> list[int]:
        """Return the mentions below the trigger, nearest first, coordinated clauses left out.

        Where a thing stands in the recipient's place, only those below it.
        """
        article = self._article
        top = frame.trigger.tokens.head if frame.trigger.support is None else frame.trigger.support
        stack = [tokens.head for tokens in frame.things] or [top]
        inside = set()
        while stack:
            i = stack.pop()
            inside.add(i)
            stack.extend(
                j for j in article.children[i]
                if not (article.tokens[j].dep == "conj" and article.tokens[j].pos in {"VERB", "AUX"})
                and article.tokens[j].dep not in {"nsubj", "nsubjpass", "parataxis"}
            )  # fmt: skip
        found = [n for n, mention in enumerate(article.actors) if mention.tokens.head in inside]
        return sorted(found, key=lambda n: abs(article.actors[n].tokens.head - frame.trigger.tokens.head))

    def _above(self, frame: Frame, entry: Entry) -> list[int]:
        """Return the subjects of the clauses above a verb, nearest first; who does what a noun names is not looked for."""
        if entry.pos != "v":
            return []
        article = self._article
        by_token = {mention.tokens.head: n for n, mention in enumerate(article.actors)}
        found = []
        below = frame.trigger.tokens.head
        for i in tree.ancestors(article, below):
            if article.tokens[below].dep in APART:
                break
            found += [by_token[j] for j in tree.own_subjects(article, i) if j in by_token]
            below = i
        return found


def _overlap(one: Offsets, other: Offsets) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def probability(answer: Mapping[str, float], event_type: str) -> float:
    """Return the typer's probability of a type; of one that its training set does not tell apart, that of both."""
    return sum(answer[name] for name in YIELD) if event_type in YIELD else answer.get(event_type, 0.0)


def weighing_stage(lexicon: Lexicon, typer: Typer) -> Stage:
    """Return the stage that completes frames by what the typer says."""

    def run(article: Article) -> Mapping[str, Any]:
        weighing = Weighing(article, lexicon)
        questions = weighing.questions()
        items = list(dict.fromkeys(question.item for question in questions))
        told = dict(zip(items, typer.probabilities(items), strict=True))
        answers = [told[question.item] for question in questions]
        return {"frames": weighing.weighed(questions, answers)}

    return Stage("weighing", ("tokens", "sentences", "actors", "frames"), ("frames",), run)
