"""Two sides scored against the same references: the union of what both measured.

Each version scored within itself would have its own best at 1, and one that is twice as slow everywhere would
not show. Both sides have equal criteria as well: what one candidate of either lacks is dropped for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..answers import Estimate, Weights
from ..fit import profiles
from ..fit.criteria import Criteria, criteria
from ..fit.outcomes import runs
from ..fit.scored import scored, weights_used
from ..records import Configuration
from .paired import Paired

Place = tuple[str, Configuration, int]  # hardware, configuration, side: 0 or 1


@dataclass(frozen=True, slots=True)
class SharedScores:
    """Compatibilities of both sides' candidates by the default profile, and what they were made by."""

    compatibility: Mapping[Place, float]
    weights: Weights  # as used: after criteria were dropped
    criteria: Criteria


def shared_scores(by_hardware: Mapping[str, Paired]) -> SharedScores | None:
    """The scores of one (scenario, input shape, unit); None where nothing runs on either side."""
    candidates: list[tuple[Place, Estimate]] = [
        ((hardware, k, side), e)
        for hardware, both in by_hardware.items()
        for k, sides in both.pairs
        for side, e in enumerate(sides)
        if e is not None and runs(e)
    ]
    if not candidates:
        return None
    compared = [e for _, e in candidates]
    values = criteria(compared, common=True)
    weights = weights_used(profiles.shipped()[profiles.DEFAULT].weights, values)
    found = scored(compared, values, weights)
    by_place = {place: s.compatibility for (place, _), s in zip(candidates, found, strict=True)}
    return SharedScores(by_place, weights, values)


def dropped(values: Criteria) -> Sequence[str]:
    """The criteria that some candidate of either side lacks, so that they count for none."""
    names = ("throughput", "latency", "memory")
    return [name for name, used in zip(names, values.used, strict=True) if not used]
