"""The chain of reading: every stage in its order, built once and checked before the first document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.gazetteer import open_gazetteer
from dragoman.knowledge.lexicon import load_lexicon
from dragoman.knowledge.ontology import load_ontology
from dragoman.model.document import Document
from dragoman.reading.actors.mentions import actors_stage
from dragoman.reading.actors.reference import reference_stage
from dragoman.reading.arguments import arguments_stage
from dragoman.reading.article import Article
from dragoman.reading.assemble import assemble_stage
from dragoman.reading.attribution import attribution_stage
from dragoman.reading.factuality import factuality_stage
from dragoman.reading.notes import notes_stage
from dragoman.reading.parse import Parser
from dragoman.reading.places import places_stage
from dragoman.reading.quantities import quantities_stage
from dragoman.reading.speech_acts import speech_acts_stage
from dragoman.reading.stage import Stage, check_chain
from dragoman.reading.times import times_stage
from dragoman.reading.triggers import triggers_stage

PARSED = ("document", "tokens", "children", "sentences")


@dataclass(frozen=True, slots=True)
class Chain:
    """The parser and the stages after it."""

    parser: Parser
    stages: tuple[Stage, ...]

    def read(self, documents: Iterable[Document]) -> Iterator[Article]:
        """Yield each document as a fully annotated article, in order."""
        for parsed in self.parser.parse(Article(document) for document in documents):
            article = parsed
            for stage in self.stages:
                article = replace(article, **stage.run(article))
            yield article


def build_chain(pipeline: str, *, batch_size: int, notice: Callable[[str], None] | None = None) -> Chain:
    """Load parser and knowledge, and return the checked chain.

    ``notice`` is told in a line when something takes long the first time.

    Raises:
        StopError: the pipeline is not installed, or a knowledge file is broken.
    """
    actors, lexicon, cues, ontology = load_actors(), load_lexicon(), load_cues(), load_ontology()
    gazetteer = open_gazetteer(notice)
    stages = (
        notes_stage(),
        times_stage(),
        quantities_stage(),
        places_stage(gazetteer),
        actors_stage(actors, gazetteer),
        reference_stage(actors),
        triggers_stage(lexicon),
        arguments_stage(lexicon),
        attribution_stage(cues),
        factuality_stage(cues),
        speech_acts_stage(lexicon),
        assemble_stage(lexicon, ontology),
    )
    check_chain(stages, given=PARSED)
    return Chain(Parser(pipeline, batch_size=batch_size), stages)
