"""Follows 40 feeds on this machine, some slow, dead, broken or repeating, and says whether each article came once.

Run it with ``python benchmarks/watch_feeds.py [SECONDS]``, by default for three minutes. Nothing leaves the machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from newsroom import Newsroom

from dragoman.store import Store

FEEDS = 40
SECONDS = 180
# Articles of each feed: one at the beginning, and a further one every so many seconds, until a third of the time is left.
EVERY = 20


def main(arguments: list[str]) -> int:
    """Follow, then count; return 0 when every article was taken, and taken once."""
    seconds = int(arguments[0]) if arguments else SECONDS
    begun = time.monotonic()
    last = max(seconds * 2 // 3, 1)
    newsroom = Newsroom(FEEDS, lambda: 1 + int(min(time.monotonic() - begun, last) / EVERY))
    with tempfile.TemporaryDirectory() as folder:
        db, feeds = Path(folder, "watch.duckdb"), Path(folder, "feeds.toml")
        settings = {
            "delay": 0.05,
            "read_seconds": 5.0,
            "total_seconds": 8.0,
            "retry_seconds": 0.2,
            "connect_seconds": 2.0,
        }
        feeds.write_text(newsroom.feed_list("5s", **settings), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "dragoman",
            "watch",
            str(feeds),
            "--db",
            str(db),
            "--for",
            f"{seconds}s",
            "--json",
        ]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own command
        events = [json.loads(line) for line in done.stdout.splitlines()]
        with Store(db, read_only=True) as store:
            titles = Counter(stored.document.title for stored in store.documents())
    newsroom.close()
    expected = newsroom.expected(newsroom.published())
    missing, twice = expected - set(titles), {title: count for title, count in titles.items() if count > 1}
    print(f"behaviours: {dict(Counter(room.behaviour for room in newsroom.rooms))}")
    print(f"ended with exit code {done.returncode} after {time.monotonic() - begun:.0f} s: {events[-1]}")
    print(f"checks that failed, by reason: {dict(_reasons(events, 'feed-failed'))}")
    print(f"articles skipped, by reason: {dict(_reasons(events, 'skipped'))}")
    pages = [count for room in newsroom.rooms for count in room.pages.values()]
    print(f"pages asked for: {len(pages)}, requests for them: {sum(pages)}")
    print(f"articles published {len(expected)}, taken {len(set(titles) & expected)}, missing {len(missing)}, twice {len(twice)}, "
          f"unexpected {len(set(titles) - expected)}")  # fmt: skip
    return int(bool(missing or twice or set(titles) - expected or done.returncode))


def _reasons(events: list[dict[str, object]], kind: str) -> Counter[str]:
    words = (str(event["reason"]) for event in events if event["event"] == kind)
    return Counter(" ".join(word for word in reason.split() if "127.0.0.1" not in word) for reason in words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
