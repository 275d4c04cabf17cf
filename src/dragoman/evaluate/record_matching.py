"""Whether what was read of a sentence agrees with its gold record, contradicts it, or is about something else.

docs/reference/evaluation-sets.md gives the rules in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dragoman.evaluate.claims import Claim, of_frames, of_mentions, of_report
from dragoman.evaluate.records import GoldActor, GoldRecord
from dragoman.knowledge.lexicon import Lexicon
from dragoman.model.actor import ActorSpan
from dragoman.reading.article import Article

# A party coded without a sector is a state; its government is the same to the coders.
STATE_SECTORS = frozenset({None, "GOV"})
ACTUAL = "actual"


class Verdict(StrEnum):
    """What a printed report is to a gold record."""

    RIGHT = "right"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    UNJUDGED = "unjudged"


class Stage(StrEnum):
    """Where a missed record was lost; each is lost in one place."""

    ACTOR = "actor not found"
    TRIGGER = "no trigger found"
    TYPE = "wrong type"
    SIDE = "wrong side"
    DROPPED = "dropped later"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one sentence: mentions, frames and reports as claims."""

    article: Article
    mentions: tuple[ActorSpan, ...]
    frames: tuple[Claim, ...]
    reports: tuple[Claim, ...]


def reading_of(article: Article, lexicon: Lexicon) -> Reading:
    """Return what is compared of a fully read article."""
    reports = tuple(map(of_report, article.reports))
    return Reading(article, of_mentions(article), of_frames(article, lexicon), reports)


def head_mentions(reading: Reading, party: GoldActor) -> tuple[ActorSpan, ...]:
    """Return the mentions at the head of the party's words ("court" in "a U.S. court decision" is none).

    The head of a phrase is the token that hangs on one outside it.
    """
    found = []
    for start, end in party.spans:
        inside = {token.i for token in reading.article.tokens if token.start < end and start < token.end}
        for i in sorted(inside):
            token = reading.article.tokens[i]
            if token.head not in inside or token.head == i:
                found += [m for m in reading.mentions if m.start <= token.start and token.end <= m.end]
    return tuple(dict.fromkeys(found))


class Judge:
    """Compares the reading of a sentence with one gold record of it."""

    def __init__(self, record: GoldRecord, reading: Reading) -> None:
        """Look up the mentions at the heads of both parties once."""
        self._record = record
        self._reading = reading
        self._heads = {party: head_mentions(reading, party) for party in (*record.sources, *record.targets)}
        self.right = any(self.is_right(report) for report in reading.reports)

    def is_right(self, claim: Claim) -> bool:
        """Say whether a claim has an acceptable type and both sides."""
        return claim.event_type in self._record.types and all(self._sides(claim))

    def best(self) -> tuple[bool, bool]:
        """Return which sides the best report of an acceptable type has right; neither where there is none."""
        claims = (report for report in self._reading.reports if report.event_type in self._record.types)
        return max((self._sides(claim) for claim in claims), key=sum, default=(False, False))

    def verdict(self, claim: Claim) -> Verdict:
        """Say what a printed report is to the record."""
        if self.is_right(claim):
            return Verdict.RIGHT
        if self._is_wrong(claim):
            return Verdict.WRONG
        if claim.event_type in self._record.types and any(self._named(claim)):
            return Verdict.UNJUDGED if self._strange(claim) else Verdict.INCOMPLETE
        return Verdict.UNJUDGED

    def stage(self) -> tuple[Stage, str]:
        """Return where a missed record was lost, and a word on it."""
        frames = self._reading.frames
        if any(map(self.is_right, frames)):
            return Stage.DROPPED, ""
        if missing := self.missing():
            return Stage.ACTOR, missing
        linked = [
            claim for claim in frames if self.links(claim) and claim.event_type not in self._record.types
        ]
        if linked:
            return Stage.TYPE, linked[0].event_type
        fitting = [claim for claim in frames if claim.event_type in self._record.types]
        if not fitting:
            return Stage.TRIGGER, ""
        return Stage.SIDE, self._wrong_side(max(fitting, key=lambda claim: sum(self._named(claim))))

    def missing(self) -> str:
        """Say which side has no actor mention at its words: source, target, both, or an empty string."""
        named = {"source": self._record.sources, "target": self._record.targets}
        lost = [name for name, side in named.items() if side and not self._has(side, self._reading.mentions)]
        return "both" if len(lost) > 1 else "".join(lost)

    def links(self, claim: Claim) -> bool:
        """Say whether a claim has the parties on its two sides, in either order."""
        return all(self._sides(claim)) or self._exchanged(claim)

    def _wrong_side(self, claim: Claim) -> str:
        """Say in a word what is wrong with the sides of the best claim of an acceptable type."""
        if self._exchanged(claim):
            return "exchanged"
        if not any(self._named(claim)):
            return "another pair"
        source, _ = self._sides(claim)
        side, printed = ("target", claim.recipients) if source else ("source", claim.actors)
        return f"{side} is another" if printed else f"no {side}"

    def _is_wrong(self, claim: Claim) -> bool:
        """Say whether a claim that is not right contradicts the record.

        Beside a right report, what has not happened is only what that one speaks of: "threatened to attack".
        """
        record = self._record
        marked = bool(record.triggers)
        at_trigger = any(claim.start < end and start < claim.end for start, end in record.triggers)
        if claim.event_type in record.types:
            another = any(self._named(claim)) and self._strange(claim) and (at_trigger or not marked)
            return self._exchanged(claim) or (another and not self.right)
        if self.right and claim.factuality != ACTUAL:
            return False
        same_pair = all(self._sides(claim)) or (self._exchanged(claim) and not self.right)
        if same_pair and record.sources and record.targets:
            return True
        return at_trigger and any(self._named(claim))

    def _strange(self, claim: Claim) -> bool:
        """Say whether a side that the coders filled is filled with somebody else."""
        sides = zip(
            self._sides(claim), (claim.actors, claim.recipients),
            (self._record.sources, self._record.targets), strict=True,
        )  # fmt: skip
        return any(not right and printed and gold for right, printed, gold in sides)

    def _named(self, claim: Claim) -> tuple[bool, bool]:
        """Return which of the sides that the coders filled are right."""
        source, target = self._sides(claim)
        return bool(source and self._record.sources), bool(target and self._record.targets)

    def _sides(self, claim: Claim) -> tuple[bool, bool]:
        """Return which sides are right; of something done together the better of both orders."""
        straight = self._ordered(claim.actors, claim.recipients)
        if not claim.symmetric:
            return straight
        return max(straight, self._ordered(claim.recipients, claim.actors), key=sum)

    def _ordered(self, actors: Sequence[ActorSpan], recipients: Sequence[ActorSpan]) -> tuple[bool, bool]:
        source = not self._record.sources or self._has(self._record.sources, actors)
        target = not self._record.targets or self._has(self._record.targets, recipients)
        return source, target

    def _exchanged(self, claim: Claim) -> bool:
        """Say whether the parties stand on each other's sides, and not on their own."""
        if claim.symmetric or all(self._sides(claim)) or not (self._record.sources or self._record.targets):
            return False
        return all(self._ordered(claim.recipients, claim.actors))

    def _has(self, parties: Iterable[GoldActor], printed: Sequence[ActorSpan]) -> bool:
        return any(self._is(party, actor) for party in parties for actor in printed)

    def _is(self, party: GoldActor, printed: ActorSpan) -> bool:
        """Say whether a printed actor is the party: at its words, or the same actor as is named there.

        A party whose words are not in the sentence is told by its codes.
        """
        if not party.spans:
            sector = party.sector == printed.sector or {party.sector, printed.sector} <= STATE_SECTORS
            return party.country is not None and party.country == printed.country and sector
        if any(printed.start < end and start < printed.end for start, end in party.spans):
            return True
        return any(_same(printed, mention) for mention in self._heads[party])


def _same(one: ActorSpan, other: ActorSpan) -> bool:
    if one.id and other.id:
        return one.id == other.id
    return one.code is not None and one.code == other.code
