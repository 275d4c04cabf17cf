"""How many worker processes a machine can take, by its cores and its memory."""

from __future__ import annotations

import os
from pathlib import Path

# Memory that is counted for one worker, bytes: it takes some 520 MB after loading and 700 MB on long articles (measured
# on the example pages and on articles of 1 MB), and never may take more than 1.2 GB.
WORKER_MEMORY = 1024**3
# The part of the free memory that workers may take together; the rest is for the store and for everybody else.
SHARE = 0.5


def default_workers() -> int:
    """Return the number of workers that suits this machine now: one a core, as far as half the free memory goes."""
    memory = free_memory()
    by_memory = int(memory * SHARE / WORKER_MEMORY) if memory is not None else cores()
    return max(min(cores(), by_memory), 1)


def cores() -> int:
    """Return the number of cores that this process may use."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    words = _read("/sys/fs/cgroup/cpu.max").split()
    if len(words) == len(("quota", "period")) and words[0].isdigit():
        allowed = min(allowed, max(int(words[0]) // int(words[1]), 1))
    return allowed


def free_memory() -> int | None:
    """Return the bytes that new programs can have, also within a container; None where nobody says."""
    lines = _read("/proc/meminfo").splitlines()
    found = [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
    limit, used = _read("/sys/fs/cgroup/memory.max"), _read("/sys/fs/cgroup/memory.current")
    if limit.isdigit() and used.isdigit():
        found.append(max(int(limit) - int(used), 0))
    return min(found, default=None)


def _read(path: str) -> str:
    """Return what a file of the system says, nothing where there is none."""
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except OSError:
        return ""
