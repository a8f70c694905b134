"""What a hardware does outside the compared configurations, in words."""

from __future__ import annotations

from ..answers import Estimate, Question
from ..records import Configuration
from .comparison import Comparison
from .configurations import agrees, combination, describe, differing, order
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
    best = min(outside, key=lambda c: (-_throughput(c), order(c.configuration)), default=None)
    if best is None or _throughput(best) <= _throughput(e):
        return None
    ratio = _throughput(best) / _throughput(e)
    return faster(best.configuration, e.configuration, ratio, _missing(comparison, best))


def faster(outside: Configuration, k: Configuration, ratio: float, missing: list[str]) -> str:
    """How much faster a configuration is than the recommended ``k``, and which hardware lacks it."""
    what = describe(outside, differing(outside, k))
    return f"{what}: {ratio:.1f}x throughput, not measured on {names(missing)}"


def differs(k: Configuration, first: Configuration) -> str | None:
    """In which fields a row differs from rank 1's, where the rows share no combination."""
    fields = differing(k, first)
    if not fields:
        return None
    return f"{describe(k, fields)} where rank 1 has {describe(first, fields)}"


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
