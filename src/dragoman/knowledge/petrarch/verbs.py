"""Reading verb files: blocks of verbs that share patterns, and synsets.

A block starts with ``--- NAME [code] ---``, or with a verb that follows a pattern. Its verbs stand
one a line, its patterns after them, each after a hyphen. A synset starts with ``&NAME``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.knowledge.petrarch.pattern import read_pattern
from dragoman.knowledge.petrarch.rows import Found, PatternRow, SynsetRow, VerbRow
from dragoman.knowledge.petrarch.source import Line

HEADER = re.compile(r"^---\s*(?P<name>[^\[\]]*?)\s*(?P<codes>(\[[^\[\]]*\]\s*)*)-*\s*$")
CODE = re.compile(r"\[([^\[\]]*)\]")
# Forms and code come in either order.
VERB = re.compile(
    r"^(?P<verb>[^\[\]{}()]+?)\s*(\[(?P<early>[^\[\]]*)\])?\s*(\{(?P<forms>[^{}]*)\})?\s*(\[(?P<late>[^\[\]]*)\])?$"
)
PATTERN = re.compile(r"^-\s*(?P<pattern>[^\[\]]*?)\s*\[(?P<code>[^\[\]]*)\]\s*$")
SYNSET = re.compile(r"^&(?P<name>[A-Za-z0-9]+)(?P<plain>_?)$")
# A code, and after a colon the one for the opposite direction. A mark of doubt at the end is left out.
EVENT_CODE = re.compile(r"^[^\s:|]+(:[^\s:|]+)?$")
DOUBT = "?!"
NO_CODE = "---"
# What a name of a verb may consist of; anything else is a slip.
WORDS = re.compile(r"^[^\W_]?[\w'.+/ -]*$")


def clean_code(text: str) -> str | None:
    """Return an event code without blanks and marks of doubt; None when it is none."""
    parts = [part.strip().rstrip(DOUBT) for part in text.split(":")]
    code = ":".join(parts)
    return code if EVENT_CODE.match(code) else None


class VerbReader:
    """Reads the lines of verb files into rows."""

    def __init__(self, found: Found) -> None:
        """Write into ``found``."""
        self._found = found
        self._names: dict[str, int] = {}
        self._waiting: list[PatternRow] = []
        self._restart()

    def _restart(self) -> None:
        self._block: str | None = None
        self._default = ""
        self._had_patterns = False
        self._synset: tuple[str, bool, Line, list[str]] | None = None

    def read(self, lines: Iterable[Line]) -> None:
        """Read one file."""
        self._restart()
        for line in lines:
            text = line.text.strip()
            if not text:
                self._close_synset()
            elif text.startswith("---"):
                self._header(line, text)
            elif text.startswith("&"):
                self._open_synset(line, text)
            elif text.startswith("-"):
                self._pattern(line, text)
            elif self._synset is not None and text.startswith("+"):
                self._synset[3].append(text[1:].strip())
            else:
                self._verb(line, text)
        self._close_synset()

    def finish(self) -> None:
        """Check the patterns, now that all synsets are known; those that cannot be used are told."""
        names = {row.name for row in self._found.synsets}
        for row in self._waiting:
            try:
                read_pattern(row.pattern, names)
            except ValueError as error:
                self._found.complain(row.line, str(error))
            else:
                self._found.patterns.append(row)
        self._waiting = []

    def _header(self, line: Line, text: str) -> None:
        self._close_synset()
        match = HEADER.match(text)
        if match is None:
            self._found.complain(line, "a block starts with --- NAME [code] ---")
            self._start_block(text.strip("- ") or "BLOCK", "")
            return
        codes = CODE.findall(match["codes"])
        if len(codes) > 1:
            self._found.complain(line, f"only the first code of a block is used, not [{codes[1]}]")
        self._start_block(match["name"] or "BLOCK", self._code(line, codes[0]) if codes else NO_CODE)

    def _start_block(self, name: str, code: str) -> None:
        name = " ".join(name.replace("|", " ").split()).lstrip("#") or "BLOCK"
        number = self._names[name] = self._names.get(name, 0) + 1
        self._block = name if number == 1 else f"{name} {number}"
        self._default, self._had_patterns = code, False

    def _code(self, line: Line, text: str) -> str:
        code = clean_code(text)
        if code is None:
            self._found.complain(line, f"[{text}] is no code")
            return NO_CODE
        return code

    def _pattern(self, line: Line, text: str) -> None:
        self._close_synset()
        match = PATTERN.match(text)
        if match is None:
            self._found.complain(line, "a pattern is written - WORDS * WORDS [code]")
        elif self._block is None:
            self._found.complain(line, "a pattern before the first verb")
        elif (code := clean_code(match["code"])) is None:
            self._found.complain(line, f"[{match['code']}] is no code")
        else:
            self._waiting.append(PatternRow(self._block, " ".join(match["pattern"].split()), code, line))
            self._had_patterns = True

    def _verb(self, line: Line, text: str) -> None:
        self._close_synset()
        match = VERB.match(text)
        if match is None or not _is_verb(match["verb"]):
            self._found.complain(line, "neither a verb (VERB {FORMS} [code]) nor a pattern nor a synset")
            return
        written = match["late"] if match["early"] is None else match["early"]
        code = self._code(line, written) if written is not None else ""
        verb = match["verb"].strip()
        if self._block is None or self._had_patterns:
            self._start_block(verb, code or NO_CODE)
        block = self._block or verb
        forms = tuple(form for form in (match["forms"] or "").split() if _is_verb(form))
        self._found.verbs.append(
            VerbRow(block, verb.rstrip("_"), forms, code or self._default or NO_CODE, line)
        )

    def _open_synset(self, line: Line, text: str) -> None:
        self._close_synset()
        match = SYNSET.match(text)
        if match is None:
            self._found.complain(line, "a synset is named &NAME, with letters and digits")
            return
        self._synset = (match["name"].upper(), not match["plain"], line, [])

    def _close_synset(self) -> None:
        if self._synset is None:
            return
        name, plurals, line, members = self._synset
        self._synset = None
        if any(row.name == name for row in self._found.synsets):
            self._found.complain(line, f"a second synset &{name}; the first is used")
        elif not members:
            self._found.complain(line, f"the synset &{name} has no members")
        else:
            self._found.synsets.append(
                SynsetRow(name, tuple(m.replace("|", " ") for m in members), plurals, line)
            )


def _is_verb(text: str) -> bool:
    """Say whether the text names a verb: words, one of them marked with ``+`` where there are several."""
    return bool(WORDS.match(text)) and any(letter.isalpha() for letter in text) and text.count("+") <= 1
