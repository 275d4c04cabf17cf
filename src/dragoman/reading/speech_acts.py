"""Speech acts: what a speaker does by saying that something will, will not or must be done.

"Slovakia says it will not accept refugees" is a refusal, "the ELN said it will release him" a promise, "Ghana said
that Mali must hold elections" a demand: PLOVER codes them as REJECT, AGREE and REQUEST. A refusal takes the place
of the report of what is refused; a promise and a threat stand beside what is promised. Not attempted: questions, irony,
and what somebody else expects of the actor ("analysts say China will not lift the ban" stays a denied event).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dragoman.knowledge.lexicon import Entry, Lexicon
from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.article import (
    Argument,
    Article,
    FactJudgement,
    Frame,
    Saying,
    TokenRange,
    Trigger,
)
from dragoman.reading.fillers import Fillers
from dragoman.reading.slots import STATE_SECTORS
from dragoman.reading.stage import Stage

# What is said happens by saying it.
SAID = FactJudgement("actual", None, "factuality: said, so done")
# Speakers who judge or pass on what others must do; their "must" is no demand of a party.
ONLOOKERS = frozenset({"MED", "JRN", "EDU"})
# The words "will not" stand at most this many tokens before the verb ("will not at any time accept"). Tokens.
MODAL_REACH = 3
# How far the structure is trusted, from 0 to 1; set by hand, as in the arguments.
DEMAND_CONFIDENCE = 0.75


class SpeechActs:
    """Finds the speech acts of one article."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        """Look at ``article``; the lines of ``lexicon.speech`` say what counts as what."""
        self._article = article
        self._lexicon = lexicon
        self._fillers = Fillers(article)
        self._taken = {i for t in article.triggers for i in range(t.tokens.first, t.tokens.last)}

    def layers(self) -> tuple[list[Frame], list[FactJudgement]]:
        """Return frames and judgements: refusals in the place of what is refused, the other acts at the end.

        Of several promises in one breath ("said it would send food and lift the ban") the first is told.
        """
        frames, facts = list(self._article.frames), list(self._article.facts)
        acts: list[Frame] = []
        for n, (frame, fact) in enumerate(zip(self._article.frames, self._article.facts, strict=True)):
            saying = self._around(frame.trigger.tokens.head)
            entry = self._fitting(frame, fact, saying)
            if entry is None:
                continue
            if fact.factuality == "denied":
                frames[n] = self._said(frame, entry, self._with_modal(frame))
                facts[n] = SAID
            elif saying is not None and saying.cue is not None and saying.cue.head not in self._taken:
                acts.append(self._said(self._spoken(frame, saying), entry, saying.cue))
        acts += self._demands()
        once = {(act.trigger.tokens, act.trigger.entry): act for act in reversed(acts)}
        told = list(reversed(once.values()))
        return frames + told, facts + [SAID] * len(told)

    def _around(self, i: int) -> Saying | None:
        """Return the innermost saying whose content holds token ``i``."""
        around = [s for s in self._article.sayings if any(first <= i < last for first, last in s.content)]
        return min(around, key=lambda s: sum(last - first for first, last in s.content), default=None)

    def _fitting(self, frame: Frame, fact: FactJudgement, saying: Saying | None) -> Entry | None:
        """Return the line that fits an event told of, or None."""
        if not frame.actors or not self._is_own(frame, fact, saying):
            return None
        told = self._lexicon.by_id[frame.trigger.entry].event_type
        modals = {self._article.tokens[j].lower for j in self._modals(frame.trigger)}
        for entry in self._lexicon.speech:
            wanted = {condition.subject: condition.words for condition in entry.when}
            if (
                "own" in wanted
                and fact.factuality in wanted["fact"]
                and told in wanted["type"]
                and modals & wanted["modal"]
            ):
                return entry
        return None

    def _is_own(self, frame: Frame, fact: FactJudgement, saying: Saying | None) -> bool:
        """Say whether the speaker is who would do it; where nobody is said to speak, only a refusal is sure."""
        if saying is None:
            return fact.factuality == "denied"
        if saying.source is None:
            return False
        speaker = self._mention_of(saying)
        if speaker is not None and speaker in {argument.mention for argument in frame.actors}:
            return True
        actor = saying.source.actor
        return actor is not None and any(
            _same(actor, self._article.actor(argument)) for argument in frame.actors
        )

    def _modals(self, trigger: Trigger) -> list[int]:
        verb = trigger.tokens.head if trigger.support is None else trigger.support
        return [j for j in tree.children(self._article, verb, "aux") if self._article.tokens[j].tag == "MD"]

    def _with_modal(self, frame: Frame) -> TokenRange:
        """Return the trigger with the words of refusing before it: "will not accept"."""
        tokens = frame.trigger.tokens
        first = min(
            [tokens.first, *(j for j in self._modals(frame.trigger) if tokens.first - j <= MODAL_REACH)]
        )
        return TokenRange(first, tokens.last, tokens.head)

    def _spoken(self, frame: Frame, saying: Saying) -> Frame:
        """Return the frame with the words of the source in the place of a pronoun ("Iran said it would")."""
        speaker = self._mention_of(saying)
        if speaker is None:
            return frame
        found = self._article.actors[speaker].actors
        return replace(frame, actors=tuple(Argument(speaker, n, "speech") for n in range(len(found))))

    def _mention_of(self, saying: Saying) -> int | None:
        """Return the mention that the source's words are."""
        if saying.source is None:
            return None
        head = saying.source.tokens.head
        fit = [
            n
            for n, mention in enumerate(self._article.actors)
            if mention.tokens.first <= head < mention.tokens.last
        ]
        return fit[0] if fit else None

    def _said(self, frame: Frame, entry: Entry, tokens: TokenRange) -> Frame:
        trigger = Trigger(tokens, entry.id, None)
        return Frame(trigger, frame.actors, frame.recipients, frame.confidence, frame.things)

    def _demands(self) -> Iterator[Frame]:
        """Yield a frame for each party that another one says must do something."""
        entries = [e for e in self._lexicon.speech if any(c.subject == "other" for c in e.when)]
        for saying in self._article.sayings:
            speaker = self._speaker(saying)
            if speaker is None:
                continue
            for first, last in saying.content:
                for i in range(first, min(last, len(self._article.tokens))):
                    for entry in entries:
                        yield from self._demand(entry, speaker, i)

    def _speaker(self, saying: Saying) -> tuple[int, int] | None:
        """Return mention and actor of who speaks, where that is a party of its own."""
        source = saying.source
        if (
            source is None
            or source.actor is None
            or source.actor.code is None
            or source.actor.sector in ONLOOKERS
        ):
            return None
        for number, mention in enumerate(self._article.actors):
            inside = source.tokens.first <= mention.tokens.first and mention.tokens.last <= source.tokens.last
            if inside and source.actor in mention.actors:
                return number, mention.actors.index(source.actor)
        return None

    def _demand(self, entry: Entry, speaker: tuple[int, int], i: int) -> Iterator[Frame]:
        modal = next(condition.words for condition in entry.when if condition.subject == "modal")
        token = self._article.tokens[i]
        if token.lemma not in modal or token.dep != "aux" or token.tag != "MD":
            return
        verb = token.head
        asked = self._fillers.of_all(tree.own_subjects(self._article, verb), ways=())
        if not asked or self._is_past_or_asked(verb):
            return
        who = self._article.actors[speaker[0]].actors[speaker[1]]
        arguments = [
            Argument(number, n, "speech") for number in asked
            for n, actor in enumerate(self._article.actors[number].actors)
            if actor.code is not None and not _same(actor, who)
        ]  # fmt: skip
        if arguments:
            trigger = Trigger(TokenRange(i, verb + 1, verb), entry.id, None)
            yield Frame(trigger, (Argument(*speaker, "speech"),), tuple(arguments), DEMAND_CONFIDENCE)

    def _is_past_or_asked(self, verb: int) -> bool:
        """Say whether it is a guess ("must have known", "must be dreaming") or part of a condition: no demand."""
        token = self._article.tokens[verb]
        if token.lemma == "be" or token.tag == "VBG":
            return True
        below = [self._article.tokens[j] for j in self._article.children[verb]]
        perfect = any(child.dep == "aux" and child.lemma == "have" for child in below)
        return perfect or any(
            child.dep == "mark" and child.lower in {"if", "whether", "unless"} for child in below
        )


def _same(one: Actor, other: Actor) -> bool:
    """Say whether two mentions are one party: the same actor, or a state and those who govern it."""
    of_one_state = one.country is not None and one.country == other.country
    return one.is_same(other) or (of_one_state and {one.sector, other.sector} <= STATE_SECTORS)


def speech_acts_stage(lexicon: Lexicon) -> Stage:
    """Return the stage that completes frames and judgements by what is done in saying so."""

    def run(article: Article) -> Mapping[str, Any]:
        frames, facts = SpeechActs(article, lexicon).layers()
        triggers: Sequence[Trigger] = [frame.trigger for frame in frames]
        return {"triggers": tuple(triggers), "frames": tuple(frames), "facts": tuple(facts)}

    return Stage(
        "speech acts",
        ("tokens", "actors", "sayings", "triggers", "frames", "facts"),
        ("triggers", "frames", "facts"),
        run,
    )
