"""What a run of a profile takes by its budgets, where no earlier result says it better."""

from __future__ import annotations

from ..profiles import PROFILES

START_S = (2.0, 10.0)  # of a child: imports, weights, first call; a compiler's minutes are not foreseen
TIMED_PASSES = 2  # latency and throughput
LEAST_WARM_UP_S = 0.25
LONGEST_ENERGY_PASS_S = 5.0


def budgeted_s(profile: str) -> tuple[float, float]:
    """The least and the most seconds of a run: minima met at once, or every budget spent."""
    own = PROFILES[profile]
    least = START_S[0] + LEAST_WARM_UP_S + TIMED_PASSES * own.min_total_s
    energy = LONGEST_ENERGY_PASS_S if own.energy else 0.0
    return least, START_S[1] + own.warm_up_cap_s + TIMED_PASSES * own.budget_s + energy
