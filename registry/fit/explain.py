"""What made each row of an answer: its values, what they are held against and who set that, and the way back.

Nothing new is computed but the interval of a memory: all else is what scored the row.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...kernels.intervals import half_widths
from ..answers import PROCESSES, Candidate, Estimate, Explanation, Recommendation, Term, Weights
from .criteria import Criteria
from .remedy import Measurable, measure_again
from .scored import Scored
from .stacks import HERE

Floats = NDArray[np.float64]
LARGEST, SMALLEST, FREE = "value / reference", "reference / value", "1 - value / reference"
SPENT = {"cost": "cost_per_1k_usd", "energy": "energy_per_unit_j"}
LOWEST = "lowest known"  # a gap that stands with the lowest component of the others


@dataclass(frozen=True, slots=True)
class _Criterion:
    """One criterion over all compared candidates."""

    name: str
    values: Floats
    rule: str | None  # None: dropped for all
    best: int | None  # the candidate that sets the reference


def explained(
    rows: Iterable[Recommendation],
    criteria: Criteria,
    candidates: Sequence[Scored],
    weights: Weights,
    measurable: Measurable,
) -> tuple[Recommendation, ...]:
    """The rows, each with its Explanation. ``candidates`` are in the order of ``criteria``."""
    compared = _criteria(criteria)
    place = {(c.estimate.hardware, c.estimate.configuration): i for i, c in enumerate(candidates)}
    found = []
    for row in rows:
        i = place[row.hardware, row.configuration]
        terms = tuple(_term(criterion, i, row, criteria, candidates, weights) for criterion in compared)
        command, where = _way_back(candidates[i].estimate, measurable)
        found.append(replace(row, explanation=Explanation(terms, command, where)))
    return tuple(found)


def _criteria(criteria: Criteria) -> list[_Criterion]:
    """Throughput, latency and memory, then cost and energy where they count: rule, who sets the reference."""
    memory = {"relative": SMALLEST, "headroom": FREE}.get(criteria.memory_mode or "")
    latency = SMALLEST if criteria.latency_statistic else None
    spent = (("cost", criteria.cost), ("energy", criteria.energy))
    return [
        _Criterion("throughput", criteria.throughput, LARGEST, _smallest(-criteria.throughput)),
        _Criterion("latency", criteria.latency, latency, _smallest(criteria.latency)),
        _Criterion("memory", criteria.memory, memory, _smallest(criteria.memory)),
        *(_Criterion(name, x, SMALLEST, _smallest(x)) for name, x in spent if x is not None),
    ]


def _smallest(values: Floats) -> int | None:
    """The place of the smallest, the first of equals; None where all are NaN."""
    return None if np.isnan(values).all() else int(np.nanargmin(values))


def _term(
    criterion: _Criterion,
    i: int,
    row: Recommendation,
    criteria: Criteria,
    candidates: Sequence[Scored],
    weights: Weights,
) -> Term:
    """The part of candidate ``i``, which is the row's, in one criterion."""
    own = replace(_own(criterion.name, row, candidates[i]), weight=getattr(weights, criterion.name))
    if own.component is None or criterion.rule is None:
        return own
    if own.value is None:
        return replace(own, rule=LOWEST)
    if criterion.rule == FREE:
        return replace(own, rule=FREE, reference=float(criteria.capacity[i]))
    if criterion.best is None:
        return own
    best = i if criterion.values[i] == criterion.values[criterion.best] else criterion.best
    reference = float(criterion.values[best])
    who = candidates[best].estimate
    set_by = Candidate(who.hardware, who.configuration, who.evidence.result_ids)
    return replace(own, rule=criterion.rule, reference=reference, set_by=set_by)


def _own(name: str, row: Recommendation, scored: Scored) -> Term:
    """A row's value in one criterion with its interval, not held against anything yet."""
    component: float | None = getattr(scored, name)
    kind: str | None
    value: float | None
    low: float | None
    high: float | None
    if name == "throughput":
        kind, value, low, high = None, row.throughput, row.throughput_low, row.throughput_high
    elif name == "latency":
        kind, value, low, high = row.latency_statistic, row.latency_s, row.latency_low, row.latency_high
    elif name in SPENT:
        low, high = None, None
        kind, value = scored.estimate.energy_source if name == "energy" else None, getattr(row, SPENT[name])
    else:
        low, high = _memory_interval(scored.estimate)
        kind, value = row.memory_scope, row.memory_bytes
    basis = PROCESSES if name == "memory" else row.interval_basis
    known = low is not None and high is not None
    return Term(name, kind, value, low, high, basis if known else None, None, None, None, component, 0.0)


def _memory_interval(e: Estimate) -> tuple[float | None, float | None]:
    """Of the median of the processes' peaks; (None, None) from fewer than two."""
    squares = e.spread.squares[2] if e.spread else None
    if e.memory_bytes is None or squares is None:
        return None, None
    half = float(half_widths(np.array([e.n]), np.array([squares]))[0])
    return e.memory_bytes * math.exp(-half), e.memory_bytes * math.exp(half)


def _way_back(e: Estimate, measurable: Measurable) -> tuple[str | None, str]:
    """The command that measures a candidate again, and where it is to be run; or why there is none."""
    command = measure_again(e, measurable)
    if e.evidence.tier == "imported":
        where = f"published elsewhere ({e.evidence.source}): measure it on such a device"
        return command, where if command else f"{where}, but {lacking(e, measurable)}"
    machine = (
        "on this machine" if e.evidence.tier == HERE else f"on {e.host or 'the machine that measured it'}"
    )
    return command, machine if command else f"{machine}, but {lacking(e, measurable)}"


def lacking(e: Estimate, measurable: Measurable) -> str:
    """Why no command can be given that measures a candidate."""
    if e.configuration.n_devices != 1:
        return f"no sweep runs on {e.configuration.n_devices} devices at once"
    axes = {name: getattr(e.configuration, name) for name in ("precision", "compile_mode", "memory_format")}
    for name, value in axes.items():
        if name in measurable and value not in measurable[name]:
            return f"no sweep here knows {name.replace('_', ' ')} {value}"
    return f"{e.group.model} is not in the zoo; module:package.mod:factory brings it in"
