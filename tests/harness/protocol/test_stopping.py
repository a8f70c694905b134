"""fitment.harness.protocol.stopping: enough samples, narrow, for long enough; a plateau; the budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol.medians import effective_size, median
from fitment.harness.protocol.stopping import StopRule, latency_rule, next_look, throughput_rule

QUICK, STANDARD, STRICT = PROFILES["quick"], PROFILES["standard"], PROFILES["strict"]


def normal(spread: float, seed: int = 1, step_s: float = 0.01) -> Iterator[float]:
    """Endless independent samples around ``step_s``."""
    rng = np.random.default_rng(seed)
    while True:
        yield step_s * (1 + spread * float(rng.standard_normal()))


def fed(rule: StopRule, samples: Iterable[float], steps: int = 1) -> tuple[str | None, int]:
    """Why the rule ends the pass, and after how many samples; None where they run out before."""
    for sample in samples:
        rule.add(sample, steps)
        if rule.reason is not None:
            break
    return rule.reason, len(rule.samples)


@pytest.mark.parametrize(("step_s", "n"), [(0.01, 62), (0.005, 140), (0.1, 8)])
def test_half_a_second_has_to_be_covered(step_s: float, n: int) -> None:
    """However tight the samples, quick goes on to the first look beyond half a second."""
    assert fed(latency_rule(QUICK), normal(1e-4, step_s=step_s)) == ("precision", n)


@pytest.mark.parametrize(("name", "least"), [("quick", 8), ("standard", 93), ("strict", 662)])
def test_percentile_of_the_profile_has_to_suffice(name: str, least: int) -> None:
    """Where time and precision are no matter, the samples of the highest percentile are: p50, p95, p99."""
    rule = latency_rule(PROFILES[name])
    reason, n = fed(rule, normal(1e-4, step_s=0.07))
    assert reason in ("precision", "plateau")
    assert effective_size(np.array(rule.samples)) >= least
    assert n < least * 1.5**2


def test_interval_has_to_be_narrow() -> None:
    """Noise of 4 % takes more samples than p95 does; the pass goes on until the interval is within 1 %."""
    rule = latency_rule(STANDARD)
    reason, n = fed(rule, normal(0.04, seed=4))
    assert reason == "precision"
    assert n > 93
    assert median(np.array(rule.samples)).relative_half_width <= 0.01


def test_settled_noise_ends_the_pass_where_precision_is_out_of_reach() -> None:
    """Noise of 60 % is a plateau, found at a multiple of 16 samples and long before the budget."""
    rule = latency_rule(STANDARD)
    reason, n = fed(rule, normal(0.6, seed=3))
    assert (reason, n % 16) == ("plateau", 0)
    assert rule.total_s < STANDARD.budget_s


def test_a_plateau_does_not_stand_in_for_the_percentile_or_the_time() -> None:
    """Strict noise settles long before 662 samples; fast steps, before half a second."""
    rule = latency_rule(STRICT)
    assert fed(rule, normal(0.6, seed=3))[0] == "plateau"
    assert effective_size(np.array(rule.samples)) >= 662
    rule = latency_rule(STANDARD)
    assert fed(rule, normal(0.6, seed=3, step_s=0.001))[0] == "plateau"
    assert rule.total_s >= STANDARD.min_total_s


def test_correlated_samples_take_longer() -> None:
    """Samples that follow one another need as many more as they are worth less."""
    rng, level, samples = np.random.default_rng(2), 0.0, []
    for _ in range(2000):
        level = 0.8 * level + 0.6 * float(rng.standard_normal())
        samples.append(0.01 * (1 + 0.001 * level))
    assert fed(latency_rule(STANDARD), samples)[1] > 500


@pytest.mark.parametrize(("step_s", "n"), [(0.5, 4), (3.0, 1), (2.0, 1)])
def test_the_budget_cuts_every_minimum(step_s: float, n: int) -> None:
    """Slow steps end with the budget, whatever is still wanting."""
    assert fed(latency_rule(QUICK), normal(0, step_s=step_s)) == ("budget", n)


def test_precision_at_the_last_moment_is_not_the_budget() -> None:
    """A rule that is met by the very sample that spends the budget says so."""
    assert fed(latency_rule(replace(QUICK, budget_s=0.8)), normal(0, step_s=0.1)) == ("precision", 8)


def test_steps_of_a_sample_all_count() -> None:
    """A sample of 50 steps covers 50 times its seconds per step."""
    assert fed(latency_rule(QUICK), normal(1e-4, step_s=0.0002), steps=50) == ("precision", 62)


def test_throughput_wants_its_blocks() -> None:
    """The least number of blocks stands even where they agree to the last bit."""
    assert fed(throughput_rule(STANDARD), [0.25] * 40) == ("precision", 10)
    assert fed(throughput_rule(STANDARD), [0.25] * 9) == (None, 9)


def test_three_blocks_are_no_interval() -> None:
    """Quick looks at three blocks and at five, and has an interval at eight."""
    assert fed(throughput_rule(QUICK), [0.1 + 0.001 * (i % 2) for i in range(40)]) == ("precision", 8)


def test_looks_grow_by_half() -> None:
    """8, 12, 18, 27: the cost of looking stays a fixed share of the pass."""
    assert [next_look(n) for n in (1, 8, 12, 18)] == [2, 12, 18, 27]
