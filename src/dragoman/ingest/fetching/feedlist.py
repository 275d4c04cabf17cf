"""The list of feeds to follow, a TOML file; `docs/howto/watch.md` explains it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import FetchError, UsageError
from dragoman.ingest.fetching.config import FetchConfig
from dragoman.ingest.fetching.urls import check_url

# How often a feed is asked when nobody says. Seconds.
USUAL_INTERVAL = 15 * 60.0
DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d|)")
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
# A list is written by a person. Bytes.
LONGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: its address, the outlet it belongs to if the list says so, and how often it is asked, in seconds."""

    url: str
    outlet: str | None = None
    interval: float = USUAL_INTERVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """All feeds, each once, and how they are fetched."""

    feeds: tuple[Feed, ...]
    fetch: FetchConfig


def duration(words: str) -> float:
    """Return the seconds of ``90``, ``90s``, ``3m``, ``1.5h`` or ``2d``; at least a second.

    Raises:
        UsageError: it is none.
    """
    match = DURATION.fullmatch(words.strip().lower()) if len(words) < len("1000000000.0 h") else None
    seconds = float(match[1]) * SECONDS[match[2]] if match else 0.0
    if seconds < 1:
        message = f"a time is like 90s, 3m, 1.5h or 2d, and at least 1s, not {words!r}"
        raise UsageError(message)
    return seconds


def load_feeds(path: Path, *, interval: float | None = None) -> FeedList:
    """Return the list; ``interval`` in seconds outweighs what it says.

    Raises:
        UsageError: it cannot be read, or holds something wrong; all faults in one line.
    """
    try:
        with path.open("rb") as file:
            table = tomllib.loads(file.read(LONGEST).decode("utf-8"))
    except FileNotFoundError as error:
        message = f"{path}: no such file; examples/feeds.toml shows what it looks like"
        raise UsageError(message) from error
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path}: cannot be read as TOML: {' '.join(str(error).split())}"
        raise UsageError(message) from error
    faults: list[str] = []
    found = _feeds(table, interval, faults)
    fetch = _fetch(table.get("fetch", {}), faults)
    faults += [f"unknown key {key!r}" for key in table if key not in {"feed", "fetch", "interval"}]
    _check_addresses(found, fetch, faults)
    if not found and not faults:
        faults.append("names no feed; write a [[feed]] with a url for each")
    if faults:
        message = f"{path}: {'; '.join(faults)}"
        raise UsageError(message)
    return FeedList(feeds=tuple({feed.url: feed for feed in found}.values()), fetch=fetch)


def _fetch(table: object, faults: list[str]) -> FetchConfig:
    if not isinstance(table, Mapping):
        faults.append("[fetch] must be a table of settings")
        return FetchConfig()
    try:
        return FetchConfig.make(table)
    except UsageError as error:
        faults.append(f"[fetch] {error}")
        return FetchConfig()


def _feeds(table: Mapping[str, Any], interval: float | None, faults: list[str]) -> list[Feed]:
    listed = table.get("feed", [])
    if not isinstance(listed, list):
        faults.append("feeds are written [[feed]], with two brackets")
        return []
    usual = _interval(table, faults, "") or USUAL_INTERVAL
    found = []
    for number, each in enumerate(listed, 1):
        if not isinstance(each, Mapping) or not isinstance(each.get("url"), str):
            faults.append(f"feed {number} has no url")
            continue
        faults += [
            f"feed {number}: unknown key {key!r}" for key in each if key not in {"url", "outlet", "interval"}
        ]
        outlet = each.get("outlet")
        if outlet is not None and not isinstance(outlet, str):
            faults.append(f"feed {number}: outlet must be text")
            outlet = None
        own = _interval(each, faults, f"feed {number}: ")
        found.append(Feed(url=each["url"], outlet=outlet, interval=interval or own or usual))
    return found


def _interval(table: Mapping[str, Any], faults: list[str], where: str) -> float | None:
    try:
        return duration(str(table["interval"])) if "interval" in table else None
    except UsageError as error:
        faults.append(f"{where}interval: {error}")
        return None


def _check_addresses(found: list[Feed], fetch: FetchConfig, faults: list[str]) -> None:
    for feed in found:
        try:
            check_url(feed.url, any_port=fetch.loopback)
        except FetchError as error:
            faults.append(f"{feed.url} {error}")
