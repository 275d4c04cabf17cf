"""Settings: one frozen record, and a table that gives each its unit and its meaning."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from dragoman.errors import UsageError


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting means: its name in its record, its unit, and one line of help."""

    name: str
    unit: str
    help: str


SETTINGS = (
    Setting(
        "pipeline",
        "name",
        "which spaCy English pipeline parses: `mooring` for the one that is installed with dragoman, or the "
        "name of any other that is installed",
    ),
    Setting(
        "batch_size",
        "paragraphs",
        "how many paragraphs are parsed at once: more is a little quicker and takes more memory",
    ),
    Setting(
        "knowledge",
        "folder",
        "community dictionaries to code with instead of our actors and triggers, a folder that "
        "`dragoman knowledge import` wrote; none: our own",
    ),
    Setting(
        "actors",
        "folder",
        "tables of your own actors, read beside ours: any of the files of knowledge/data/actors, with the same "
        "columns, and places.tsv with your own places; none: ours alone",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderConfig:
    """The settings of a reader; `SETTINGS` explains each.

    Raises:
        UsageError: names every setting that is out of its range, all in one line.
    """

    pipeline: str = "mooring"
    batch_size: int = 64
    knowledge: Path | None = None
    actors: Path | None = None

    def __post_init__(self) -> None:
        """Check all settings and tell all faults together."""
        faults = []
        if not self.pipeline.strip():
            faults.append("pipeline must be the name of a spaCy pipeline, it is empty")
        if self.batch_size < 1:
            faults.append(f"batch_size must be at least 1 paragraph, it is {self.batch_size}")
        if self.knowledge is not None and not self.knowledge.is_dir():
            faults.append(f"knowledge must be a folder of dictionaries, {self.knowledge} is none")
        if self.actors is not None and not self.actors.is_dir():
            faults.append(f"actors must be a folder of tables, {self.actors} is none")
        if self.actors is not None and self.knowledge is not None:
            faults.append(
                "actors are read beside our own tables, which knowledge replaces: give one of the two"
            )
        if faults:
            raise UsageError("; ".join(faults))


def default_of(setting: Setting, record: type = ReaderConfig) -> object:
    """Return the value that a setting of a record of settings has when nobody sets it."""
    return next(field.default for field in fields(record) if field.name == setting.name)
