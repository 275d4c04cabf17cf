"""Which part of a state or society a role is: by itself, by whom it belongs to, or by what it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.actor_records import FORMER_OFFICE, OFFICES
from dragoman.knowledge.actors import ActorKnowledge
from dragoman.reading import tree
from dragoman.reading.actors.identity import GOVERNMENT_SECTOR, named_actor
from dragoman.reading.actors.names import NameHit
from dragoman.reading.actors.roles import RoleHit
from dragoman.reading.article import Article
from dragoman.reading.fillers import MODIFIERS

BODY_KINDS = frozenset({"organisation", "group"})
# Bodies whose men in arms are what the body is: "Boko Haram gunmen" are rebels.
ARMED = frozenset({"REB", "UAF", "CRM", "PRM"})
BEARING_ARMS = frozenset({"", "MIL", "UAF"})


class Sectors:
    """Finds the sector of the roles of one article."""

    def __init__(self, article: Article, knowledge: ActorKnowledge, roles: Sequence[RoleHit]) -> None:
        """Look at ``roles``, all those of the article."""
        self._article = article
        self._knowledge = knowledge
        self._date = article.date
        self._by_head = {role.tokens.head: role for role in roles}

    def of(self, hit: RoleHit) -> str | None:
        """Return the role's sector; of a spokesman that of whom he speaks for, of a camp that of who lives in it."""
        owned = [sector for owner in hit.owners if (sector := self._of_owner(owner)) is not None]
        for sector in owned:
            if "takes-sector" in hit.role.flags or self._follows(hit, sector):
                return sector
        if hit.role.flags & {"takes-sector", "facility"}:
            sector = self.beside(hit) or self._within(hit)
            if sector is not None:
                return sector
        if hit.role.sector in OFFICES and self._was(hit):
            return FORMER_OFFICE
        return hit.role.sector or None

    def beside(self, hit: RoleHit) -> str | None:
        """Return the sector of a role that modifies or owns this one: "police headquarters", "a rebels' camp"."""
        for i in range(hit.tokens.first, hit.tokens.last):
            for j in tree.children(self._article, i, *MODIFIERS, "poss"):
                other = self._by_head.get(j)
                if other is not None and other is not hit and other.role.sector:
                    return other.role.sector
        return None

    def is_past(self, hit: RoleHit) -> bool:
        """Say whether the words put the office in the past or give it to no one in particular ("a former minister")."""
        words = {self._article.tokens[i].lower for i in range(hit.phrase.first, hit.phrase.last)}
        return not words.isdisjoint(self._knowledge.words["unsettled"])

    def was_then(self, hit: RoleHit) -> bool:
        """Say whether the office was held when it happened: "the then US president", "then-President"."""
        first = hit.phrase.first
        words = [token.lower for token in self._article.tokens[max(first - 2, 0) : hit.tokens.last]]
        return "then" in words

    def _of_owner(self, owner: NameHit) -> str | None:
        if owner.entry.kind == "person":
            return None
        return named_actor(owner.entry, "", self._knowledge, self._date).sector or None

    def _follows(self, hit: RoleHit, sector: str) -> bool:
        """Say whether the owner's sector decides: of men in arms, and of those who hold office in a part of a state.

        "Boko Haram gunmen", "the president of the Knesset"; a minister of a party is none of its officers.
        """
        if sector in ARMED:
            return hit.role.sector in BEARING_ARMS
        return sector in OFFICES and hit.role.sector == GOVERNMENT_SECTOR and not self._was(hit)

    def _within(self, hit: RoleHit) -> str | None:
        """Return the sector of the first role inside the phrase, clauses left out: "spokesman for the army"."""
        for j in tree.descendants(self._article, hit.tokens.head):
            other = self._by_head.get(j)
            if other is None or other is hit or not other.role.sector:
                continue
            path = [j, *tree.ancestors(self._article, j)]
            links = {self._article.tokens[k].dep for k in path[: path.index(hit.tokens.head)]}
            if links.isdisjoint(tree.CLAUSE_LINKS):
                return other.role.sector
        return None

    def _was(self, hit: RoleHit) -> bool:
        """Say whether the words call the office past: "four former members of congress"."""
        words = (self._article.tokens[i].lower for i in range(hit.phrase.first, hit.phrase.last))
        return any(word in self._knowledge.words["former"] for word in words)
