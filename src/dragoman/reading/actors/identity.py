"""From an entry of the knowledge files to the actor it is on the article's date."""

from __future__ import annotations

from dragoman.knowledge.actors import ActorKnowledge, NameEntry
from dragoman.model.actor import Actor

MEDIA_SECTOR = "MED"
GOVERNMENT_SECTOR = "GOV"


def code_of(country: str | None, sector: str | None) -> str | None:
    """Return country and sector joined; null without a country."""
    return country + (sector or "") if country else None


def country_actor(code: str, knowledge: ActorKnowledge, sector: str | None = None) -> Actor:
    """Return a state, or a part of it that has no name of its own."""
    return Actor(
        knowledge.countries[code].name, code_of(code, sector), code, sector, code if not sector else None
    )


def named_actor(entry: NameEntry, words: str, knowledge: ActorKnowledge, date: str | None) -> Actor:
    """Return the actor of a name that is no person's; ``words`` are its words in the article."""
    match entry.kind:
        case "country" | "adjective" | "people" | "place":
            return country_actor(entry.id, knowledge)
        case "capital":
            return country_actor(entry.id, knowledge, GOVERNMENT_SECTOR)
        case "metonym":
            seat = knowledge.metonyms[entry.id]
            return Actor(words, code_of(seat.country, seat.sector), seat.country, seat.sector, seat.id)
        case "outlet":
            outlet = knowledge.outlets[entry.id]
            return Actor(
                outlet.name, code_of(outlet.country, MEDIA_SECTOR), outlet.country, MEDIA_SECTOR, outlet.id
            )
        case _:
            body = knowledge.bodies[entry.id]
            sector = body.sector_at(date) or None
            return Actor(body.name, code_of(body.country, sector), body.country or None, sector, body.id)


def country_of(entry: NameEntry, knowledge: ActorKnowledge) -> str | None:
    """Return the state that a name points to, or None (an international body, an unknown one)."""
    match entry.kind:
        case "country" | "adjective" | "people" | "capital" | "place":
            state = entry.id
        case "metonym":
            state = knowledge.metonyms[entry.id].country
        case "person":
            state = knowledge.people[entry.id].country
        case "outlet":
            state = knowledge.outlets[entry.id].country
        case _:
            state = knowledge.bodies[entry.id].country
    return state if state in knowledge.countries else None
