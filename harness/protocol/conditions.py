"""What held the machine up during the timed passes: other users of it, its clocks, its temperature."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from ..meters import contention
from . import gpu_at_work
from .bench import Bench


@contextmanager
def conditions_noted(bench: Bench) -> Iterator[None]:
    """A block of timed passes; at its end the draft holds what disturbed them, as figures and as flags."""
    before = contention.read()
    yield
    spent = contention.read().since(before)
    bench.draft.note(**spent.fields())
    for flag in spent.flags(os.cpu_count() or 1, torch.get_num_threads()):
        bench.draft.flag(flag)
    if bench.gpu:
        gpu_at_work.note(bench, bench.gpu, bench.gpu_before)
