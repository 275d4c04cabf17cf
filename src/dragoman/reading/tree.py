"""Walks over the dependency tree of an article: the shared vocabulary of the stages.

Labels are ClearNLP's as spaCy's English pipelines give them (nsubj, dobj, prep, pobj, agent, …).
Every function takes the article and token positions and returns token positions.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.article import Article

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
VERBS = frozenset({"VERB", "AUX"})
# Adverbs by which a further verb goes on in the voice of the first.
SEQUELS = frozenset({"then", "later", "subsequently", "afterwards"})
# Verbs whose object does what the infinitive after it says ("sent troops to fight"), as "used force to win" does not.
COMMISSIONS = frozenset({"send", "dispatch", "deploy", "set", "establish", "form", "create", "appoint", "assign", "hire",
                         "recruit", "order", "task", "instruct"})  # fmt: skip
# Verbs that share an object stand at most so far apart ("shot and then killed"). Tokens.
NEAR = 3
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
CLAUSE_LINKS = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "csubj", "parataxis"})


def children(article: Article, i: int, *labels: str) -> list[int]:
    """Return the dependents of ``i``, in order; with labels, only those."""
    found = article.children[i]
    return [j for j in found if article.tokens[j].dep in labels] if labels else list(found)


def descendants(article: Article, i: int) -> Iterator[int]:
    """Yield ``i`` and everything below it, parents before their dependents."""
    stack = [i]
    while stack:
        j = stack.pop()
        yield j
        stack.extend(reversed(article.children[j]))


def ancestors(article: Article, i: int) -> Iterator[int]:
    """Yield the governors of ``i``, nearest first, up to the root of its sentence."""
    while article.tokens[i].head != i:
        i = article.tokens[i].head
        yield i


def extent(article: Article, i: int) -> tuple[int, int]:
    """Return first and last (excluded) token of the subtree of ``i``."""
    low = high = i
    for j in descendants(article, i):
        low, high = min(low, j), max(high, j)
    return low, high + 1


def conjuncts(article: Article, i: int) -> list[int]:
    """Return ``i`` and what is coordinated with it below ("A, B and C": from A, all three)."""
    found = [i]
    for j in found:
        found.extend(children(article, j, "conj"))
    return found


def first_conjunct(article: Article, i: int) -> int:
    """Return the head of the coordination that ``i`` stands in (``i`` itself when in none)."""
    while article.tokens[i].dep == "conj":
        i = article.tokens[i].head
    return i


def is_passive(article: Article, i: int) -> bool:
    """Say whether the verb ``i`` is passive: by its auxiliary or subject, or as a participle without "have"."""
    if children(article, i, "nsubjpass", "auxpass", "csubjpass"):
        return True
    if article.tokens[i].tag != "VBN":
        return _goes_on_passive(article, i)
    first = first_conjunct(article, i)
    if first != i and article.tokens[first].pos in VERBS:
        return is_passive(article, first)
    if first != i:
        return article.tokens[first].dep == "attr" and not children(article, i, "aux", "nsubj", *OBJECTS)
    return not children(article, i, "aux", "nsubj")


def _goes_on_passive(article: Article, i: int) -> bool:
    """Say whether a past form goes on a passive in spite of its tag: "he was tased and then shot"."""
    token = article.tokens[i]
    then = any(article.tokens[j].lower in SEQUELS for j in children(article, i, "advmod"))
    if (
        token.dep != "conj"
        or token.tag != "VBD"
        or not then
        or children(article, i, "aux", *SUBJECTS, *OBJECTS)
    ):
        return False
    return bool(children(article, token.head, "nsubjpass", "auxpass"))


def own_subjects(article: Article, i: int) -> list[int]:
    """Return the surface subjects of the verb ``i``, coordination unfolded, its own only."""
    return [k for j in children(article, i, *SUBJECTS) for k in conjuncts(article, j)]


def subjects(article: Article, i: int) -> list[int]:
    """Return the surface subjects of the verb ``i``, its own or understood.

    Followed: coordinated verbs ("met and signed"), control and raising ("were expected to meet",
    "helped X to leave": the object where there is one), reduced and full relative clauses ("forces
    fighting in X"), adverbial participles ("After arriving, Kim …").
    """
    for _ in range(6):
        if own := own_subjects(article, i):
            return resolve_relative(article, own, i)
        token = article.tokens[i]
        if token.head == i:
            return []
        if token.dep in {"acl", "relcl"} and article.tokens[token.head].pos in NOUNS:
            return _described(article, i)
        if is_infinitive(article, i) and (asked := _asked(article, i)):
            return asked
        if token.dep == "xcomp" and (objects := children(article, token.head, *OBJECTS)):
            return [k for j in objects for k in conjuncts(article, j)]
        if token.dep == "pcomp" and (judged := _judged(article, token.head)):
            return judged
        if token.dep not in {
            "conj",
            "xcomp",
            "advcl",
            "pcomp",
            "prep",
            "ccomp",
            "dep",
            "acl",
            "acomp",
            "oprd",
            "attr",
        }:
            return []
        if token.dep == "ccomp" and token.tag != "VB":
            return []
        i = token.head
    return []


def authors(article: Article, i: int) -> list[int]:
    """Return who made the thing that the participle ``i`` hangs on: from "issued a report accusing X", the issuer.

    The subject of the verb that has it as its object, or who it is from.
    """
    verb = first_conjunct(article, i)
    if article.tokens[verb].dep != "acl":
        return []
    noun = article.tokens[verb].head
    outer = article.tokens[first_conjunct(article, noun)]
    if outer.dep in OBJECTS and article.tokens[outer.head].pos == "VERB":
        return subjects(article, outer.head)
    return prepositional(article, noun, "by", "from")


def is_relative(article: Article, i: int) -> bool:
    """Say whether the clause of ``i`` is a relative one, with its pronoun ("the report that angered Iran")."""
    below = [k for j in article.children[i] for k in (j, *article.children[j])]
    return any(article.tokens[j].tag in {"WDT", "WP", "WP$", "WRB"} for j in below)


def _asked(article: Article, i: int) -> list[int]:
    """Return who is asked to do the infinitive ``i``: "called on Iran to stop"."""
    first = min([i, *children(article, i, "aux", "advmod", "neg")])
    before = first - 1
    if (
        before < 1
        or article.tokens[before].dep not in {"pobj", "conj"}
        or article.tokens[before].entity in {"DATE", "TIME"}
    ):
        return []
    pobj = first_conjunct(article, before)
    preposition = article.tokens[pobj].head
    same_verb = article.tokens[preposition].head == article.tokens[i].head
    if (
        article.tokens[preposition].lower in {"on", "upon"}
        and same_verb
        and preposition > article.tokens[i].head
    ):
        return conjuncts(article, pobj)
    return []


def _judged(article: Article, preposition: int) -> list[int]:
    """Return who is thanked for, accused of, or kept from doing what follows the preposition: its understood subject."""
    word, verb = article.tokens[preposition].lower, article.tokens[preposition].head
    if word == "from":
        return objects_of(article, verb, persons=False)
    if word not in {"for", "of"}:
        return []
    return objects_of(article, verb, persons=True) or prepositional(article, verb, "to")


def objects_of(article: Article, i: int, *, persons: bool) -> list[int]:
    """Return the direct objects of ``i``; with ``persons`` only those that are names or pronouns."""
    found = [k for j in children(article, i, *OBJECTS) for k in conjuncts(article, j)]
    return [k for k in found if article.tokens[k].pos in {"PROPN", "PRON"}] if persons else found


def resolve_relative(article: Article, found: list[int], verb: int) -> list[int]:
    """Replace relative pronouns among ``found`` by the noun that the clause of ``verb`` hangs on."""
    if article.tokens[verb].dep != "relcl":
        return found
    relative = {"WDT", "WP"}
    return [article.tokens[verb].head if article.tokens[j].tag in relative else j for j in found]


def _described(article: Article, i: int) -> list[int]:
    """Return whom the relative or reduced clause ``i`` tells of; nobody for an infinitive ("a plan to attack")."""
    if (named := _named_before(article, i)) is not None:
        return [named]
    return [] if is_infinitive(article, i) else conjuncts(article, article.tokens[i].head)


def _named_before(article: Article, i: int) -> int | None:
    """Return the name that a participle after a comma tells of, where it hangs on a noun before: "arrest of X, indicted as …"."""
    head = article.tokens[i].head
    name = i - 2
    if (
        article.tokens[i].dep != "acl"
        or article.tokens[i].tag != "VBN"
        or name <= head
        or article.tokens[i - 1].lower != ","
    ):
        return None
    inside = article.tokens[name].pos == "PROPN" and head in ancestors(article, name)
    return name if inside and article.tokens[name].dep in {"pobj", "poss"} else None


def commissioned(article: Article, i: int) -> int | None:
    """Return who is set up or sent to do what the infinitive ``i`` says: "set up a panel to investigate".

    The object right before the infinitive, if it is a noun without definite article; who owns the verb may
    as well be meant ("held a rally to protest"), so it must prove to be an actor.
    """
    verb = article.tokens[i].head
    before = min([i, *children(article, i, "aux", "advmod", "neg")]) - 1
    if article.tokens[i].dep != "advcl" or not is_infinitive(article, i) or is_passive(article, verb):
        return None
    if article.tokens[verb].lemma not in COMMISSIONS:
        return None
    if before not in objects_of(article, verb, persons=False) or article.tokens[before].pos != "NOUN":
        return None
    definite = any(
        article.tokens[j].lower not in {"a", "an"} for j in children(article, before, "det", "poss")
    )
    return None if definite else before


def shared_objects(article: Article, i: int) -> list[int]:
    """Return the objects of the verb coordinated right after ``i``: "shot and killed two men"."""
    following = children(article, i, "conj")
    near = [j for j in following if article.tokens[j].pos == "VERB" and j - i <= NEAR]
    if not near or children(article, i, *OBJECTS, "ccomp", "xcomp") or is_passive(article, i):
        return []
    return [] if own_subjects(article, near[0]) else objects_of(article, near[0], persons=False)


def is_infinitive(article: Article, i: int) -> bool:
    """Say whether the verb ``i`` is an infinitive with "to"."""
    return any(article.tokens[j].tag == "TO" for j in article.children[i])


def objects(article: Article, i: int) -> list[int]:
    """Return the direct objects of the active verb ``i``, coordination unfolded.

    The subject of an infinitive complement counts ("urged Iran to stop" is often parsed so), and in a
    relative clause the noun it hangs on, when the clause has its own subject and no other object.
    """
    if direct := objects_of(article, i, persons=False):
        outer = relative_head(article, i)
        return [outer if outer != i and article.tokens[j].tag in {"WDT", "WP"} else j for j in direct]
    for j in children(article, i, "ccomp"):
        if is_infinitive(article, j) and (raised := own_subjects(article, j)):
            return raised
    token = article.tokens[i]
    if token.dep == "relcl" and own_subjects(article, i) == resolve_relative(
        article, own_subjects(article, i), i
    ):
        return [token.head] if own_subjects(article, i) and not children(article, i, "ccomp", "xcomp") else []
    return []


def relative_head(article: Article, i: int) -> int:
    """Return the noun that the relative clause around ``i`` hangs on (``i`` itself outside of one)."""
    for j in [i, *ancestors(article, i)]:
        if article.tokens[j].dep == "relcl":
            return article.tokens[j].head
    return i


def prepositional(article: Article, i: int, *prepositions: str) -> list[int]:
    """Return the nouns that hang on ``i`` by one of the prepositions, coordination unfolded.

    "by" also finds the agent of a passive. Without prepositions, all are taken.
    """
    found = []
    for j in children(article, i, "prep", "agent", "dative"):
        if prepositions and article.tokens[j].lower not in prepositions:
            continue
        for k in children(article, j, "pobj", "pcomp"):
            found.extend(conjuncts(article, k))
        found.extend(k for p in children(article, j, "prep") for k in children(article, p, "pobj"))
    return found
