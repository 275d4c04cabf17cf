"""The folder of plain tables that an import writes, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.knowledge.ontology import CameoCode, load_ontology
from dragoman.knowledge.petrarch.rows import DatedCode, Found

VERBS = ("block", "verb", "forms", "code", "source")
PATTERNS = ("block", "pattern", "code", "source")
SYNSETS = ("name", "members", "plurals", "source")
ACTORS = ("names", "codes", "source")
AGENTS = ("words", "plural", "code", "source")
DISCARDS = ("words", "scope", "source")
CODES = ("code", "cameo", "type", "mode")
BETWEEN = ".."
# Codes that say: this tells of no event, this is no actor.
NULL_CODES = frozenset({"---", "+++", "###"})

README = """# Dictionaries in PETRARCH format, as plain tables

Made by `dragoman knowledge import` from: {files}. Yours to read and edit; `dragoman code --knowledge` with this
folder codes with them. Lists within a cell are separated by a vertical bar; lines that begin with # are comments.
`source` is the file and line that a row comes from. Upper and lower case are the same everywhere but in codes.

| file | columns |
|---|---|
| verbs.tsv | block (verbs of one block share its patterns), verb (of several words the `+` marks the verb: `WIRE_+TAP`), forms (irregular ones; the regular are made), code (of the verb alone; `---`: none), source |
| patterns.tsv | block, pattern, code, source |
| synsets.tsv | name, members (words that follow one another are joined by `_` or a blank), plurals (yes: regular plurals belong to it, but not those of members that end with `_`), source |
| actors.tsv | names, codes (tried in order; `HOBGOV 1995-06-01..1999-08-15` holds on these days, one without days always; several actors in one name: `ELR/GAL`), source |
| agents.tsv | words, plural (empty: the regular one; `-`: none), code (`~GOV` is put after the actor's code, `NGO~` before it), source |
| discards.tsv | words, scope (sentence: nothing in the sentence is coded; story: nothing in the article), source |
| codes.tsv | code (each event code in the tables), cameo (the CAMEO code that it is or comes closest to, for quad class and Goldstein score; empty: none), type (PLOVER's; empty: none), mode (of that type) |

In names and agents, `_` joins words that must follow one another; where a blank stands others may come between.

In patterns `*` is the verb, `$` the source, `+` the target, `%` a group of actors who do it to each other, `^` a noun phrase that is
passed over, `&NAME` a synset. `_` joins what must follow one another. A code `032:033` also gives 033 the other way round.

`codes.tsv` is filled from CAMEO and its crosswalk to PLOVER. If your codes are of another scheme, fill in cameo and type there: a code
without a type is reported with the type NONE.
"""


def write_folder(found: Found, folder: Path, files: Sequence[Path], *, cameo: bool) -> None:
    """Write the tables and their README into a folder that is new or empty.

    Without ``cameo`` what the event codes mean is left open.

    Raises:
        UsageError: the folder holds something, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            message = f"{folder} is not empty; give a new folder, so that no edited table is lost"
            raise UsageError(message)
        names = ", ".join(path.name for path in files)
        (folder / "README.md").write_text(README.format(files=names), encoding="utf-8")
        for name, columns, rows in _tables(found, cameo=cameo):
            lines = ["\t".join(_cell(cell) for cell in row) for row in (columns, *rows)]
            (folder / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    except OSError as error:
        message = f"{folder}: {error.strerror}"
        raise UsageError(message) from error


def _cell(text: str) -> str:
    return " ".join(text.split())


def _tables(found: Found, *, cameo: bool) -> Iterable[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    yield (
        "verbs.tsv",
        VERBS,
        [(row.block, row.verb, "|".join(row.forms), row.code, row.line.source) for row in found.verbs],
    )
    yield (
        "patterns.tsv",
        PATTERNS,
        [(row.block, row.pattern, row.code, row.line.source) for row in found.patterns],
    )
    yield (
        "synsets.tsv",
        SYNSETS,
        [
            (row.name, "|".join(row.members), "yes" if row.plurals else "no", row.line.source)
            for row in found.synsets
        ],
    )
    yield (
        "actors.tsv",
        ACTORS,
        [("|".join(row.names), "|".join(map(dated, row.codes)), row.line.source) for row in found.actors],
    )
    yield "agents.tsv", AGENTS, [(row.words, row.plural, row.code, row.line.source) for row in found.agents]
    yield (
        "discards.tsv",
        DISCARDS,
        [(row.words, "story" if row.story else "sentence", row.line.source) for row in found.discards],
    )
    yield "codes.tsv", CODES, list(_codes(found, load_ontology().cameo if cameo else {}))


def dated(code: DatedCode) -> str:
    """Return a dated code as the table has it: ``HOBGOV 1995-06-01..1999-08-15``."""
    return f"{code.code} {code.since}{BETWEEN}{code.until}" if code.since or code.until else code.code


def _codes(found: Found, cameo: Mapping[str, CameoCode]) -> Iterable[tuple[str, ...]]:
    codes = [*(row.code for row in found.verbs), *(row.code for row in found.patterns)]
    used = {part for code in codes for part in code.split(":")}
    for code in sorted(used - NULL_CODES):
        known = cameo.get(code)
        yield (code, code, known.event_type or "", known.mode or "") if known else (code, "", "", "")
