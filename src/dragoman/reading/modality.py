"""What the words around an event word say of it: negation, modal verbs, adverbs, adjectives, mood.

A verdict is one of the six labels with the token that decided it; verdicts nest (`within`).
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.cues import Cues
from dragoman.reading.article import Article
from dragoman.reading.tree import ancestors, children, is_infinitive

# What an outer label makes of an inner one; a pair that is not listed gives the outer label.
COMPOSED = {
    ("planned", "possible"): "possible",
    ("planned", "demanded"): "demanded",
    ("planned", "hypothetical"): "hypothetical",
    ("planned", "denied"): "denied",
    ("possible", "demanded"): "hypothetical",
    ("possible", "hypothetical"): "hypothetical",
    ("demanded", "possible"): "hypothetical",
    ("demanded", "hypothetical"): "hypothetical",
    ("demanded", "denied"): "hypothetical",
    ("denied", "demanded"): "hypothetical",
    ("denied", "hypothetical"): "denied",
    ("denied", "denied"): "actual",
}

# The tags of a perfect ("has said"), active and passive.
PERFECTS = ({"VBZ", "VBN"}, {"VBP", "VBN"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A label, the token that decided it (None: nothing did), and the rule."""

    label: str
    cue: int | None
    rule: str


ACTUAL = Verdict("actual", None, "factuality: default")


def within(outer: Verdict, inner: Verdict) -> Verdict:
    """Return the inner verdict as seen from within the outer one."""
    if outer.label == "actual" or (outer.cue == inner.cue and outer.label == inner.label):
        return inner
    if inner.label == "actual":
        return outer
    label = COMPOSED.get((outer.label, inner.label), outer.label)
    decided = inner if label == inner.label else outer
    return Verdict(label, decided.cue, decided.rule)


def modified(article: Article, cues: Cues, kind: str, j: int) -> Verdict | None:
    """Return what the word at ``j`` says when the tables know it as a modifier of that kind, else None."""
    word = article.tokens[j].lower
    effect = cues.modifiers.get((kind, word))
    return Verdict(effect, j, f"modifiers: {word}[{kind}]") if effect else None


def own_verdict(article: Article, cues: Cues, i: int) -> Verdict:
    """Return what the words around ``i`` say, before its governor is asked."""
    if article.tokens[i].pos in {"NOUN", "PROPN"} or children(article, i, "det"):
        return noun_verdict(article, cues, i)
    verdict = _negation(article, cues, i)
    if verdict.label != "denied":  # "apparently has not left": hardly in doubt, and surely not told as done
        verdict = within(_adverbs(article, cues, i), verdict)
    for outer in (
        _modal(article, cues, i, negated=verdict.label == "denied"),
        _progressive(article, i),
        _generic(article, cues, i),
        _mood(article, i),
    ):
        verdict = within(outer, verdict)
    return verdict


def _negation(article: Article, cues: Cues, i: int) -> Verdict:
    """Return denied when ``i``, or its subject or object, bears a negation ("not only" is none)."""
    for j in article.children[i]:
        token = article.tokens[j]
        if token.dep in {"neg", "advmod", "preconj"} or (token.dep == "cc" and j < i):
            following = article.tokens[min(j + 1, len(article.tokens) - 1)].lower
            passes_on = ("carrier", token.lower) in cues.modifiers
            below = (k for k in children(article, j, "neg", "det", "advmod") if passes_on)
            found = next((v for k in (j, *below) if (v := modified(article, cues, "negation", k))), None)
            if found and ("softener", following) not in cues.modifiers:
                return found
        elif token.dep in {"nsubj", "nsubjpass"} or (token.dep == "dobj" and not _is_light(article, cues, i)):
            for k in (j, *children(article, j, "det", "neg", "preconj", "cc")):
                if found := modified(article, cues, "negation", k):
                    return found
    return _nor(article, cues, i)


def _nor(article: Article, cues: Cues, i: int) -> Verdict:
    """Return denied for a second clause after "nor": "It has not paid, nor has it promised to"."""
    token = article.tokens[i]
    if token.dep == "conj" and children(article, i, "nsubj", "nsubjpass"):
        for j in children(article, token.head, "cc"):
            if j < i and (found := modified(article, cues, "negation", j)):
                return found
    return ACTUAL


def bears_no_object(article: Article, cues: Cues, i: int) -> Verdict:
    """Return denied for a light verb with "no" such thing, asked of the verb itself: "has no doubts", "there is no law"."""
    for j in children(article, i, "dobj", "attr") if _is_light(article, cues, i) else ():
        for k in (j, *children(article, j, "det", "neg")):
            if found := modified(article, cues, "negation", k):
                return found
    return ACTUAL


def _is_light(article: Article, cues: Cues, i: int) -> bool:
    """Say whether "no" before the object of ``i`` denies that object only: "has no plan", "made no secret"."""
    return ("light", article.tokens[i].lemma) in cues.modifiers


def _has_condition(article: Article, cues: Cues, i: int) -> bool:
    """Say whether ``i`` hangs on something else: "if they met", "would break the law by attacking"."""
    if any(
        children(article, j, "pcomp") for j in children(article, i, "prep") if article.tokens[j].lower == "by"
    ):
        return True
    return any(
        cues.modifiers.get(("mark", article.tokens[k].lower)) == "hypothetical"
        for j in children(article, i, "advcl")
        for k in children(article, j, "mark", "advmod")
    )


def _said_in_past(article: Article, i: int) -> bool:
    """Say whether the clause of ``i`` is reported by a word in the past ("said that they would")."""
    reported = False
    for j in (i, *ancestors(article, i)):
        tags = {article.tokens[k].tag for k in (j, *children(article, j, "aux", "auxpass"))}
        if reported and ("VBD" in tags or tags in PERFECTS):
            return True
        if reported and tags & {"MD", "VBZ", "VBP"}:
            return False
        reported = reported or article.tokens[j].dep in {"ccomp", "acl"}
        if any(article.tokens[k].tag == "VBD" for k in children(article, j, "parataxis")):
            return True
    return False


def _modal(article: Article, cues: Cues, i: int, *, negated: bool) -> Verdict:
    """Return what the modal auxiliary of ``i`` says; what could not be done was not done."""
    for j in children(article, i, "aux"):
        found = modified(article, cues, "modal", j)
        if found is None or article.tokens[j].tag != "MD":
            continue
        perfect = any(article.tokens[k].lower in {"have", "'ve"} for k in children(article, i, "aux"))
        if found.label == "ability":
            return ACTUAL if negated and not perfect else Verdict("possible", j, found.rule)
        if found.label == "would":
            open_ = not perfect and not _has_condition(article, cues, i)
            future = open_ and _said_in_past(article, i)
            if negated and open_ and not future:
                return ACTUAL  # "He would not elaborate": he did not
            return Verdict("planned" if future else "hypothetical", j, found.rule)
        if found.label == "demanded" and perfect:
            return Verdict("possible" if article.tokens[j].lower == "must" else "denied", j, found.rule)
        if found.label == "planned" and _has_condition(article, cues, i):
            return Verdict("hypothetical", j, found.rule)
        return found
    return ACTUAL


def _progressive(article: Article, i: int) -> Verdict:
    """Return planned for "is going to" with a verb or a place: said in the present, it is about the future."""
    token = article.tokens[i]
    if token.tag != "VBG":
        return ACTUAL
    present = [j for j in children(article, i, "aux") if article.tokens[j].tag in {"VBZ", "VBP"}]
    if (
        token.lemma == "go"
        and present
        and any(
            article.tokens[j].lower == "to" or is_infinitive(article, j)
            for j in children(article, i, "prep", "xcomp")
        )
    ):
        return Verdict("planned", present[0], "factuality: going to")
    return ACTUAL


def _generic(article: Article, cues: Cues, i: int) -> Verdict:
    """Return possible for what "you" or "one" does in the present: said of anybody, it tells of nothing done."""
    tags = {article.tokens[j].tag for j in (i, *children(article, i, "aux", "auxpass"))}
    if tags & {"VBD", "VBN", "MD", "TO"} or not tags & {"VBP", "VBZ"}:
        return ACTUAL
    found = (modified(article, cues, "generic", j) for j in children(article, i, "nsubj"))
    return next((verdict for verdict in found if verdict), ACTUAL)


def _adverbs(article: Article, cues: Cues, i: int) -> Verdict:
    verdict = ACTUAL
    for j in children(article, i, "advmod", "npadvmod"):
        if found := modified(article, cues, "adverb", j):
            verdict = within(found, verdict)
        if article.tokens[i].tag not in {"VBD", "VBN"}:
            for k in (j, *children(article, j, "amod")):
                if found := modified(article, cues, "time", k):
                    verdict = within(found, verdict)
    return verdict


def noun_verdict(article: Article, cues: Cues, i: int) -> Verdict:
    """Return what the adjectives and determiners of the noun ``i`` say."""
    verdict = ACTUAL
    for j in children(article, i, "amod", "det", "neg", "preconj", "compound", "nmod"):
        kind = "determiner" if article.tokens[j].dep in {"det", "neg", "preconj"} else "adjective"
        if found := modified(article, cues, kind, j):
            verdict = within(found, verdict)
    return verdict


def _mood(article: Article, i: int) -> Verdict:
    """Return what question and imperative make of the verb ``i``."""
    token = article.tokens[i]
    if token.pos not in {"VERB", "AUX"}:
        return ACTUAL
    if _is_imperative(article, i):
        return Verdict("demanded", i, "factuality: imperative")
    if token.dep != "ROOT":
        return ACTUAL
    below = [article.tokens[j] for j in article.children[i]]
    subject = next((child for child in below if child.dep in {"nsubj", "nsubjpass", "expl"}), None)
    auxiliary = next((child for child in below if child.dep in {"aux", "auxpass"}), None)
    asked = any(child.lower == "?" and child.dep == "punct" for child in below)
    first = article.sentences[token.sentence].first
    wh_word = any(earlier.tag.startswith("W") for earlier in article.tokens[first:i])
    opener = auxiliary or (token if token.pos == "AUX" else None)
    if asked and subject and opener and opener.i < subject.i and not wh_word:
        return Verdict("hypothetical", opener.i, "factuality: question")
    return ACTUAL


def _is_imperative(article: Article, i: int) -> bool:
    """Say whether ``i`` is a bare verb that nothing asks for: "Stop the war", "It is late, so go home"."""
    token = article.tokens[i]
    below = [article.tokens[j] for j in article.children[i]]
    helped = any(
        child.dep in {"nsubj", "nsubjpass", "aux", "auxpass", "mark"} and child.lower != "do"
        for child in below
    )
    if token.tag != "VB" or helped:
        return False
    if token.dep in {"ROOT", "parataxis", "dep"} or any(child.lower == "please" for child in below):
        return True
    first = token.dep in {"advcl", "ccomp"} and i < token.head
    return first or (token.dep in {"advcl", "conj"} and article.tokens[token.head].tag == "VBZ")
