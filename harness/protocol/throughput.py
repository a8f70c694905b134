"""Step 4, the throughput pass: steps enqueued without waiting, one synchronisation per block."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..meters.stopwatch import Stopwatch, frozen_garbage
from ..profiles import Profile
from .bench import Bench
from .medians import median
from .stopping import throughput_rule

MARGIN = 1.05  # blocks are meant to last a little longer than they have to
MOST_RETRIES = 3  # on a machine that is never the same twice


@dataclass(frozen=True, slots=True)
class Blocks:
    """seconds: float64[n_blocks], per step and in order."""

    seconds: NDArray[np.float64]
    stop_reason: str | None  # "precision", "plateau" or "budget"; None where no block was run


def throughput_pass(bench: Bench, step_s: float) -> None:
    """Notes the throughput; ``step_s`` is what a step takes.

    With a cache to be flushed before each step there are no blocks: the latencies are all there is.
    """
    bench.draft.enter("throughput")
    batch = bench.cell.configuration.batch
    if bench.watch.flush is not None and bench.draft.samples is not None:
        bench.draft.note(**{**throughput_fields(Blocks(bench.draft.samples, None), batch), "n_blocks": None})
        return
    with frozen_garbage():
        blocks = measure_throughput(bench.watch, bench.profile, step_s)
    bench.draft.note(**throughput_fields(blocks, batch))


def measure_throughput(watch: Stopwatch, profile: Profile, step_s: float) -> Blocks:
    """Blocks until the stop rule is met or the budget is spent; at least one.

    ``step_s`` is what a step is expected to take. A device that overlaps steps gets through them sooner:
    a first block that is too short, or far too long, is run again and not counted.
    """
    rule = throughput_rule(profile)
    steps, first_s = _first_block(watch, profile, step_s)
    rule.add(first_s, steps)
    while rule.reason is None:
        rule.add(watch.seconds_per_step(steps), steps)
    return Blocks(np.array(rule.samples), rule.reason)


def throughput_fields(blocks: Blocks, batch: int) -> dict[str, float | int | str | None]:
    """The throughput columns of a Measurement: batch over the median block's time per step."""
    middle = median(blocks.seconds)
    return {
        "throughput": batch / middle.value,
        "throughput_low": None if middle.high is None else batch / middle.high,
        "throughput_high": None if middle.low is None else batch / middle.low,
        "throughput_stop_reason": blocks.stop_reason,
        "n_blocks": len(blocks.seconds),
    }


def _first_block(watch: Stopwatch, profile: Profile, step_s: float) -> tuple[int, float]:
    """How many steps a block needs to last as long as the profile asks, and the first one's time per step.

    A median step can be far from a mean one, so a block that lasts twice as long is tried again as well.
    """
    steps = max(1, math.ceil(MARGIN * profile.block_s / step_s))
    seconds = watch.seconds_per_step(steps)
    for _ in range(MOST_RETRIES):
        better = max(1, math.ceil(MARGIN * profile.block_s / seconds))
        if better == steps or profile.block_s <= seconds * steps <= 2 * profile.block_s:
            break
        steps = better
        seconds = watch.seconds_per_step(steps)
    return steps, seconds
