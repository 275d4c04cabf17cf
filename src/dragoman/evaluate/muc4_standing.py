"""How an organisation is held to have done it, in MUC-4's terms: fact, claimed or admitted, suspected (by authorities), possible.

Asked of everything a document says of the organisation: whoever claims it himself has claimed it; else what the event's reports say,
or other reports of violence by it; else who accuses it. The terms are those of slot 11 of the set's documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.evaluate.muc4_incidents import SMALL, TYPES, Incident, content_words, load_words
from dragoman.model.actor import ActorSpan
from dragoman.model.report import Report
from dragoman.model.speech import Source

FACT, CLAIMED, SUSPECTED = "REPORTED AS FACT", "CLAIMED OR ADMITTED", "SUSPECTED OR ACCUSED"
BY_AUTHORITIES, POSSIBLE = "SUSPECTED OR ACCUSED BY AUTHORITIES", "POSSIBLE"
# Who is an authority in MUC-4: the government, the forces, the police, the courts.
AUTHORITIES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
# Who says it as it is; what is told in another stance is a suspicion.
PLAIN_STANCES = frozenset({"states", "confirms"})
ADMITTING_STANCES = frozenset({"claims", "admits"})
ACCUSING = "ACCUSE"
UNSURE = frozenset({"possible", "hypothetical"})


def standing_of(incident: Incident, names: Sequence[str]) -> str | None:
    """Return how the organisation of these names is held to have done it; None where nothing read says so."""
    coded = incident.coded
    for said in coded.mentions.attributions:
        words = " ".join([said.cue.text if said.cue else "", *(piece.text for piece in said.content)])
        claimed = said.stance in ADMITTING_STANCES and load_words().has("standing", CLAIMED, words)
        if claimed and said.source is not None and _is_named(said.source.text, said.source.name, names):
            return CLAIMED
    others = (report for report in coded.reports if report.event_type in TYPES)
    for report in (*incident.reports, *others):
        for actor in _named(report.actors, names):
            return _by_report(report, actor)
    for report in coded.reports:
        if report.event_type == ACCUSING and any(_named(report.recipients, names)):
            return (
                BY_AUTHORITIES if any((a.sector or "") in AUTHORITIES for a in report.actors) else SUSPECTED
            )
    for said in coded.mentions.attributions:
        content = " ".join(piece.text for piece in said.content)
        about = load_words().has("standing", SUSPECTED, f"{said.cue.text if said.cue else ''} {content}")
        if about and _is_named(content, None, names):
            return BY_AUTHORITIES if said.source is not None and _is_authority(said.source) else SUSPECTED
    return None


def _by_report(report: Report, actor: ActorSpan) -> str:
    """Return how a report holds its actor to have done it: by its words, its factuality, who says so and how."""
    if load_words().has("standing", SUSPECTED, actor.text):
        return SUSPECTED
    if report.factuality in UNSURE:
        return POSSIBLE
    if not report.attribution:
        return FACT
    innermost = report.attribution[-1]
    if innermost.code is not None and innermost.code == actor.code:
        return CLAIMED
    if innermost.stance in PLAIN_STANCES and innermost.kind != "anonymous":
        return FACT
    return BY_AUTHORITIES if _is_authority(innermost) else SUSPECTED


def _is_authority(source: Source) -> bool:
    return source.kind == "official" or (source.code or "")[3:6] in AUTHORITIES


def _named(actors: Sequence[ActorSpan], names: Sequence[str]) -> Iterator[ActorSpan]:
    return (actor for actor in actors if _is_named(actor.text, actor.name, names))


def _is_named(text: str, name: str | None, names: Sequence[str]) -> bool:
    """Say whether words name one of the organisations: all the words of one of its names stand among them."""
    ours = set(content_words(f"{text} {name or ''}"))
    return any((own := set(content_words(each)) - SMALL) and own <= ours for each in names)
