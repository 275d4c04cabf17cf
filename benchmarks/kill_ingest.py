"""Kills an ingest at random moments, lets it go on, and compares its store with that of an undisturbed one.

    python benchmarks/kill_ingest.py --articles 2000 --kills 25

A moment is some time after the start, while readers are loaded, or some time after one to three more batches were written.
After each ``kill -9`` the store must open and `dragoman check` must find no fault; at the end it must hold row for row what
the other holds, the times of runs apart. The exit code is 1 when it does not.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
from made_articles import write_articles

from dragoman.store import Store
from dragoman.store.schema import TABLES

# Columns that tell when something was done.
TIMES = {("runs", "started"), ("runs", "ended")}
# Seconds in which worker processes must be gone after who started them was killed.
ORPHANS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do: articles to ingest, how often to kill, the seed, the number of workers.

    ``latest``: seconds after the start, or after a batch, at most. ``early``: the part of the kills that do not wait for one.
    """

    articles: int = 2000
    kills: int = 25
    latest: float = 2.0
    early: float = 0.2
    seed: int = 1
    workers: str = "2"


def main() -> int:
    """Print what happened, one line a kill; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("articles", 2000), ("kills", 25), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    for name, default in (("latest", 2.0), ("early", 0.2)):
        parser.add_argument(f"--{name}", type=float, default=default)
    parser.add_argument("--workers", default="2")
    plan = Plan(**vars(parser.parse_args()))
    with tempfile.TemporaryDirectory() as folder:
        faults = kill_and_compare(Path(folder), plan)
    print("\n".join(faults) or "row for row the same")
    return 1 if faults else 0


def kill_and_compare(folder: Path, plan: Plan) -> list[str]:
    """Do it all in a folder; return what was wrong, a line each."""
    paths = write_articles(folder / "articles", plan.articles, seed=plan.seed)
    # One that is not there: a failure is a row too.
    inputs = [
        str(path)
        for path in (*paths[: plan.articles // 2], folder / "none.txt", *paths[plan.articles // 2 :])
    ]
    draw = random.Random(plan.seed)  # noqa: S311 - moments, no secrets
    killed, whole = folder / "killed.duckdb", folder / "whole.duckdb"
    faults: list[str] = []
    for nth in range(1, plan.kills + 1):
        batches = 0 if draw.random() < plan.early else draw.randint(1, 3)
        moment = draw.uniform(0.0, plan.latest)
        ended = _killed(_command(inputs, killed, plan), killed, batches, moment)
        documents, found = _look(killed)
        faults += [f"after kill {nth}: {each}" for each in found]
        told = f"kill {nth:2d} {moment:4.2f} s after {f'batch {batches}' if batches else 'the start'}"
        print(f"{told}: {ended}; {documents} documents", flush=True)
    for path in (killed, whole):
        start = time.perf_counter()
        done = subprocess.run(_command(inputs, path, plan), check=False, capture_output=True, text=True)  # noqa: S603
        print(
            f"{path.stem}: to the end in {time.perf_counter() - start:.0f} s, exit code {done.returncode}",
            flush=True,
        )
        faults += [f"{path.stem}: {each}" for each in _look(path)[1]]
    return faults + differences(killed, whole)


def _command(inputs: list[str], db: Path, plan: Plan) -> list[str]:
    program = [
        sys.executable,
        "-m",
        "dragoman",
        "ingest",
        "--db",
        str(db),
        "--quiet",
        "--workers",
        plan.workers,
    ]
    return [*program, "--published", "2023-09-13", *inputs]


def _killed(command: list[str], db: Path, batches: int, moment: float) -> str:
    """Start the command; after so many batches and seconds kill it; return how it ended. Its workers must end too."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        before = _written(db)
        while batches and process.poll() is None:
            time.sleep(0.01)
            if _written(db) != before:
                before, batches = _written(db), batches - 1
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            children = _children(process.pid)
            process.send_signal(signal.SIGKILL)
            process.wait()
            left = _left(children)
            return f"killed, {left} workers left over" if left else "killed"
        return "was done already"


def _written(db: Path) -> tuple[int, ...]:
    """Return the sizes of the store and its log, which change with each batch."""
    return tuple(path.stat().st_size for path in (db, db.with_name(f"{db.name}.wal")) if path.exists())


def _children(pid: int) -> list[str]:
    """Return the processes that it has started."""
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []


def _left(children: list[str]) -> int:
    """Return how many processes are still there after a while."""
    until = time.monotonic() + ORPHANS
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < until:
        time.sleep(0.05)
    return sum(Path(f"/proc/{pid}").exists() for pid in children)


def _look(db: Path) -> tuple[int, list[str]]:
    """Open the store as a person would; return its number of documents, and its faults."""
    if not db.exists():
        return 0, []
    with Store(db) as store:
        return sum(run.documents for run in store.runs()), [str(fault) for fault in store.faults()]


def differences(one: Path, two: Path) -> list[str]:
    """Return where two stores differ, a line a table, the times of runs apart."""
    faults = []
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{two}' AS two (READ_ONLY)")
        for table in TABLES:
            names = [f'"{c.name}"' for c in table.columns if (table.name, c.name) not in TIMES]
            select = f"SELECT {', '.join(names)} FROM {{}}.{table.name} ORDER BY ALL"  # noqa: S608 - our own names
            rows = [connection.execute(select.format(name)).fetchall() for name in ("one", "two")]
            if rows[0] != rows[1]:
                faults.append(f"{table.name}: {len(rows[0])} rows and {len(rows[1])} rows, not the same")
    return faults


if __name__ == "__main__":
    sys.exit(main())
