from __future__ import annotations

import os
import signal

import pytest

from dragoman.pipeline.sizing import cores, default_workers, free_memory
from dragoman.pipeline.stopping import Stopping


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_ends_the_items_and_the_second_the_program(number: int) -> None:
    told: list[int] = []
    stopping = Stopping(lambda: told.append(1))
    found = []
    with stopping.listening():
        for each in stopping.until(range(9)):
            found.append(each)
            if each == 2:
                os.kill(os.getpid(), number)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert (found, stopping.signal, told) == ([0, 1, 2], number, [1])
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_workers_are_at_most_the_cores_and_at_least_one() -> None:
    assert 1 <= default_workers() <= cores() <= (os.cpu_count() or 1)
    assert free_memory() is None or (free_memory() or 0) > 0
