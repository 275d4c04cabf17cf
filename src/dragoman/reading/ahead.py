"""Events that lie ahead of the article: "Friday's summit" in the paper of Tuesday has not been held yet."""

from __future__ import annotations

from dragoman.reading.article import Article
from dragoman.reading.modality import ACTUAL, Verdict

# Labels by which a time hangs on the word it dates, directly or by a preposition.
DATING = frozenset(
    {"prep", "pobj", "npadvmod", "advmod", "poss", "compound", "nmod", "amod", "appos", "nummod"}
)
PRESENT = frozenset({"VBZ", "VBP", "VBG"})
PAST = frozenset({"VBD", "VBN"})


def ahead(article: Article, i: int) -> Verdict:
    """Return planned when a time after the day of publication dates the noun or present verb ``i``, else actual."""
    published = article.date
    token = article.tokens[i]
    tags = {
        token.tag,
        *(article.tokens[j].tag for j in article.children[i] if article.tokens[j].dep == "aux"),
    }
    verbal = bool(tags & PRESENT) and not tags & PAST
    if published is None or not (token.pos == "NOUN" or verbal):
        return ACTUAL
    for mention in article.times:
        start = mention.time.from_
        if start is not None and start[:10] > str(published)[:10] and _dates(article, mention.tokens.head, i):
            return Verdict("planned", mention.tokens.head, "factuality: after publication")
    return ACTUAL


def _dates(article: Article, j: int, i: int) -> bool:
    """Say whether the time at ``j`` hangs on ``i`` with nothing but prepositions between them."""
    while j != i:
        token = article.tokens[j]
        if token.dep not in DATING or token.head == j or (token.pos == "NOUN" and not token.entity):
            return False
        j = token.head
    return True
