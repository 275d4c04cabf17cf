"""What all tests share: a parser that is loaded once, the folder of annotated pages, small factories."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dragoman.config import ReaderConfig
from dragoman.model.actor import Actor, ActorSpan
from dragoman.model.document import Document, digest
from dragoman.model.event import CodedDocument, Event, SourceCount
from dragoman.model.place import PlaceSpan
from dragoman.model.quantity import Quantity
from dragoman.model.report import Mentions, Report
from dragoman.model.span import Bounds, Note
from dragoman.model.speech import Source
from dragoman.model.when import TimeMention, TimeSpan
from dragoman.reading.article import Article
from dragoman.reading.chain import Chain, build_chain
from dragoman.reading.parse import Parser

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
# The suite gives one answer to one state of the code; `make explore` draws new cases each time.
settings.register_profile("dragoman", derandomize="DRAGOMAN_EXPLORE" not in os.environ, deadline=None)
settings.load_profile("dragoman")
SAMPLE = "On Tuesday, TASS said, Kim met Putin in Vostochny and looked at two missiles."


@pytest.fixture(scope="session")
def parser() -> Parser:
    """Return the real parser; loading it takes a second, so ask for it only where a parse is needed."""
    return Parser()


@pytest.fixture(scope="session")
def parse_text(parser: Parser) -> Callable[[str], Article]:
    """Return a function from a text to an article with its tokens and sentences."""

    def parse(text: str) -> Article:
        return next(parser.parse([Article(Document(text=text))]))

    return parse


@pytest.fixture(scope="session")
def chain() -> Chain:
    """Return the whole chain of reading, loaded once; it takes some seconds."""
    return build_chain(ReaderConfig())


@pytest.fixture(scope="session")
def read(chain: Chain) -> Callable[..., Article]:
    """Return a function from a text, and perhaps a date, to a fully read article."""

    def read_text(text: str, *, published: str | None = "2023-09-13") -> Article:
        return next(chain.read([Document(text=text, published=published)]))

    return read_text


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of annotated pages and development sets beside the repository, or skip."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with annotated pages and development sets is not here")
    return SHARED


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    """Return a factory of documents; the text may be left out."""

    def make(text: str = SAMPLE, **fields: str | None) -> Document:
        return Document(text=text, **fields)

    return make


def _words(text: str, words: str) -> tuple[int, int, str]:
    """Return the span of ``words`` in ``text``; the sample's words may be missing in a text of a test."""
    start = max(text.find(words), 0)
    return start, start + len(words), text[start : start + len(words)]


def _report(document: Document, changes: dict[str, Any]) -> Report:
    """Return the report of the sample's meeting, with some fields changed."""
    text = document.text
    fields: dict[str, Any] = {
        "id": digest("report", document.id, str(changes)),
        "sentence": 0,
        "event_type": "CONSULT",
        "mode": "visit",
        "contexts": ("military",),
        "cameo": "042",
        "quad": 1,
        "goldstein": 1.9,
        "intensity": 4.0,
        "symmetric": True,
        "actors": (
            ActorSpan(*_words(text, "Kim"), "Kim Jong Un", "PRKGOV", "PRK", "GOV", "prk.kim-jong-un"),
        ),
        "recipients": (ActorSpan(*_words(text, "Putin"), "Vladimir Putin", "RUSGOV", "RUS", "GOV", None),),
        "time": TimeSpan(*_words(text, "On Tuesday"), "2023-09-12", "2023-09-12", "day", anchored=True),
        "place": PlaceSpan(
            *_words(text, "Vostochny"),
            "Vostochny Cosmodrome",
            None,
            51.9,
            128.3,
            "RUS",
            None,
            "SPCP",
            "point",
        ),
        "factuality": "actual",
        "attribution": (Source(*_words(text, "TASS"), "TASS", "RUSMED", "agency", "said"),),
        "quantities": (Quantity(*_words(text, "two missiles"), "missile", 2.0, 2.0),),
        "confidence": 0.83,
        "field_confidence": {"event_type": 0.9},
        "rules": ("meet.v",),
    }
    start, end, words = _words(text, "met")
    return Report(start=start, end=end, text=words, **(fields | changes))


def _event(report: Report) -> Event:
    """Return the event of one report."""
    same = [
        "event_type",
        "mode",
        "contexts",
        "cameo",
        "quad",
        "goldstein",
        "intensity",
        "symmetric",
        "time",
        "place",
        "factuality",
        "quantities",
        "confidence",
    ]
    sides = {
        side: tuple(Actor(a.name, a.code, a.country, a.sector, a.id) for a in getattr(report, side))
        for side in ("actors", "recipients")
    }
    return Event(
        id=digest("event", report.id),
        reports=(report.id,),
        sources=SourceCount(1, 1, 1),
        conflicts=(),
        **{name: getattr(report, name) for name in same},
        **sides,
    )


@pytest.fixture(scope="session")
def make_coded() -> Callable[..., CodedDocument]:
    """Return a factory of coded documents: one report and its event for each set of changed fields.

    ``document`` is the document that was read, ``reports`` a list of fields that differ from the
    sample's meeting, ``notes`` the notes.
    """

    def make(
        document: Document | None = None,
        *,
        reports: tuple[dict[str, Any], ...] = ({},),
        notes: tuple[Note, ...] = (),
    ) -> CodedDocument:
        document = document or Document(text=SAMPLE, published="2023-09-13", outlet="The Post")
        made = tuple(_report(document, changes) for changes in reports)
        time = TimeMention(
            *_words(document.text, "On Tuesday"), "2023-09-12", "2023-09-12", "day",
            anchored=True, value="2023-09-12", type="DATE",
        )  # fmt: skip
        mentions = Mentions(made[0].actors if made else (), (), (time,), ())
        sentences = (Bounds(0, len(document.text)),)
        return CodedDocument(document, sentences, made, mentions, tuple(map(_event, made)), notes)

    return make
