"""How much of what is compared runs on a hardware, and what the rest failed of."""

from __future__ import annotations

from collections import Counter

from ...kernels import formulae
from ..answers import Estimate
from .comparison import Comparison
from .configurations import combination
from .outcomes import OUT_OF_MEMORY, runs
from .rejections import IN_WORDS


def coverage(comparison: Comparison, hardware: str) -> float | None:
    """The share of K* that runs on a hardware; None where K* is empty."""
    if not comparison.decided:
        return None
    running = sum(e.hardware == hardware for e in comparison.compared)
    return formulae.coverage(running, len(comparison.decided))


def not_run(comparison: Comparison, hardware: str) -> str | None:
    """``out of memory at 2, the process crashed at 1``: the configurations of K* that fail; None without."""
    deciding = (comparison.running[hardware].of(k) for k in comparison.decided)
    words = Counter(_word(e) for e in deciding if e is not None and not runs(e))
    return ", ".join(f"{word} at {count}" for word, count in sorted(words.items())) or None


def max_ok_batch(comparison: Comparison, e: Estimate) -> int | None:
    """The largest batch that ran with all else as in ``e``, where a larger one was out of memory."""
    h, shared = comparison.running[e.hardware], combination(e.configuration)
    if shared not in h.oom:
        return None
    ok = (c.configuration for c in h.candidates())
    return max(k.batch for k in ok if combination(k) == shared)


def _word(e: Estimate) -> str:
    return "out of memory" if e.status in OUT_OF_MEMORY else IN_WORDS.get(e.status, e.status)
