"""Where a roofline bends: the work per byte from which on arithmetic, not memory, is the limit.

Source: Williams, Waterman and Patterson, "Roofline" (CACM 52, 2009).
"""

from __future__ import annotations

from collections.abc import Sequence

from ...registry.records import Ceiling

INTEGER = frozenset({"int8"})


def operation(precision: str) -> str:
    """What an operation in ``precision`` is called: "FLOP", or "OP" where the numbers are whole."""
    return "OP" if precision in INTEGER else "FLOP"


def best_bytes_per_s(ceilings: Sequence[Ceiling]) -> float | None:
    """The device's memory roof: bytes move as fast whatever they mean, some triads only compute slower."""
    return max((each.bytes_per_s for each in ceilings if each.bytes_per_s is not None), default=None)


def ridge(ceiling: Ceiling, bytes_per_s: float | None) -> float | None:
    """Operations per byte at which both roofs meet; None where one of them is not known."""
    if ceiling.operations_per_s is None or bytes_per_s is None:
        return None
    return ceiling.operations_per_s / bytes_per_s
