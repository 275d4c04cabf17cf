"""Denials of a claim as a whole: "denied it", "rejected the accusation", "denied any involvement".

Such a denial restates no event; merging ties it to the claim before it (`dragoman.merging.denials`) by the rule that
stands in the report.
"""

from __future__ import annotations

from dragoman.knowledge.cues import Cues
from dragoman.model.report import DENIES
from dragoman.reading.article import Article
from dragoman.reading.tree import children


def denial_rule(article: Article, cues: Cues, i: int) -> str | None:
    """Return the rule of a trigger that denies a claim as a whole, with the words of that claim; else None."""
    token = article.tokens[i]
    words = cues.denials
    if (
        token.pos != "VERB"
        or token.lemma not in words["denies"] | words["rejects"]
        or children(article, i, "neg")
    ):
        return None
    denied = words["claim"] | (words["share"] if token.lemma in words["denies"] else frozenset())
    for j in children(article, i, "dobj", "nsubjpass"):
        if article.tokens[j].lemma in denied or article.tokens[j].lower in denied:
            first = min((k for k in article.children[j] if k < j), default=j)
            return f"{DENIES}{article.span(first, j + 1).text}"
    return None
