"""What is compared where no configuration is common: batch alone is freed, and throughput alone counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..answers import Estimate
from .configurations import agrees, combination, order
from .decided import ByHardware

Best = Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Freed:
    """Each hardware's best achieved throughput, and within what."""

    best: Best  # by hardware
    shared: tuple[Any, ...] | None  # precision, compile mode …; None: rows differ in more than the batch
    alternatives: tuple[Best, ...]  # the same within the other combinations that all share
    candidates: tuple[Estimate, ...]  # what each is the best of, at every batch


def freed(hardware: ByHardware, axes: dict[str, Any]) -> Freed:
    """Each hardware's best throughput within the combination that all share, whatever the batch.

    Of several, the one with the fastest result is the answer; where there is none, over all.
    """
    candidates = {
        name: [e for e in h.candidates() if agrees(e.configuration, axes)] for name, h in hardware.items()
    }
    combinations = [{combination(e.configuration) for e in es} for es in candidates.values()]
    shared = sorted(set.intersection(*combinations)) if combinations else []
    if not shared:
        everything = tuple(e for es in candidates.values() for e in es)
        return Freed({name: _fastest(es) for name, es in candidates.items()}, None, (), everything)
    within = {c: _within(c, candidates) for c in shared}
    first = max(shared, key=lambda c: max(_throughput(e) for e in within[c].values()))
    at_first = tuple(e for es in candidates.values() for e in es if combination(e.configuration) == first)
    alternatives = tuple(best for c, best in within.items() if c != first)
    return Freed(within[first], first, alternatives, at_first)


def _within(shared: tuple[Any, ...], candidates: Mapping[str, list[Estimate]]) -> Best:
    return {
        name: _fastest([e for e in es if combination(e.configuration) == shared])
        for name, es in candidates.items()
    }


def _fastest(candidates: list[Estimate]) -> Estimate:
    return min(candidates, key=lambda e: (-_throughput(e), -e.n, order(e.configuration)))


def _throughput(e: Estimate) -> float:
    return e.throughput or 0.0
