"""What is worth a report: acts of political actors, and force that is more than an ordinary crime."""

from __future__ import annotations

from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.lexicon import Entry
from dragoman.knowledge.ontology import Ontology
from dragoman.model.actor import Actor
from dragoman.reading.article import Article, FactJudgement, Frame
from dragoman.reading.linking import Links

# The quad class of what is done by force, and of its types the one that needs somebody named: an unnamed
# "rocket launch" may be anything.
FORCE = 4
POSTURE = "MOBILIZE"
VIOLENCE = "ASSAULT"
# Ways of violence that private people use on each other; bombs, air strikes and massacres are politics anyway.
PRIVATE_MODES = frozenset({None, "firearms", "beat", "abduct", "sexual", "torture"})
# Among themselves these do business, not politics.
PRIVATE = frozenset({"BUS", "AGR"})
# Sectors of people without office or side.
PEOPLE = frozenset({None, "CVL", "CRM", "MED", "EDU"})
# A sign of politics counts this many sentences around the act. Set by hand on TimeBank and our pages.
NEAR = 3
# What is only thought of: nobody does it, and it is not done.
UNDONE = frozenset({"hypothetical", "denied"})
THOUGHT_OF = frozenset({"CONCEDE", "REJECT", "REQUEST", "SANCTION"})
PURPOSES = ("factuality: purpose", "embedders: in order")


def is_political(
    article: Article, frame: Frame, fact: FactJudgement, entry: Entry, ontology: Ontology, links: Links
) -> bool:
    """Say whether enough is known for a report: both sides where the entry asks for it, else one.

    Not all of them companies. Of what is done by force somebody unnamed is enough, a place, or a count
    ("seven had been detained", "marches were held in Mombasa"), unless it looks like an ordinary crime: violence
    among people without office, and not a word of politics near it.
    """
    actors = [article.actor(a) for a in frame.actors]
    recipients = [article.actor(a) for a in frame.recipients]
    sides = [any(_is_known(actor) for actor in side) for side in (actors, recipients)]
    if "both" in entry.flags and not all(sides):
        return False
    if _is_only_thought_of(fact, entry, actors, recipients):
        return False
    everyone = [*actors, *recipients]
    if entry.event_type == VIOLENCE and _is_ordinary(article, frame, entry, everyone):
        return False
    if any(sides):
        return any(actor.sector not in PRIVATE for actor in everyone if _is_known(actor))
    if ontology.types[entry.event_type].quad != FORCE or entry.event_type == POSTURE:
        return False
    return bool(everyone or links.quantities(frame) or links.place(frame, material=True))


def _is_known(actor: Actor) -> bool:
    return actor.code is not None or actor.sector is not None


def _is_private(actor: Actor) -> bool:
    """Say whether the actor is a person without office, or nobody known."""
    return actor.sector in PEOPLE and not (actor.code is not None and actor.sector is None)


def _is_only_thought_of(
    fact: FactJudgement, entry: Entry, actors: list[Actor], recipients: list[Actor]
) -> bool:
    """Say whether nobody known does it to nobody in office, and it is not done: "no way to exclude a mother"."""
    purpose = fact.rule.startswith(PURPOSES)
    return (
        entry.event_type in THOUGHT_OF
        and (fact.factuality in UNDONE or purpose)
        and not any(_is_known(actor) for actor in actors)
        and all(_is_private(actor) for actor in recipients)
    )


def _is_ordinary(article: Article, frame: Frame, entry: Entry, everyone: list[Actor]) -> bool:
    """Say whether violence looks like an ordinary crime: people without office, and no word of politics near.

    Of somebody named, anywhere in the article: it is then about him, and says early on what he was killed for.
    """
    if entry.mode not in PRIVATE_MODES or not all(_is_private(actor) for actor in everyone):
        return False
    signs = load_cues().signs
    here = article.tokens[frame.trigger.tokens.head].sentence
    named = any(
        article.tokens[article.actors[a.mention].tokens.head].pos == "PROPN"
        for a in (*frame.actors, *frame.recipients)
    )
    around = article.sentences if named else article.sentences[max(0, here - NEAR) : here + NEAR + 1]
    own = range(frame.trigger.tokens.first, frame.trigger.tokens.last)
    return not any(
        article.tokens[i].lemma in signs
        for sentence in around
        for i in range(sentence.first, sentence.last)
        if i not in own
    )
