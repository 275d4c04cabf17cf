"""Which way a time lies: the tense of the clause that a time expression belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.reading import tree
from dragoman.reading.article import Article

PAST, OPEN, FUTURE = -1, 0, 1
VERBS = frozenset({"VERB", "AUX"})
PLAN_PREPOSITIONS = frozenset({"for", "until", "by"})
PLAIN_PREPOSITIONS = frozenset({"in", "on", "at", "since", "during", "through", "over", "throughout"})
ATTENDING_PREPOSITIONS = frozenset({"at", "for", "to", "in", "during", "until", "of", "before"})
AUXILIARIES = ("aux", "auxpass")
# Chains of verbs without tense are rarely longer than three; bounds the work on odd input.
CLIMBS = 8


def direction(article: Article, i: int, verbs: Mapping[str, frozenset[str]]) -> int:
    """Return `PAST`, `FUTURE` or `OPEN` (nothing decides) for the time whose head is token ``i``.

    ``verbs`` gives the classes of verb lemmas, see ``data/times/README.md``. The nearest verb above decides;
    a noun with a plan in it ("talks scheduled for Monday") counts as its participle says.
    """
    if _by_plan(article, i, verbs):
        return FUTURE
    if _is_owner(article, i):
        return OPEN
    for j in tree.ancestors(article, i):
        if article.tokens[j].pos in VERBS:
            return verb_direction(article, j, verbs)
    return verb_direction(article, i, verbs) if article.tokens[i].pos in VERBS else OPEN


def _is_owner(article: Article, i: int) -> bool:
    """Say whether the time owns what stands after a preposition: "over Thursday's ruling", not "at Monday's summit"."""
    owned = article.tokens[article.tokens[i].head]
    before = article.tokens[owned.head].lower
    return article.tokens[i].dep == "poss" and owned.dep == "pobj" and before not in ATTENDING_PREPOSITIONS


def is_firm(article: Article, i: int) -> bool:
    """Say whether the time hangs on a verb by itself or by a plain preposition, so that the tense is its own.

    An adverb may stand between ("left back in October").
    """
    governor = article.tokens[article.tokens[i].head]
    if governor.lower in PLAIN_PREPOSITIONS:
        governor = article.tokens[governor.head]
    if governor.pos == "ADV":
        governor = article.tokens[governor.head]
    return governor.pos in VERBS and governor.tag in {"VBD", "VBN", "VB"}


def _by_plan(article: Article, i: int, verbs: Mapping[str, frozenset[str]]) -> bool:
    """Say whether the time hangs by "for" or "until" on a word of planning ("scheduled for Monday")."""
    governor = article.tokens[i].head
    if governor == i or article.tokens[governor].lower not in PLAN_PREPOSITIONS:
        return False
    if any(article.tokens[j].lower == "had" for j in article.children[article.tokens[governor].head]):
        return False  # "until Monday they had not called"
    above = article.tokens[article.tokens[governor].head]
    return "plan" in verbs.get(above.lemma, ()) or "plan" in verbs.get(above.lower, ())


def verb_direction(
    article: Article, i: int, verbs: Mapping[str, frozenset[str]], *, climbs: int = CLIMBS
) -> int:
    """Return the direction that the verb ``i`` gives by its tense, its auxiliaries and its governor.

    ``climbs`` says how many governors may still be asked when the verb itself has no tense.
    """
    if climbs < 0:
        return OPEN
    token = article.tokens[i]
    helpers = [article.tokens[j] for j in tree.children(article, i, *AUXILIARIES)]
    if any(helper.tag == "MD" for helper in helpers) or token.tag == "MD":
        # "Could not be reached on Monday" tells of the past, as "would have met" does.
        unable = any(helper.lower == "could" for helper in helpers) and tree.children(article, i, "neg")
        return PAST if unable or any(helper.lemma == "have" for helper in helpers) else FUTURE
    if tree.is_infinitive(article, i):
        return _infinitive(article, i, verbs, climbs)
    if any(helper.lemma == "have" for helper in helpers):
        return PAST
    if token.tag == "VBD":
        return PAST
    if token.tag == "VBN":
        return _participle(article, i, [helper.tag for helper in helpers])
    if token.tag == "VBG":
        return _progressive(article, i, [helper.tag for helper in helpers], verbs, climbs)
    if token.tag in {"VBZ", "VBP", "VB"}:
        classes = verbs.get(token.lemma, frozenset())
        return FUTURE if "scheduled" in classes else PAST if "reporting" in classes else OPEN
    return OPEN


def _infinitive(article: Article, i: int, verbs: Mapping[str, frozenset[str]], climbs: int) -> int:
    """Infinitives are to come ("agreed to meet"), but not the perfect ("said to have met") or "managed to meet"."""
    if any(article.tokens[j].lemma == "have" for j in tree.children(article, i, *AUXILIARIES)):
        return PAST
    governor = article.tokens[i].head
    lemma = article.tokens[governor].lemma
    if any(article.tokens[j].lower == "had" for j in tree.children(article, governor, *AUXILIARIES)):
        return PAST
    if governor != i and article.tokens[i].dep in {"xcomp", "advcl"}:
        classes = verbs.get(lemma, frozenset())
        if "plan" not in classes and ("implicative" in classes or article.tokens[i].dep == "advcl"):
            return verb_direction(article, governor, verbs, climbs=climbs - 1)
    return FUTURE


def _participle(article: Article, i: int, tags: list[str]) -> int:
    """A passive has its auxiliary's tense; alone, a past participle tells of the past."""
    if "VBD" in tags or not tags:
        return PAST
    return OPEN if article.tokens[i].dep == "ROOT" or {"VBZ", "VBP"} & set(tags) else PAST


def _progressive(
    article: Article, i: int, tags: list[str], verbs: Mapping[str, frozenset[str]], climbs: int
) -> int:
    """Read an -ing form: "is meeting on Monday" is to come, "was meeting" past; alone, it has its governor's time."""
    if "VBD" in tags:
        return PAST
    if tags:
        return FUTURE if climbs == CLIMBS else OPEN
    for j in tree.ancestors(article, i):
        if article.tokens[j].pos in VERBS:
            return verb_direction(article, j, verbs, climbs=climbs - 1)
    return OPEN
