"""The command ``dragoman``: its command groups, and how it ends."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from dragoman import __version__
from dragoman.cli import code, evaluate, events, explain, ingest, knowledge, rereading, upkeep, watch
from dragoman.cli.exits import NOTHING_DONE, complain
from dragoman.errors import DragomanError

# What a shell shows after Ctrl-C, and after a reader of our output went away: 128 + the signal.
INTERRUPTED = 130
PIPE_CLOSED = 141

# One line a command group: add yours here.
GROUPS = (code, ingest, watch, events, explain, rereading, upkeep, evaluate, knowledge)


def build() -> typer.Typer:
    """Return the command with all its groups."""
    app = typer.Typer(
        name="dragoman", add_completion=False, no_args_is_help=True, rich_markup_mode=None,
        pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip
    app.callback()(_top)
    for group in GROUPS:
        group.register(app)
    return app


def main() -> None:
    """Run the command line and end with its exit code: 0, 2 or 3."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code. What goes wrong is one line on standard error."""
    try:
        done = build()(args=arguments, prog_name="dragoman", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        return _usage(error)
    except DragomanError as error:
        complain(str(error))
        return NOTHING_DONE
    except (KeyboardInterrupt, typer.Abort):
        complain("stopped")
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Typer turns a broken pipe into SystemExit, and raises that for nothing else here. What is still
        # in the buffer has no reader; without this, Python complains at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return done if isinstance(done, int) else 0


def _usage(error: TyperException) -> int:
    """Tell a wrong use in one line; the help, when nothing was asked, is printed as it is."""
    words = error.format_message()
    if "\n" in words:
        sys.stderr.write(f"{words}\n")
        return NOTHING_DONE
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "dragoman"
    complain(f"{words.rstrip('.')} (see {command} --help)")
    return NOTHING_DONE


def _version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


def _top(
    version: Annotated[
        bool, typer.Option("--version", help="print the version", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Who did what to whom, when, where, how surely, and according to whom - from news articles.

    \b
    Examples:
      dragoman code article.txt --published 2023-09-13
      dragoman ingest article.txt --published 2023-09-13 --db news.duckdb
      dragoman events --actor RUS --since 2023-09-01 --db news.duckdb
    """  # noqa: D301 - \b keeps the lines of the help apart
