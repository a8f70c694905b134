"""fitment.harness.meters.sampler: readings beside what runs."""

from __future__ import annotations

import threading

import pytest
from fitment.harness.meters.sampler import Sampler


def test_readings_from_first_to_last() -> None:
    """It reads when the block begins, meanwhile and when it ends, in order."""
    enough = threading.Event()
    seen = iter(range(10**9))

    def read() -> int:
        count = next(seen)
        if count == 5:
            enough.set()
        return count

    with Sampler(read, 0.001) as sampler:
        assert enough.wait(60)
    values = [value for _, value in sampler.readings]
    times = [at for at, _ in sampler.readings]
    assert values == list(range(len(values)))
    assert len(values) >= 7
    assert times == sorted(times)
    assert sampler.cpu_s > 0


def test_a_short_block_is_read_twice() -> None:
    """A block that is over before the first interval has a reading at either end."""
    with Sampler(lambda: "w", 3600.0, clock=lambda: 7.0) as sampler:
        pass
    assert sampler.readings == [(7.0, "w"), (7.0, "w")]


def test_an_error_in_the_block_ends_the_thread() -> None:
    """The thread is gone when the block is left, however it is left."""
    before = threading.enumerate()
    with pytest.raises(ValueError, match="model"), Sampler(lambda: 0, 3600.0):
        raise ValueError("model")
    assert set(threading.enumerate()) <= set(before)
