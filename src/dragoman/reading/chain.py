"""The chain of reading: every stage in its order, built once and checked before the first document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.config import ReaderConfig
from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.knowledge.contexts import load_contexts
from dragoman.knowledge.cues import Cues, load_cues
from dragoman.knowledge.gazetteer import Gazetteer, open_gazetteer
from dragoman.knowledge.lexicon import Lexicon, load_lexicon
from dragoman.knowledge.petrarch.loading import load_dictionary
from dragoman.model.document import Document
from dragoman.reading.actors.mentions import actors_stage
from dragoman.reading.actors.reference import pronouns_stage, reference_stage
from dragoman.reading.arguments import arguments_stage
from dragoman.reading.article import Article
from dragoman.reading.assemble import assemble_stage
from dragoman.reading.attribution import attribution_stage, sources_stage
from dragoman.reading.coding import load_coding_tables
from dragoman.reading.contexts import contexts_stage
from dragoman.reading.datelines import datelines_stage
from dragoman.reading.factuality import factuality_stage
from dragoman.reading.notes import notes_stage
from dragoman.reading.parse import Parser
from dragoman.reading.petrarch.chain import dictionary_parts
from dragoman.reading.places import places_stage
from dragoman.reading.quantities import quantities_stage
from dragoman.reading.silences import silences_stage
from dragoman.reading.speech_acts import speech_acts_stage
from dragoman.reading.stage import Stage, check_chain
from dragoman.reading.times import times_stage
from dragoman.reading.triggers import triggers_stage
from dragoman.reading.typing import load_typer
from dragoman.reading.weighing import weighing_stage

PARSED = ("document", "tokens", "children", "sentences")


@dataclass(frozen=True, slots=True)
class Chain:
    """The parser and the stages after it, and the lexicon that the triggers are from."""

    parser: Parser
    stages: tuple[Stage, ...]
    lexicon: Lexicon

    def read(self, documents: Iterable[Document]) -> Iterator[Article]:
        """Yield each document as a fully annotated article, in order."""
        for parsed in self.parser.parse(Article(document) for document in documents):
            article = parsed
            for stage in self.stages:
                article = replace(article, **stage.run(article))
            yield article


@dataclass(frozen=True, slots=True)
class ActorChain:
    """The parser and the stages up to the actors and what refers to them, for who asks for nothing else."""

    parser: Parser
    stages: tuple[Stage, ...]
    knowledge: ActorKnowledge

    def read(self, document: Document) -> Article:
        """Return the document with its actors."""
        (article,) = self.parser.parse([Article(document)])
        for stage in self.stages:
            article = replace(article, **stage.run(article))
        return article


def build_actor_chain(config: ReaderConfig) -> ActorChain:
    """Load parser, places and actors, and return the checked chain.

    Raises:
        StopError: the pipeline is not installed, or a knowledge file is broken.
    """
    actors = load_actors(own=config.actors)
    gazetteer = open_gazetteer(None, own=config.actors)
    stages = (places_stage(gazetteer), *_actor_stages(actors, gazetteer, load_cues()))
    check_chain(stages, given=PARSED)
    return ActorChain(Parser(config.pipeline, batch_size=config.batch_size), stages, actors)


def build_chain(config: ReaderConfig, *, notice: Callable[[str], None] | None = None) -> Chain:
    """Load parser and knowledge, and return the checked chain.

    ``notice`` is told in a line when something takes long the first time.

    Raises:
        StopError: the pipeline is not installed, or a knowledge file is broken.
    """
    gazetteer = open_gazetteer(notice, own=config.actors)
    cues, tables = load_cues(), load_coding_tables()
    no_stages: tuple[Stage, ...] = ()
    speech = no_stages
    if config.knowledge is None:
        lexicon, ending = load_lexicon(), no_stages
        found, speech = (
            _own(load_actors(own=config.actors), lexicon, gazetteer, cues),
            (*no_stages, speech_acts_stage(lexicon)),
        )
    else:
        parts = dictionary_parts(load_dictionary(config.knowledge), tables)
        lexicon, tables, ending = parts.lexicon, parts.tables, parts.codes
        found = (*parts.actors, pronouns_stage(load_actors()), *parts.events, attribution_stage(cues))
    stages = (
        times_stage(),
        notes_stage(),
        quantities_stage(),
        places_stage(gazetteer),
        *found,
        silences_stage(cues),
        datelines_stage(load_actors()),
        factuality_stage(cues),
        *speech,
        contexts_stage(load_contexts()),
        assemble_stage(lexicon, tables),
        *ending,
    )
    check_chain(stages, given=PARSED)
    return Chain(Parser(config.pipeline, batch_size=config.batch_size), stages, lexicon)


def _own(actors: ActorKnowledge, lexicon: Lexicon, gazetteer: Gazetteer, cues: Cues) -> tuple[Stage, ...]:
    """Return the stages that find actors and events by our own tables."""
    return (
        *_actor_stages(actors, gazetteer, cues),
        triggers_stage(lexicon),
        arguments_stage(lexicon),
        weighing_stage(lexicon, load_typer()),
    )


def _actor_stages(actors: ActorKnowledge, gazetteer: Gazetteer, cues: Cues) -> tuple[Stage, ...]:
    """Return the stages that find actors, who speaks, and whom the words that refer back mean.

    References ask who speaks; afterwards the speakers are named anew by what the references found.
    """
    return (
        actors_stage(actors, gazetteer),
        attribution_stage(cues),
        reference_stage(actors),
        sources_stage(cues),
    )
