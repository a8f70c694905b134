"""How many kernels inductor chose by timing them in this process, or took from its cache of such choices."""

from __future__ import annotations

import sys
from typing import Any

PART, SELECTIONS = "inductor", "select_algorithm_choices"  # beside torch's own select_algorithm_autotune


def count_selections() -> None:
    """From here on each choice among several kernels is counted, with dynamo's other counters."""
    from torch._dynamo.utils import counters
    from torch._inductor.select_algorithm import add_feedback_saver

    def count(*choice: Any) -> None:
        counters[PART][SELECTIONS] += 1

    add_feedback_saver(count)


def selections() -> int:
    """The choices so far."""
    from torch._dynamo.utils import counters

    return int(counters[PART][SELECTIONS])


def were_cached() -> bool:
    """Whether there were choices, and all of them came from the cache on disk."""
    dynamo = sys.modules.get("torch._dynamo.utils")
    if dynamo is None:
        return False
    found = dynamo.counters[PART]
    return bool(found[SELECTIONS]) and not found["select_algorithm_autotune"]
