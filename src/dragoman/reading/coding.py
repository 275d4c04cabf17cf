"""Coding: mode, CAMEO code and contexts of a report, from its lexicon line and the words and sides around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dragoman.knowledge.codings import Refinement, Surroundings, load_codings
from dragoman.knowledge.contexts import STATE, STATE_SECTORS, Sign, load_contexts
from dragoman.knowledge.lexicon import Entry
from dragoman.knowledge.ontology import CameoCode, Ontology, load_ontology
from dragoman.model.actor import ActorSpan
from dragoman.reading.article import Topic

VISIT = "visit"
# The country code of organisations of states.
ORGANISATION = "IGO"
# What a context needs to be given, and how much the best ones leave to the others (a share of the best score);
# scale of `Clue.strength`. Set by hand on reports of real articles.
ENOUGH = 1.5
# The same where only neighbours and headline speak for it, and nothing in the sentence for another.
ENOUGH_BESIDE = 2.4
SHARE_OF_BEST = 0.5
# But never ask more than this of the others: what a word of strength 3 has elsewhere in the sentence.
PLENTY = 1.8
MOST_CONTEXTS = 3
# The score of contexts that the lexicon line itself names.
SETTLED = 3.0


@dataclass(frozen=True, slots=True)
class CodingTables:
    """What coding rests on: the ontology, refinements by type, signs of contexts."""

    ontology: Ontology
    refinements: dict[str, tuple[Refinement, ...]]
    signs: tuple[Sign, ...]


def load_coding_tables() -> CodingTables:
    """Read them from the knowledge files.

    Raises:
        KnowledgeError: a line of theirs is broken.
    """
    return CodingTables(load_ontology(), load_codings(), load_contexts().signs)


@dataclass(frozen=True, slots=True)
class Coding:
    """Mode and CAMEO code, and the rules that gave them beyond the lexicon line."""

    mode: str | None
    cameo: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """Who takes part in a report, and the country it takes place in (None: unknown)."""

    actors: tuple[ActorSpan, ...]
    recipients: tuple[ActorSpan, ...]
    country: str | None


def code_trigger(
    entry: Entry, event_type: str, around: Surroundings, sides: Sides, tables: CodingTables
) -> Coding:
    """Return mode and code of a trigger. Where the type is not that of its line, the line's codes say nothing."""
    kept = event_type == entry.event_type
    default = tables.ontology.default_cameo(event_type)
    coding = Coding(entry.mode, entry.cameo or default) if kept else Coding(None, default)
    if kept:
        coding = meeting(coding, entry, sides)
    return refine(coding, tables.refinements.get(event_type, ()), around)


def refine(coding: Coding, refinements: Sequence[Refinement], around: Surroundings) -> Coding:
    """Return the coding made as fine as the words allow: a mode where there is none, a deeper code.

    A refinement that contradicts the mode is passed over. The first that fits gives the code, the first the mode.
    """
    mode, cameo, rules = coding.mode, coding.cameo, list(coding.rules)
    for refinement in refinements:
        deeper = refinement.deepens(cameo)
        settles = refinement.mode is not None and mode is None
        clashes = mode is not None and refinement.mode not in {None, mode}
        misses = refinement.cameo is not None and not deeper and refinement.cameo != cameo
        if clashes or misses or not (deeper or settles) or not refinement.holds(around):
            continue
        mode, cameo = mode or refinement.mode, (deeper and refinement.cameo) or cameo
        rules.append(f"theme:{refinement.theme}")
    return Coding(mode, cameo, tuple(rules))


def meeting(coding: Coding, entry: Entry, sides: Sides) -> Coding:
    """Return the coding of a meeting with the mode that its place gives.

    PLOVER tells a visit from a meeting on third ground by whose country it takes place in.
    """
    if (
        entry.event_type != "CONSULT"
        or coding.mode is not None
        or "sym" not in entry.flags
        or sides.country is None
    ):
        return coding
    left, right = {a.country for a in sides.actors}, {a.country for a in sides.recipients}
    if None in left | right or not left or not right or left == right:
        return coding
    if sides.country in left | right:
        return Coding(VISIT, "042", (*coding.rules, "mode:place-is-home-of-one-side"))
    return Coding("third-party", "044", (*coding.rules, "mode:place-is-home-of-neither-side"))


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of a report signs of contexts look at."""

    event_type: str
    mode: str | None
    code: CameoCode
    sides: Sides


def choose_contexts(
    topics: Sequence[Topic], settled: Collection[str], signs: Sequence[Sign]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the contexts, best first, and the rules that name what spoke most for each.

    ``settled`` are those of the lexicon line, ``signs`` those that hold. Thin evidence gives none. What only stands
    beside the sentence is asked when the sentence leaves the contexts open.
    """
    told = [(context, SETTLED, "line") for context in settled]
    told += [(sign.context, sign.strength, sign.name) for sign in signs]
    told += [(topic.context, topic.score, topic.words) for topic in topics if topic.here]
    spoken_of = {context for context, _, _ in told}
    near = [(topic.context, topic.score, topic.words) for topic in topics if not topic.here]
    told += [item for item in near if item[0] in spoken_of]
    chosen = _best(told, ENOUGH) or _best(near, ENOUGH_BESIDE)
    return tuple(chosen), tuple(
        f"context:{context}:{why.replace(' ', '_')}" for context, why in chosen.items()
    )


def _best(told: Sequence[tuple[str, float, str]], enough: float) -> dict[str, str]:
    """Return the contexts with the highest sums, best first, each with what spoke most for it."""
    scores: dict[str, float] = defaultdict(float)
    reasons: dict[str, tuple[float, str]] = {}
    for context, score, why in told:
        scores[context] += score
        reasons[context] = max(reasons.get(context, (0.0, "")), (score, why))
    least = max(enough, min(PLENTY, SHARE_OF_BEST * max(scores.values(), default=0.0)))
    chosen = sorted((c for c in scores if scores[c] >= least), key=lambda c: (-scores[c], c))
    return {context: reasons[context][1] for context in chosen[:MOST_CONTEXTS]}


def strongest(signs: Sequence[Sign], of: Circumstances) -> list[Sign]:
    """Return the signs that hold, of each context only the strongest."""
    found: dict[str, Sign] = {}
    for sign in signs:
        known = found.get(sign.context)
        if (known is None or sign.strength > known.strength) and _holds(sign, of):
            found[sign.context] = sign
    return list(found.values())


def _holds(sign: Sign, of: Circumstances) -> bool:
    sides = of.sides
    return (
        (not sign.types or of.event_type in sign.types)
        and (not sign.modes or of.mode in sign.modes)
        and (not sign.code or sign.context in of.code.contexts)
        and _has(sides.actors, sign.actor)
        and _has(sides.recipients, sign.recipient)
        and _has((*sides.actors, *sides.recipients), sign.side)
        and (not sign.between or _between(sides))
    )


def _has(actors: Sequence[ActorSpan], sectors: Collection[str]) -> bool:
    return not sectors or any(
        (actor.sector or "") in sectors or (STATE in sectors and _is_state(actor)) for actor in actors
    )


def _is_state(actor: ActorSpan) -> bool:
    return actor.country == ORGANISATION or (
        actor.country is not None and (actor.sector or "") in STATE_SECTORS
    )


def _between(sides: Sides) -> bool:
    """Say whether two states, or a state and an organisation of states, stand against each other."""
    left = {actor.country for actor in sides.actors if _is_state(actor)}
    right = {actor.country for actor in sides.recipients if _is_state(actor)}
    return bool(left and right and len(left | right) > 1)
