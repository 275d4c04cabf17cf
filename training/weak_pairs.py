"""Pairs of actors from unlabelled or weakly labelled text, with the lexicon's vote on each.

Run by ``make_typer.py``; needs dragoman installed, not torch. Writes one JSON object a line.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.config import ReaderConfig
from dragoman.knowledge.lexicon import Lexicon, load_lexicon
from dragoman.model.document import Document
from dragoman.reading.article import Argument, Article, Sentence
from dragoman.reading.chain import build_chain

# Of a story the label speaks for its beginning only: its headline and this many paragraphs are read.
STORY_PARAGRAPHS = 2
# Lists and tables are no sentences; longer ones are cut by the typer anyway. Characters.
SHORTEST, LONGEST = 30, 450
# The stage that follows the frames; it would ask the typer that is to be made.
AFTER_FRAMES = "weighing"
# Of one sentence at most this many pairs: a list of countries makes hundreds.
PAIRS_A_SENTENCE = 6


@dataclass(frozen=True, slots=True)
class WeakPair:
    """A sentence with two marked actors. ``story`` is the story's label, ``vote`` the lexicon's type, if any.

    ``triggers`` are the types of all triggers of the sentence; offsets count within the sentence.
    """

    corpus: str
    sentence: str
    actor: tuple[int, int]
    recipient: tuple[int, int]
    story: str
    vote: str
    triggers: tuple[str, ...]


def stories(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield corpus name, text and label of each synthetic story."""
    with zipfile.ZipFile(path) as archive:
        inside = archive.read(archive.namelist()[0]).decode("utf-8")
    for row in csv.DictReader(io.StringIO(inside)):
        headline = row["prompt"].split("\n")[0].strip()
        body = [part.strip() for part in row["text"].split("\n\n") if part.strip()]
        yield "synthetic", "\n\n".join([f"{headline}.", *body[:STORY_PARAGRAPHS]]), row["label"]


def articles(root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield corpus name, text and no label of each real article, in a fixed order."""
    for path in sorted(root.glob("polnear/*/text/*.txt")):
        yield "polnear", path.read_text("utf-8"), ""
    for path in sorted(root.glob("tempeval3/*/*.tml")):
        text = re.search(r"<TEXT>(.*)</TEXT>", path.read_text("utf-8"), re.DOTALL)
        if text:
            yield "tempeval3", re.sub(r"<[^>]+>", "", text[1]).replace("&amp;", "&"), ""
    for path in sorted(root.glob("news-clusters/data_raw/**/*.json")):
        if found := path.read_text("utf-8").strip():  # a few files are empty
            yield "news-clusters", str(json.loads(found).get("text") or ""), ""


def read(texts: Iterable[tuple[str, str, str]], lexicon: Lexicon) -> Iterator[WeakPair]:
    """Read the texts as far as frames and yield their pairs."""
    config = ReaderConfig()
    chain = build_chain(config.pipeline, batch_size=config.batch_size)
    stages = tuple(itertools.takewhile(lambda stage: stage.name != AFTER_FRAMES, chain.stages))
    kept: list[tuple[str, str]] = []

    def documents() -> Iterator[Article]:
        for corpus, text, label in texts:
            kept.append((corpus, label))
            yield Article(Document(text=text))

    for n, parsed in enumerate(chain.parser.parse(documents())):
        article = parsed
        for stage in stages:
            article = replace(article, **stage.run(article))
        yield from _pairs(article, *kept[n], lexicon)


def _pairs(article: Article, corpus: str, label: str, lexicon: Lexicon) -> Iterator[WeakPair]:
    votes: dict[tuple[int, int], str] = {}
    for frame in article.frames:
        for one, other in itertools.product(frame.actors, frame.recipients):
            votes.setdefault(_key(one, other), lexicon.by_id[frame.trigger.entry].event_type)
    for sentence in article.sentences:
        if not SHORTEST <= sentence.end - sentence.start <= LONGEST:
            continue
        yield from _sentence_pairs(article, sentence, corpus, label, votes, lexicon)


def _key(actor: Argument, recipient: Argument) -> tuple[int, int]:
    return actor.mention, recipient.mention


def _sentence_pairs(
    article: Article, sentence: Sentence, corpus: str, label: str, votes: dict[Any, str], lexicon: Lexicon
) -> Iterator[WeakPair]:
    inside = [
        n for n, mention in enumerate(article.actors)
        if sentence.first <= mention.tokens.first and mention.tokens.last <= sentence.last
    ]  # fmt: skip
    triggers = tuple(
        lexicon.by_id[trigger.entry].event_type for trigger in article.triggers
        if sentence.first <= trigger.tokens.head < sentence.last
    )  # fmt: skip
    pairs = sorted(itertools.permutations(inside, 2), key=lambda pair: pair not in votes)
    for one, other in pairs[:PAIRS_A_SENTENCE]:
        spans = [_within(article, n, sentence) for n in (one, other)]
        if spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]:
            continue
        text = article.document.text[sentence.start : sentence.end]
        yield WeakPair(corpus, text, *spans, label, votes.get((one, other), ""), triggers)


def _within(article: Article, mention: int, sentence: Sentence) -> tuple[int, int]:
    tokens = article.actors[mention].tokens
    span = article.span(tokens.first, tokens.last)
    return span.start - sentence.start, span.end - sentence.start


def write(root: Path, out: Path) -> int:
    """Write all weak pairs under the folder of development sets ``root`` to ``out``; return how many."""
    lexicon = load_lexicon()
    texts = itertools.chain(stories(next(root.glob("synthetic/*.zip"))), articles(root))
    count = 0
    with out.open("w", encoding="utf-8") as lines:
        for pair in read(texts, lexicon):
            lines.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
            count += 1
    return count
