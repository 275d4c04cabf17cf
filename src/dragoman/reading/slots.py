"""Slots: the words that stand in a grammatical place of a trigger, and the actors they name.

The places are those of the lexicon's columns ``actor`` and ``recipient``; ``data/triggers/README.md`` lists them.
"""

from __future__ import annotations

from dragoman.knowledge.lexicon import Entry
from dragoman.reading import tree
from dragoman.reading.article import Article, TokenRange, Trigger
from dragoman.reading.fillers import INSIDE_AGENT, INSIDE_ANY, Fillers

# Prepositions that tell where, when a state or city follows.
SCENE_SLOTS = frozenset({"in", "at", "near", "around", "outside", "inside", "across", "over", "throughout"})
# Of these, the one that leads from a verb to its target where a state follows: "fired rockets at Israel".
AIMING = "at"
NEAR_SLOTS = frozenset({"near", "around", "outside"})
# Those lead from a complement's verb to whom it is about.
PARTNER_PREPOSITIONS = ("with", "against", "for", "on", "at", "from", "into")
# Of these, right after the verb, those that outrank what is only used: "threatened to deploy troops against Iran".
HOSTILE_PREPOSITIONS = ("against",)
PLACE_LIKE = frozenset({"name", "place", "demonym", "pronoun"})
STATE_SECTORS = frozenset({None, "GOV"})
AGENT_PREPOSITION = "by"
# Slots whose words are no thing that something is done to.
NOT_DONE_TO = SCENE_SLOTS | {"subj", "poss", "mod", "comp", "between", "among", "through", "force", "victim"}
PERSONAL = frozenset({"he", "his", "him", "she", "her"})
# Sectors of those who use force or hold inquiries.
POWERS = frozenset({"GOV", "MIL", "COP", "REB", "UAF", "PRM", "SPY", "CRM", "JUD", "LEG"})
# Types whose other side is a partner, so that only an unknown name can be one ("met Jarvo Bentel", not "brokered a truce").
TOGETHER = frozenset({"CONSULT", "AGREE", "COOPERATE"})
NAMING = frozenset(
    {"det", "poss", "amod", "compound", "nmod", "nummod", "quantmod", "case", "punct", "advmod"}
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
        inside_clause = all(_is_open(article, k) for k in _path(article, j, i))
        if token.lower == AGENT_PREPOSITION and token.dep in {"prep", "agent"} and j > i and inside_clause:
            found = [m for k in tree.children(article, j, "pobj") for m in tree.conjuncts(article, k)]
    return found


def _is_open(article: Article, i: int) -> bool:
    """Say whether a by-phrase below ``i`` may belong above it: "was urged to negotiate by the minister"."""
    if article.tokens[i].dep not in tree.CLAUSE_LINKS:
        return True
    return article.tokens[i].dep == "xcomp" and not tree.is_passive(article, i)


def _path(article: Article, low: int, high: int) -> list[int]:
    """Return the tokens from ``low`` up to, not including, its ancestor ``high``."""
    found = []
    while low not in {high, article.tokens[low].head}:
        found.append(low)
        low = article.tokens[low].head
    return found


class Slots:
    """The slots of one trigger."""

    def __init__(self, article: Article, trigger: Trigger, entry: Entry, fillers: Fillers) -> None:
        """Look at ``trigger``, whose lexicon entry is ``entry``; ``fillers`` knows the article's actors."""
        self._article = article
        self._entry = entry
        self._fillers = fillers
        self._i = trigger.tokens.head
        self._carrier = trigger.support
        # The verb that is done: the trigger, or what carries a noun ("held" talks).
        self._verb = trigger.support if entry.pos == "n" else trigger.tokens.head
        self._subject_of_carrier = (
            trigger.support is not None
            and article.tokens[tree.first_conjunct(article, self._i)].dep in tree.SUBJECTS
            and not tree.is_passive(article, trigger.support)
        )

    def mentions(self, slot: str) -> list[int]:
        """Return the mentions in a slot: positions in ``Article.actors``."""
        match slot:
            case "subj":
                found = self._fillers.of_all(self._doers(), ways=INSIDE_AGENT)
                return found or self._fillers.of_all(self._authors(), ways=INSIDE_AGENT)
            case "obj":
                return self._fillers.of_all(self._undergoers())
            case "iobj":
                verb = self._i if self._carrier is None else self._carrier
                given = self._fillers.of_all(tree.children(self._article, verb, "dative", "iobj"))
                return given or self._given_to(verb) or self._promised(verb)
            case "poss":
                return [number for i in self._anchors() for number in self._fillers.possessors(i)]
            case "mod":
                return self._fillers.modifiers(self._i)
            case "force" | "victim":
                return [
                    number for number in self._on_the_left() if self._is_private(number) == (slot == "victim")
                ]
            case "comp":
                clauses = tree.children(self._article, self._i, "ccomp", "acl", "relcl")
                subjects = [
                    j for i in clauses if not tree.is_relative(self._article, i)
                    for j in tree.own_subjects(self._article, i)
                ]  # fmt: skip
                return self._fillers.of_all(subjects)
            case "xcomp":
                return self._fillers.of_all(self._complement_objects())
            case _:
                found = self._fillers.of_all(self._after(slot), ways=INSIDE_ANY)
                return [number for number in found if not self._is_scene(number, slot)]

    def things(self, slot: str) -> tuple[TokenRange, ...]:
        """Return the noun phrases in a slot, for where it names no actor: "rejected the referendum".

        Neither times nor pronouns, nor what only tells where.
        """
        if slot in NOT_DONE_TO:
            return ()
        verb = self._i if self._carrier is None else self._carrier
        match slot:
            case "obj":
                heads = self._undergoers()
            case "iobj":
                heads = tree.children(self._article, verb, "dative", "iobj")
            case "xcomp":
                heads = [j for i in self._complements() for j in tree.objects(self._article, i)]
            case _:
                heads = self._after(slot)
        return tuple(self._phrase(i) for i in heads if self._is_thing(i))

    def _is_thing(self, i: int) -> bool:
        token = self._article.tokens[i]
        kinds = {"PROPN"} if self._entry.event_type in TOGETHER else {"NOUN", "PROPN"}
        return token.pos in kinds and token.entity not in {"DATE", "TIME"} and i != self._i

    def _phrase(self, i: int) -> TokenRange:
        """Return the noun ``i`` with what stands before it."""
        first = i
        while first > 0 and self._hangs_on(first - 1, i):
            first -= 1
        while self._article.tokens[first].dep == "punct" and first < i:
            first += 1
        return TokenRange(first, i + 1, i)

    def _hangs_on(self, j: int, i: int) -> bool:
        """Say whether ``j`` names the noun ``i`` more closely, directly or through others."""
        while j != i and self._article.tokens[j].dep in NAMING and self._article.tokens[j].head != j:
            j = self._article.tokens[j].head
        return j == i

    def _after(self, preposition: str) -> list[int]:
        return [j for i in self._anchors() for j in tree.prepositional(self._article, i, preposition)]

    def _given_to(self, verb: int) -> list[int]:
        """Return the state that stands between verb and object: "gave Armenia aid", parsed as "Armenia aid"."""
        objects = tree.children(self._article, verb, *tree.OBJECTS)
        found = [number for i in objects for number in self._fillers.modifiers(i)]
        mentions = self._article.actors
        return [n for n in found if mentions[n].tokens.first == verb + 1 and mentions[n].how == "name"]

    def _promised(self, verb: int) -> list[int]:
        """Return the subject of a passive that keeps its object: "Iran was promised help"."""
        if not tree.is_passive(self._article, verb) or not tree.children(self._article, verb, *tree.OBJECTS):
            return []
        return self._fillers.of_all(tree.subjects(self._article, verb))

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
        verb = self._verb
        if verb is None or self._subject_of_carrier:
            return []
        if tree.is_passive(self._article, verb):
            return agents(self._article, verb)
        sent = tree.commissioned(self._article, verb)
        if sent is not None and self._fillers.at(sent) is not None:
            return [sent]
        return tree.subjects(self._article, verb)

    def _on_the_left(self) -> list[int]:
        """Return the mentions that own or modify the noun of the trigger: "the police shooting", "X's killing"."""
        owners = [number for i in self._anchors() for number in self._fillers.possessors(i)]
        return [*owners, *self._fillers.modifiers(self._i)]

    def _is_private(self, number: int) -> bool:
        """Say whether a mention is a person, or people without power: rather the victim of a "shooting" than its doer."""
        mention = self._article.actors[number]
        if self._article.tokens[mention.tokens.head].lower in PERSONAL:
            return True
        if mention.how == "person" or self._article.tokens[mention.tokens.head].entity == "PERSON":
            return True
        sectors = {actor.sector for actor in mention.actors}
        return mention.how not in PLACE_LIKE and sectors.isdisjoint(POWERS)

    def _authors(self) -> list[int]:
        """Return who issued the words that a participle speaks for: "put out a report accusing the army"."""
        verb = self._verb
        if verb is None or self._article.tokens[verb].tag != "VBG" or self._subject_of_carrier:
            return []
        return tree.authors(self._article, verb)

    def _undergoers(self) -> list[int]:
        if self._entry.pos == "n":
            return []
        if tree.is_passive(self._article, self._i):
            return tree.subjects(self._article, self._i)
        return tree.objects(self._article, self._i) or tree.shared_objects(self._article, self._i)

    def _complement_objects(self) -> list[int]:
        """Return whom the complement speaks of: "refused to meet X", "a threat to strike at Y"."""
        article = self._article
        verbs = self._complements()
        given = [j for i in verbs for j in tree.children(article, i, "dative", "iobj")]
        done_to = [j for i in verbs for j in tree.objects(article, i)]
        near = [*verbs, *done_to]
        given += [j for i in near for j in tree.prepositional(article, i, "to")]
        aimed_at = [j for i in verbs for j in tree.prepositional(article, i, *HOSTILE_PREPOSITIONS)]
        others = [j for i in near for j in tree.prepositional(article, i, *PARTNER_PREPOSITIONS)]
        return next(
            (heads for heads in (given, aimed_at, done_to, others) if self._fillers.of_all(heads)), []
        )

    def _complements(self) -> list[int]:
        """Return the verbs of the complement, and those that hang on them in the same way."""
        first = tree.children(self._article, self._i, "xcomp", "ccomp", "acl")
        return [j for i in first for j in (i, *tree.children(self._article, i, "xcomp"))]

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
            anchors.extend(tree.children(self._article, self._i, *tree.OBJECTS, "nsubjpass", "prt"))
        return list(dict.fromkeys(anchors))
