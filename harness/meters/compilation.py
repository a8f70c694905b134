"""What torch's compiler did in this process, by its own counters; None where it did nothing."""

from __future__ import annotations

import sys
from typing import Any

from ..compilers import tuning

_CACHES = (("inductor", "fxgraph_cache_hit"), ("aot_autograd", "autograd_cache_hit"))


def graph_breaks() -> int | None:
    """Places, so far, where the compiler gave up on a graph and let Python run in between.

    After the first call these are the breaks of one step; each compilation anew counts them again.
    """
    counters = _counters()
    return None if counters is None else sum(counters["graph_break"].values())


def recompiles() -> int | None:
    """Compilations of code that had been compiled before: its guards did not hold."""
    frames = getattr(sys.modules.get("torch._dynamo.convert_frame"), "FRAME_COMPILE_COUNTER", None)
    return None if frames is None else sum(count - 1 for count in frames.values())


def was_cached() -> bool:
    """Whether inductor found code, or its choice of it, in its cache on disk: compile_s is then the time to
    load it.
    """
    counters = _counters()
    found = counters is not None and any(counters[part][hits] > 0 for part, hits in _CACHES)
    return found or tuning.were_cached()


def _counters() -> Any:
    return getattr(sys.modules.get("torch._dynamo.utils"), "counters", None)
