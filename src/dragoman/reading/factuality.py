"""How surely did it happen? Each event word gets one label, relative to its innermost source.

The reading goes down the tree: what the governor makes of an event, then what its own negation,
modal verb, adverbs and adjectives do to it (the factuality profiles of FactBank: certainty and
polarity, folded into six labels). All words come from the cue tables. Not attempted: irony,
contradiction by a later sentence, scope of quantifiers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.knowledge.cues import Cues, load_cues
from dragoman.reading.article import Article, FactJudgement, Token
from dragoman.reading.stage import Stage
from dragoman.reading.tree import children, is_infinitive, is_passive

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
    ("denied", "hypothetical"): "hypothetical",
    ("denied", "denied"): "actual",
}
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "each", "every"})
# Levels of embedding followed before the rest is taken as plain fact; deeper trees are parse faults.
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Verdict:
    """A label, the token that decided it (None: nothing did), and the rule."""

    label: str
    cue: int | None
    rule: str


ACTUAL = Verdict("actual", None, "factuality: default")


def within(outer: Verdict, inner: Verdict) -> Verdict:
    """Return the inner verdict as seen from within the outer one."""
    if outer.label == "actual":
        return inner
    if inner.label == "actual":
        return outer
    label = COMPOSED.get((outer.label, inner.label), outer.label)
    decided = inner if label == inner.label else outer
    return Verdict(label, decided.cue, decided.rule)


def _word(token: Token) -> str:
    return "n't" if token.lower in {"nt", "not"} and token.dep == "neg" and token.lower == "nt" else token.lower


def _modified(article: Article, cues: Cues, kind: str, j: int, *, lemma: bool = False) -> Verdict | None:
    word = article.tokens[j].lemma if lemma else _word(article.tokens[j])
    effect = cues.modifiers.get((kind, word))
    return Verdict(effect, j, f"modifiers: {word}[{kind}]") if effect else None


def _negation(article: Article, cues: Cues, i: int) -> Verdict:
    """Return denied when ``i``, or its subject or object, bears a negation."""
    for j in article.children[i]:
        token = article.tokens[j]
        if token.dep in {"neg", "advmod", "preconj", "cc", "intj"} and (
            found := _modified(article, cues, "negation", j)
        ):
            if token.dep == "cc" and j > i:
                continue
            if token.lower == "no" and token.dep == "intj":
                continue
            return found
        if token.dep in {"nsubj", "nsubjpass", "dobj"}:
            inside = [j] if token.pos == "PRON" else children(article, j, "det", "neg")
            for k in inside:
                if found := _modified(article, cues, "negation", k):
                    return found
    return ACTUAL


def _has_condition(article: Article, cues: Cues, i: int) -> bool:
    return any(
        ("mark", article.tokens[k].lower) in cues.modifiers
        for j in children(article, i, "advcl")
        for k in children(article, j, "mark", "advmod")
    )


def _said_in_past(article: Article, i: int) -> bool:
    """Say whether the clause of ``i`` is reported by a verb in the past ("said that they would")."""
    for _ in range(DEEPEST):
        token = article.tokens[i]
        if token.dep == "ccomp" and token.head != i:
            head = article.tokens[token.head]
            past = {"VBD", "VBN"}
            return head.tag in past or any(article.tokens[j].tag in past for j in children(article, head.i, "aux"))
        if token.dep == "parataxis" or token.dep not in {"conj", "xcomp", "pobj", "dobj", "prep"}:
            return any(article.tokens[j].tag == "VBD" for j in children(article, i, "parataxis"))
        i = token.head
    return False


def _modal(article: Article, cues: Cues, i: int) -> Verdict:
    """Return what the modal auxiliary of ``i`` says."""
    for j in children(article, i, "aux"):
        found = _modified(article, cues, "modal", j)
        if found is None or article.tokens[j].tag != "MD":
            continue
        perfect = any(article.tokens[k].lower in {"have", "'ve"} for k in children(article, i, "aux"))
        if found.label == "would":
            future = _said_in_past(article, i) and not perfect and not _has_condition(article, cues, i)
            return Verdict("planned" if future else "hypothetical", j, found.rule)
        if found.label == "demanded" and perfect:
            return Verdict("denied", j, found.rule)
        if found.label == "planned" and _has_condition(article, cues, i):
            return Verdict("hypothetical", j, found.rule)
        return found
    return ACTUAL


def _adverbs(article: Article, cues: Cues, i: int) -> Verdict:
    verdict = ACTUAL
    for j in children(article, i, "advmod", "npadvmod"):
        if found := _modified(article, cues, "adverb", j):
            verdict = within(found, verdict)
        if article.tokens[i].tag not in {"VBD", "VBN"}:
            for k in (j, *children(article, j, "amod")):
                if found := _modified(article, cues, "time", k):
                    verdict = within(found, verdict)
    return verdict


def _noun_modifiers(article: Article, cues: Cues, i: int) -> Verdict:
    verdict = ACTUAL
    for j in children(article, i, "amod", "det", "neg", "compound", "nmod"):
        kind = "determiner" if article.tokens[j].dep in {"det", "neg"} else "adjective"
        if found := _modified(article, cues, kind, j):
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
    first = article.sentences[token.sentence].first
    asked = any(child.lower == "?" and child.dep == "punct" for child in below)
    wh_word = any(t.tag.startswith("W") for t in article.tokens[first : i + 1])
    opener = auxiliary or (token if token.pos == "AUX" else None)
    if asked and subject and opener and opener.i < subject.i and not wh_word:
        return Verdict("hypothetical", opener.i, "factuality: question")
    if token.tag == "VB" and subject is None and auxiliary is None and i - first <= 1:
        return Verdict("demanded", i, "factuality: imperative")
    return ACTUAL


def _own(article: Article, cues: Cues, i: int) -> Verdict:
    """Return what the words around ``i`` say, before its governor is asked."""
    if article.tokens[i].pos in {"NOUN", "PROPN"} or children(article, i, "det"):
        return _noun_modifiers(article, cues, i)
    verdict = _negation(article, cues, i)
    for outer in (_modal(article, cues, i), _adverbs(article, cues, i), _mood(article, i)):
        verdict = within(outer, verdict)
    return verdict


def _embedded(verdict: Verdict, head: int, effect: tuple[str, str, str]) -> Verdict:
    """Return the context that a predicate of that verdict gives its complement."""
    rule, positive, negated = effect
    found = negated if verdict.label == "denied" else positive
    if found == "fact":
        return ACTUAL
    if found == "same":
        return verdict
    own = Verdict(found, head, rule)
    return own if verdict.label in {"actual", "denied"} else within(verdict, own)


def _kinds(article: Article, i: int) -> Iterator[str]:
    """Yield the kinds of complement that ``i`` may be, best first."""
    token = article.tokens[i]
    if token.dep in {"dobj", "nsubjpass", "attr", "oprd", "dative"}:
        yield "np"
    elif token.dep == "nsubj":
        yield "subj"
    elif is_infinitive(article, i):
        yield "inf"
    elif token.tag == "VBG" and not children(article, i, "aux"):
        yield "ing"
    else:
        yield "clause"


def _part_of_speech(token: Token) -> str:
    return {"VERB": "v", "AUX": "v", "ADJ": "a"}.get(token.pos, "n")


def _predicates(article: Article, head: int) -> list[tuple[str, str]]:
    """Return (lemma, part of speech) under which the predicate ``head`` may stand in the table.

    A copula stands for its complement ("is possible"), a verb with a particle for both together.
    """
    token = article.tokens[head]
    particles = [article.tokens[j].lower for j in children(article, head, "prt")]
    found = [(f"{token.lemma} {particle}", "v") for particle in particles]
    if token.lemma == "be":
        for j in children(article, head, "acomp", "attr"):
            found.append((article.tokens[j].lemma, _part_of_speech(article.tokens[j])))
    pos = _part_of_speech(token)
    found.append((token.lemma, pos))
    if pos == "a" and token.tag in {"VBN", "VBG"}:
        found.append((token.lemma, "v"))
    if token.tag in {"VBN", "JJ"}:
        found.append((token.lower, "a"))
    return found


def _effect(article: Article, cues: Cues, head: int, kind: str) -> tuple[str, str, str] | None:
    for lemma, pos in _predicates(article, head):
        if entry := cues.embedders.get((lemma, pos, kind)):
            return entry.id, entry.positive, entry.negated
    return None


def _is_definite(article: Article, i: int) -> bool:
    below = [article.tokens[j] for j in children(article, i, "det", "poss", "compound")]
    named = article.tokens[i].pos in {"PROPN", "PRON"}
    return named or any(child.lower in DEFINITE or child.dep == "poss" for child in below)


def _nominal(article: Article, cues: Cues, i: int, head: int, kind: str, depth: int) -> Verdict:
    """Return the context of a noun under a predicate: by the table, else a definite noun is taken for granted."""
    effect = _effect(article, cues, head, kind)
    if effect is None:
        effect = ("factuality: presupposed", "fact", "fact") if _is_definite(article, i) else None
    if effect is None:
        return _status(article, cues, head, depth)
    return _embedded(_status(article, cues, head, depth), head, effect)


def _prepositional(article: Article, cues: Cues, i: int, preposition: int, depth: int) -> Verdict:
    """Return the context of ``i`` after a preposition."""
    token = article.tokens[preposition]
    if found := _modified(article, cues, "preposition", preposition):
        return found
    if token.head == preposition:
        return ACTUAL
    head = token.head
    if article.tokens[head].dep in {"prep", "agent"} and article.tokens[head].pos == "ADP":
        return _prepositional(article, cues, i, head, depth)
    return _nominal(article, cues, i, head, token.lower, depth)


def _adverbial(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of an adverbial clause."""
    for j in children(article, i, "mark", "advmod"):
        if found := _modified(article, cues, "mark", j):
            return found
    if effect := _effect(article, cues, head, next(_kinds(article, i))):
        if is_infinitive(article, i):
            return _embedded(_status(article, cues, head, depth), head, effect)
    if is_infinitive(article, i):
        return Verdict("hypothetical", i, "factuality: purpose")
    governor = _status(article, cues, head, depth)
    if article.tokens[i].tag in {"VBG", "VBN"} and not children(article, i, "mark", "aux"):
        return governor
    if article.tokens[i].tag in {"VBZ", "VBP"} and governor.label in {"planned", "hypothetical"}:
        return governor
    return ACTUAL


def _clausal(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of a clause that its governor asks for (or of one that modifies a noun)."""
    token = article.tokens[i]
    kind = next(_kinds(article, i))
    for j in children(article, i, "mark"):
        if (found := _modified(article, cues, "mark", j)) and token.dep in {"ccomp", "acl", "pcomp"}:
            return found
    effect = _effect(article, cues, head, kind)
    if effect is None and kind == "inf":
        effect = ("factuality: infinitive", "hypothetical", "denied")
    elif effect is None and token.dep == "xcomp":
        effect = ("factuality: complement", "same", "same")
    if effect is None:
        return ACTUAL
    return _embedded(_status(article, cues, head, depth), head, effect)


def _coordinated(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of a second conjunct; it shares what the first one's auxiliaries say if it has none."""
    token, first = article.tokens[i], article.tokens[head]
    alone = not children(article, i, "aux", "auxpass", "nsubj", "nsubjpass")
    if alone and (token.tag == first.tag or token.pos in {"NOUN", "PROPN"}):
        return _status(article, cues, head, depth)
    return _context(article, cues, head, depth)


def _context(article: Article, cues: Cues, i: int, depth: int) -> Verdict:
    """Return what the governor of ``i`` makes of it."""
    token = article.tokens[i]
    head = token.head
    if head == i or depth > DEEPEST:
        return ACTUAL
    depth += 1
    if token.dep == "conj":
        return _coordinated(article, cues, i, head, depth)
    if token.dep in {"dobj", "nsubjpass", "nsubj", "oprd", "dative"}:
        return _nominal(article, cues, i, head, next(_kinds(article, i)), depth)
    if token.dep in {"pobj", "pcomp"}:
        return _prepositional(article, cues, i, head, depth)
    if token.dep == "advcl":
        return _adverbial(article, cues, i, head, depth)
    if token.dep in {"ccomp", "xcomp", "acl", "csubj", "csubjpass"}:
        return _clausal(article, cues, i, head, depth)
    if token.dep in {"acomp", "attr", "prep", "prt", "auxpass", "aux", "agent"}:
        return _status(article, cues, head, depth)
    return ACTUAL


def _status(article: Article, cues: Cues, i: int, depth: int) -> Verdict:
    """Return the verdict on the word at ``i``: its own words within its context."""
    return within(_context(article, cues, i, depth), _own(article, cues, i))


def judge(article: Article, i: int, cues: Cues, *, support: int | None = None) -> FactJudgement:
    """Judge the event word at token ``i``; with ``support``, the light verb that carries it ("held" talks)."""
    if support is None:
        verdict = _status(article, cues, i, 0)
    else:
        verdict = within(_status(article, cues, support, 0), _noun_modifiers(article, cues, i))
    cue = None if verdict.cue is None else article.span(verdict.cue, verdict.cue + 1)
    return FactJudgement(verdict.label, cue, verdict.rule)


def factuality_stage(cues: Cues | None = None) -> Stage:
    """Return the stage that gives one judgement a trigger, in the triggers' order."""
    tables = cues or load_cues()

    def run(article: Article) -> Mapping[str, Any]:
        facts = [judge(article, t.tokens.head, tables, support=t.support) for t in article.triggers]
        return {"facts": tuple(facts)}

    return Stage("factuality", ("tokens", "sentences", "triggers"), ("facts",), run)
