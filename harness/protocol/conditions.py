"""What held the machine up during the timed passes: other users of it, its clocks, its temperature."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ..meters import contention
from ..meters.nvml import Gpu
from .bench import Bench


@contextmanager
def conditions_noted(bench: Bench) -> Iterator[None]:
    """A block of timed passes; at its end the draft holds what disturbed them, as figures and as flags."""
    before = contention.read()
    yield
    spent = contention.read().since(before)
    bench.draft.note(**spent.fields())
    for flag in spent.flags(os.cpu_count() or 1):
        bench.draft.flag(flag)
    if bench.gpu:
        note_gpu_state(bench, bench.gpu)


def note_gpu_state(bench: Bench, gpu: Gpu) -> None:
    """Clock, temperature and what holds the clock down, while the device is still warm from the passes."""
    reasons = gpu.throttle_reasons()
    bench.draft.note(
        sm_clock_hz=gpu.sm_clock_hz(), temperature_c=gpu.temperature_c(), throttle_reasons=reasons
    )
    if reasons:
        bench.draft.flag("throttled")
    if gpu.foreign_pids(os.getpid()):
        bench.draft.flag("contended")
    if gpu.lost:
        bench.draft.flag("gpu_lost")
