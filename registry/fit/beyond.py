"""What a hardware does outside the compared configurations, in words."""

from __future__ import annotations

from ..answers import Estimate, Question
from .comparison import Comparison
from .configurations import agrees, combination, describe, differing
from .decided import ByHardware, undecided_on
from .limits import meets

NAMES_SHOWN = 2


def beyond(comparison: Comparison, e: Estimate, axes: dict[str, object], question: Question) -> str | None:
    """``batch 512: 5.1x throughput, not measured on B``: the fastest that was not compared, if faster.

    ``e`` is the hardware's recommended candidate. What misses a limit of the question is left out.
    """
    compared = (
        set(comparison.decided) if comparison.decided else {c.configuration for c in comparison.compared}
    )
    outside = [
        c
        for c in comparison.running[e.hardware].candidates()
        if agrees(c.configuration, axes) and c.configuration not in compared and meets(question, c)
    ]
    best = max(outside, key=_throughput, default=None)
    if best is None or _throughput(best) <= _throughput(e):
        return None
    what = describe(best.configuration, differing(best.configuration, e.configuration))
    missing = names(_missing(comparison, best))
    return f"{what}: {_throughput(best) / _throughput(e):.1f}x throughput, not measured on {missing}"


def differs(e: Estimate, first: Estimate) -> str | None:
    """In which fields a row differs from rank 1's, where the rows share no combination."""
    fields = differing(e.configuration, first.configuration)
    if not fields:
        return None
    return f"{describe(e.configuration, fields)} where rank 1 has {describe(first.configuration, fields)}"


def names(hardware: list[str]) -> str:
    """``A``, ``A and B``, ``A, B and 3 more``."""
    if len(hardware) <= NAMES_SHOWN:
        return " and ".join(hardware)
    return f"{', '.join(hardware[:NAMES_SHOWN])} and {len(hardware) - NAMES_SHOWN} more"


def _missing(comparison: Comparison, best: Estimate) -> list[str]:
    """The hardware that lacks it: at any batch where batch is freed."""
    if comparison.freed is None:
        return undecided_on(comparison.running, best.configuration)
    return _without(comparison.running, combination(best.configuration))


def _without(hardware: ByHardware, shared: tuple[object, ...]) -> list[str]:
    return sorted(
        name
        for name, h in hardware.items()
        if all(combination(e.configuration) != shared for e in h.candidates())
    )


def _throughput(e: Estimate) -> float:
    return e.throughput or 0.0
