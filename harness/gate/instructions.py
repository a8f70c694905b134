"""Instructions per call of a benchmarked function, by whichever counter this process has.

The two counters don't count the same (one thread in user space; all threads, on a processor that lacks the
newest instructions), so each names its metric, and one is never compared with the other.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from . import callgrind, perf_events

ENOUGH = 10_000_000  # instructions counted at once, beside which starting and ending the count is little
TRIES = 3  # of which the least is taken: what disturbs a count adds to it
BY_PERF = "instructions"
BY_CALLGRIND = "callgrind_instructions"

Call = Callable[[], object]
Count = Callable[[Call], int]


def per_call(call: Call) -> dict[str, float]:
    """The name of the metric and the instructions per call; empty where nothing counts here.

    ``call`` has been called before, and is called again as often as it takes to count enough.
    """
    if callgrind.inside():
        with callgrind.counting() as count:
            return {BY_CALLGRIND: _per_call(call, count)}
    if perf_events.available():
        with perf_events.EventCounter() as counter:
            return {BY_PERF: _per_call(call, counter.count)}
    return {}


def _per_call(call: Call, count: Count) -> float:
    """What ``count`` says of one call, less what it says of none; no garbage is collected in between."""
    collects = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        idle = _least(count, _nothing, 1)
        once = max(count(_many(call, 1)) - idle, 1)
        calls = max(ENOUGH // once, 1)
        calls = 1 << (calls - 1).bit_length()  # one number for counts that differ by little
        counted = _least(count, call, calls)
        idle = min(idle, _least(count, _nothing, 1))  # a process's first counts take more than its later ones
        return max(counted - idle, 0) / calls
    finally:
        if collects:
            gc.enable()


def _least(count: Count, call: Call, calls: int) -> int:
    return min(count(_many(call, calls)) for _ in range(TRIES))


def _many(call: Call, calls: int) -> Call:
    def repeated() -> None:
        for _ in range(calls):
            call()

    return repeated


def _nothing() -> None:
    return None
