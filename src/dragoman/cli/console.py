"""The terminal: colours only where there is one, and a width that tables can rely on."""

from __future__ import annotations

import os
import sys

from rich.console import Console

# Columns, where the output is a file or a pipe and nobody has said how wide it may be.
WIDTH_WITHOUT_TERMINAL = 120


def make_console() -> Console:
    """Return a console for standard output."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH_WITHOUT_TERMINAL
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)
