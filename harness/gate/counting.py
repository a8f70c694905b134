"""What one call of a benchmarked function costs that a busy machine does not change.

Bytes are those that Python's allocators hand out (NumPy's arrays are among them), by tracemalloc. The garbage
collector rests meanwhile: when it comes depends on what ran before.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from typing import TypeVar

from . import cuda_counters, instructions

PEAK = "peak_allocated_bytes"
# Below, a changed integer or one more local name is more than 1 %: all calls that small count as this.
LEAST_PEAK_BYTES = 16384

Result = TypeVar("Result")


def counted_call(call: Callable[[], Result], *, repeatable: bool) -> tuple[Result, dict[str, float]]:
    """What ``call`` returns, and its counters by name.

    It has been called before, so that imports and caches are no part of it. Where it is not ``repeatable``
    it is called this once; else some counters call it again.
    """
    kept: list[Result] = []
    counters: dict[str, float] = {}

    def on_the_gpu() -> None:
        counters.update(cuda_counters.memory_of(lambda: kept.append(call())))

    counters[PEAK] = max(_peak_of(on_the_gpu), LEAST_PEAK_BYTES)
    if repeatable:
        counters |= cuda_counters.launches_of(call)
        counters |= instructions.per_call(call)
    return kept[0], counters


def _peak_of(call: Callable[[], None]) -> float:
    """The bytes by which the allocators' peak exceeds what was there before."""
    collects, traces = gc.isenabled(), tracemalloc.is_tracing()
    gc.collect()
    gc.disable()
    if not traces:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        call()
        return float(tracemalloc.get_traced_memory()[1] - before)
    finally:
        if not traces:
            tracemalloc.stop()
        if collects:
            gc.enable()
