"""What dragoman's events say on the questions of MUC-4: type, stage, perpetrator's standing, date, place, victims."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.knowledge.tables import read_table
from dragoman.model.event import CodedDocument, Event
from dragoman.model.report import Report

DATA = Path(__file__).parent / "data"
WORD = re.compile(r"[^\W_][\w'-]*")
ACCOMPLISHED, ATTEMPTED, THREATENED = "ACCOMPLISHED", "ATTEMPTED", "THREATENED"
# How the rules begin that name what decided on factuality.
FACTUALITY_RULES = ("embedders:", "modifiers:")
# Types of events that may be one of MUC-4's incidents, done or threatened.
TYPES = frozenset({"ASSAULT", "THREATEN"})
# Words of names that say nothing of whose name it is.
SMALL = frozenset(
    {"the", "of", "and", "de", "la", "el", "los", "las", "del", "in", "to", "for", "national", "an"}
)


@dataclass(frozen=True, slots=True)
class Words:
    """The table of words: for each kind and name the beginnings of words, and PLOVER modes."""

    starts: dict[tuple[str, str], tuple[str, ...]]
    modes: dict[tuple[str, str], frozenset[str]]

    def names(self, kind: str) -> list[str]:
        """Return the names of one kind, in the table's order."""
        return [name for found, name in self.starts if found == kind]

    def has(self, kind: str, name: str, words: str) -> bool:
        """Say whether one of the words begins as the table says."""
        text = f" {words.lower()}"
        return any(f" {start}" in text for start in self.starts[kind, name])


@functools.cache
def load_words() -> Words:
    """Read ``data/muc4-words.tsv``."""
    rows = list(read_table(DATA / "muc4-words.tsv", ("kind", "name", "words", "modes")))
    return Words(
        {(row["kind"], row["name"]): row.items("words") for row in rows},
        {(row["kind"], row["name"]): frozenset(row.items("modes")) for row in rows},
    )


@dataclass(frozen=True, slots=True)
class Incident:
    """An event of ours with its reports and the sentences they stand in, and the document."""

    coded: CodedDocument
    event: Event
    reports: tuple[Report, ...]
    sentences: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """All words of its sentences, lower case."""
        return frozenset(word for text in self.sentences for word in content_words(text))

    def is_of_type(self, name: str) -> bool:
        """Say whether its mode or the words of its triggers are those of an incident type."""
        words = load_words()
        modes = {report.mode for report in self.reports} & words.modes["type", name]
        return bool(modes) or any(words.has("type", name, report.text) for report in self.reports)


def content_words(text: str) -> list[str]:
    """Return the words of a text in lower case, of two letters or more."""
    return [word.lower().removesuffix("'s") for word in WORD.findall(text) if len(word) > 1]


def incidents_of(coded: CodedDocument) -> list[Incident]:
    """Return the events of a document that may be incidents."""
    by_id = {report.id: report for report in coded.reports}
    text = coded.document.text
    found = []
    for event in coded.events:
        if event.event_type not in TYPES:
            continue
        reports = tuple(by_id[id_] for id_ in event.reports)
        bounds = dict.fromkeys(coded.sentences[report.sentence] for report in reports)
        found.append(Incident(coded, event, reports, tuple(text[b.start : b.end] for b in bounds)))
    return found


def stage_of(incident: Incident) -> str:
    """Return how far the incident went: a threat or what is only planned, an attempt, or done."""
    if incident.event.event_type == "THREATEN":
        return THREATENED
    words = load_words()
    rules = " ".join(
        rule.partition(":")[2]
        for r in incident.reports
        for rule in r.rules
        if rule.startswith(FACTUALITY_RULES)
    )
    if incident.event.factuality != "actual" and words.has("stage", ATTEMPTED, rules):
        return ATTEMPTED
    factualities = {report.factuality for report in incident.reports}
    if "actual" in factualities:
        return ACCOMPLISHED
    return ATTEMPTED if factualities == {"denied"} else THREATENED


def number_of(incident: Incident, effect: str) -> tuple[float, float | None] | None:
    """Return how many people were killed or wounded, as bounds; None where no report counts or names them."""
    words = load_words()
    for report in incident.reports:
        counted = [
            q
            for q in report.quantities
            if words.has("effect", effect, f"{q.what} {q.text}") or words.has("effect", effect, report.text)
        ]
        if counted:
            return counted[0].low, counted[0].high
    for report in incident.reports:
        named = {actor.text for actor in report.recipients if actor.code or actor.sector or actor.name}
        if named and words.has("effect", effect, report.text) and report.factuality == "actual":
            plural = any(name.rstrip().lower().endswith("s") for name in named)
            return (float(len(named) + 1), None) if plural else (float(len(named)), float(len(named)))
    return None


def day_interval(event: Event) -> tuple[date, date] | None:
    """Return the first and last day of an event; None where the text does not fix them."""
    time = event.time
    if time is None or time.from_ is None or time.to is None:
        return None
    return date.fromisoformat(time.from_[:10]), date.fromisoformat(time.to[:10])


def overlap(names: Iterable[str], words: frozenset[str] | Mapping[str, int]) -> float:
    """Return the largest share of a name's own words that stand among ``words``, 0 to 1."""
    shares = [0.0]
    for name in names:
        own = [word for word in content_words(name) if word not in SMALL]
        if own:
            shares.append(sum(word in words for word in own) / len(own))
    return max(shares)
