"""Last of all, each report gets the code that the dictionary gave, as it stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dragoman.knowledge.lexicon import NOT_AN_EVENT, Lexicon
from dragoman.knowledge.ontology import Ontology
from dragoman.model.document import digest
from dragoman.model.report import Report
from dragoman.reading.article import Article
from dragoman.reading.stage import Stage

LEXICON_RULE = "lexicon:"


def with_code(
    report: Report, lexicon: Lexicon, ontology: Ontology, scored: frozenset[str], nth: int
) -> Report:
    """Return the report with the code of its verb or pattern; ``scored`` are the codes with a Goldstein score.

    Without a type there is no intensity. ``nth`` counts the reports, so that each has an id of its own.
    """
    entry = next(
        (
            lexicon.by_id[id_]
            for rule in report.rules
            if (id_ := rule.removeprefix(LEXICON_RULE)) in lexicon.by_id
        ),
        None,
    )
    if entry is None or entry.cameo is None:
        return report
    code = ontology.cameo[entry.cameo]
    return replace(
        report,
        id=digest("report", report.id, entry.id, nth),
        cameo=code.code,
        quad=code.quad,
        goldstein=code.goldstein if code.code in scored else None,
        intensity=None if report.event_type == NOT_AN_EVENT else report.intensity,
    )


def codes_stage(lexicon: Lexicon, ontology: Ontology, scored: frozenset[str]) -> Stage:
    """Return the stage that gives the reports the codes of the dictionary."""

    def run(article: Article) -> Mapping[str, Any]:
        reports = (
            with_code(report, lexicon, ontology, scored, nth) for nth, report in enumerate(article.reports)
        )
        return {"reports": tuple(reports)}

    return Stage("dictionary codes", ("reports",), ("reports",), run)
