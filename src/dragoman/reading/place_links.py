"""Which of the places beside an event's word is where it happened: the features of a trained judge.

``training/make_place_links.py`` fits it to items in which people marked the word of an event and its place. A pair
is an anchor (the event's word) and a mention of a place in its sentence.
"""

from __future__ import annotations

from itertools import pairwise

from dragoman.reading import tree
from dragoman.reading.article import Article, PlaceMention, Token

# Longest way up the tree that is told apart, in words; and steps between two words of a sentence likewise.
MOST_STEPS = 6
DISTANCES = (2, 4, 7, 12, 20)
# Generic nouns between a place and its preposition say no more than the place does.
_TRANSPARENT = frozenset({"of", "to", "near"})


def pair_features(article: Article, anchor: int, mention: PlaceMention) -> set[str]:
    """Return the names of the features of a place for the event's word ``anchor``."""
    head = mention.tokens.head
    token, event = article.tokens[head], article.tokens[anchor]
    up = [head, *tree.ancestors(article, head)]
    down = [anchor, *tree.ancestors(article, anchor)]
    meet = next((i for i in up if i in down), None)
    rising = up[: up.index(meet)] if meet is not None else up
    falling = down[: down.index(meet)] if meet is not None else down
    way = _way(article, up)
    precision = mention.place.precision or "none"
    named = {f"way={way}", f"dep={token.dep}", f"precision={precision}", f"way={way}:{precision}"}
    named |= {f"up={min(len(rising), MOST_STEPS)}", f"down={min(len(falling), MOST_STEPS)}"}
    named.add(f"path={min(len(rising), MOST_STEPS)}:{min(len(falling), MOST_STEPS)}")
    named |= {f"down:{article.tokens[i].dep}" for i in falling} | {
        f"up:{article.tokens[i].dep}" for i in rising
    }
    verbs = sum(article.tokens[i].pos in {"VERB", "AUX"} for i in rising)
    said = sum(article.tokens[i].dep in {"ccomp", "parataxis"} for i in rising)
    named |= {f"verbs={min(verbs, 3)}", f"verbs={min(verbs, 3)}:{way}", f"said={min(said, 2)}"}
    named |= {f"direct={meet == anchor}:{way}", f"direct={meet == anchor}", f"event={event.pos}"}
    last_up = article.tokens[rising[-1]] if rising else token
    named |= {
        f"joins={last_up.dep}:{last_up.lower if last_up.pos == 'ADP' else last_up.pos}",
        f"edge={last_up.dep}:{event.pos}",
    }
    if falling:
        named.add(f"falls={article.tokens[falling[-1]].dep}:{last_up.dep}")
    side = "after" if head > anchor else "before"
    named |= {side, f"{side}={_far(abs(head - anchor))}", f"{side}:{way}"}
    named |= _company(article, anchor, mention)
    named |= {f"lemma={event.lemma}:{token.dep}"} if meet == anchor else set()
    return named


def _company(article: Article, anchor: int, mention: PlaceMention) -> set[str]:
    """Return features of the mention beside the sentence's other places, and of what else its words are."""
    sentence = article.tokens[anchor].sentence
    beside = [one for one in article.places if article.tokens[one.tokens.head].sentence == sentence]
    named = {f"places={min(len(beside), 4)}"}
    order = ("point", "city", "region", "country")
    ranks = [order.index(one.place.precision) if one.place.precision else -1 for one in beside]
    own = order.index(mention.place.precision) if mention.place.precision else -1
    named.add("most-precise" if own <= min(ranks) else "less-precise")
    near = min(abs(one.tokens.head - anchor) for one in beside)
    named.add("nearest" if abs(mention.tokens.head - anchor) == near else "not-nearest")
    first, last = mention.tokens.first, mention.tokens.last
    for actor in article.actors:
        if actor.tokens.first <= first and last <= actor.tokens.last:
            whole = "whole" if (actor.tokens.first, actor.tokens.last) == (first, last) else "part"
            named |= {f"actor={whole}", f"actor={actor.how}"}
    before = article.tokens[first - 1] if first else None
    after = article.tokens[last] if last < len(article.tokens) else None
    named |= {f"before={_word(before)}", f"after={_word(after)}"}
    follows = any(one.tokens.last <= first <= one.tokens.last + 2 for one in beside if one is not mention)
    leads = any(last <= one.tokens.first <= last + 2 for one in beside if one is not mention)
    return named | ({"follows-place"} if follows else set()) | ({"leads-place"} if leads else set())


def _word(token: Token | None) -> str:
    if token is None:
        return "-"
    return token.lower if token.pos in {"ADP", "PUNCT", "CCONJ", "DET", "PART"} else token.pos


def _far(steps: int) -> int:
    return sum(steps > limit for limit in DISTANCES)


def _way(article: Article, up: list[int]) -> str:
    """Return the preposition that leads to the place, through the nouns it only names more closely; or its label."""
    for i, governor in pairwise(up):
        token = article.tokens[i]
        if token.dep in {"appos", "compound", "nmod", "poss", "conj"}:
            continue
        if token.dep != "pobj":
            return token.dep
        if article.tokens[governor].lower not in _TRANSPARENT or len(up) < 3:  # noqa: PLR2004 - a noun above it
            return article.tokens[governor].lower
        if (
            article.tokens[governor].dep != "prep"
            or article.tokens[article.tokens[governor].head].pos not in tree.NOUNS
        ):
            return article.tokens[governor].lower
    return "root"
