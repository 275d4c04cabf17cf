"""The stages that community dictionaries put in place of our own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.knowledge.lexicon import Lexicon
from dragoman.knowledge.petrarch.dictionary import Dictionary
from dragoman.reading.coding import CodingTables
from dragoman.reading.petrarch.codes import codes_stage
from dragoman.reading.petrarch.discards import discards_stage
from dragoman.reading.petrarch.entries import lexicon_of, ontology_of
from dragoman.reading.petrarch.frames import frames_stage
from dragoman.reading.petrarch.mentions import mentions_stage
from dragoman.reading.stage import Stage


@dataclass(frozen=True, slots=True)
class DictionaryParts:
    """What dictionaries bring into the chain.

    ``actors`` come before pronouns are resolved, ``events`` after it, ``codes`` after reports are assembled
    with ``lexicon`` and ``tables``.
    """

    lexicon: Lexicon
    tables: CodingTables
    actors: tuple[Stage, ...]
    events: tuple[Stage, ...]
    codes: tuple[Stage, ...]


def dictionary_parts(dictionary: Dictionary, tables: CodingTables) -> DictionaryParts:
    """Return the parts for a dictionary; ``tables`` are those of our own coding."""
    lexicon, ontology = lexicon_of(dictionary), ontology_of(dictionary, tables.ontology)
    scored = frozenset(code.code for code in dictionary.codes.values() if code.cameo)
    return DictionaryParts(
        lexicon,
        replace(tables, ontology=ontology, refinements={}),
        (discards_stage(dictionary), mentions_stage(dictionary)),
        (frames_stage(dictionary),),
        (codes_stage(lexicon, ontology, scored),),
    )
