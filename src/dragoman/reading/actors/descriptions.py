"""Definite descriptions: "both leaders", "the two countries", "the president", "the council", "their delegations"."""

from __future__ import annotations

from dragoman.knowledge.actors import Role
from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.discourse import COUNTS, ROLE_REACH, Discourse
from dragoman.reading.actors.identity import code_of
from dragoman.reading.actors.repeats import Repeats
from dragoman.reading.article import ActorMention, Token, TokenRange

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
DISTRIBUTIVE = frozenset({"each", "either", "neither"})
DEFINITE = DISTRIBUTIVE | {"the", "both", "these", "those", "two", "three", "four", "five"}
# Ways of resolving that a description may still better.
OPEN = frozenset({"context", "unresolved"})
# "Both" without a noun means a pair at most this many sentences back. Sentences.
PAIR_REACH = 3
PLURAL_CONFIDENCE = ROLE_CONFIDENCE = 0.75
# Another word for a person than the one that introduced them ("the businessman") is the least sure.
VARIED_CONFIDENCE = 0.6
# Those of these sectors go on to be "the rebels" and "the army" once somebody has said whose they are.
FIGHTING = frozenset({"REB", "UAF", "MIL", "COP"})


class Descriptions:
    """Resolves the descriptions of one article from what it mentioned before."""

    def __init__(self, discourse: Discourse) -> None:
        """Work from the discourse, which grows meanwhile."""
        self._discourse = discourse
        self._article = discourse.article
        self._knowledge = discourse.knowledge
        self._words = discourse.knowledge.words
        self._repeats = Repeats(discourse)

    def described(self, token: Token, mention: ActorMention | None) -> ActorMention | None:
        """Resolve a definite description: "both leaders", "the two countries", "each side", "the president"."""
        if mention is not None and mention.how not in {"context", "unresolved", "role"}:
            return None
        if token.lower in self._words["pair"]:
            return self._pair(token) if token.dep in ARGUMENTS else None
        if several := self._repeats.counted(token):
            return ActorMention(self._phrase(token), several, "plural", PLURAL_CONFIDENCE)
        if token.pos != "NOUN" or (
            mention is not None and mention.how == "role" and not self._quantified(token)
        ):
            return None
        determiners = self._determiners(token)
        if not determiners & (DEFINITE | {"this"}):
            return None
        again = self._again(token, mention)
        if again is not None or self._owned(token) or not determiners & DEFINITE:
            return again
        return self._meant(token, determiners)

    def _meant(self, token: Token, determiners: set[str]) -> ActorMention | None:
        """Resolve "the council", "the two countries" or "the president", which nothing else qualifies."""
        if (known := self._known_body(token)) is not None:
            return ActorMention(self._phrase(token), known, "role", ROLE_CONFIDENCE)
        if token.tag == "NNS" or determiners & DISTRIBUTIVE:
            count = next((COUNTS[word] for word in sorted(determiners) if word in COUNTS), 2)
            actors = self._several(token, count)
            return ActorMention(self._phrase(token), actors, "plural", PLURAL_CONFIDENCE) if actors else None
        actor = self._single(token)
        return ActorMention(self._phrase(token), (actor,), "role", ROLE_CONFIDENCE) if actor else None

    def _person(self, token: Token) -> Actor | None:
        """Return whom "the Republican nominee" means, unless the words name who it is."""
        naming = tree.children(self._article, token.i, "appos", "relcl", "acl", "poss", "nummod")
        if token.tag != "NN" or naming or token.dep in {"appos", "attr", "compound"}:
            return None
        return self._repeats.person(token)

    def _again(self, token: Token, mention: ActorMention | None) -> ActorMention | None:
        """Resolve what takes up a name: "the Republican nominee", "the agency", "the developers"."""
        if (person := self._person(token)) is not None:
            tokens = mention.tokens if mention is not None else self._phrase(token)
            return ActorMention(tokens, (person,), "person", VARIED_CONFIDENCE)
        if tree.children(self._article, token.i, "poss", "relcl", "appos", "acl", "prep"):
            return None
        if token.tag != "NNS":
            found = self._repeats.body(token)
        else:
            found = (
                ()
                if self._owned(token) or token.lemma in self._words["states"]
                else self._repeats.several(token)
            )
        how = "plural" if len(found) > 1 else "role"
        return ActorMention(self._phrase(token), found, how, ROLE_CONFIDENCE) if found else None

    def _known_body(self, token: Token) -> tuple[Actor, ...] | None:
        """Return whom "the council" or "the rebels" mean: the last one called so, or of that sector, by name."""
        role = self._knowledge.role_of((token.lemma,))
        if token.lemma in self._words["states"] or (
            role is not None and role.number == "person" and token.tag == "NN"
        ):
            return None
        sector = role.sector if role is not None else ""
        for candidate in self._discourse.since(token.sentence - ROLE_REACH):
            if len(candidate.actors) != 1:
                continue
            (actor,) = candidate.actors
            if actor.code is None or candidate.head == token.i:
                continue
            called = token.tag == "NN" and token.lemma in (actor.name or "").lower().split()
            called = called and sector in {"", actor.sector}
            allied = token.lemma in self._words["bloc"] and actor.country == "IGO" and actor.id is not None
            if called or allied or (sector in FIGHTING and actor.sector == sector):
                return candidate.actors
        return None

    def _determiners(self, token: Token) -> set[str]:
        found = tree.children(self._article, token.i, "det", "nummod", "predet")
        return {self._article.tokens[j].lower for j in found}

    def _pair(self, token: Token) -> ActorMention | None:
        """Resolve "both" and "the pair" where they stand alone: those named together, else the only two persons before."""
        for candidate in reversed(self._discourse.seen):
            if candidate.sentence >= token.sentence - PAIR_REACH and candidate.count == COUNTS["both"]:
                return ActorMention(self._phrase(token), candidate.actors, "plural", PLURAL_CONFIDENCE)
        persons = [
            c
            for c in self._discourse.seen
            if c.person and token.sentence - PAIR_REACH <= c.sentence < token.sentence
        ]
        latest = [c for c in persons if c.sentence == persons[-1].sentence]
        actors = tuple({(a.id or a.name): a for c in latest for a in c.actors}.values())
        if len(actors) != COUNTS["both"]:
            return None
        return ActorMention(self._phrase(token), actors, "plural", PLURAL_CONFIDENCE)

    def _several(self, token: Token, count: int) -> tuple[Actor, ...]:
        """Return the states or holders meant: a group named together before, else the last ones named."""
        role = self._knowledge.role_of((token.lemma,))
        discourse = self._discourse
        if token.lemma in self._words["states"] or (role is not None and role.number == "institution"):
            together = discourse.group(token, count, discourse.as_states)
            states = together or _in_order(tuple(discourse.states())[:count], count)
            if token.lemma in self._words["states"] or role is None:
                return states
            sector = role.sector or None
            return tuple(
                Actor(token.text, code_of(a.country, sector), a.country, sector, None) for a in states
            )
        if role is None:
            return ()
        wanted = self._wanted(role, token)
        group = discourse.group(
            token, count, lambda actors: tuple(a for a in actors if discourse.held(a, wanted))
        )
        return group or _in_order(tuple(discourse.holders_of(wanted, token))[:count], count)

    def _single(self, token: Token) -> Actor | None:
        """Return whom "the president" or "the kingdom" means, or None."""
        if token.lemma in self._words["any_state"] | self._words["named_state"]:
            return next((a for a in self._discourse.states() if self._is_called(a, token.lemma)), None)
        role = self._knowledge.role_of((token.lemma,))
        if role is None or role.number != "person":
            return None
        return next(iter(self._discourse.holders_of(self._wanted(role, token), token)), None)

    def _is_called(self, state: Actor, word: str) -> bool:
        """Say whether a state's full name has the word ("Kingdom of Saudi Arabia"), if that word is for some states only."""
        country = self._knowledge.countries[state.country or ""]
        return word in self._words["any_state"] or any(
            word in name.lower().split() for name in (country.name, *country.aliases)
        )

    def owned_by_pronoun(self, token: Token, mention: ActorMention | None) -> ActorMention | None:
        """Give "his government", "their delegations" and "its men" the states of those the pronoun means."""
        owners = tree.children(self._article, token.i, "poss")
        if not owners:
            return None
        role = self._knowledge.role_of((token.lemma,))
        known = mention is not None and mention.how not in OPEN
        if known or role is None or "source-only" in role.flags:
            return None
        whose = self._relative(owners[0])
        owner = next((c for c in reversed(self._discourse.seen) if c.head == whose), None)
        if owner is None or self._article.tokens[owners[0]].tag not in {"PRP$", "WP$"}:
            return None
        tokens = mention.tokens if mention is not None else TokenRange(owners[0], token.i + 1, token.i)
        return self._part(tokens, role, owner.actors, token.text)

    def _relative(self, owner: int) -> int:
        """Return whom "whose" belongs to ("Japan, whose refiners …"); other owners are themselves."""
        if self._article.tokens[owner].tag != "WP$":
            return owner
        above = (self._article.tokens[i] for i in tree.ancestors(self._article, owner))
        return next((token.head for token in above if token.dep == "relcl"), owner)

    def _part(
        self, tokens: TokenRange, role: Role, owners: tuple[Actor, ...], words: str
    ) -> ActorMention | None:
        """Return a role within the states of its owners; a word without a sector of its own takes theirs."""
        generic = bool(role.flags & {"generic", "weak"})
        parts: dict[str | None, Actor] = {}
        for owner in owners:
            sector = (owner.sector if generic else role.sector) or None
            code = code_of(owner.country, sector)
            if code is not None:
                parts[code] = Actor(words, code, owner.country, sector, None)
        if not parts:
            return None
        return ActorMention(tokens, tuple(parts.values()), "role", ROLE_CONFIDENCE)

    def of_several(self, mention: ActorMention, at: dict[int, ActorMention]) -> ActorMention:
        """Give "ministers of the two countries" and "officials from both sides" their states."""
        head = self._article.tokens[mention.tokens.head]
        role = self._knowledge.role_of((head.lemma,))
        if mention.how not in OPEN or role is None:
            return mention
        for i in tree.prepositional(self._article, head.i, "of", "from", "on"):
            owner = at.get(i)
            if owner is not None and owner.how == "plural":
                return self._part(mention.tokens, role, owner.actors, head.text) or mention
        return mention

    def _quantified(self, token: Token) -> bool:
        return any(
            self._article.tokens[j].lower in COUNTS
            for j in tree.children(self._article, token.i, "det", "nummod")
        )

    def _owned(self, token: Token) -> bool:
        """Say whether the description says itself whose: then it does not refer back."""
        return bool(
            tree.children(self._article, token.i, "poss", "amod", "compound", "relcl", "appos")
        ) or any(self._article.tokens[j].lower == "of" for j in tree.children(self._article, token.i, "prep"))

    def _phrase(self, token: Token) -> TokenRange:
        left = tree.children(self._article, token.i, "det", "nummod", "predet")
        return TokenRange(min([token.i, *left]), token.i + 1, token.i)

    def _wanted(self, role: Role, token: Token) -> frozenset[str]:
        own = frozenset({role.role or token.lemma})
        return self._words.get(f"role:{role.role}") or self._words.get(f"role:{token.lemma}") or own


def _in_order(actors: tuple[Actor, ...], count: int) -> tuple[Actor, ...]:
    """Return actors found from the latest back in the order the article names them; nothing if some lack."""
    return tuple(reversed(actors)) if len(actors) == count else ()
