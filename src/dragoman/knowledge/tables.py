"""Reading of the plain tables under ``data/``: TSV with a header; every error names ``file:line``."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import KnowledgeError

DATA = Path(__file__).parent / "data"
LIST_SEPARATOR = "|"
# What a reading depends on: tables, the cards of models, and their weights.
HASHED = frozenset({".tsv", ".toml", ".onnx", ".npz"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, and where it stands."""

    file: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell, stripped; empty when it holds nothing."""
        return self.cells[column]

    def items(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that holds a list, separated by ``|``."""
        return tuple(part for part in map(str.strip, self.cells[column].split(LIST_SEPARATOR)) if part)

    def fail(self, problem: str) -> KnowledgeError:
        """Return the error that names this line; the caller raises it."""
        return KnowledgeError(f"{self.file}:{self.line}: {problem}")


def read_table(path: Path, columns: Collection[str]) -> Iterator[Row]:
    """Yield the rows of a TSV file; ``#`` lines and blank lines are skipped, the first other line is the header.

    Raises:
        KnowledgeError: missing file, not UTF-8, a header other than ``columns``, a wrong number of cells.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise KnowledgeError(message) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = f"{path}:{line}: not UTF-8"
        raise KnowledgeError(message) from error
    header: list[str] | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line_text = raw.rstrip("\r")
        if not line_text.strip() or line_text.startswith("#"):
            continue
        cells = [cell.strip() for cell in line_text.split("\t")]
        if header is None:
            header = cells
            if header != list(columns):
                message = f"{path}:{number}: the header must be {' '.join(columns)} (tab separated), it is {' '.join(header)}"
                raise KnowledgeError(message)
            continue
        if len(cells) > len(header):
            message = f"{path}:{number}: {len(cells)} cells in a table of {len(header)} columns"
            raise KnowledgeError(message)
        cells += [""] * (len(header) - len(cells))
        yield Row(path, number, dict(zip(header, cells, strict=True)))


def fingerprint(folder: Path = DATA) -> str:
    """Return a hash over all knowledge files and trained weights, names and contents; part of ``reader_version``."""
    sum_ = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in HASHED:
            sum_.update(path.relative_to(folder).as_posix().encode())
            sum_.update(path.read_bytes())
    return sum_.hexdigest()[:12]
