"""Options that several commands share, so that each means the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Db = Annotated[
    Path,
    typer.Option("--db", envvar="DRAGOMAN_DB", metavar="FILE", help="the store, a DuckDB file"),
]
DEFAULT_DB = Path("dragoman.duckdb")

Json = Annotated[bool, typer.Option("--json", help="print JSON, one object a line")]
Quiet = Annotated[bool, typer.Option("--quiet", help="tell only what went wrong")]

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="files, folders, patterns or addresses; - is standard input"),
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="when the articles were published, like 2023-09-13")
]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="who published them")]
Title = Annotated[str | None, typer.Option(metavar="WORDS", help="the headline, when it is not in the text")]
Knowledge = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="code with these dictionaries, made by knowledge import, instead of our own"
    ),
]
OwnActors = Annotated[
    Path | None,
    typer.Option(
        "--actors",
        metavar="DIR",
        help="read these tables of your own actors too; knowledge check DIR checks them",
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        metavar="FIELD=NAME,...",
        help="which columns of a table or JSON Lines hold what, like text=body,published=date",
    ),
]
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="read articles that are not in English too, as if they were")
]
Url = Annotated[str | None, typer.Option(metavar="URL", help="where the article stands")]

Actor = Annotated[
    str | None,
    typer.Option(metavar="WHO", help="who did it: the beginning of a code (RUS), or part of a name"),
]
Recipient = Annotated[str | None, typer.Option(metavar="WHOM", help="to whom: in the same way")]
Dyad = Annotated[
    str | None, typer.Option(metavar="A,B", help="between the two, in either direction, like PRK,RUS")
]
EventType = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="PLOVER type, like CONSULT")]
Quad = Annotated[
    int | None,
    typer.Option(metavar="1-4", help="1 verbal, 2 material cooperation; 3 verbal, 4 material conflict"),
]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="on this day or later; leaves out the undated")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="on this day or earlier")]
Country = Annotated[str | None, typer.Option(metavar="CODE", help="where: ISO 3166-1 code, like RUS")]
Source = Annotated[
    str | None, typer.Option(metavar="NAME", help="according to whom: part of a name or outlet")
]
Factuality = Annotated[
    str | None,
    typer.Option(metavar="WORD", help="actual, planned, possible, hypothetical, demanded or denied"),
]
MinSources = Annotated[
    int | None, typer.Option(metavar="N", help="with at least so many independent sources")
]
Text = Annotated[
    str | None,
    typer.Option(metavar="WORDS", help="said in a sentence with all these words, in any form and order"),
]
AllVersions = Annotated[
    bool,
    typer.Option("--all-versions", help="also older texts of articles that have changed since"),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        help="so many processes read; 0: this one alone; otherwise one a core, as far as half the free memory goes, "
        "and this one alone for a few articles",
    ),
]
