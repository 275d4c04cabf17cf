"""The reader: documents in, coded documents out, as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from dragoman.config import ReaderConfig
from dragoman.knowledge.lexicon import SPEECH, Lexicon, load_lexicon
from dragoman.knowledge.tables import fingerprint
from dragoman.merging.within import merge
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.model.report import Report
from dragoman.reading.assemble import to_coded
from dragoman.reading.chain import build_chain
from dragoman.reading.typing import MODELS
from dragoman.version import VERSION

LEXICON_RULE = "lexicon:"


class Reader:
    """Reads documents; loading takes a few seconds, so keep one and feed it many.

    >>> reader = Reader()
    >>> for coded in reader.read([Document(text="…", published="2023-09-13")]):
    ...     print(coded.events)
    """

    def __init__(
        self, config: ReaderConfig | None = None, *, notice: Callable[[str], None] | None = None
    ) -> None:
        """Load the parser and all knowledge. ``notice`` is told in a line of anything slow.

        Raises:
            StopError: the parser is not installed, or a knowledge file is broken.
        """
        config = config or ReaderConfig()
        self._chain = build_chain(config, notice=notice)
        given = "".join(
            f"+{fingerprint(folder)}" for folder in (config.knowledge, config.actors) if folder is not None
        )
        known = f"{fingerprint()}+{fingerprint(MODELS)}{given}"
        self.version = f"{VERSION}+{known}+{self._chain.parser.version}"

    def read(self, documents: Iterable[Document]) -> Iterator[CodedDocument]:
        """Yield what is read from each document, in order; documents are taken in as they are needed."""
        for article in self._chain.read(documents):
            events = merge(article.document, article.reports, partial(sense_of, lexicon=self._chain.lexicon))
            yield to_coded(article, events, reader_version=self.version)


def sense_of(report: Report, lexicon: Lexicon | None = None) -> str:
    """Return what the trigger of a report means: the sense its lexicon entry belongs to, else its words.

    What is done by saying so means what its words say ("will not meet" is not "will not send"). ``lexicon`` is
    our own unless another is given.
    """
    entries = (lexicon or load_lexicon()).by_id
    for rule in report.rules:
        entry = entries.get(rule.removeprefix(LEXICON_RULE))
        if entry is not None and entry.pos != SPEECH:
            return entry.sense
    return report.text.lower()
