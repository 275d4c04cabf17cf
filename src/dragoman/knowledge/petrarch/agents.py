"""Reading agent files (kinds of actors, such as "police") and discard files."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from dragoman.knowledge.petrarch.phrases import read_phrase
from dragoman.knowledge.petrarch.rows import AgentRow, DiscardRow, Found
from dragoman.knowledge.petrarch.source import Line

SET = re.compile(r"^(?P<marker>![^!\s]+!)\s*=\s*(?P<words>.*)$")
MARKER = re.compile(r"![^!\s]+!")
AGENT = re.compile(r"^(?P<words>[^\[\]{}]+?)\s*(\{(?P<plural>[^{}]*)\})?\s*\[(?P<code>[^\[\]]*)\]\s*$")
CODE = re.compile(r"^(~[^\s~|]+|[^\s~|]+~)$")
NO_PLURAL = "-"
# A line with several markers is unfolded into every combination; more than this is a slip.
MOST_COMBINATIONS = 500


def read_agents(lines: Iterable[Line], found: Found) -> None:
    """Read one file into ``found``; lines with substitution markers are unfolded."""
    sets: dict[str, tuple[str, ...]] = {}
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        if defined := SET.match(text):
            words = tuple(filter(None, map(str.strip, defined["words"].split(","))))
            sets[defined["marker"].upper()] = words
            if not words:
                found.complain(line, f"the substitution set {defined['marker']} is empty")
            continue
        match = AGENT.match(text)
        if match is None:
            found.complain(line, "an agent is written WORDS {PLURAL} [~CODE]")
            continue
        code = match["code"].replace(" ", "")
        if not CODE.match(code):
            found.complain(line, f"[{match['code']}] is no code of an agent: it needs a ~ at one end")
            continue
        found.agents.extend(_unfolded(line, match, code, sets, found))


def _unfolded(
    line: Line, match: re.Match[str], code: str, sets: dict[str, tuple[str, ...]], found: Found
) -> Iterator[AgentRow]:
    words = match["words"].strip().strip("_")
    markers = [marker.upper() for marker in MARKER.findall(words)]
    if unknown := [marker for marker in markers if marker not in sets]:
        found.complain(line, f"no substitution set {unknown[0]} before this line")
        return
    plural = NO_PLURAL if markers else _plural(match["plural"])
    combinations = 1
    for marker in markers:
        combinations *= len(sets[marker])
    if combinations > MOST_COMBINATIONS:
        found.complain(line, f"{combinations} combinations of substitution sets are too many")
        return
    for chosen in itertools.product(*(sets[marker] for marker in markers)):
        replacements = iter(chosen)
        unfolded = MARKER.sub(lambda _, given=replacements: next(given), words)
        if "|" in unfolded or read_phrase(unfolded) is None:
            found.complain(line, "an agent without words")
            return
        yield AgentRow(unfolded, plural.replace("|", ""), code, line)


def _plural(text: str | None) -> str:
    """Return the plural for the table: empty for the regular one, a hyphen for none."""
    if text is None:
        return ""
    return " ".join(text.strip().strip("_").split()) or NO_PLURAL


def read_discards(lines: Iterable[Line], found: Found) -> None:
    """Read one file into ``found``: a phrase a line, those after ``+`` for whole stories."""
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        words = " ".join(text.removeprefix("+").split())
        if "|" in words or read_phrase(words) is None:
            found.complain(line, "a phrase is expected")
            continue
        found.discards.append(DiscardRow(words, text.startswith("+"), line))
