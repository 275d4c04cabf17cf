"""Promises that hold for any names: swapped, unknown, passive, denied, threatened, demanded, attributed.

The sentences are made of the tables beside this file: each template with each pair of names in both orders,
plain, in other words, and in each frame. All are read in one go.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.knowledge.ontology import load_ontology
from dragoman.model.actor import ActorSpan
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.model.report import Report
from dragoman.pipeline.reader import Reader

FOLDER = Path(__file__).parent
ANY = "*"
type Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and the report it must give; ``behaviour`` is the promise it tests."""

    behaviour: str
    template: str
    first: str
    second: str
    sentence: str
    event_type: str
    symmetric: bool
    factuality: str
    actor: str
    recipient: str

    def holds(self, coded: CodedDocument) -> bool:
        """Say whether a report has this type, these sides and this factuality."""
        return any(self._is(report) for report in coded.reports)

    def _is(self, report: Report) -> bool:
        sides = [(report.actors, report.recipients)]
        if self.symmetric:
            sides.append((report.recipients, report.actors))
        return (
            report.event_type == self.event_type
            and self.factuality in {ANY, report.factuality}
            and any(_has(doing, self.actor) and _has(others, self.recipient) for doing, others in sides)
        )


def _has(side: tuple[ActorSpan, ...], name: str) -> bool:
    """Say whether an actor of the side is written with the whole name ("members of Hamas" is)."""
    bare = name.lower().removeprefix("the ")
    return any(bare in actor.text.lower() for actor in side)


def table(name: str) -> list[dict[str, str]]:
    lines = [line for line in (FOLDER / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [{key: value or "" for key, value in row.items()} for row in rows]


def made() -> Iterator[Case]:
    """Yield every case."""
    for template in table("templates.tsv"):
        for pair in table("pairs.tsv"):
            names = pair["first"], pair["second"]
            for first, second in (names, names[::-1]):
                yield _case(
                    "unknown" if pair["unknown"] else "swap", template, first, second, template["active"]
                )
                if template["partner"]:
                    yield _case("partner", template, first, second, template["partner"])
            if pair["framed"]:
                yield from _framed(template, *names)


def _framed(template: Row, first: str, second: str) -> Iterator[Case]:
    parts = {
        "{ACTIVE}": template["active"].removesuffix("."), "{BASE}": template["base"], "{GERUND}": template["gerund"],
    }  # fmt: skip
    for frame in table("frames.tsv"):
        words = frame["words"]
        missing = any(part in words and not inside for part, inside in parts.items())
        if missing or (frame["needs"] and frame["needs"] not in template["flags"]):
            continue
        for part, inside in parts.items():
            words = words.replace(part, inside)
        yield _case(frame["frame"], template, first, second, words, frame)


def _case(
    behaviour: str, template: Row, first: str, second: str, words: str, frame: Row | None = None
) -> Case:
    expected = frame or {"type": ANY, "factuality": ANY, "actor": "A", "recipient": "B"}
    names = {"A": first, "B": second}
    event_type = template["type"] if expected["type"] == ANY else expected["type"]
    sentence = words.replace("{A}", first).replace("{B}", second)
    return Case(
        behaviour=behaviour, template=template["active"], first=first, second=second,
        sentence=sentence[0].upper() + sentence[1:], event_type=event_type,
        symmetric=template["flags"] == "sym" and event_type == template["type"],
        factuality=expected["factuality"],
        actor=names.get(expected["actor"], expected["actor"]),
        recipient=names.get(expected["recipient"], expected["recipient"]),
    )  # fmt: skip


CASES = tuple(made())
KNOWN = table("known.tsv")


def is_known(case: Case, row: Row) -> bool:
    """Say whether a line of known failures speaks of the case; ``*`` stands for anything."""
    return all(
        row[key] in {ANY, getattr(case, key)} for key in ("behaviour", "template", "first", "second")
    )  # fmt: skip


def groups() -> list[tuple[str, str]]:
    return list(dict.fromkeys((case.behaviour, case.template) for case in CASES))


@pytest.fixture(scope="session")
def coded() -> dict[str, CodedDocument]:
    """Read every sentence once, in one batch, as ``dragoman.code`` would."""
    sentences = list(dict.fromkeys(case.sentence for case in CASES))
    documents = (Document(text=sentence, published="2023-09-13") for sentence in sentences)
    return dict(zip(sentences, Reader().read(documents), strict=True))


def failing(cases: list[Case], coded: Mapping[str, CodedDocument]) -> list[str]:
    """Return each case that does not hold, with what was read instead."""
    return [
        f"{case.sentence} -> {case.event_type} {case.factuality}, but "
        + "; ".join(
            f"{r.event_type} {r.factuality} {[a.text for a in r.actors]} > {[a.text for a in r.recipients]}"
            for r in coded[case.sentence].reports
        )
        for case in cases if not case.holds(coded[case.sentence])
    ]  # fmt: skip


@pytest.mark.parametrize(("behaviour", "template"), groups())
def test_a_sentence_means_the_same_with_any_names(
    behaviour: str, template: str, coded: dict[str, CodedDocument]
) -> None:
    cases = [case for case in CASES if (case.behaviour, case.template) == (behaviour, template)]
    expected = [case for case in cases if not any(is_known(case, row) for row in KNOWN)]
    assert failing(expected, coded) == []


@pytest.mark.parametrize(
    "row",
    [pytest.param(row, marks=pytest.mark.xfail(strict=True, reason=row["reason"])) for row in KNOWN],
    ids=lambda row: f"{row['behaviour']}: {row['template']} {row['first']}, {row['second']}",
)
def test_what_is_known_to_fail(row: Row, coded: dict[str, CodedDocument]) -> None:
    assert failing([case for case in CASES if is_known(case, row)], coded) == []


def test_known_failures_are_of_cases_and_say_why() -> None:
    assert all(row["reason"] and any(is_known(case, row) for case in CASES) for row in KNOWN)


def test_every_type_has_templates() -> None:
    by_type = defaultdict(list)
    for row in table("templates.tsv"):
        by_type[row["type"]].append(row["active"])
    assert set(by_type) == set(load_ontology().types)
    assert sum(map(len, by_type.values())) == len(set().union(*by_type.values())) >= 60
    assert min(map(len, by_type.values())) >= 4


def test_names_said_to_be_unknown_are_unknown(coded: dict[str, CodedDocument]) -> None:
    unknown = [row["unknown"] for row in table("pairs.tsv") if row["unknown"]]
    named = [
        a for one in coded.values() for report in one.reports for a in (*report.actors, *report.recipients)
    ]
    assert unknown
    assert {a.code for a in named if any(a.text.lower() == name.lower() for name in unknown)} == {None}
