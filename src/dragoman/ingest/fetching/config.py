"""The settings of fetching, and a table that gives each its unit and its meaning."""

from __future__ import annotations

import os
import string
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from dragoman.config import Setting
from dragoman.errors import UsageError
from dragoman.version import VERSION

# What servers look for in robots.txt.
AGENT = "dragoman"
# Variables of the environment that set what nobody set otherwise: DRAGOMAN_FETCH_DELAY=2.
PREFIX = "DRAGOMAN_FETCH_"
YES, NO = ("1", "true", "yes"), ("0", "false", "no")
PRINTABLE = frozenset(string.printable) - frozenset("\t\n\r\v\f()")

FETCH_SETTINGS = (
    Setting(
        "contact",
        "text",
        "who fetches, an address or mail that servers are told in the user agent; none: nobody is named",
    ),
    Setting("robots", "true or false", "whether robots.txt is asked for and obeyed"),
    Setting(
        "robots_hours", "hours", "how long a robots.txt that was read holds before it is asked for again"
    ),
    Setting(
        "delay",
        "seconds",
        "least time between two requests to one host; a longer Crawl-delay of its robots.txt, up to a minute, holds instead",
    ),
    Setting("per_host", "requests", "how many requests to one host may run at the same time"),
    Setting("connect_seconds", "seconds", "longest time for looking up a host, and for connecting to it"),
    Setting("read_seconds", "seconds", "longest time in which nothing comes"),
    Setting(
        "total_seconds",
        "seconds",
        "longest time for all of an answer, redirects included; waiting for one's turn does not count",
    ),
    Setting("max_bytes", "bytes", "longest answer, as it comes and after unpacking"),
    Setting("header_bytes", "bytes", "longest head of an answer"),
    Setting("redirects", "redirects", "how many are followed, each checked like the first address"),
    Setting("attempts", "attempts", "how often something that may pass (no connection, 429, 503) is tried"),
    Setting(
        "retry_seconds",
        "seconds",
        "wait before the second attempt, doubled before each further one, a quarter more or less by chance",
    ),
    Setting(
        "longest_wait",
        "seconds",
        "longest wait between attempts; a server that asks for a longer one by Retry-After is left alone",
    ),
    Setting(
        "loopback",
        "true or false",
        "whether addresses of this machine (127.0.0.0/8, ::1) may be fetched from, at any port; for tests",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchConfig:
    """The settings of fetching; `FETCH_SETTINGS` explains each.

    Raises:
        UsageError: names every setting that is out of its range, all in one line.
    """

    contact: str | None = None
    robots: bool = True
    robots_hours: float = 24.0
    delay: float = 1.0
    per_host: int = 2
    connect_seconds: float = 10.0
    read_seconds: float = 15.0
    total_seconds: float = 60.0
    max_bytes: int = 16 * 1024 * 1024
    header_bytes: int = 64 * 1024
    redirects: int = 10
    attempts: int = 3
    retry_seconds: float = 1.0
    longest_wait: float = 60.0
    loopback: bool = False

    def __post_init__(self) -> None:
        """Check all settings and tell all faults together."""
        faults = [fault for setting in FETCH_SETTINGS if (fault := self._fault(setting))]
        if self.contact is not None and not (self.contact and PRINTABLE.issuperset(self.contact)):
            faults.append(
                "contact must be plain characters without brackets, like https://example.org/reader"
            )
        if faults:
            raise UsageError("; ".join(faults))

    def _fault(self, setting: Setting) -> str:
        """Return what is wrong with a number, or nothing."""
        value = getattr(self, setting.name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return ""
        least = 0 if setting.name in MAY_BE_NONE else 1 if isinstance(value, int) else SHORTEST
        if least <= value <= LARGEST:
            return ""
        return f"{setting.name} must be {least:g} to {LARGEST:g} {setting.unit}, it is {value:g}"

    @property
    def user_agent(self) -> str:
        """What servers are told: the program, its version, and whom to ask."""
        return f"{AGENT}/{VERSION} ({self.contact or 'reader of news'})"

    @classmethod
    def make(
        cls, table: Mapping[str, Any] | None = None, environment: Mapping[str, str] = os.environ
    ) -> Self:
        """Return the settings of a table of values by name; the environment sets what the table does not.

        Raises:
            UsageError: an unknown name, a value of a wrong type, or out of its range.
        """
        given: dict[str, Any] = {
            field.name: _from_words(environment[name], field.name)
            for field in fields(cls)
            if (name := f"{PREFIX}{field.name.upper()}") in environment
        } | dict(table or {})
        faults = []
        for name, value in given.items():
            if name not in KINDS:
                faults.append(f"unknown setting {name!r} (known: {', '.join(KINDS)})")
            elif not _fits(value, KINDS[name]):
                faults.append(f"{name} must be {WORDS[KINDS[name]]}, not {value!r}")
        if faults:
            raise UsageError("; ".join(faults))
        fitting: dict[str, Any] = {
            name: float(value) if KINDS[name] is float else value for name, value in given.items()
        }
        return cls(**fitting)


# Settings that may be zero; the others have a least value: 1, or so many seconds or hours.
MAY_BE_NONE = ("delay", "redirects", "retry_seconds", "longest_wait")
SHORTEST = 0.01
# More is a slip of the pen: 1 GB, or 30 years.
LARGEST = 1_000_000_000
KINDS: dict[str, type] = {
    field.name: str if field.default is None else type(field.default) for field in fields(FetchConfig)
}
WORDS = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}


def _fits(value: object, kind: type) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _from_words(words: str, name: str) -> object:
    """Return the value that words of the environment stand for; words that stand for none as they are."""
    kind = KINDS[name]
    if kind is bool:
        return words.lower() in YES if words.lower() in (*YES, *NO) else words
    try:
        value: object = kind(words)
    except ValueError:
        return words
    return value
