"""How surely did it happen? Each event word gets one label, relative to its innermost source.

The reading goes down the tree: what the governor makes of an event, then what its own negation,
modal verb, adverbs and adjectives do to it (the factuality profiles of FactBank: certainty and
polarity, folded into six labels). All words come from the cue tables. Not attempted: irony,
contradiction by a later sentence, scope of quantifiers.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from dragoman.knowledge.cues import Cues, load_cues
from dragoman.reading.ahead import ahead
from dragoman.reading.article import Article, FactJudgement
from dragoman.reading.embedding import Effect, effect_on, kinds_of
from dragoman.reading.modality import (
    ACTUAL,
    Verdict,
    bears_no_object,
    modified,
    noun_verdict,
    own_verdict,
    within,
)
from dragoman.reading.settling import settle
from dragoman.reading.stage import Stage
from dragoman.reading.tree import SUBJECTS, ancestors, children, descendants, first_conjunct, is_infinitive

# A present-tense clause of time beside one of these is about the future, too.
FUTURE = frozenset({"planned", "hypothetical", "demanded", "possible"})
ADPOSITIONS = frozenset({"ADP", "ADV", "SCONJ", "CCONJ"})
RANKED = frozenset({"first", "second", "third", "last", "latest", "only", "next"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "each", "every"})
# Levels of embedding followed before the rest is taken as plain fact; deeper trees are parse faults.
DEEPEST = 40
# Governors whose labels the trained network is told.
ABOVE = 3
# The complements of nouns like "attempt" that say what is undertaken.
UNDERTAKING = ("inf", "for", "of")
SHARED = Effect("factuality: ordinal", "same", "same")
PURPOSE = Effect("factuality: purpose", "planned", "hypothetical")


def judge(article: Article, i: int, cues: Cues, *, support: int | None = None) -> FactJudgement:
    """Judge the event word at token ``i``; with ``support``, the light verb that carries it ("held" talks)."""
    verdict = by_rules(article, i, cues, support=support)
    word = i if support is None else support
    verdict = settle(article, word, verdict, cues, lambda: labels_above(article, word, cues))
    cue = None if verdict.cue is None else article.span(verdict.cue, verdict.cue + 1)
    return FactJudgement(verdict.label, cue, verdict.rule)


def labels_above(article: Article, i: int, cues: Cues) -> list[str]:
    """Return what the rules say of the governors of ``i``, nearest first."""
    return [by_rules(article, head, cues).label for head in islice(ancestors(article, i), ABOVE)]


def by_rules(article: Article, i: int, cues: Cues, *, support: int | None = None) -> Verdict:
    """Return what the rules alone say of the event word at ``i``; arguments as of `judge`."""
    if support is not None:
        return within(_status(article, cues, support, 0), noun_verdict(article, cues, i))
    verdict = _status(article, cues, i, 0)
    verdict = bears_no_object(article, cues, i) if verdict.label == "actual" else verdict
    return ahead(article, i) if verdict.label == "actual" else verdict


def factuality_stage(cues: Cues | None = None) -> Stage:
    """Return the stage that gives one judgement a trigger, in the triggers' order."""
    tables = cues or load_cues()

    def run(article: Article) -> Mapping[str, Any]:
        facts = [judge(article, t.tokens.head, tables, support=t.support) for t in article.triggers]
        return {"facts": tuple(facts)}

    return Stage("factuality", ("tokens", "sentences", "times", "triggers"), ("facts",), run)


def _status(article: Article, cues: Cues, i: int, depth: int) -> Verdict:
    """Return the verdict on the word at ``i``: its own words within its context.

    What seems not to have happened is told as not done: "it appears that they have not left".
    """
    context, own = _context(article, cues, i, depth), own_verdict(article, cues, i)
    return own if (context.label, own.label) == ("possible", "denied") else within(context, own)


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
        return _nominal(article, cues, i, head, next(kinds_of(article, i)), depth)
    if token.dep in {"pobj", "pcomp"}:
        return _prepositional(article, cues, i, head, depth)
    if token.dep == "advcl":
        return _adverbial(article, cues, i, head, depth)
    if token.dep in {"ccomp", "xcomp", "acl", "relcl", "csubj", "csubjpass"}:
        return _clausal(article, cues, i, head, depth)
    if token.dep in {"compound", "nmod", "amod"}:
        return _compound(article, cues, i, head, depth)
    if token.dep in {"acomp", "attr", "prep", "prt", "auxpass", "aux", "agent"}:
        return _status(article, cues, head, depth)
    return ACTUAL


def _coordinated(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of a second conjunct; it shares what the first one's auxiliaries say if it has none."""
    token, first = article.tokens[i], article.tokens[head]
    linked = any(article.tokens[j].lower in {"or", "nor"} for j in children(article, head, "cc"))
    alone = not children(article, i, "aux", "auxpass", "nsubj", "nsubjpass")
    if alone and (token.tag == first.tag or linked or token.pos in {"NOUN", "PROPN"}):
        return _status(article, cues, head, depth)
    return _context(article, cues, head, depth)


def _nominal(article: Article, cues: Cues, i: int, head: int, kind: str, depth: int) -> Verdict:
    """Return the context of a noun under a predicate.

    By the table; else a definite noun is taken for granted, another shares the predicate's fate. What
    is refused or denied by word of mouth ("rejected a request") was said all the same.
    """
    effect = effect_on(article, cues, head, kind)
    if effect is None:
        verdict = ACTUAL if _is_definite(article, i) else _status(article, cues, head, depth)
        return ACTUAL if verdict.label == "denied" and kind != "np" else verdict
    if effect.positive == "denied" and _is_others_act(article, cues, i, head):
        return ACTUAL
    return _embedded(_status(article, cues, head, depth), head, effect)


def _is_definite(article: Article, i: int) -> bool:
    below = [article.tokens[j] for j in children(article, i, "det", "poss", "compound")]
    named = article.tokens[i].pos in {"PROPN", "PRON"}
    return named or any(child.lower in DEFINITE or child.dep == "poss" for child in below)


def _compound(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of a noun within a noun: a "coup attempt" is an attempt at one."""
    label = cues.modifiers.get(("compound", article.tokens[head].lemma))
    if article.tokens[i].pos != "NOUN" or label is None:
        return ACTUAL
    effect = Effect(f"modifiers: {article.tokens[head].lemma}[compound]", label, "denied")
    return _embedded(_status(article, cues, head, depth), head, effect)


def _is_others_act(article: Article, cues: Cues, i: int, head: int) -> bool:
    """Say whether the noun ``i`` was said or begun before ``head`` denied it: "rejected a request", not "declined comment"."""
    own = effect_on(article, cues, head, "inf")
    if own is not None and own.positive == "denied":
        return False
    return article.tokens[i].lemma in cues.say_nouns or _is_undertaking(article, cues, i)


def _is_undertaking(article: Article, cues: Cues, i: int) -> bool:
    """Say whether the noun ``i`` is an attempt, a plan, an offer: an act of its own, whatever comes of it."""
    return any((article.tokens[i].lemma, "n", kind) in cues.embedders for kind in UNDERTAKING)


def _prepositional(article: Article, cues: Cues, i: int, preposition: int, depth: int) -> Verdict:
    """Return the context of ``i`` after a preposition."""
    token = article.tokens[preposition]
    if found := modified(article, cues, "preposition", preposition):
        return found
    if token.head == preposition:
        return ACTUAL
    head = token.head
    if article.tokens[i].dep == "pcomp" and effect_on(article, cues, head, token.lower) is None:
        found = modified(article, cues, _gerund_kind(article, i, head), preposition)
        if found is not None:
            return within(_status(article, cues, head, depth), found)
    if (
        article.tokens[head].dep in {"prep", "agent", "advmod", "cc"}
        and article.tokens[head].pos in ADPOSITIONS
    ):
        return _prepositional(article, cues, i, head, depth)
    return _nominal(article, cues, i, head, token.lower, depth)


def _gerund_kind(article: Article, i: int, head: int) -> str:
    """Return which modifiers may speak of the verb ``i`` after a preposition on ``head``."""
    if is_infinitive(article, i):
        return "question"  # "advice on how to leave"
    return "noun gerund" if article.tokens[head].pos == "NOUN" else "gerund"


def _adverbial(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of an adverbial clause: by its conjunction, its form, and what it goes with."""
    token = article.tokens[i]
    for j in children(article, i, "mark", "advmod"):
        found = modified(article, cues, "mark", j)
        if found and not (found.label == "planned" and _is_told_as_past(article, i)):
            return found
        if _is_present(article, i) and (found := modified(article, cues, "present mark", j)):
            return found
    governor = _status(article, cues, head, depth)
    if is_infinitive(article, i):
        ranked = any(_is_ranked(article, j) for j in children(article, head, "attr"))
        effect = SHARED if ranked else effect_on(article, cues, head, "inf") or PURPOSE
        return _embedded(governor, head, effect)
    gerund = effect_on(article, cues, head, "ing") if token.tag == "VBG" else None
    if gerund and article.tokens[i - 1].lower != ",":
        return _embedded(governor, head, gerund)
    participle = token.tag in {"VBG", "VBN"} and not children(article, i, "mark", "aux")
    if participle and article.tokens[min(descendants(article, i)) - 1].lower == ",":
        return _status(article, cues, _told_verb(article, head), depth)
    if participle or (token.tag in {"VBZ", "VBP"} and governor.label in FUTURE):
        return governor
    return ACTUAL


def _told_verb(article: Article, i: int) -> int:
    """Return the verb that an aside goes with: not what somebody tries or wants to do, but the trying and wanting."""
    while article.tokens[i].dep in {"xcomp", "advcl", "acl", "pcomp"} and not children(article, i, *SUBJECTS):
        i = article.tokens[i].head
    return i


def _clausal(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of a clause that its governor asks for (or of one that modifies a noun)."""
    token = article.tokens[i]
    for j in children(article, i, "mark"):
        if found := modified(article, cues, "mark", j):
            return found
    if asked := _asked_of(article, cues, i, head):
        verb, made = asked
        return _embedded(_status(article, cues, verb, depth), verb, made)
    kinds = tuple(kinds_of(article, i))
    effect = None if token.dep == "csubj" and kinds[0] == "inf" else effect_on(article, cues, head, *kinds)
    if token.dep == "ccomp" and children(article, i, "mark") and _is_subjunctive(article, i):
        effect = Effect("factuality: subjunctive", "demanded", "hypothetical")
    elif effect is None and kinds[0] == "inf" and is_infinitive(article, i):
        effect = SHARED if _is_ranked(article, head) else None
        effect = effect or (
            PURPOSE
            if article.tokens[head].pos == "VERB"
            else Effect("factuality: infinitive", "hypothetical", "denied")
        )
    elif effect is None and token.dep == "xcomp":
        effect = Effect("factuality: complement", "same", "same")
    if effect is None:
        return _without_effect(article, cues, i, head, depth)
    return _embedded(_status(article, cues, head, depth), head, effect)


def _asked_of(article: Article, cues: Cues, i: int, noun: int) -> tuple[int, Effect] | None:
    """Return verb and effect where an infinitive hangs on the one who is asked: "urged the opposition to boycott" it."""
    token = article.tokens[noun]
    if token.dep != "dobj" or article.tokens[i].dep not in {"acl", "relcl"} or not is_infinitive(article, i):
        return None
    if any(effect_on(article, cues, noun, kind) for kind in kinds_of(article, i)):
        return None
    effect = effect_on(article, cues, token.head, "inf")
    return None if effect is None else (token.head, effect)


def _is_ranked(article: Article, i: int) -> bool:
    """Say whether the noun ``i`` is singled out by order: "became the last country to ratify" it."""
    words = {article.tokens[j].lower for j in children(article, i, "amod", "nummod", "advmod")}
    return bool(words & RANKED)


def _without_effect(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of a clause of which its governor makes nothing by itself.

    Clauses on a noun that is not settled yet ("wants a law that bans") share its fate unless told as past; so do
    gerunds as subjects of what is to come ("ending the siege would help").
    """
    token = article.tokens[i]
    if token.dep in {"acl", "relcl"}:
        verdict = noun_verdict(article, cues, head)
        if _is_told_as_past(article, i) or token.tag == "VBN" or _is_settled(article, i, head):
            return verdict
        governor = _context(article, cues, head, depth)
        open_labels = FUTURE if token.dep == "relcl" else FUTURE - {"planned"}
        return within(governor, verdict) if governor.label in open_labels else verdict
    if token.dep == "csubj" and token.tag == "VBG":
        governor = _status(article, cues, head, depth)
        return governor if governor.label in FUTURE else ACTUAL
    return ACTUAL


def _is_told_as_past(article: Article, i: int) -> bool:
    return any(article.tokens[j].tag == "VBD" for j in (i, *children(article, i, "aux", "auxpass")))


def _is_present(article: Article, i: int) -> bool:
    return any(article.tokens[j].tag in {"VBP", "VBZ"} for j in (i, *children(article, i, "aux", "auxpass")))


def _is_settled(article: Article, i: int, noun: int) -> bool:
    """Say whether there is such a noun, whatever the clause ``i`` on it says: a definite one, a subject, an aside."""
    first = min(descendants(article, i))
    aside = first > 0 and article.tokens[first - 1].lower == ","
    return (
        aside or _is_definite(article, noun) or article.tokens[first_conjunct(article, noun)].dep in SUBJECTS
    )


def _is_subjunctive(article: Article, i: int) -> bool:
    """Say whether the finite clause of ``i`` has a bare verb ("insisted that he be released")."""
    below = [article.tokens[j] for j in children(article, i, "aux", "auxpass")]
    bare = article.tokens[i].tag == "VB" or (bool(below) and below[0].tag == "VB")
    return bare and not any(child.tag in {"MD", "TO", "VBD", "VBZ", "VBP"} for child in below)


def _embedded(verdict: Verdict, head: int, effect: Effect) -> Verdict:
    """Return the context that a predicate of that verdict gives its complement."""
    found = effect.negated if verdict.label == "denied" else effect.positive
    if found == "fact":
        return ACTUAL
    if found == "same":
        return verdict
    own = Verdict(found, head, effect.rule)
    return own if verdict.label in {"actual", "denied"} else within(verdict, own)
