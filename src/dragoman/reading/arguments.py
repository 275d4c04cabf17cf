"""Arguments: who stands in which role of a trigger, by the slots its lexicon entry names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.knowledge.lexicon import Entry, Lexicon
from dragoman.reading import tree
from dragoman.reading.article import Argument, Article, Frame, Trigger
from dragoman.reading.fillers import INSIDE_AGENT, INSIDE_ANY, Fillers
from dragoman.reading.stage import Stage

# How far a structure is trusted, from 0 to 1; set by hand on the example pages, in steps of 0.05.
VERB_CONFIDENCE = 0.9
SUPPORT_CONFIDENCE = 0.9
NOUN_CONFIDENCE = 0.75
# The structure found only one of the two sides.
ONE_SIDED_FACTOR = 0.85
# Prepositions that tell where, when a state or city follows.
SCENE_SLOTS = frozenset({"in", "at", "near", "around", "outside", "inside", "across", "over", "throughout"})
# Of these, the one that leads from a verb to its target where a state follows: "fired rockets at Israel".
AIMING = "at"
NEAR_SLOTS = frozenset({"near", "around", "outside"})
# Those lead from a complement's verb to whom it is about.
PARTNER_PREPOSITIONS = ("with", "against", "for", "on")
PLACE_LIKE = frozenset({"name", "place", "demonym", "pronoun"})
STATE_SECTORS = frozenset({None, "GOV"})
AGENT_PREPOSITION = "by"


def find_frames(article: Article, lexicon: Lexicon) -> tuple[Frame, ...]:
    """Return one frame a trigger, in the order of the triggers; a side nobody fills is empty."""
    fillers = Fillers(article)
    return tuple(
        _Roles(article, trigger, lexicon.by_id[trigger.entry], fillers).frame()
        for trigger in article.triggers
    )


def agents(article: Article, i: int) -> list[int]:
    """Return who does what the passive verb ``i`` says.

    The parser often hangs the by-phrase on a noun between ("greeted with a red carpet by the minister");
    the last by-phrase of the clause is taken then.
    """
    if found := tree.prepositional(article, i, AGENT_PREPOSITION):
        return found
    for j in sorted(tree.descendants(article, i)):
        token = article.tokens[j]
        inside_clause = not any(article.tokens[k].dep in tree.CLAUSE_LINKS for k in _path(article, j, i))
        if token.lower == AGENT_PREPOSITION and token.dep in {"prep", "agent"} and j > i and inside_clause:
            found = [m for k in tree.children(article, j, "pobj") for m in tree.conjuncts(article, k)]
    return found


def _path(article: Article, low: int, high: int) -> list[int]:
    """Return the tokens from ``low`` up to, not including, its ancestor ``high``."""
    found = []
    while low not in {high, article.tokens[low].head}:
        found.append(low)
        low = article.tokens[low].head
    return found


class _Roles:
    """Fills the slots of one trigger."""

    def __init__(self, article: Article, trigger: Trigger, entry: Entry, fillers: Fillers) -> None:
        self._article = article
        self._trigger = trigger
        self._entry = entry
        self._fillers = fillers
        self._i = trigger.tokens.head
        self._carrier = trigger.support
        self._subject_of_carrier = (
            trigger.support is not None
            and article.tokens[tree.first_conjunct(article, self._i)].dep in tree.SUBJECTS
            and not tree.is_passive(article, trigger.support)
        )

    def frame(self) -> Frame:
        """Return the trigger with both sides."""
        actors, actor_slot = self._first(self._entry.actor)
        recipients, recipient_slot = self._first(self._entry.recipient, taken=actors)
        doing = self._arguments(actors, actor_slot)
        undergoing = self._arguments(recipients, recipient_slot)
        if "sym" in self._entry.flags:
            doing, undergoing = self._both_sides(doing, undergoing)
        undergoing = [a for a in undergoing if not self._repeats(a, doing) and not self._is_own(a, doing)]
        return Frame(self._trigger, tuple(doing), tuple(undergoing), self._confidence(doing, undergoing))

    def _first(self, slots: Iterable[str], *, taken: Iterable[int] = ()) -> tuple[list[int], str]:
        """Return the mentions of the first slot that holds any, and its name."""
        used = set(taken)
        for slot in slots:
            if found := [number for number in self._slot(slot) if number not in used]:
                return found, slot
        return [], ""

    def _slot(self, slot: str) -> list[int]:
        """Return the mentions in a slot."""
        match slot:
            case "subj":
                return self._fillers.of_all(self._doers(), ways=INSIDE_AGENT)
            case "obj":
                return self._fillers.of_all(self._undergoers())
            case "iobj":
                verb = self._i if self._carrier is None else self._carrier
                given = self._fillers.of_all(tree.children(self._article, verb, "dative", "iobj"))
                return given or self._given_to(verb)
            case "poss":
                return [number for i in self._anchors() for number in self._fillers.possessors(i)]
            case "mod":
                return self._fillers.modifiers(self._i)
            case "comp":
                clauses = tree.children(self._article, self._i, "ccomp")
                return self._fillers.of_all([j for i in clauses for j in tree.own_subjects(self._article, i)])
            case "xcomp":
                return self._fillers.of_all(self._complement_objects())
            case _:
                heads = [j for i in self._anchors() for j in tree.prepositional(self._article, i, slot)]
                found = self._fillers.of_all(heads, ways=INSIDE_ANY)
                return [number for number in found if not self._is_scene(number, slot)]

    def _given_to(self, verb: int) -> list[int]:
        """Return the state that stands between verb and object: "gave Armenia aid", parsed as "Armenia aid"."""
        objects = tree.children(self._article, verb, *tree.OBJECTS)
        found = [number for i in objects for number in self._fillers.modifiers(i)]
        mentions = self._article.actors
        return [n for n in found if mentions[n].tokens.first == verb + 1 and mentions[n].how == "name"]

    def _is_scene(self, number: int, slot: str) -> bool:
        """Say whether a state or city is only where it happens: "attacks in Kenya" are not done to Kenya.

        Who visits or sends envoys goes to the state itself.
        """
        if slot not in SCENE_SLOTS or self._entry.event_type == "CONSULT":
            return False
        if slot in NEAR_SLOTS:
            return True
        mention = self._article.actors[number]
        named = any(condition.of == slot for condition in self._entry.when)
        aimed_at = named or (slot == AIMING and mention.how != "place")
        is_state = mention.how in PLACE_LIKE and all(a.sector in STATE_SECTORS for a in mention.actors)
        return is_state and not aimed_at

    def _doers(self) -> list[int]:
        verb = self._i if self._entry.pos != "n" else self._carrier
        if verb is None or self._subject_of_carrier:
            return []
        if tree.is_passive(self._article, verb):
            return agents(self._article, verb)
        return tree.subjects(self._article, verb)

    def _undergoers(self) -> list[int]:
        if self._entry.pos == "n":
            return []
        if tree.is_passive(self._article, self._i):
            return tree.subjects(self._article, self._i)
        return tree.objects(self._article, self._i)

    def _complement_objects(self) -> list[int]:
        """Return whom the complement speaks of: "refused to meet X", "a threat to strike at Y"."""
        article = self._article
        verbs = tree.children(article, self._i, "xcomp", "ccomp", "acl")
        given = [j for i in verbs for j in tree.children(article, i, "dative", "iobj")]
        given += [j for i in verbs for j in tree.prepositional(article, i, "to")]
        done_to = [j for i in verbs for j in tree.objects(article, i)]
        others = [j for i in verbs for j in tree.prepositional(article, i, *PARTNER_PREPOSITIONS)]
        return next((heads for heads in (given, done_to, others) if self._fillers.of_all(heads)), [])

    def _anchors(self) -> list[int]:
        """Return the words that prepositional phrases of the event may hang on.

        Parsers attach "with Syria" in "held talks with Syria" to either word, and what belongs to
        the first of coordinated nouns to the first alone.
        """
        anchors = [self._i]
        if self._entry.pos == "n":
            anchors.append(tree.first_conjunct(self._article, self._i))
            if self._carrier is not None:
                anchors.append(self._carrier)
        else:
            anchors.extend(tree.children(self._article, self._i, *tree.OBJECTS, "prt"))
        return list(dict.fromkeys(anchors))

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
        states = [
            {self._article.actors[a.mention].actors[a.actor].country for a in side} for side in (inner, outer)
        ]
        return len(states[1]) > 1 and (states[0] - {None}) <= states[1]

    def _repeats(self, argument: Argument, others: list[Argument]) -> bool:
        """Say whether the argument is one of the others: by id, by the same words, or a state and its government."""
        actor = self._article.actors[argument.mention].actors[argument.actor]
        for other in others:
            same = self._article.actors[other.mention].actors[other.actor]
            if (actor.id and actor.id == same.id) or (actor.name == same.name and actor.code == same.code):
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
        states = {self._article.actors[other.mention].actors[other.actor].country for other in doing}
        state = self._article.actors[argument.mention].actors[argument.actor].country
        return state is not None and state in states

    def _confidence(self, doing: list[Argument], undergoing: list[Argument]) -> float:
        """Return how sure the structure is, from 0 to 1, the mentions' own confidence included."""
        base = VERB_CONFIDENCE
        if self._entry.pos == "n":
            base = NOUN_CONFIDENCE if self._carrier is None else SUPPORT_CONFIDENCE
        if self._entry.recipient and not (doing and undergoing):
            base *= ONE_SIDED_FACTOR
        known = [self._article.actors[argument.mention].confidence for argument in (*doing, *undergoing)]
        return round(base * min(known, default=1.0), 3)


def arguments_stage(lexicon: Lexicon) -> Stage:
    """Return the stage that fills the roles of the triggers."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"frames": find_frames(article, lexicon)}

    return Stage("arguments", ("tokens", "sentences", "actors", "triggers"), ("frames",), run)
