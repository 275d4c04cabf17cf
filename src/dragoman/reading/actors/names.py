"""Names that the knowledge files hold, found in the article token by token."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dragoman.knowledge.actors import ActorKnowledge, NameEntry, term_at
from dragoman.reading import tree
from dragoman.reading.actors.acronyms import explained
from dragoman.reading.actors.identity import country_of
from dragoman.reading.article import Article, TokenRange
from dragoman.reading.fillers import MODIFIERS

# What a name is, by the recogniser's label: used to choose when a name has several owners.
KINDS_BY_LABEL = {
    "PERSON": ("person",),
    "ORG": ("organisation", "outlet", "group", "metonym"),
    "GPE": ("country", "capital"),
    "LOC": ("country", "capital"),
    "NORP": ("adjective", "people", "group"),
    "FAC": ("metonym",),
}
# Names of parts of a state that are common roles of other states ("Defense Department").
OWNABLE = frozenset({"metonym", "organisation"})
DIRECTIONS = frozenset({"north", "south", "east", "west"})
COUNTRY_KINDS = frozenset({"country", "adjective", "people", "capital", "metonym"})
# A city after one of these is a place, not a government.
LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "inside", "across", "throughout", "from", "through",
                      "via", "toward", "towards", "into", "over", "within", "of"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name of the knowledge files where it stands in the article."""

    tokens: TokenRange
    entry: NameEntry


def find_names(article: Article, knowledge: ActorKnowledge) -> list[NameHit]:
    """Return the longest names, left to right, without overlaps."""
    words = [token.text.replace("’", "'") for token in article.tokens]
    found: list[NameHit] = []
    doubtful: list[tuple[int, tuple[NameEntry, ...]]] = []
    i = 0
    while i < len(words):
        length, entries = knowledge.names.match(words, i)
        if not length:
            i += 1
            continue
        if article.tokens[i].sentence == article.tokens[i + length - 1].sentence:
            tokens = span_of(article, i, i + length)
            entry = _choose(article, tokens, entries)
            if entry is not None and not _names_something_else(article, tokens, entry, knowledge):
                found.append(NameHit(tokens, entry))
                others = tuple(other for other in entries if other.kind == entry.kind)
                doubtful += [(len(found) - 1, others)] if len(others) > 1 else []
                i += length
                continue
        i += 1
    settled = _settle(found, doubtful, knowledge, article.date)
    settled = _abbreviated(article, settled)
    dropped = _owned_by_others(article, settled, knowledge) | _within_others(article, settled)
    settled = [hit for hit in settled if hit.tokens.first not in dropped]
    return sorted([*settled, *_halves(article, settled)], key=lambda hit: hit.tokens.first)


def _abbreviated(article: Article, hits: list[NameHit]) -> list[NameHit]:
    """Give acronyms that the article explains by a known name to that name's owner, whatever else they stand for."""
    entries = {}
    for acronym, (first, last) in explained(article).items():
        whole = (hit for hit in hits if hit.tokens.last == last and hit.tokens.first <= first + 1)
        if (hit := next(whole, None)) is not None:
            entries[acronym] = hit.entry
    places = {
        token.i: entries[token.text]
        for token in article.tokens
        if token.text in entries
        and not any(hit.tokens.first <= token.i < hit.tokens.last != hit.tokens.first + 1 for hit in hits)
    }
    others = [hit for hit in hits if hit.tokens.first not in places]
    return [*others, *(NameHit(span_of(article, i, i + 1), entry) for i, entry in places.items())]


def _owned_by_others(article: Article, hits: list[NameHit], knowledge: ActorKnowledge) -> set[int]:
    """Return the first tokens of names that are only roles here, since another state owns them: "Chile's Defense Department"."""
    states = {
        hit.tokens.last: country_of(hit.entry, knowledge) for hit in hits if hit.entry.kind in COUNTRY_KINDS
    }
    found = set()
    for hit in hits:
        first = hit.tokens.first
        before = first - 1 if first and article.tokens[first - 1].tag == "POS" else first
        owner, own = states.get(before), country_of(hit.entry, knowledge)
        words = [token.lower for token in article.tokens[first : hit.tokens.last]]
        if owner and own and owner != own and hit.entry.kind in OWNABLE and knowledge.role_of(words):
            found.add(first)
    return found


def _within_others(article: Article, hits: list[NameHit]) -> set[int]:
    """Return the first tokens of names that only end a longer one, by the recogniser: "National Security Council"."""
    named = {i for hit in hits for i in range(hit.tokens.first, hit.tokens.last)}
    found = set()
    for hit in hits:
        first = article.tokens[hit.tokens.first]
        before = article.tokens[max(first.i - 1, 0)]
        goes_on = first.entity == "ORG" and not first.entity_start and before.entity == "ORG"
        if hit.entry.kind in OWNABLE and goes_on and before.pos == "PROPN" and before.i not in named:
            found.add(first.i)
    return found


def _halves(article: Article, hits: list[NameHit]) -> list[NameHit]:
    """Return the states that go by a direction alone, after their whole name: "the North" after "North Korea"."""
    taken = {i for hit in hits for i in range(hit.tokens.first, hit.tokens.last)}
    whole: dict[str, NameEntry] = {}
    for hit in hits:
        first = article.tokens[hit.tokens.first]
        if (
            hit.entry.kind == "country"
            and hit.tokens.last - hit.tokens.first > 1
            and first.lower in DIRECTIONS
        ):
            whole.setdefault(first.lower, hit.entry)
    found = []
    for token in article.tokens if whole else ():
        entry = whole.get(token.lower)
        alone = token.i + 1 == len(article.tokens) or article.tokens[token.i + 1].pos not in {"PROPN", "NOUN"}
        definite = token.i > 0 and article.tokens[token.i - 1].lower == "the"
        if entry is not None and token.i not in taken and token.text.istitle() and definite and alone:
            found.append(NameHit(span_of(article, token.i, token.i + 1), entry))
    return found


def _settle(
    found: list[NameHit],
    doubtful: list[tuple[int, tuple[NameEntry, ...]]],
    knowledge: ActorKnowledge,
    date: str | None,
) -> list[NameHit]:
    """Give names with several owners ("the Liberal Democratic Party") to the state the article speaks of most.

    Of two people of one name who serves on the date is meant, else who served last before it.
    """
    unsure = {number for number, _ in doubtful}
    sure = (country_of(hit.entry, knowledge) for number, hit in enumerate(found) if number not in unsure)
    states = Counter(state for state in sure if state)
    for number, entries in doubtful:
        weights = {entry: states[country_of(entry, knowledge) or ""] for entry in entries}
        times = {entry: _served(entry, knowledge, date) for entry in entries}
        best = max(entries, key=lambda entry: (weights[entry], times[entry]))
        if weights[best] or times[best] > min(times.values()):
            found[number] = NameHit(found[number].tokens, best)
    return found


def _served(entry: NameEntry, knowledge: ActorKnowledge, date: str | None) -> tuple[bool, str]:
    """Return whether a person serves on the date, and since when the last term before it ran; for ranking."""
    person = knowledge.people.get(entry.id) if entry.kind == "person" else None
    term = term_at(person, date) if person is not None else None
    if term is None:
        return False, ""
    return (term.covers(date) if date is not None else not term.end), term.start


def span_of(article: Article, first: int, last: int) -> TokenRange:
    """Return the range with its head: the token whose governor lies outside."""
    for i in range(first, last):
        head = article.tokens[i].head
        if head == i or not first <= head < last:
            if article.tokens[i].dep == "case":
                continue
            return TokenRange(first, last, i)
    return TokenRange(first, last, last - 1)


def _choose(article: Article, tokens: TokenRange, entries: tuple[NameEntry, ...]) -> NameEntry | None:
    """Return the reading of a name that fits the recogniser's label; None when it names no actor here."""
    labels = {article.tokens[i].entity for i in range(tokens.first, tokens.last)} - {""}
    if (
        "PERSON" in labels
        and not any(entry.kind == "person" for entry in entries)
        and _inside_person(article, tokens)
    ):
        return None
    wanted = [kind for label in sorted(labels) for kind in KINDS_BY_LABEL.get(label, ())]
    for kind in wanted:
        for entry in entries:
            if entry.kind == kind:
                return entry
    return entries[0]


def _names_something_else(
    article: Article, tokens: TokenRange, entry: NameEntry, knowledge: ActorKnowledge
) -> bool:
    """Say whether a place only lends its name: the Iraq War, Nassau County, the Paris Agreement.

    Titles and offices are no such thing ("Iran President", "the Ukraine Foreign Ministry").
    """
    token = article.tokens[tokens.head]
    head = article.tokens[token.head]
    if entry.kind == "adjective" and head.lemma in knowledge.words["lent"] and token.dep in MODIFIERS:
        return True
    if entry.kind not in {"country", "capital"} or token.dep != "compound" or head.i < tokens.last:
        return False
    if head.pos != "PROPN" or head.entity == "PERSON":
        return False
    between = article.tokens[tokens.last : head.i + 1]
    return all(word.pos == "PROPN" for word in between) and not any(
        (word.lemma,) in knowledge.roles for word in between
    )


def _inside_person(article: Article, tokens: TokenRange) -> bool:
    """Say whether the tokens are only part of a person's name ("Jordan" in "Michael Jordan")."""
    before = tokens.first > 0 and article.tokens[tokens.first - 1].entity == "PERSON"
    before = before and not article.tokens[tokens.first].entity_start
    after = tokens.last < len(article.tokens) and article.tokens[tokens.last].entity == "PERSON"
    after = after and not article.tokens[tokens.last].entity_start
    return before or after


def is_locative(article: Article, i: int) -> bool:
    """Say whether the noun ``i`` stands where a place stands: after a preposition of `LOCATIVE`."""
    token = article.tokens[tree.first_conjunct(article, i)]
    return token.dep in {"pobj", "npadvmod"} and article.tokens[token.head].lower in LOCATIVE
