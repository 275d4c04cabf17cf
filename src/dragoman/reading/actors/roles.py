"""Roles: actors named by what they are ("South Korean Joint Chiefs of Staff", "protesters in Minsk")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dragoman.knowledge.actors import ActorKnowledge, Role
from dragoman.knowledge.phrases import singular
from dragoman.reading import tree
from dragoman.reading.actors.names import NameHit, is_locative, span_of
from dragoman.reading.article import Article, TokenRange
from dragoman.reading.fillers import MODIFIERS

# Prepositions that tie a role to its state or body: "president of Iran", "police in Minsk".
OWNING = ("of", "from", "for", "in", "to", "at")
# People whom the place where something befell them tells apart.
SUFFERERS = frozenset({"CVL", "REF"})
PLACES = frozenset({"country", "capital", "place"})
# "the president of the republic of …": how many prepositions deep the state may lie.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class RoleHit:
    """A role phrase; ``owners`` are the names that say whose ("Russia's", "of Iran"); ``phrase`` is all of it."""

    tokens: TokenRange
    phrase: TokenRange
    role: Role
    owners: tuple[NameHit, ...]


def find_roles(article: Article, knowledge: ActorKnowledge, names: Sequence[NameHit]) -> list[RoleHit]:
    """Return the role phrases, longest at each head noun, left to right."""
    by_token = {i: hit for hit in names for i in range(hit.tokens.first, hit.tokens.last)}
    found: list[RoleHit] = []
    for token in article.tokens:
        if token.pos not in {"NOUN", "PROPN", "ADJ"} or token.i in by_token:
            continue
        matched = _role_ending_at(article, knowledge, token.i)
        if matched is None:
            continue
        first, role = matched
        tokens = span_of(article, first, token.i + 1)
        while found and found[-1].tokens.first >= first:
            found.pop()
        if found and found[-1].tokens.last > first:
            continue
        own = tuple(_owners(article, tokens, by_token))
        owners = own or _shared(article, tokens, found) or _where_they_are(article, tokens, role, by_token)
        others = {i for i, hit in by_token.items() if hit not in own}
        found.append(RoleHit(tokens, _phrase(article, tokens, own, others), role, owners))
    return found


def _role_ending_at(article: Article, knowledge: ActorKnowledge, i: int) -> tuple[int, Role] | None:
    """Return start and role of the longest role phrase whose last word is token ``i``.

    Phrases such as "chiefs of staff" end in a word that is not their head noun.
    """
    token = article.tokens[i]
    if knowledge.role_ends.isdisjoint((token.lemma, token.lower, singular(token.lower))):
        return None
    for length in range(min(knowledge.longest_role, i + 1), 0, -1):
        part = article.tokens[i - length + 1 : i + 1]
        if part[0].sentence != part[-1].sentence:
            continue
        for words in (tuple(token.lemma for token in part), tuple(token.lower for token in part)):
            if role := knowledge.role_of(words):
                return i - length + 1, role
    return None


def _where_they_are(
    article: Article, tokens: TokenRange, role: Role, by_token: dict[int, NameHit]
) -> tuple[NameHit, ...]:
    """Return the place that a phrase or clause on people ends in: "people impacted by flooding in Malawi"."""
    for clause in tree.children(article, tokens.head, "acl", "relcl") if role.sector in SUFFERERS else ():
        for j in tree.descendants(article, clause):
            if j in by_token and is_locative(article, j) and by_token[j].entry.kind in PLACES:
                return (by_token[j],)
    return ()


def _owners(article: Article, tokens: TokenRange, by_token: dict[int, NameHit]) -> list[NameHit]:
    """Return the names that say whose the role is: modifiers and possessors first, then "of Iran"."""
    found = []
    for i in range(tokens.first, tokens.last):
        stack = [
            j for j in tree.children(article, i, *MODIFIERS, "poss") if not tokens.first <= j < tokens.last
        ]
        for j in stack:
            if j in by_token:
                found.append(by_token[j])
            stack.extend(tree.children(article, j, *MODIFIERS, "poss", "conj"))
    if (
        not found
        and tokens.head > 0
        and tokens.first - 1 in by_token
        and article.tokens[tokens.first].dep != "appos"
    ):
        before = by_token[tokens.first - 1]
        if article.tokens[before.tokens.head].dep in {*MODIFIERS, "poss"}:
            found.append(before)
    found = [hit for hit in found if not _stands_apart(article, hit, found)]
    found.extend(_coordinated(article, found, by_token))
    heads = [tokens.head]
    for _ in range(DEEPEST):
        if found or _is_possessed(article, tokens.head):
            break
        heads = [
            j for i in heads for k in _last_words(tokens, i) for j in tree.prepositional(article, k, *OWNING)
        ]
        found = [by_token[j] for j in heads if j in by_token]
    found.extend(_going_on(article, found, by_token))
    unique = dict.fromkeys((hit.tokens.first, hit) for hit in found)
    return [hit for _, hit in sorted(unique, key=lambda pair: pair[0])]


def _is_possessed(article: Article, i: int) -> bool:
    """Say whether a pronoun owns the role: "its ambassador from Tanzania" is no Tanzanian."""
    return any(article.tokens[j].tag == "PRP$" for j in tree.children(article, i, "poss"))


def _shared(article: Article, tokens: TokenRange, found: Sequence[RoleHit]) -> tuple[NameHit, ...]:
    """Return the owners of the role that this one is coordinated with: "Angola's army and police"."""
    first = tree.first_conjunct(article, tokens.head)
    if first == tokens.head or tree.children(article, tokens.head, "det", "poss"):
        return ()
    return next((hit.owners for hit in found if hit.tokens.head == first), ())


def _stands_apart(article: Article, hit: NameHit, others: Sequence[NameHit]) -> bool:
    """Say whether a body is only coordinated with the role that another owns: "the Front and the Chadian government"."""
    if hit.entry.kind not in {"organisation", "group"}:
        return False
    after = hit.tokens.last
    joined = after < len(article.tokens) and article.tokens[after].lower == "and"
    return joined and any(other.entry.kind == "adjective" and other.tokens.first > after for other in others)


def _coordinated(article: Article, found: Sequence[NameHit], by_token: dict[int, NameHit]) -> list[NameHit]:
    """Return the nationality that shares the role from before an "and": "Kyrgyz and Tajik border guards"."""
    if len(found) != 1 or found[0].entry.kind != "adjective":
        return []
    before = found[0].tokens.first - 1
    if before < 1 or article.tokens[before].lower not in {"and", "or"}:
        return []
    other = by_token.get(before - 1)
    return [other] if other is not None and other.entry.kind == "adjective" else []


def _going_on(article: Article, found: Sequence[NameHit], by_token: dict[int, NameHit]) -> list[NameHit]:
    """Return the states that follow an owner after "and": "ministers of Malaysia and Iran", however parsed."""
    last = max((hit.tokens.last for hit in found), default=len(article.tokens))
    if not found or last + 1 >= len(article.tokens) or article.tokens[last].lower != "and":
        return []
    other = by_token.get(last + 1)
    owner = max(found, key=lambda hit: hit.tokens.last)
    after_of = article.tokens[owner.tokens.head].dep == "pobj"
    return [other] if after_of and other is not None and other.entry.kind == owner.entry.kind else []


def _last_words(tokens: TokenRange, i: int) -> list[int]:
    """Return the words a following "of …" may hang on: the head and the last word of the phrase."""
    return [i] if i != tokens.head else list(dict.fromkeys([i, tokens.last - 1]))


def _phrase(
    article: Article, tokens: TokenRange, owners: Sequence[NameHit], others: Collection[int]
) -> TokenRange:
    """Return the role with its modifiers to the left and its owners on either side; ``others`` are no part of it."""
    first = min([tokens.first, *(hit.tokens.first for hit in owners)])
    last = max([tokens.last, *(hit.tokens.last for hit in owners)])
    left = [
        j
        for j in tree.children(article, tokens.head, *MODIFIERS, "det", "nummod", "poss")
        if j < tokens.first and j not in others
    ]
    first = min([first, *left])
    if first and article.tokens[first - 1].dep == "det" and article.tokens[first - 1].head < last:
        first -= 1
    return TokenRange(first, last, tokens.head)
