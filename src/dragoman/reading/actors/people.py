"""Persons by name: those the knowledge files know, and those the article introduces."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.actor_records import begun
from dragoman.knowledge.actors import ActorKnowledge, Person, fold, phrase_tokens, similar, term_at
from dragoman.knowledge.phrases import plain
from dragoman.model.actor import Actor
from dragoman.reading import tree
from dragoman.reading.actors.names import NameHit, is_locative, span_of
from dragoman.reading.article import Article, Token, TokenRange
from dragoman.reading.fillers import MODIFIERS

# Two spellings are one name from this likeness on (0 to 1), when role and country agree; set so that
# Kozemayako = Kozhemyako, Cho Sun-hui = Choe Son Hui, and Kim Jong Un stays apart from Kim Yo Jong.
SAME_NAME = 0.82
# PLOVER's sector for someone of whom no office is known; a bare country code would mean the state.
NO_OFFICE = "UNK"
# What the recogniser takes the bare surnames of leaders for, besides persons.
MISTAKEN = frozenset({"", "GPE", "NORP", "ORG"})
# A leader out of office is still named without introduction for so long. Years; a guess.
REMEMBERED = 8
GOVERNING = frozenset({"head_of_state", "head_of_government"})


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person's name in the article; ``person`` when the knowledge files know whom."""

    tokens: TokenRange
    name: str
    person: Person | None


def person_actor(person: Person, knowledge: ActorKnowledge, date: str | None) -> Actor:
    """Return the actor a known person is on an ISO date: country, and sector by the office held then."""
    sector = knowledge.sector_at(person, date) or NO_OFFICE
    term = term_at(person, date)
    country = term.country if term is not None else person.country
    return Actor(person.name, country + sector, country, sector, person.id)


def find_people(article: Article, knowledge: ActorKnowledge, names: list[NameHit]) -> list[PersonHit]:
    """Return the persons named, first by full name, then by what is left of it later ("Kim", "Putin")."""
    date = article.date
    hits = [PersonHit(hit.tokens, person.name, person) for hit in names
            if (person := knowledge.people.get(hit.entry.id)) is not None and hit.entry.kind == "person"]  # fmt: skip
    covered = {
        i for hit in names if hit.entry.kind in {"person", "outlet", "group"} for i in _inside(hit.tokens)
    }
    whole = {(hit.tokens.first, hit.tokens.last) for hit in names}
    spans = [
        tokens for tokens in _entities(article)
        if not covered & set(_inside(tokens)) and (tokens.first, tokens.last) not in whole
    ]  # fmt: skip
    covered |= {i for hit in names for i in _inside(hit.tokens)}
    full = [tokens for tokens in spans if tokens.last - tokens.first > 1]
    hits += [_spelled_out(article, tokens, knowledge) for tokens in full]
    known = _by_short_name(article, hits)
    mentioned = {hit.entry.id for hit in names}
    covered |= {i for hit in hits for i in _inside(hit.tokens)}
    for token in article.tokens:
        short = token.lower
        may_name = _may_name(token) or (short in known and _acts(token))
        if token.i in covered or len(short) == 1 or not may_name:
            continue
        tokens = span_of(article, token.i, token.i + 1)
        if short in known:
            hits.append(PersonHit(tokens, known[short].name, known[short].person))
        elif (token.entity == "PERSON" and token.entity_start) or _stands_alone(article, token.i):
            person = famous(short, knowledge, date, mentioned)
            if (
                person is not None
                and token.pos == "NOUN"
                and not (person.country in mentioned or _acts_alone(article, token))
            ):
                continue
            if person is not None or token.entity == "PERSON":
                hits.append(PersonHit(tokens, person.name if person else token.text, person))
    return sorted(hits, key=lambda hit: hit.tokens.first)


def _spelled_out(article: Article, tokens: TokenRange, knowledge: ActorKnowledge) -> PersonHit:
    """Return a person by a whole name; one with more names than we know is the one whose names it holds, in order.

    "Ibrahim Mohamed Solih" is Ibrahim Solih if first and last agree, and there is no other such person.
    """
    name = article.span(tokens.first, tokens.last).text
    words = [plain(article.tokens[i].text).lower() for i in _inside(tokens)]
    fitting = {
        person.id: person
        for person in knowledge.people_named(words[-1])
        for known in (person.name, *person.aliases)
        if _holds_in_order(words, [plain(word).lower() for word in phrase_tokens(known)])
    }
    if len(fitting) != 1:
        return PersonHit(tokens, name, None)
    (person,) = fitting.values()
    return PersonHit(tokens, person.name, person)


def _holds_in_order(words: list[str], known: list[str]) -> bool:
    """Say whether all of the known name stands in the words in order, first and last word the same."""
    if not 1 < len(known) < len(words) or (words[0], words[-1]) != (known[0], known[-1]):
        return False
    rest = iter(words)
    return all(word in rest for word in known)


def _may_name(token: Token) -> bool:
    """Say whether the word may be a surname: parsers take rare ones for common nouns."""
    return token.pos == "PROPN" or (token.pos == "NOUN" and token.text.istitle())


def _acts(token: Token) -> bool:
    """Say whether a word with a capital is a subject, whatever the tagger took it for: "But Trump claims"."""
    return token.text.istitle() and token.dep in tree.SUBJECTS


def _acts_alone(article: Article, token: Token) -> bool:
    """Say whether a singular stands as a subject without any word before it, as names do: "Trump left"."""
    beside = {article.tokens[j].dep for j in article.children[token.i]} - {"cc", "conj", "preconj"}
    return token.tag == "NN" and token.dep in tree.SUBJECTS and not beside


def _stands_alone(article: Article, i: int) -> bool:
    """Say whether a word in capitals is a name by itself where an actor may stand, whatever the recogniser took it for."""
    token = article.tokens[i]
    around = [article.tokens[j] for j in (i - 1, i + 1) if 0 <= j < len(article.tokens)]
    alone = not any(word.sentence == token.sentence and word.pos == "PROPN" for word in around)
    fitting = token.entity in MISTAKEN and token.text.istitle() and token.dep not in MODIFIERS
    return alone and fitting and not is_locative(article, i)


def _inside(tokens: TokenRange) -> range:
    return range(tokens.first, tokens.last)


def _entities(article: Article) -> list[TokenRange]:
    """Return the recogniser's persons."""
    found, first = [], None
    for token in article.tokens:
        if first is not None and (token.entity != "PERSON" or token.entity_start):
            found.append(span_of(article, first, token.i))
            first = None
        if token.entity == "PERSON" and token.entity_start:
            first = token.i
    if first is not None:
        found.append(span_of(article, first, len(article.tokens)))
    return found


def _by_short_name(article: Article, hits: list[PersonHit]) -> dict[str, PersonHit]:
    """Return the persons by what later mentions call them: the last word of the name, else its first."""
    firsts: dict[str, PersonHit] = {}
    lasts: dict[str, PersonHit] = {}
    for hit in hits:
        words = [article.tokens[i].lower for i in _inside(hit.tokens) if article.tokens[i].text[:1].isupper()]
        if not words:
            continue
        family = hit.person.family_name.lower() if hit.person else words[-1]
        lasts.setdefault(family, hit)
        if hit.person is None:
            firsts.setdefault(words[0], hit)
    return firsts | lasts


def famous(short: str, knowledge: ActorKnowledge, date: str | None, mentioned: set[str]) -> Person | None:
    """Return whom a bare family name means without introduction.

    The one head of state or government in office on the date; the state must be named in the article, or no
    other leader share the name. Else the one person of that name in any office, if the state is named; else
    the one leader of that name who left office some years ago at most.
    """
    serving = []
    for person in knowledge.people_named(short):
        term = term_at(person, date)
        if term is not None and (term.covers(date) if date else not term.end):
            serving.append((person, term.role))
    leaders = [person for person, role in serving if role in GOVERNING]
    near = [person for person in leaders if person.country in mentioned]
    others = [person for person, _ in serving if person.country in mentioned]
    chosen = near or leaders or others or _late_leaders(short, knowledge, date)
    return chosen[0] if len(chosen) == 1 else None


def _late_leaders(short: str, knowledge: ActorKnowledge, date: str | None) -> list[Person]:
    """Return the only person of that family name, if a leader whose last term ended at most `REMEMBERED` years before the date.

    Without a date: whenever it ended.
    """
    since = str(int(date[:4]) - REMEMBERED) if date is not None else ""
    namesakes = knowledge.people_named(short)
    if len(namesakes) != 1:
        return []
    ended = [
        term.end
        for term in namesakes[0].terms
        if term.role in GOVERNING and (date is None or begun(term.start, date))
    ]
    return list(namesakes) if ended and max(ended) >= since else []


def by_office(
    name: str, role: str, country: str | None, knowledge: ActorKnowledge, date: str | None
) -> Person | None:
    """Return the holder of an office on the date whose name is spelled much the same, or None.

    Else the only holder of that family name ("Foreign Minister Lavrov"); without a date, at any time.
    """
    found = []
    for (state, office), holders in knowledge.in_office.items():
        if office != role or country not in {None, state}:
            continue
        for person in map(knowledge.people.__getitem__, holders):
            if any(term.role == role and (date is None or term.covers(date)) for term in person.terms):
                likeness, spelling = max(
                    (similar(name, each), each) for each in (person.name, *person.aliases)
                )
                if likeness >= SAME_NAME:
                    found.append((likeness, fold(name) == fold(spelling), person))
    if found:
        return max(found, key=lambda each: each[:2])[2]
    namesakes = [
        person
        for person in knowledge.people_named(name)
        if any(
            term.role == role and country in {None, term.country} and (date is None or term.covers(date))
            for term in person.terms
        )
    ]
    return namesakes[0] if len(namesakes) == 1 else None
