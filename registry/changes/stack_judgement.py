"""Which of many changes between two stacks are more than noise, at a false discovery rate of 5 %.

A change with two processes or more a side is held against what its processes spread; else against how much
the changes themselves scatter (``empirical_null.py``), or, where they are few, against the store's noise; and
never against less than what was left open inside the one process of a side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...kernels.false_discovery import adjusted_p_values
from ...kernels.student import quantile, upper_tail
from ...kernels.variance import Prior, location_variance
from ..answers import Estimate, Noise
from ..records import Configuration
from .ratios import ASSUMED, PROCESSES, throughput_inside

Floats = NDArray[np.float64]
FALSE_DISCOVERY_RATE = 0.05
FASTER, SLOWER, UNCLEAR = "faster", "slower", "no clear change"
_UPPER = 0.975  # of both limits of a 95 % interval


@dataclass(frozen=True, slots=True)
class StackChange:
    """One model in one configuration under both stacks; ratios are second over first."""

    model: str
    model_version: str
    scenario: str
    input_shape: str
    throughput_unit: str
    configuration: Configuration
    throughput_1: float
    throughput_2: float
    ratio: float
    beyond: float  # the ratio over the common shift; the ratio itself where that is not taken out
    low: float  # 95 % interval of ``beyond``
    high: float
    p_value: float  # two-sided, that ``beyond`` is 1
    adjusted_p: float  # over all that was compared
    judgement: str  # "faster" | "slower" | "no clear change"
    basis: str  # "processes" | "n = 1 a side, noise assumed"
    n_1: int
    n_2: int
    env_id_1: str
    env_id_2: str
    result_ids_1: tuple[int, ...]
    result_ids_2: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Error:
    """How far off a ln ratio may be by noise alone."""

    sd: float
    degrees: float  # of freedom; infinite for the normal distribution
    basis: str

    def p_value(self, distance: float) -> float:
        """Two-sided; without any noise 1 for no distance, else 0."""
        if self.sd == 0.0:
            return float(distance == 0.0)
        return 2.0 * upper_tail(abs(distance) / self.sd, self.degrees)


def judged(
    pairs: Sequence[tuple[Estimate, Estimate]],
    beyond: Floats,
    sd: float | None,
    noise: Noise,
    *,
    centred: bool,
) -> tuple[StackChange, ...]:
    """The pairs, each with both sides running, as changes.

    ``beyond``: float64[n], ln ratio of the throughputs, less the common shift where ``centred``: what a stack
    does to all its results is then taken out, else it is noise like that between machines. ``sd``: of ln
    ratio where a side ran once; None for the store's ``noise``.
    """
    errors = [_error(a, b, sd, noise, centred=centred) for a, b in pairs]
    p = np.array([e.p_value(d) for e, d in zip(errors, beyond.tolist(), strict=True)])
    adjusted = adjusted_p_values(p)
    rows = zip(pairs, beyond.tolist(), errors, p.tolist(), adjusted.tolist(), strict=True)
    return tuple(_change(*row) for row in rows)


def _error(a: Estimate, b: Estimate, sd: float | None, noise: Noise, *, centred: bool) -> _Error:
    once = min(a.n, b.n) < 2
    inside = [_variance_inside(e) for e in (a, b)]
    if once and sd is not None:
        return _Error(max(sd, math.sqrt(sum(inside))), math.inf, ASSUMED)
    prior = Prior(noise.degrees, noise.sd)
    machine = 0.0 if centred else noise.between_sd**2
    variances = [max(_variance(e, prior), v) + machine for e, v in zip((a, b), inside, strict=True)]
    degrees = [prior.degrees + e.n - 1 for e in (a, b)]
    total = sum(variances)
    welch = total**2 / sum(v**2 / d for v, d in zip(variances, degrees, strict=True))
    return _Error(math.sqrt(total), welch, ASSUMED if once else PROCESSES)


def _variance(e: Estimate, prior: Prior) -> float:
    logs = np.log([process.throughput for process in e.processes])
    squares = float(((logs - logs.mean()) ** 2).sum()) if logs.size else 0.0
    return float(location_variance(e.n, squares, prior))


def _variance_inside(e: Estimate) -> float:
    """Of ln throughput, as wide as the interval inside the only process; 0 of several."""
    limits = throughput_inside(e)
    if limits is None:
        return 0.0
    return (math.log(limits[1] / limits[0]) / (2.0 * quantile(_UPPER, math.inf))) ** 2


def _change(
    pair: tuple[Estimate, Estimate], distance: float, error: _Error, p_value: float, adjusted: float
) -> StackChange:
    a, b = pair
    first, second = a.throughput or 0.0, b.throughput or 0.0
    half = quantile(_UPPER, error.degrees) * error.sd
    found = adjusted <= FALSE_DISCOVERY_RATE
    return StackChange(
        model=a.group.model,
        model_version=a.group.model_version,
        scenario=a.group.scenario,
        input_shape=a.group.input_shape,
        throughput_unit=a.group.throughput_unit,
        configuration=a.configuration,
        throughput_1=first,
        throughput_2=second,
        ratio=second / first,
        beyond=math.exp(distance),
        low=math.exp(distance - half),
        high=math.exp(distance + half),
        p_value=p_value,
        adjusted_p=adjusted,
        judgement=UNCLEAR if not found else FASTER if distance > 0.0 else SLOWER,
        basis=error.basis,
        n_1=a.n,
        n_2=b.n,
        env_id_1=a.env_id,
        env_id_2=b.env_id,
        result_ids_1=a.evidence.result_ids,
        result_ids_2=b.evidence.result_ids,
    )
