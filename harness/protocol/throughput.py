"""Step 4, the throughput pass: steps enqueued without waiting, one synchronisation per block."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..meters.stopwatch import Stopwatch
from ..profiles import Profile
from . import stopping
from .bench import Bench


def throughput_pass(bench: Bench, step_s: float) -> None:
    """Notes the throughput; ``step_s`` is what a step takes."""
    bench.draft.enter("throughput")
    blocks = measure_throughput(bench.watch, bench.profile, step_s)
    bench.draft.note(**throughput_fields(blocks, bench.cell.configuration.batch))


def measure_throughput(watch: Stopwatch, profile: Profile, step_s: float) -> NDArray[np.float64]:
    """Seconds per step of each block, float64[n_blocks]: until the stop rule is met or the budget is spent.

    ``step_s`` is what a step is expected to take, so that a block lasts as long as the profile asks.
    """
    steps = max(1, math.ceil(profile.block_s / step_s))
    blocks: list[float] = []
    total_s = 0.0
    look = profile.min_blocks
    stop: str | None = None
    while stop is None and total_s < profile.budget_s:
        blocks.append(watch.seconds_per_step(steps))
        total_s += blocks[-1] * steps
        if len(blocks) >= look:
            stop = stopping.throughput_stop(np.array(blocks), total_s, profile)
            look = stopping.next_look(len(blocks))
    return np.array(blocks)


def throughput_fields(blocks: NDArray[np.float64], batch: int) -> dict[str, float | int]:
    """The throughput columns of a Measurement: batch over the median block's time per step."""
    return {"throughput": batch / float(np.median(blocks)), "n_blocks": len(blocks)}
