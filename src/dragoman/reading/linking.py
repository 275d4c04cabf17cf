"""Which time, place and quantity belongs to which trigger: by the clause they stand in, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.reading import tree
from dragoman.reading.article import Article, Frame, PlaceMention, QuantityMention, TimeTokens

# How far each tie is trusted, from 0 to 1; set by hand on the example pages, in steps of 0.05.
OWN = 0.9
CLAUSE = 0.75
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


@dataclass(frozen=True, slots=True)
class Tied[T]:
    """Something tied to a trigger, and how surely (0 to 1)."""

    value: T
    confidence: float


class Links:
    """Ties the times, places and quantities of one article to its frames."""

    def __init__(self, article: Article) -> None:
        """Index the triggers of the article."""
        self._article = article
        self._triggers = {frame.trigger.tokens.head for frame in article.frames}

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
                    if (way in LOCATIVE and direct) or undergoes:
                        nearness = LOCATIVE.index(way) if way in LOCATIVE else len(LOCATIVE)
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
