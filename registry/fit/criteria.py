"""The criteria of compared candidates: which can be compared at all, and by which statistic or scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..answers import Estimate
from .capacity import capacity_bytes

Floats = NDArray[np.float64]
STATISTICS = ("p95", "p50", "mean")


@dataclass(frozen=True, slots=True)
class Criteria:
    """The candidates' raw values, float64[n] each; all NaN where a criterion is dropped for all."""

    throughput: Floats  # units/s
    latency: Floats  # seconds, of one statistic for all
    memory: Floats  # bytes
    capacity: Floats  # bytes; all NaN where memory is compared as it stands (one scope)
    n: Floats  # ok processes
    latency_statistic: str | None  # None: dropped
    memory_mode: str | None  # "relative" | "headroom"; None: dropped
    pessimistic: bool = False  # NaN of one candidate counts as the lowest component that another has
    cost: Floats | None = None  # USD for 1,000 units; None: not asked for, or dropped
    energy: Floats | None = None  # J a unit; likewise

    @property
    def used(self) -> tuple[bool, bool, bool]:
        """Whether throughput, latency, memory count."""
        return (True, self.latency_statistic is not None, self.memory_mode is not None)


def criteria(compared: Sequence[Estimate], *, common: bool, pessimistic: bool = False) -> Criteria:
    """The criteria of the candidates; throughput alone where no configuration is common.

    A criterion that one candidate lacks is dropped for all: dropping it for that one alone would score
    it by other rules than its rivals. With ``pessimistic`` it is dropped only where all lack it.
    """
    with_latency = [e for e in compared if has_latency(e)] if pessimistic else compared
    with_memory = [e for e in compared if has_memory(e)] if pessimistic else compared
    statistic = latency_statistic(with_latency) if common and with_latency else None
    mode = memory_mode(with_memory) if common and with_memory else None
    nothing: list[float | None] = [None] * len(compared)
    return Criteria(
        throughput=_column([e.throughput for e in compared]),
        latency=_column([latency(e, statistic) for e in compared]),
        memory=_column([e.memory_bytes for e in compared] if mode else nothing),
        capacity=_column([capacity_bytes(e) for e in compared] if mode == "headroom" else nothing),
        n=_column([e.n for e in compared]),
        latency_statistic=statistic,
        memory_mode=mode,
        pessimistic=pessimistic,
    )


def has_latency(e: Estimate) -> bool:
    """Whether an estimate's latency is known, by whatever statistic."""
    return own_statistic(e) is not None


def has_memory(e: Estimate) -> bool:
    """Whether an estimate's peak memory is known."""
    return e.memory_bytes is not None


def where(lacking: Sequence[Estimate], compared: Sequence[Estimate]) -> str:
    """On which hardware: ``A and B``, or ``any hardware`` where that is all of several."""
    names = sorted({e.hardware for e in lacking})
    if len(names) > 1 and names == sorted({e.hardware for e in compared}):
        return "any hardware"
    return " and ".join(names)  # names hold commas


def own_statistic(e: Estimate) -> str | None:
    """The best latency statistic that a candidate has, whatever is compared."""
    return next((s for s in STATISTICS if latency(e, s) is not None), None)


def latency_statistic(compared: Sequence[Estimate]) -> str | None:
    """p95 if sufficient for all, else p50 if all have it, else the mean; None where none is known for all."""
    for statistic in STATISTICS:
        if all(latency(e, statistic) is not None for e in compared):
            return statistic
    return None


def latency(e: Estimate, statistic: str | None) -> float | None:
    """That statistic of a candidate's step latency in seconds."""
    if statistic == "p95":
        return e.latency_p95_s
    if statistic == "p50":
        return e.latency_p50_s
    return e.latency_mean_s if statistic == "mean" else None


def memory_mode(compared: Sequence[Estimate]) -> str | None:
    """relative within one scope; across scopes headroom, each in its own against its own capacity.

    None where a candidate has no memory, or no capacity to hold it against.
    """
    if any(e.memory_bytes is None for e in compared):
        return None
    if len({e.memory_scope for e in compared}) == 1:
        return "relative"
    return None if any(capacity_bytes(e) is None for e in compared) else "headroom"


def _column(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
