"""Candidates with their components and scores: kernels/formulae.py applied to one comparison."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from ...kernels import formulae
from ...kernels.costs import cost_component, energy_component
from ...kernels.profiles import blended, split_weights, used_weights
from ..answers import Estimate, Weights
from .criteria import Criteria

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate and its scores. Components are in [0, 1], 1 = best; None = dropped for all."""

    estimate: Estimate
    throughput: float | None
    latency: float | None
    memory: float | None
    compatibility: float
    confidence: float
    suitability: float
    cost: float | None = None
    energy: float | None = None

    def score(self, rank_by: str) -> float:
        """The score that ranks: compatibility or suitability."""
        return self.suitability if rank_by == "suitability" else self.compatibility


def weights_used(weights: Weights, criteria: Criteria) -> Weights:
    """The weights with dropped criteria at 0 and the others summing to 1."""
    return _used(weights, criteria.used, (criteria.cost is not None, criteria.energy is not None))


@functools.cache
def _used(weights: Weights, used: tuple[bool, bool, bool], spending: tuple[bool, bool]) -> Weights:
    return Weights(*used_weights(astuple(weights), (*used, *spending)).tolist())


def scored(compared: Sequence[Estimate], criteria: Criteria, weights: Weights) -> list[Scored]:
    """The candidates with their scores, in their order, under ``weights`` as used."""
    t = formulae.throughput_component(criteria.throughput)
    latency = filled(formulae.latency_component(criteria.latency), criteria)
    m = filled(memory_component(criteria), criteria)
    three, blend = split_weights(astuple(weights))
    compatibility = formulae.weighted_sum(t, latency, m, *three.tolist())
    cost, energy = spending_components(criteria)
    if weights.cost or weights.energy:
        compatibility = blended(compatibility, cost, energy, blend)
    c = formulae.confidence(criteria.n)
    columns = (t, latency, m, compatibility, c, formulae.suitability(compatibility, c), cost, energy)
    return [
        Scored(e, known(t), known(latency), known(m), score, sure, suitability, known(c), known(j))
        for e, t, latency, m, score, sure, suitability, c, j in zip(
            compared, *(column.tolist() for column in columns), strict=True
        )
    ]


def memory_component(criteria: Criteria) -> Floats:
    """M by the criteria's mode, float64[n]; NaN where dropped."""
    if criteria.memory_mode == "headroom":
        return formulae.memory_headroom(criteria.memory, criteria.capacity)
    return formulae.memory_relative(criteria.memory)


def spending_components(criteria: Criteria) -> tuple[Floats, Floats]:
    """C and E, float64[n] each; NaN where not asked for, or dropped."""
    nothing = np.full_like(criteria.throughput, np.nan)
    cost = nothing if criteria.cost is None else filled(cost_component(criteria.cost), criteria)
    energy = nothing if criteria.energy is None else filled(energy_component(criteria.energy), criteria)
    return cost, energy


def filled(component: Floats, criteria: Criteria) -> Floats:
    """The component with what the criteria's policy puts into its gaps, float64[n]."""
    return formulae.pessimistic(component) if criteria.pessimistic else component


def known(component: float) -> float | None:
    """A component, or None for NaN: dropped for all."""
    return None if component != component else component
