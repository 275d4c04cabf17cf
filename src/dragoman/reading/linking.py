"""Which time, place and quantity belongs to which trigger: by the clause they stand in, or not at all."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.linear import LinearModel, load_linear
from dragoman.knowledge.tables import DATA
from dragoman.reading import tree
from dragoman.reading.article import Article, Frame, PlaceMention, QuantityMention, TimeTokens
from dragoman.reading.place_links import pair_features

# What says which place of the sentence is the event's; ``training/make_place_links.py`` makes it.
PLACE_JUDGE = DATA.parent / "models" / "place_links.npz"
# The judge's label for where it happened, and the probability from which on a place is taken; see models/places.md.
HERE = "here"
LEAST_LIKELY = 0.25
# How far each tie is trusted, from 0 to 1; set by hand on the example pages, in steps of 0.05.
OWN = 0.9
CLAUSE = 0.75
# The same for the place of the event told before, and how many sentences back it may stand; set by hand.
STORY = 0.3
STORY_SENTENCES = 2
# A time after one of these bounds a state and does not date what is told ("the first since 2019").
BOUNDING = frozenset({"since", "until", "till", "before"})
# Prepositions that lead to where something happens, from the surest on.
LOCATIVE = ("at", "in", "near", "outside", "inside", "on", "around", "across", "along", "off", "over", "to", "into",
            "from", "toward", "towards", "throughout", "within")  # fmt: skip
# These lead to where only from the verb itself: "the road to Uganda" lies elsewhere.
DIRECTIONAL = frozenset({"to", "into", "from", "toward", "towards"})
# Times this coarse describe things as often as they date events.
COARSE = frozenset({"century", "decade", "year"})
DATED_TYPES = frozenset({"DATE", "TIME"})
UNDATED_VALUES = frozenset({"PAST_REF", "PRESENT_REF", "FUTURE_REF"})
PRECISION_ORDER = {"point": 0, "city": 1, "region": 2, "country": 3, None: 4}
# How one clause's verb shares its time and place with another's.
SHARING = frozenset({"xcomp", "conj"})
# Conjunctions whose clause happens when its main clause does: "was cooking last fall when he was shot".
SIMULTANEOUS = frozenset({"when", "as", "while"})
# Labels of a noun before another: "the Mersin attacks".
BEFORE_NOUNS = frozenset({"compound", "nmod", "amod", "npadvmod"})
# A place before a noun says less surely where than a preposition does.
LEAST_NEAR = len(LOCATIVE) + 1


@dataclass(frozen=True, slots=True)
class Tied[T]:
    """Something tied to a trigger, and how surely (0 to 1)."""

    value: T
    confidence: float


@functools.cache
def place_judge() -> LinearModel:
    """Load the judge of which place is an event's.

    Raises:
        KnowledgeError: its file is missing or broken.
    """
    return load_linear(PLACE_JUDGE)


class Links:
    """Ties the times, places and quantities of one article to its frames."""

    def __init__(self, article: Article) -> None:
        """Index the triggers of the article."""
        self._article = article
        self._triggers = {frame.trigger.tokens.head for frame in article.frames}
        self._story: dict[int, PlaceMention] = {}

    def time(self, frame: Frame) -> Tied[TimeTokens] | None:
        """Return the time of a report: of its own words, else of its clause; never across a reporting verb."""
        anchors = self._anchors(frame)
        found = []
        for mention in self._article.times:
            if mention.time.type not in DATED_TYPES or mention.time.value in UNDATED_VALUES:
                continue
            if not self._beside(mention.tokens.head, anchors[0]):
                continue
            governors = list(self._governors(mention.tokens.head))
            bounds = any(self._article.tokens[j].lower in BOUNDING for j in governors[:2])
            if bounds or self._describes(mention, governors):
                continue
            for rank, anchor in enumerate(anchors):
                if anchor in governors and not self._blocked(governors, anchor):
                    found.append((rank, governors.index(anchor), mention))
                    break
        if not found:
            return None
        rank, _, mention = min(found, key=lambda item: item[:2])
        return Tied(mention, OWN if rank == 0 else CLAUSE)

    def where(self, frame: Frame, *, material: bool) -> Tied[PlaceMention] | None:
        """Return where a report's event happened: the likeliest place of its sentence, if it is likely enough.

        A ``material`` event whose sentence names no place happened where the material event told last before it
        did, if that was no more than `STORY_SENTENCES` ago; that is trusted least (`STORY`).
        """
        anchor = frame.trigger.tokens.head
        sentence = self._article.tokens[anchor].sentence
        beside = [
            mention
            for mention in self._article.places
            if self._beside(mention.tokens.head, anchor)
            and not self._is_side(frame, mention, material=material)
        ]
        if not beside:
            return self._story_place(sentence) if material else None
        judge = place_judge()
        likely = judge.probabilities([pair_features(self._article, anchor, mention) for mention in beside])
        here = likely[:, judge.labels.index(HERE)]
        best = int(here.argmax())
        if here[best] < LEAST_LIKELY:
            return None
        if material:
            self._story[sentence] = beside[best]
        return Tied(beside[best], round(float(here[best]), 3))

    def _is_side(self, frame: Frame, mention: PlaceMention, *, material: bool) -> bool:
        """Say whether a place is only who is concerned: a side itself, or the country whose army a side is.

        What a material event is done to is also where ("attacked Iraq").
        """
        whose = mention.place.precision == "country"
        for side in (*frame.actors, *frame.recipients):
            tokens = self._article.actors[side.mention].tokens
            if mention.tokens.head == tokens.head:
                return not material
            if whose and tokens.first <= mention.tokens.first < tokens.last:
                return True
        return False

    def _story_place(self, sentence: int) -> Tied[PlaceMention] | None:
        """Return the place of the material event told last before a sentence, if that is near enough."""
        before = [known for known in self._story if sentence - STORY_SENTENCES <= known < sentence]
        return Tied(self._story[max(before)], STORY) if before else None

    def place(self, frame: Frame, *, material: bool) -> Tied[PlaceMention] | None:
        """Return the place of a report: the most precise of those its own words or its clause lead to.

        What a ``material`` event is done to is also where ("shelled the city"); whom one accuses is not.
        """
        anchors = self._anchors(frame)
        found = []
        for mention in self._article.places:
            if not self._beside(mention.tokens.head, anchors[0]):
                continue
            governors = list(self._governors(tree.first_conjunct(self._article, mention.tokens.head)))
            way = self._way(governors)
            for rank, anchor in enumerate(anchors):
                if anchor in governors and not self._blocked(governors, anchor):
                    undergoes = material and rank == 0 and self._undergoes(governors[0])
                    direct = way not in DIRECTIONAL or (len(governors) > 2 and governors[2] == anchor)  # noqa: PLR2004
                    named = material and rank == 0 and self._names(mention, governors, anchor)
                    if (way in LOCATIVE and direct) or undergoes or named:
                        nearness = LOCATIVE.index(way) if way in LOCATIVE else len(LOCATIVE)
                        nearness = LEAST_NEAR if named else nearness
                        found.append((PRECISION_ORDER[mention.place.precision], rank, nearness, mention))
                    break
        if not found:
            return None
        _, rank, _, mention = min(found, key=lambda item: item[:3])
        return Tied(mention, OWN if rank == 0 else CLAUSE)

    def quantities(self, frame: Frame) -> tuple[QuantityMention, ...]:
        """Return the quantities whose nearest trigger this is."""
        own = {i for i in (frame.trigger.tokens.head, frame.trigger.support) if i is not None}
        found = []
        for mention in self._article.quantities:
            governors = list(self._governors(mention.tokens.head))
            nearest = next((j for j in governors if j in self._triggers or j in own), None)
            if nearest is not None and nearest in own and not self._blocked(governors, nearest):
                found.append(mention)
        return tuple(found)

    def _beside(self, one: int, other: int) -> bool:
        """Say whether two words stand in one sentence."""
        return self._article.tokens[one].sentence == self._article.tokens[other].sentence

    def _describes(self, mention: TimeTokens, governors: list[int]) -> bool:
        """Say whether a time only describes a thing: "an eleventh-century temple"; an event's noun it dates."""
        token = self._article.tokens[governors[0]]
        described = token.dep in {"amod", "compound", "nmod"} and token.head not in self._triggers
        return described and mention.time.precision in COARSE

    def _undergoes(self, i: int) -> bool:
        return self._article.tokens[i].dep in {"dobj", "nsubjpass"}

    def _names(self, mention: PlaceMention, governors: list[int], anchor: int) -> bool:
        """Say whether a place before a noun is where: of the event ("the Mersin attacks"), or of a thing it is done to.

        A country before it is who: "US air strikes".
        """
        if mention.place.precision in {"country", None} or len(governors) < 2:  # noqa: PLR2004
            return False
        if self._article.tokens[governors[0]].dep not in BEFORE_NOUNS:
            return False
        noun = governors[1]
        if noun == anchor:
            return True
        object_of = (
            self._article.tokens[noun].dep == "pobj" and self._article.tokens[governors[2]].lower == "of"
        )
        done_to = self._undergoes(noun) or object_of
        return done_to and not any(mention.tokens.head == noun for mention in self._article.actors)

    def _governors(self, i: int) -> Iterator[int]:
        """Yield ``i`` and what governs it up to the root."""
        yield i
        yield from tree.ancestors(self._article, i)

    def _way(self, governors: list[int]) -> str:
        """Return the preposition that the place itself hangs on ("in the port of Mombasa": in), or an empty string."""
        for i, preposition in zip(governors[::2], governors[1::2], strict=False):
            token = self._article.tokens[preposition]
            if self._article.tokens[i].dep != "pobj":
                return ""
            if token.lower != "of":
                return token.lower
        return ""

    def _anchors(self, frame: Frame) -> list[int]:
        """Return the words whose time and place are the report's: the trigger, its verb, the verb it shares."""
        trigger = frame.trigger
        anchors = [trigger.tokens.head]
        if trigger.support is not None:
            anchors.append(trigger.support)
        article = self._article
        i = anchors[-1]
        token = article.tokens[i]
        if token.dep == "relcl" and any(
            article.tokens[j].lower == "where" for j in tree.children(article, i, "advmod")
        ):
            anchors.append(token.head)
        anchors += self._events_around(i)
        if token.pos in tree.NOUNS:
            head = article.tokens[tree.first_conjunct(article, i)]
            verb = head.head
            while article.tokens[verb].dep in {"prep", "pobj"} and article.tokens[verb].pos == "ADP":
                verb = article.tokens[verb].head
            if article.tokens[verb].pos in {"VERB", "AUX"}:
                anchors.append(verb)
        else:
            while article.tokens[i].dep in SHARING and article.tokens[article.tokens[i].head].pos in {
                "VERB",
                "AUX",
            }:
                i = article.tokens[i].head
                anchors.append(i)
        return list(dict.fromkeys(anchors))

    def _events_around(self, i: int) -> Iterator[int]:
        """Yield the words that tell of the same happening as the verb ``i``, or of one at the same time.

        The event that did it ("Friday's bombing killed ten", "the 1996 bombing that killed one"), the main clause
        of a "when", the copula of an infinitive ("this week became the last country to ratify").
        """
        article = self._article
        token = article.tokens[i]
        if token.pos != "VERB":
            return
        for j in tree.subjects(article, i):
            if article.tokens[j].pos == "NOUN" and not any(m.tokens.head == j for m in article.actors):
                yield j
        marks = {article.tokens[j].lower for j in tree.children(article, i, "mark", "advmod")}
        if (
            token.dep == "advcl"
            and marks & SIMULTANEOUS
            and article.tokens[token.head].pos in {"VERB", "AUX"}
        ):
            yield token.head
        if (
            token.dep == "advcl"
            and tree.is_infinitive(article, i)
            and tree.children(article, token.head, "attr")
        ):
            yield token.head
        noun = article.tokens[token.head]
        if token.dep in {"relcl", "acl"} and tree.is_infinitive(article, i) and noun.dep == "attr":
            yield noun.head

    def _blocked(self, governors: list[int], anchor: int) -> bool:
        """Say whether another event or clause stands between the words and the anchor."""
        between = governors[1 : governors.index(anchor)] if governors[0] != anchor else []
        for j in between:
            token = self._article.tokens[j]
            if token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass"}:
                return True
            if j in self._triggers and token.pos == "NOUN":
                return True
        return False
