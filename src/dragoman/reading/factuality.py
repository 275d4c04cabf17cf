"""How surely did it happen? Each event word gets one label, relative to its innermost source.

The reading goes down the tree: what the governor makes of an event, then what its own negation,
modal verb, adverbs and adjectives do to it (the factuality profiles of FactBank: certainty and
polarity, folded into six labels). All words come from the cue tables. Not attempted: irony,
contradiction by a later sentence, scope of quantifiers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.knowledge.cues import Cues, load_cues
from dragoman.reading.article import Article, FactJudgement, Token
from dragoman.reading.modality import ACTUAL, Verdict, modified, noun_verdict, own_verdict, within
from dragoman.reading.stage import Stage
from dragoman.reading.tree import children, is_infinitive

# A present-tense clause of time beside one of these is about the future, too.
FUTURE = frozenset({"planned", "hypothetical", "demanded", "possible"})
ADPOSITIONS = frozenset({"ADP", "ADV", "SCONJ", "CCONJ"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "each", "every"})
# Levels of embedding followed before the rest is taken as plain fact; deeper trees are parse faults.
DEEPEST = 40


def judge(article: Article, i: int, cues: Cues, *, support: int | None = None) -> FactJudgement:
    """Judge the event word at token ``i``; with ``support``, the light verb that carries it ("held" talks)."""
    if support is None:
        verdict = _status(article, cues, i, 0)
    else:
        verdict = within(_status(article, cues, support, 0), noun_verdict(article, cues, i))
    cue = None if verdict.cue is None else article.span(verdict.cue, verdict.cue + 1)
    return FactJudgement(verdict.label, cue, verdict.rule)


def factuality_stage(cues: Cues | None = None) -> Stage:
    """Return the stage that gives one judgement a trigger, in the triggers' order."""
    tables = cues or load_cues()

    def run(article: Article) -> Mapping[str, Any]:
        facts = [judge(article, t.tokens.head, tables, support=t.support) for t in article.triggers]
        return {"facts": tuple(facts)}

    return Stage("factuality", ("tokens", "sentences", "triggers"), ("facts",), run)


def _status(article: Article, cues: Cues, i: int, depth: int) -> Verdict:
    """Return the verdict on the word at ``i``: its own words within its context."""
    return within(_context(article, cues, i, depth), own_verdict(article, cues, i))


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
    if token.dep in {"ccomp", "xcomp", "acl", "relcl", "csubj", "csubjpass"}:
        return _clausal(article, cues, i, head, depth)
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
    effect = _effect(article, cues, head, kind)
    if effect is None:
        verdict = ACTUAL if _is_definite(article, i) else _status(article, cues, head, depth)
        return ACTUAL if verdict.label == "denied" and kind != "np" else verdict
    if effect[1] == "denied" and article.tokens[i].lemma in cues.say_nouns:
        return ACTUAL
    return _embedded(_status(article, cues, head, depth), head, effect)


def _is_definite(article: Article, i: int) -> bool:
    below = [article.tokens[j] for j in children(article, i, "det", "poss", "compound")]
    named = article.tokens[i].pos in {"PROPN", "PRON"}
    return named or any(child.lower in DEFINITE or child.dep == "poss" for child in below)


def _prepositional(article: Article, cues: Cues, i: int, preposition: int, depth: int) -> Verdict:
    """Return the context of ``i`` after a preposition."""
    token = article.tokens[preposition]
    if found := modified(article, cues, "preposition", preposition):
        return found
    if token.head == preposition:
        return ACTUAL
    head = token.head
    if (
        article.tokens[head].dep in {"prep", "agent", "advmod", "cc"}
        and article.tokens[head].pos in ADPOSITIONS
    ):
        return _prepositional(article, cues, i, head, depth)
    return _nominal(article, cues, i, head, token.lower, depth)


def _adverbial(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of an adverbial clause: by its conjunction, its form, and what it goes with."""
    token = article.tokens[i]
    for j in children(article, i, "mark", "advmod"):
        found = modified(article, cues, "mark", j)
        if found and not (found.label == "planned" and token.tag == "VBD"):
            return found
    governor = _status(article, cues, head, depth)
    if is_infinitive(article, i):
        effect = _effect(article, cues, head, "inf") or ("factuality: purpose", "planned", "hypothetical")
        return _embedded(governor, head, effect)
    gerund = _effect(article, cues, head, "ing") if token.tag == "VBG" else None
    if gerund and article.tokens[i - 1].lower != ",":
        return _embedded(governor, head, gerund)
    participle = token.tag in {"VBG", "VBN"} and not children(article, i, "mark", "aux")
    if participle or (token.tag in {"VBZ", "VBP"} and governor.label in FUTURE):
        return governor
    return ACTUAL


def _clausal(article: Article, cues: Cues, i: int, head: int, depth: int) -> Verdict:
    """Return the context of a clause that its governor asks for (or of one that modifies a noun)."""
    token = article.tokens[i]
    for j in children(article, i, "mark"):
        if found := modified(article, cues, "mark", j):
            return found
    kinds = tuple(_kinds(article, i))
    effect = _effect(article, cues, head, *kinds)
    if token.dep == "ccomp" and children(article, i, "mark") and _is_subjunctive(article, i):
        effect = ("factuality: subjunctive", "demanded", "hypothetical")
    elif effect is None and kinds[0] == "inf" and is_infinitive(article, i):
        effect = ("factuality: infinitive", "hypothetical", "denied")
    elif effect is None and token.dep == "xcomp":
        effect = ("factuality: complement", "same", "same")
    if effect is None:
        return noun_verdict(article, cues, head) if token.dep in {"acl", "relcl"} else ACTUAL
    return _embedded(_status(article, cues, head, depth), head, effect)


def _is_subjunctive(article: Article, i: int) -> bool:
    """Say whether the finite clause of ``i`` has a bare verb ("insisted that he be released")."""
    below = [article.tokens[j] for j in children(article, i, "aux", "auxpass")]
    bare = article.tokens[i].tag == "VB" or (bool(below) and below[0].tag == "VB")
    return bare and not any(child.tag in {"MD", "TO", "VBD", "VBZ", "VBP"} for child in below)


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


def _effect(article: Article, cues: Cues, head: int, *kinds: str) -> tuple[str, str, str] | None:
    for lemma, pos in _predicates(article, head):
        for kind in kinds:
            if entry := cues.embedders.get((lemma, pos, kind)):
                return entry.id, entry.positive, entry.negated
    return None


def _predicates(article: Article, head: int) -> list[tuple[str, str]]:
    """Return (lemma, part of speech) under which the predicate ``head`` may stand in the table.

    A copula stands for its complement ("is possible"), a verb with a particle for both together.
    """
    token = article.tokens[head]
    particles = [article.tokens[j].lower for j in children(article, head, "prt")]
    found = [(f"{token.lemma} {particle}", "v") for particle in particles]
    found += [(f"{token.lemma} {article.tokens[j].lower}", "v") for j in children(article, head, "advmod")]
    if token.lemma == "be":
        below = [article.tokens[j] for j in children(article, head, "acomp", "attr")]
        found += [(complement.lemma, _part_of_speech(complement)) for complement in below]
    pos = _part_of_speech(token)
    found.append((token.lemma, pos))
    if pos == "a" and token.tag in {"VBN", "VBG"}:
        found.append((token.lemma, "v"))
    if token.tag in {"VBN", "JJ"}:
        found.append((token.lower, "a"))
    return found


def _part_of_speech(token: Token) -> str:
    return {"VERB": "v", "AUX": "v", "ADJ": "a"}.get(token.pos, "n")


def _kinds(article: Article, i: int) -> Iterator[str]:
    """Yield the kinds of complement that ``i`` may be, best first."""
    token = article.tokens[i]
    if token.dep in {"dobj", "nsubjpass", "attr", "oprd", "dative"}:
        yield "np"
    elif token.dep == "nsubj":
        yield "subj"
    elif is_infinitive(article, i):
        yield "inf"
    elif (token.tag == "VBG" and not children(article, i, "aux")) or any(
        article.tokens[j].lower == "having" for j in children(article, i, "aux")
    ):
        yield "ing"
    else:
        if token.tag == "VB" and not children(article, i, "aux", "mark"):
            yield "inf"
        yield "clause"
