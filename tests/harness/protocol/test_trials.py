"""The latency pass on a made-up clock, thousands of times: coverage where it is claimed, flags where not.

Every trial is a whole pass under the real stop rule. "Over a pass" means over as many samples as a pass
takes where nothing drifts; one that drifts goes on for longer, because its samples count as correlated.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
import pytest
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol.latency import latency_fields, measure_latency
from fitment.harness.protocol.stationarity import is_drifting, is_multimodal

from tests.harness.protocol import series
from tests.harness.protocol.fake_clock import watch_over
from tests.harness.protocol.series import Floats, Noise

STEP_S = 0.01
PASS = 93  # the fewest samples that end a standard pass
LONG_PASS = 473  # where neighbours correlate by 0.6: worth a quarter


@dataclass(frozen=True)
class Found:
    """Shares of the trials: of those with an interval, how many cover the true median; flags of all."""

    coverage: float
    drifting: float
    multimodal: float
    flagged: float
    trials: int


def found(levels: Floats, profile: str) -> Found:
    """What passes over these series come to; the true median is one step's length."""
    outcomes = [one_pass(row, profile) for row in levels]
    covering = [covers for covers, _, _ in outcomes if covers is not None]
    drifting, multimodal = (np.array([outcome[i] for outcome in outcomes]) for i in (1, 2))
    return Found(
        float(np.mean(covering)) if covering else float("nan"),
        float(drifting.mean()),
        float(multimodal.mean()),
        float((drifting | multimodal).mean()),
        len(levels),
    )


def one_pass(levels: Floats, name: str) -> tuple[bool | None, bool, bool]:
    """Whether the interval covers the true median (None: there is no interval), and the two flags."""
    times = STEP_S * levels
    watch = watch_over(chain(times.tolist(), repeat(float(times[-1]))))
    latencies = measure_latency(watch, PROFILES[name], 1)
    fields = latency_fields(latencies, PROFILES[name])
    low, high = fields["latency_p50_low_s"], fields["latency_p50_high_s"]
    covers = low <= STEP_S <= high if isinstance(low, float) and isinstance(high, float) else None
    return covers, is_drifting(latencies.seconds), is_multimodal(latencies.seconds)


STATIONARY = {
    "normal": series.normal,
    "lognormal": series.lognormal,
    "student": series.student,
    "pareto": series.pareto,
    "mixture": series.mixture,
    "autoregressive 0.3": series.autoregressive(0.3),
    "autoregressive 0.6": series.autoregressive(0.6),
}


@pytest.fixture(scope="module")
def stationary() -> dict[str, Found]:
    """1,680 passes over stationary series: standard, and quick with a budget for 200 samples."""
    kinds: dict[str, Found] = {}
    for seed, (kind, noise) in enumerate(STATIONARY.items()):
        for profile, n, trials in (("standard", 2100, 120), ("quick", 220, 120)):
            rng = np.random.default_rng(100 * seed + n)
            kinds[f"{kind}, {profile}"] = found(noise(rng, (trials, n)), profile)
    return kinds


def mean(found: dict[str, Found], share: str) -> float:
    """A share over all kinds."""
    return float(np.mean([getattr(each, share) for each in found.values()]))


def test_intervals_cover_the_true_median(stationary: dict[str, Found]) -> None:
    """94 to 99 in 100 do, of independent, skewed, heavy-tailed and autocorrelated latencies alike."""
    assert 0.94 <= mean(stationary, "coverage") <= 0.99
    assert min(each.coverage for each in stationary.values()) >= 0.94


def test_stationary_passes_are_rarely_flagged(stationary: dict[str, Found]) -> None:
    """At most 2 in 100, and of no kind more than 6: the price of seeing the others."""
    assert mean(stationary, "flagged") <= 0.02
    assert max(each.flagged for each in stationary.values()) <= 0.06


CORRELATED = series.autoregressive(0.6)
DRIFTS: dict[str, tuple[Noise, Noise]] = {
    f"{size:+.0%} with {name} noise": (series.ramp(size, over), noise)
    for size in (0.05, 0.1, 0.2, -0.1)
    for name, noise, over in (
        ("little", series.quiet, PASS),
        ("normal", series.normal, PASS),
        ("heavy-tailed", series.student, PASS),
        ("autocorrelated", CORRELATED, LONG_PASS),
    )
}
REGIMES: dict[str, tuple[Noise, Noise]] = {
    "one jump of 10 %, little noise": (series.jump(0.1, PASS), series.quiet),
    "one jump of 10 %, normal noise": (series.jump(0.1, PASS), series.normal),
    "one jump of 20 %, heavy tails": (series.jump(0.2, PASS), series.student),
    "one jump of 10 %, autocorrelated": (series.jump(0.1, LONG_PASS), CORRELATED),
    "stays of 5": (series.regimes(0.1, 5), series.normal),
    "stays of 15": (series.regimes(0.1, 15), series.normal),
    "stays of 40": (series.regimes(0.1, 40), series.normal),
    "stays of 40, heavy tails": (series.regimes(0.15, 40), series.student),
    "stays of 40, autocorrelated": (series.regimes(0.1, 40), CORRELATED),
    "either at random": (series.either(0.1, 0.5), series.normal),
    "one in three at random, little noise": (series.either(0.1, 1 / 3), series.quiet),
}


def flagged(cases: dict[str, tuple[Noise, Noise]], trials: int) -> dict[str, Found]:
    """Standard passes over levels with noise on them."""
    kinds: dict[str, Found] = {}
    for seed, (case, (level, noise)) in enumerate(cases.items()):
        rng, shape = np.random.default_rng(9000 + seed), (trials, 2100)
        kinds[case] = found(level(rng, shape) + noise(rng, shape) - 1, "standard")
    return kinds


def test_drift_is_flagged() -> None:
    """5 to 20 % over a pass, in either direction, are seen in at least 95 of 100 passes."""
    cases = flagged(DRIFTS, 15)
    assert mean(cases, "drifting") >= 0.95
    assert min(each.drifting for each in cases.values()) >= 0.9


def test_regimes_are_flagged() -> None:
    """Two levels 10 % apart are seen in at least 95 of 100 passes, in long stays, short ones or at random."""
    cases = flagged(REGIMES, 30)
    assert mean(cases, "flagged") >= 0.95
    assert min(each.flagged for each in cases.values()) >= 0.9
