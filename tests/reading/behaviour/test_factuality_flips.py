"""Sixty acts, each told in ways that must change what is read of them: denied, planned, asked, supposed, demanded, rumoured."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.reading.event_words import judgements

FOLDER = Path(__file__).parent
ANY = "*"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, where its event word stands, and the label it must get."""

    frame: str
    template: str
    sentence: str
    start: int
    end: int
    label: str


def table(name: str) -> list[dict[str, str]]:
    lines = [line for line in (FOLDER / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def made() -> Iterator[Case]:
    """Yield every template in every frame."""
    for row in table("factuality_templates.tsv"):
        parts = {name.upper(): words for name, words in row.items()}
        subject = row["subject"]
        for frame in table("factuality_frames.tsv"):
            marked = frame["words"].format(S=subject, s=subject[0].lower() + subject[1:], **parts)
            before, word, after = marked.replace("]", "[").split("[")
            yield Case(
                frame["frame"], f"{subject} {row['past']}", before + word + after,
                len(before), len(before + word), frame["label"],
            )  # fmt: skip


KNOWN = table("factuality_known.tsv")


def cases() -> Iterator[object]:
    for case in made():
        reasons = [
            row["reason"]
            for row in KNOWN
            if row["frame"] in {ANY, case.frame} and row["template"] in {ANY, case.template}
        ]
        marks = [pytest.mark.xfail(reason=reasons[0], strict=True)] if reasons else []
        yield pytest.param(case, marks=marks, id=f"{case.frame}: {case.template}")


@pytest.fixture(scope="module")
def labels() -> dict[str, str]:
    """Return the label of the event word of each sentence; all are read in one go."""
    every = list(made())
    told = judgements((case.sentence, [(case.start, case.end)]) for case in every)
    return {case.sentence: found[0].factuality for case, found in zip(every, told, strict=True)}


@pytest.mark.parametrize("case", list(cases()))
def test_an_act_gets_the_label_of_the_way_it_is_told(case: Case, labels: dict[str, str]) -> None:
    assert labels[case.sentence] == case.label, case.sentence


def test_there_are_sixty_acts_and_few_known_faults() -> None:
    every = list(made())
    assert len(table("factuality_templates.tsv")) == 60
    known = sum(
        any(row["frame"] == case.frame and row["template"] == case.template for row in KNOWN)
        for case in every
    )
    assert known <= len(every) / 50
