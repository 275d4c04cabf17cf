"""Scoring of references: pronouns and descriptions that people have annotated, against what the reader makes of them.

docs/reference/annotation.md (References) explains the format and the rules of scoring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.evaluate.names_agree import NameJudge
from dragoman.knowledge.tables import Row, read_table
from dragoman.model.actor import ActorSpan
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.model.record import Record

COLUMNS = ("document", "published", "start", "end", "words", "refers_to", "code", "kind")
KINDS = ("pronoun", "role", "group", "none")
NONE = "none"
MEMBERS = ";"
RIGHT, WRONG, MISSING = "right", "wrong", "missing"


@dataclass(frozen=True, slots=True)
class Reference(Record):
    """An annotated mention: code points of the text, its words, and whom it stands for.

    ``refers_to`` holds the acceptable answers, each a group of one or more names; empty where the article has no
    name for it. ``code`` is empty where it is not to be scored. ``kind`` is one of `KINDS`.
    """

    start: int
    end: int
    words: str
    refers_to: tuple[tuple[str, ...], ...]
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotated mentions, in order; ``document`` is the name of its file."""

    name: str
    document: Document
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Judged(Record):
    """One mention, the verdict (`RIGHT`, `WRONG`, `MISSING`), whom the reader found, and words around it."""

    document: str
    reference: Reference
    verdict: str
    found: tuple[ActorSpan, ...]
    around: str


@dataclass(frozen=True, slots=True)
class ReferencesResult(Record):
    """Counts of mentions: ``right`` of ``count``, ``resolved`` those given an actor, ``resolved_right`` the right ones.

    ``kinds`` maps a kind to (right, of); ``errors`` are all that are not right.
    """

    count: int
    right: int
    resolved: int
    resolved_right: int
    kinds: dict[str, tuple[int, int]]
    errors: tuple[Judged, ...]


def read_references(path: Path, texts: Path) -> tuple[Annotated, ...]:
    """Read a table of references, or all ``*.tsv`` of a folder; their documents lie in the folder ``texts``.

    Raises:
        UsageError: no table, or a document is not there.
        KnowledgeError: a table breaks the rules; the text starts with ``file:line``.
    """
    files = sorted(path.glob("*.tsv")) if path.is_dir() else [path]
    if not files:
        message = f"{path}: no *.tsv in this folder"
        raise UsageError(message)
    found = tuple(one for file in files for one in _documents(file, texts))
    if not found:
        message = f"{path}: holds no references"
        raise UsageError(message)
    return found


def _documents(file: Path, texts: Path) -> Iterator[Annotated]:
    for (name, published), rows in groupby(
        read_table(file, COLUMNS), key=lambda row: (row["document"], row["published"])
    ):
        try:
            text = (texts / name).read_bytes().decode("utf-8-sig")
        except OSError as error:
            message = f"{texts / name}: {error.strerror}"
            raise UsageError(message) from error
        except UnicodeDecodeError as error:
            message = f"{texts / name}: not UTF-8"
            raise UsageError(message) from error
        document = Document(text=text, published=published or None)
        yield Annotated(name, document, tuple(_reference(row, text) for row in rows))


def _reference(row: Row, text: str) -> Reference:
    try:
        start, end = int(row["start"]), int(row["end"])
    except ValueError:
        problem = "start and end must be whole numbers"
        raise row.fail(problem) from None
    if row["kind"] not in KINDS:
        problem = f"kind must be one of {', '.join(KINDS)}, it is {row['kind']!r}"
        raise row.fail(problem)
    if not row["words"] or text[start:end] != row["words"]:
        problem = f"the text has {text[start:end]!r} at {start}-{end}, not {row['words']!r}"
        raise row.fail(problem)
    answers = tuple(
        tuple(name for part in answer.split(MEMBERS) if (name := part.strip()))
        for answer in row.items("refers_to")
    )
    if (row["kind"] == NONE) == bool(answers or row["code"]):
        problem = "refers_to or code is needed, and neither for kind none"
        raise row.fail(problem)
    return Reference(start, end, row["words"], answers, row["code"], row["kind"])


def judge(annotated: Annotated, coded: CodedDocument, judges: NameJudge) -> Iterator[Judged]:
    """Yield the verdict on every mention of a document."""
    by_place: dict[tuple[int, int], list[ActorSpan]] = {}
    for actor in coded.mentions.actors:
        by_place.setdefault((actor.start, actor.end), []).append(actor)
    text = annotated.document.text
    for reference in annotated.references:
        found = tuple(actor for actor in _answer(reference, by_place) if _is_somebody(actor))
        around = text[max(0, reference.start - 60) : reference.end + 30]
        yield Judged(annotated.name, reference, _verdict(reference, found, judges), found, around)


def _answer(
    reference: Reference, by_place: Mapping[tuple[int, int], Sequence[ActorSpan]]
) -> Sequence[ActorSpan]:
    """Return the actors of a mention at just these words, or, unless it is a pronoun, of the shortest that ends with or after them."""
    exact = by_place.get((reference.start, reference.end))
    if exact is not None or reference.kind not in {"role", "group"}:
        return exact or ()
    around = [(end - start, start, end) for start, end in by_place
              if start < reference.end <= end and start <= reference.start + len("the ")]  # fmt: skip
    return by_place[min(around)[1:]] if around else ()


def _is_somebody(actor: ActorSpan) -> bool:
    """Say whether the reader knows more than the words themselves: whom they stand for, or a code."""
    return actor.code is not None or (actor.name is not None and actor.name != actor.text)


def _verdict(reference: Reference, found: tuple[ActorSpan, ...], judges: NameJudge) -> str:
    if reference.kind == NONE:
        return WRONG if found else RIGHT
    if not found:
        return MISSING
    if any(_same(answer, found, judges) for answer in reference.refers_to):
        return RIGHT
    return RIGHT if _same_code(reference, found) else WRONG


def _same(answer: tuple[str, ...], found: tuple[ActorSpan, ...], judges: NameJudge) -> bool:
    """Say whether the actors are those of the answer, no one missing and no one besides."""
    left = list(answer)
    for actor in found:
        names = [name for name in left if judges.agree(name, actor)]
        if not names:
            return False
        left.remove(names[0])
    return not left


def _same_code(reference: Reference, found: tuple[ActorSpan, ...]) -> bool:
    """Say whether the code alone is right: where the answer is a description ("the president") and names nobody."""
    return len(found) == 1 and found[0].code == reference.code and _is_description(found[0])


def _is_description(actor: ActorSpan) -> bool:
    words = (actor.name or actor.text).split()
    return actor.id is None and not any(word[:1].isupper() for word in words[1:])


def totals(judged: Sequence[Judged]) -> ReferencesResult:
    """Return the figures over all mentions."""
    of_kind = {kind: [one for one in judged if one.reference.kind == kind] for kind in KINDS}
    right = [one for one in judged if one.verdict == RIGHT]
    resolved = [one for one in judged if one.found]
    return ReferencesResult(
        count=len(judged), right=len(right), resolved=len(resolved),
        resolved_right=sum(one.verdict == RIGHT for one in resolved),
        kinds={kind: (sum(one.verdict == RIGHT for one in ones), len(ones)) for kind, ones in of_kind.items() if ones},
        errors=tuple(one for one in judged if one.verdict != RIGHT),
    )  # fmt: skip
