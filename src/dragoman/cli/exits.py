"""How commands end, and how they complain: exit codes, and single lines on standard error."""

from __future__ import annotations

import sys

from dragoman.cli.plain import clean
from dragoman.errors import SkipError

ALL_DONE = 0
NOTHING_DONE = 2
SOME_SKIPPED = 3


def complain(words: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"dragoman: {clean(words)}\n")


class Skipped:
    """Counts what is skipped and names each on standard error."""

    def __init__(self) -> None:
        """Start with none."""
        self.inputs: list[tuple[str, str]] = []

    def __call__(self, name: str, error: SkipError) -> None:
        """Name one skipped input and why."""
        self.inputs.append((name, str(error)))
        complain(f"{name}: {error}")

    def exit_code(self, done: int) -> int:
        """Return how the command ends when ``done`` inputs were read."""
        if not self.inputs:
            return ALL_DONE
        return SOME_SKIPPED if done else NOTHING_DONE
