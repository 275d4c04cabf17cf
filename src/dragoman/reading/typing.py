"""The trained typer: what kind of event a sentence reports between two marked actors.

A small transformer, run by onnxruntime; ``knowledge/models/typer.md`` says what it was trained on and how
well it does. Nothing is loaded before the first question.
"""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.tables import DATA

if TYPE_CHECKING:
    import numpy as np
    import tokenizers

type Offsets = tuple[int, int]
# A side that the sentence does not name is None; at least one side is named.
type Side = Offsets | None
type Item = tuple[str, Side, Side]

MODELS = DATA.parent / "models"
# Pieces of MiniLM's vocabulary. The first four are unused in it; the typer learnt them as marks.
ACTOR_OPEN, ACTOR_CLOSE, RECIPIENT_OPEN, RECIPIENT_CLOSE = 1, 2, 3, 4
START, END = 101, 102
# Word pieces of a sentence that the typer sees, marks not counted. A longer sentence is cut to the
# stretch around the pair. 120 holds 99.9 % of the sentences it was trained on.
LONGEST = 120
# Items run together; they are sorted by length first, so that little is spent on padding. Of 1, 4, 8, 16 and 32 four
# was the fastest for the questions of single articles on two cores.
BATCH = 4


@dataclass(frozen=True, slots=True)
class Card:
    """What the program needs of the card beside the weights: labels in order, and the temperature."""

    labels: tuple[str, ...]
    temperature: float


class Typer:
    """Weights, word pieces and card, from one folder. One instance serves any number of calls."""

    def __init__(self, folder: Path = MODELS, *, threads: int = 1) -> None:
        """Load from ``folder``; ``threads`` is how many a batch may use.

        Raises:
            KnowledgeError: a file is missing or broken.
        """
        import onnxruntime  # noqa: PLC0415 - costs a tenth of a second; only typing needs it

        self._card = read_card(folder / "typer.toml")
        self._pieces = load_pieces(folder / "tokenizer.json")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        weights = folder / "typer.onnx"
        if not weights.is_file():
            message = f"{weights}: no trained weights"
            raise KnowledgeError(message)
        self._session: Any = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The names it gives probabilities to: the 16 types, then NONE."""
        return self._card.labels

    def probabilities(self, items: Sequence[Item]) -> list[dict[str, float]]:
        """Return for each sentence with actor and recipient (half-open offsets) the probability of each label.

        Probabilities add up to 1 and are calibrated on pairs kept back. Order is that of ``items``.

        Raises:
            UsageError: a span is empty or outside its sentence.
        """
        import numpy as np  # noqa: PLC0415 - as for onnxruntime

        encoded = [encode(self._pieces, *item) for item in items]
        order = sorted(range(len(items)), key=lambda n: len(encoded[n]))
        found: list[dict[str, float]] = [{} for _ in items]
        for batch in itertools.batched(order, BATCH):
            scores = self._session.run(None, {"ids": pad([encoded[n] for n in batch])})[0]
            scores = scores.astype(np.float64) / self._card.temperature
            exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
            for n, row in zip(batch, exponents / exponents.sum(axis=1, keepdims=True), strict=True):
                found[n] = dict(zip(self._card.labels, row.tolist(), strict=True))
        return found


@functools.cache
def load_typer(folder: Path = MODELS) -> Typer:
    """Return the typer of ``folder``, loaded once.

    Raises:
        KnowledgeError: a file is missing or broken.
    """
    return Typer(folder)


def relation_type(sentence: str, actor: str | Side, recipient: str | Side) -> dict[str, float]:
    """Return the probability of each of the 16 PLOVER types, and of NONE, for what ``actor`` does to ``recipient``.

    Each is given as words of the sentence (their first place counts) or as half-open offsets; None stands for
    a side that the sentence does not name. The label NONE means that the sentence reports no event from the
    one to the other. The likeliest label comes first.

    Raises:
        UsageError: the words are not in the sentence, the offsets are outside it, or both sides are None.
    """
    spans = find(sentence, actor, "actor"), find(sentence, recipient, "recipient")
    answer = load_typer().probabilities([(sentence, *spans)])[0]
    return dict(sorted(answer.items(), key=lambda pair: -pair[1]))


def find(sentence: str, words: str | Side, role: str) -> Side:
    """Return the offsets of ``words`` in the sentence: whole words first, exact case first.

    Raises:
        UsageError: they are not there; names the ``role``.
    """
    if not isinstance(words, str):
        return _checked(sentence, words, role)
    wanted = words.strip()
    places = [] if not wanted else [
        (start, start + len(wanted))
        for text, part in ((sentence, wanted), (sentence.lower(), wanted.lower()))
        if len(text) == len(sentence)
        for start in _places(text, part)
    ]  # fmt: skip
    if not places:
        message = f"the {role} {words!r} is not in the sentence {sentence!r}"
        raise UsageError(message)
    return next((place for place in places if _whole(sentence, *place)), places[0])


def _places(text: str, part: str) -> Iterable[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _whole(sentence: str, start: int, end: int) -> bool:
    """Say whether no letter or digit touches the stretch from outside."""
    return not (sentence[start - 1 : start].isalnum() or sentence[end : end + 1].isalnum())


def _checked(sentence: str, span: Side, role: str) -> Side:
    if span is None:
        return None
    start, end = span
    if not 0 <= start < end <= len(sentence) or not sentence[start:end].strip():
        message = (
            f"the {role} at {start}-{end} is outside the sentence of {len(sentence)} characters, or empty"
        )
        raise UsageError(message)
    return start, end


def encode(pieces: tokenizers.Tokenizer, sentence: str, actor: Side, recipient: Side) -> list[int]:
    """Return the word pieces of the sentence with marks set around actor and recipient, where they are named.

    Raises:
        UsageError: a span is empty or outside the sentence, or neither side is named.
    """
    _checked(sentence, actor, "actor")
    _checked(sentence, recipient, "recipient")
    if actor is None and recipient is None:
        message = "neither actor nor recipient is named"
        raise UsageError(message)
    coded = pieces.encode(sentence, add_special_tokens=False)
    ids, offsets = coded.ids, coded.offsets
    marks = sorted(
        [
            *_marks(offsets, actor, ACTOR_OPEN, ACTOR_CLOSE),
            *_marks(offsets, recipient, RECIPIENT_OPEN, RECIPIENT_CLOSE),
        ]
    )
    low, high = _window(len(ids), marks[0][0], marks[-1][0])
    found = [START]
    position = low
    for place, _, mark in marks:
        stop = min(max(place, low), high)
        found += ids[position:stop]
        found.append(mark)
        position = stop
    return [*found, *ids[position:high], END]


def _marks(offsets: Sequence[Offsets], span: Side, opening: int, closing: int) -> list[tuple[int, int, int]]:
    """Return place, order among marks at one place, and id, of an opening and a closing mark."""
    if span is None:
        return []
    first = next((n for n, (_, end) in enumerate(offsets) if end > span[0]), len(offsets))
    last = next((n for n, (start, _) in enumerate(offsets) if start >= span[1]), len(offsets))
    last = max(first, last)
    # At one place what closes comes before what opens, unless the span holds no piece at all.
    return [(first, 1, opening), (last, 2 if last == first else 0, closing)]


def _window(count: int, first: int, last: int) -> Offsets:
    """Return the stretch of at most LONGEST pieces that has the pair in its middle."""
    if count <= LONGEST:
        return 0, count
    low = min(max(0, (first + last - LONGEST) // 2), count - LONGEST)
    return low, low + LONGEST


def pad(rows: Sequence[Sequence[int]]) -> np.ndarray:
    """Return the rows as one array of 64-bit integers, zeros after the shorter ones."""
    import numpy as np  # noqa: PLC0415 - as for onnxruntime

    found = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for n, row in enumerate(rows):
        found[n, : len(row)] = row
    return found


def load_pieces(path: Path) -> tokenizers.Tokenizer:
    """Read the word pieces (a ``tokenizer.json``), without cutting or padding.

    Raises:
        KnowledgeError: the file is missing.
    """
    import tokenizers  # noqa: PLC0415 - as for onnxruntime

    if not path.is_file():
        message = f"{path}: no word pieces"
        raise KnowledgeError(message)
    pieces = tokenizers.Tokenizer.from_file(str(path))
    pieces.no_truncation()
    pieces.no_padding()
    return pieces


def read_card(path: Path) -> Card:
    """Read labels and temperature from the card.

    Raises:
        KnowledgeError: the card is missing, is no TOML, or lacks one of them.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        return Card(tuple(found["labels"]), float(found["temperature"]))
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        message = f"{path}: {error}"
        raise KnowledgeError(message) from error
