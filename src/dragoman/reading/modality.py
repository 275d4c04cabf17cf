"""What the words around an event word say of it: negation, modal verbs, adverbs, adjectives, mood.

A verdict is one of the six labels with the token that decided it; verdicts nest (`within`).
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.cues import Cues
from dragoman.reading.article import Article
from dragoman.reading.tree import ancestors, children

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
    for outer in (
        _modal(article, cues, i, negated=verdict.label == "denied"),
        _adverbs(article, cues, i),
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
            found = modified(article, cues, "negation", j)
            if found and ("softener", following) not in cues.modifiers:
                return found
        elif token.dep in {"nsubj", "nsubjpass", "dobj"}:
            for k in (j, *children(article, j, "det", "neg", "preconj", "cc")):
                if found := modified(article, cues, "negation", k):
                    return found
    return ACTUAL


def _has_condition(article: Article, cues: Cues, i: int) -> bool:
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
            future = _said_in_past(article, i) and not perfect and not _has_condition(article, cues, i)
            return Verdict("planned" if future else "hypothetical", j, found.rule)
        if found.label == "demanded" and perfect:
            return Verdict("possible" if article.tokens[j].lower == "must" else "denied", j, found.rule)
        if found.label == "planned" and _has_condition(article, cues, i):
            return Verdict("hypothetical", j, found.rule)
        return found
    return ACTUAL


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
    for j in children(article, i, "amod", "det", "neg", "compound", "nmod"):
        kind = "determiner" if article.tokens[j].dep in {"det", "neg"} else "adjective"
        if found := modified(article, cues, kind, j):
            verdict = within(found, verdict)
    return verdict


def _mood(article: Article, i: int) -> Verdict:
    """Return what question and imperative make of the main verb ``i``."""
    token = article.tokens[i]
    if token.dep != "ROOT" or token.pos not in {"VERB", "AUX"}:
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
    if token.tag == "VB" and subject is None and auxiliary is None:
        return Verdict("demanded", i, "factuality: imperative")
    return ACTUAL
