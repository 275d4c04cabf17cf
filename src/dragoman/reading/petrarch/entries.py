"""What the verbs and patterns of a dictionary mean to the stages after them: a lexicon and an ontology of its codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dragoman.knowledge.lexicon import NOT_AN_EVENT, Entry, Lexicon
from dragoman.knowledge.ontology import CameoCode, EventType, Ontology
from dragoman.knowledge.petrarch.dictionary import Coded, Dictionary, EventCode
from dragoman.knowledge.petrarch.folder import NULL_CODES

# Quad class of a code that is no CAMEO code and has no type; the classes of GDELT run from 1 to 4.
NO_QUAD = 0
TOGETHER, REVERSE = " both ways", " reversed"


def entry_id(coded: str, *, together: bool = False, reverse: bool = False) -> str:
    """Return the id of the lexicon entry for what a verb or pattern tells of."""
    return f"{coded}{TOGETHER if together else ''}{REVERSE if reverse else ''}"


def lexicon_of(dictionary: Dictionary) -> Lexicon:
    """Return a lexicon that has an entry for all that the dictionary's verbs may tell of."""
    entries = {entry.id: entry for coded in _all(dictionary) for entry in _entries(coded, dictionary)}
    return Lexicon({}, (), entries, {}, frozenset())


def _all(dictionary: Dictionary) -> Iterator[Coded]:
    seen: set[int] = set()
    told = [form.coded for forms in dictionary.forms.values() for form in forms]
    for coded in (*told, *dictionary.lemmas.values()):
        for each in coded:
            if id(each) not in seen:
                seen.add(id(each))
                yield each


def _entries(coded: Coded, dictionary: Dictionary) -> Iterator[Entry]:
    if coded.code in NULL_CODES:
        return
    code = dictionary.codes[coded.code]
    yield _entry(entry_id(coded.id), code, symmetric=False)
    yield _entry(entry_id(coded.id, together=True), code, symmetric=True)
    if coded.reverse and coded.reverse not in NULL_CODES:
        yield _entry(entry_id(coded.id, reverse=True), dictionary.codes[coded.reverse], symmetric=False)


def _entry(id_: str, code: EventCode, *, symmetric: bool) -> Entry:
    event_type = code.event_type or NOT_AN_EVENT
    flags = frozenset({"sym"}) if symmetric else frozenset()
    return Entry(id_, (id_,), "v", (), event_type, code.mode, code.code, (), (), flags, ())


def ontology_of(dictionary: Dictionary, ontology: Ontology) -> Ontology:
    """Return the ontology with the dictionary's codes in place of CAMEO's, by what ``codes.tsv`` says of each.

    A code without a type has the type NONE; one without a CAMEO code has its type's quad class.
    """
    none = EventType(NOT_AN_EVENT, NO_QUAD, 0.0, "", "A code that nobody has given a type.")
    types = {**ontology.types, NOT_AN_EVENT: none}
    given = {code.code: _meaning(code, ontology, types) for code in dictionary.codes.values()}
    return replace(ontology, types=types, cameo={**ontology.cameo, **given})


def _meaning(code: EventCode, ontology: Ontology, types: Mapping[str, EventType]) -> CameoCode:
    if code.cameo is not None:
        return replace(ontology.cameo[code.cameo], code=code.code)
    event_type = code.event_type or NOT_AN_EVENT
    return CameoCode(code.code, "", types[event_type].quad, 0.0, (event_type,), code.mode, ())
