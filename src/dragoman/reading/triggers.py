"""Triggers: the words that may tell of an event, and the lexicon entry that fits their surroundings.

Only common nouns and verbs trigger: capitals inside headlines and names ("the Treaty of Rome") do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.knowledge.lexicon import NOT_AN_EVENT, Condition, Entry, Lexicon
from dragoman.reading import tree
from dragoman.reading.article import Article, TokenRange, Trigger
from dragoman.reading.fillers import MODIFIERS, Fillers
from dragoman.reading.stage import Stage

# Universal parts of speech for each letter of the lexicon's column ``pos``.
PARTS = {"v": {"VERB"}, "n": {"NOUN"}, "a": {"ADJ"}}
# After these a bare -ing form is what happened ("tense after shooting").
SEQUELS = frozenset({"after", "since", "during", "amid", "following", "despite"})
PLACES = frozenset({"GPE", "LOC"})
COUNTS = frozenset({"CARDINAL", "QUANTITY", "PERCENT"})
# A participle or gerund in these positions describes a noun ("occupied territory").
ATTRIBUTIVE = frozenset({"amod", "compound", "nmod", "case", "prep"})


def find_triggers(article: Article, lexicon: Lexicon) -> tuple[Trigger, ...]:
    """Return the triggers of the article, in order; what the lexicon calls no event is left out."""
    fillers = Fillers(article)
    found = []
    for token in article.tokens:
        noun = _is_verbal_noun(article, token.i)
        entries = lexicon.by_head.get(token.lower if noun else token.lemma)
        if entries and (trigger := _trigger_at(article, token.i, entries, lexicon, fillers)):
            found.append(trigger)
    carried = {trigger.support for trigger in found}
    taken = {i for trigger in found for i in range(trigger.tokens.first, trigger.tokens.last - 1)}
    told = _told_by_verbs(article, [t for t in found if t.tokens.head not in carried], lexicon)
    return tuple(
        trigger for trigger in found
        if trigger.tokens.head not in carried | told
        and not (trigger.tokens.head in taken and trigger.tokens.last - trigger.tokens.first == 1)
    )  # fmt: skip


def _told_by_verbs(article: Article, found: Sequence[Trigger], lexicon: Lexicon) -> set[int]:
    """Return the nouns that a verb of doing together names as what is done: "struck a deal" is one event."""
    told: set[int] = set()
    for trigger in found:
        entry = lexicon.by_id[trigger.entry]
        if entry.pos != "v" or "sym" not in entry.flags:
            continue
        named = {w for c in entry.when if c.subject == "obj" and not c.negated for w in c.words}
        told |= {i for i in undergoers(article, trigger.tokens.head) if article.tokens[i].lemma in named}
    return told


def _trigger_at(
    article: Article, i: int, entries: tuple[Entry, ...], lexicon: Lexicon, fillers: Fillers
) -> Trigger | None:
    token = article.tokens[i]
    fitting: list[tuple[Entry, int]] = []
    part = "NOUN" if _is_verbal_noun(article, i) else token.pos
    for entry in entries:
        if part not in PARTS[entry.pos] or (entry.pos == "v" and token.dep in ATTRIBUTIVE):
            continue
        first = _phrase_start(article, i, entry.words)
        if first is not None and all(_holds(article, i, condition, fillers) for condition in entry.when):
            fitting.append((entry, first))
    if not fitting:
        return None
    entry, first = max(fitting, key=lambda pair: _precision(pair[0]))
    if entry.event_type == NOT_AN_EVENT:
        return None
    support = support_verb(article, i, lexicon) if entry.pos == "n" else None
    if "support" in entry.flags:
        if support is None and not (
            fillers.possessors(i) or _held(article, i, fillers) or _stands_alone(article, i)
        ):
            return None
        if support is not None and support < first:
            first = support
    return Trigger(TokenRange(first, i + 1, i), entry.id, support)


def _held(article: Article, i: int, fillers: Fillers) -> bool:
    """Say whether a phrase names who did what the noun ``i`` tells of: "a raid by", "warnings from"."""
    anchors = [i]
    if article.tokens[i].dep in tree.OBJECTS:
        anchors.append(article.tokens[i].head)
    after = [j for k in anchors for j in tree.prepositional(article, k, "from") if j > i]
    return any(fillers.at(j) is not None for j in (*tree.prepositional(article, i, "by"), *after))


def _stands_alone(article: Article, i: int) -> bool:
    """Say whether a noun is a whole sentence, with its place: "More gunfire in Kosovo", "there was gunfire"."""
    token = article.tokens[i]
    told = token.dep == "attr" and tree.children(article, token.head, "expl")
    whole = token.head == i and not tree.children(article, i, "nsubj", "cop", "aux")
    return bool(told or whole) and any(
        article.tokens[j].entity in PLACES
        for k in tree.children(article, i, "prep")
        for j in tree.descendants(article, k)
    )


def _is_verbal_noun(article: Article, i: int) -> bool:
    """Say whether an -ing form is a noun that the parser took for a verb: "the party's standing", "calm after shooting"."""
    token = article.tokens[i]
    if token.tag != "VBG":
        return False
    below = article.children[i]
    owned = any(
        article.tokens[k].tag == "POS" for j in tree.children(article, i, "poss") for k in article.children[j]
    )
    bare = token.dep == "pcomp" and not below and article.tokens[token.head].lower in SEQUELS
    return bare or (owned and not tree.children(article, i, *tree.OBJECTS, *tree.SUBJECTS))


def _precision(entry: Entry) -> tuple[int, int, int, bool]:
    """Return how closely an entry says when it holds: of several the one with the highest is taken.

    "struck a deal with Iraq": the line for the word "deal" says more than the one for any object that holds an actor.
    """
    named = sum(bool(condition.words) for condition in entry.when)
    return len(entry.when), named, len(entry.words), entry.event_type == NOT_AN_EVENT


def support_verb(article: Article, i: int, lexicon: Lexicon) -> int | None:
    """Return the verb that merely carries the noun ``i``: "held talks", "the attack took place", or None."""
    head_noun = tree.first_conjunct(article, i)
    token = article.tokens[head_noun]
    verb = token.head
    for j in tree.children(article, i, "relcl"):
        if _carries_before(article, j) and lexicon.supports(article.tokens[j].lemma, article.tokens[i].lemma):
            return j
    if article.tokens[verb].pos not in {"VERB", "AUX"}:
        return None
    lemma = article.tokens[verb].lemma
    if token.dep in tree.OBJECTS or (token.dep in tree.SUBJECTS and tree.is_passive(article, verb)):
        return verb if lexicon.supports(lemma, article.tokens[i].lemma) else None
    if token.dep in tree.SUBJECTS and lexicon.occurs(
        lemma, [article.tokens[j].lemma for j in tree.objects(article, verb)]
    ):
        return verb
    return None


def _carries_before(article: Article, i: int) -> bool:
    """Say whether the relative clause of ``i`` has a subject and the noun before it as its object: "the curfew it imposed"."""
    subjects = tree.own_subjects(article, i)
    own = [j for j in subjects if article.tokens[j].tag not in {"WDT", "WP"}]
    return bool(own) and not tree.children(article, i, *tree.OBJECTS)


def _phrase_start(article: Article, i: int, words: tuple[str, ...]) -> int | None:
    """Return where the phrase that ends at ``i`` begins, hyphens skipped; None when the words differ."""
    position = i
    for word in reversed(words[:-1]):
        position -= 1
        while position >= 0 and article.tokens[position].text == "-":
            position -= 1
        if position < 0 or word not in {article.tokens[position].lemma, article.tokens[position].lower}:
            return None
    return position


def _lemmas(article: Article, heads: list[int]) -> set[str]:
    """Return the lemmas of the heads, also joined with the modifier before them ("ballistic missile").

    Of what is counted, too: "dozens of prisoners".
    """
    found = set()
    for i in heads:
        token = article.tokens[i]
        found |= {token.lemma, token.lower}
        found |= {f"{article.tokens[j].lemma} {token.lemma}" for j in tree.children(article, i, *MODIFIERS)}
        if token.entity in COUNTS:
            found |= _lemmas(article, tree.prepositional(article, i, "of"))
    return found


def undergoers(article: Article, i: int) -> list[int]:
    """Return what the verb ``i`` is done to: objects, or the subjects of a passive."""
    return tree.subjects(article, i) if tree.is_passive(article, i) else tree.objects(article, i)


def _reached(article: Article, i: int, condition: Condition) -> list[int]:
    """Return the words that a condition speaks of."""
    match condition.subject:
        case "prt":
            found = tree.children(article, i, "prt", "advmod", "prep")
            return [j for j in found if not _is_temporal(article, j)]
        case "prep":
            anchors = [i] if tree.is_passive(article, i) else [i, *tree.children(article, i, *tree.OBJECTS)]
            if condition.of:
                return [k for j in anchors for k in tree.prepositional(article, j, condition.of)]
            found = [k for j in anchors for k in tree.children(article, j, "prep", "agent", "dative")]
            return [j for j in found if not _is_temporal(article, j)]
        case "obj" | "noobj":
            return undergoers(article, i)
        case "iobj":
            return tree.children(article, i, "dative", "iobj")
        case "subj":
            return [] if tree.is_passive(article, i) else tree.subjects(article, i)
        case "xcomp":
            found = tree.children(article, i, "xcomp", "ccomp", "oprd", "acomp")
            hanging = [
                k
                for j in tree.children(article, i, *tree.OBJECTS)
                for k in tree.children(article, j, "relcl", "acl")
            ]
            return [*found, *(k for k in hanging if tree.is_infinitive(article, k))]
        case "comp":
            return tree.children(article, i, "ccomp", "xcomp")
        case _:
            return tree.children(article, i, *MODIFIERS, "poss")


def _is_temporal(article: Article, preposition: int) -> bool:
    """Say whether a preposition leads to a time ("on Tuesday"), which proves nothing about the event."""
    return any(
        article.tokens[j].entity in {"DATE", "TIME"} for j in tree.children(article, preposition, "pobj")
    )


def _holds(article: Article, i: int, condition: Condition, fillers: Fillers) -> bool:
    return _holds_plain(article, i, condition, fillers) != condition.negated


def _holds_plain(article: Article, i: int, condition: Condition, fillers: Fillers) -> bool:
    if condition.subject in {"passive", "active"}:
        return tree.is_passive(article, i) == (condition.subject == "passive")
    reached = _reached(article, i, condition)
    if condition.subject == "noobj":
        return not reached
    if condition.actor == "party":
        return any(fillers.at(j) is not None for j in reached)
    if condition.actor:
        return bool(fillers.of_all(reached))
    if not condition.words:
        return bool(reached)
    if condition.subject in {"prt", "prep"} and not condition.of:
        return any(article.tokens[j].lower in condition.words for j in reached)
    return bool(_lemmas(article, reached) & condition.words)


def triggers_stage(lexicon: Lexicon) -> Stage:
    """Return the stage that finds triggers."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"triggers": find_triggers(article, lexicon)}

    return Stage("triggers", ("tokens", "sentences", "actors"), ("triggers",), run)
