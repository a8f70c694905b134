from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from fitment.registry.answers import Estimate, Noise, Process
from fitment.registry.changes.ratios import ASSUMED, PROCESSES
from fitment.registry.changes.stack_judgement import judged
from scipy import stats

from tests.registry.fit.estimates import k, ok


def of(*throughputs: float) -> Estimate:
    processes = tuple(Process(t, None, None, None, None) for t in throughputs) if throughputs[1:] else ()
    return ok("A", k(), float(np.median(throughputs)), n=len(throughputs), processes=processes)


def test_one_run_a_side_against_the_scatter() -> None:
    """Two-sided normal p on the distance from the shift, Benjamini–Hochberg over all; as scipy has both."""
    beyond = np.array([0.0, 0.01, 0.2, -0.15, 0.09])
    pairs = [(of(100.0), of(100.0 * math.exp(0.05 + d))) for d in beyond]
    found = judged(pairs, beyond, 0.04, Noise(), centred=True)
    p = 2 * stats.norm.sf(np.abs(beyond) / 0.04)
    assert [row.p_value for row in found] == pytest.approx(p)
    assert [row.adjusted_p for row in found] == pytest.approx(stats.false_discovery_control(p))
    unclear = "no clear change"
    assert [row.judgement for row in found] == [unclear, unclear, "faster", "slower", "faster"]
    assert {row.basis for row in found} == {ASSUMED}
    assert (found[2].ratio, found[2].beyond) == pytest.approx((math.exp(0.25), math.exp(0.2)))
    assert found[2].low == pytest.approx(math.exp(0.2 - stats.norm.ppf(0.975) * 0.04))


def test_processes_speak_where_both_sides_have_them() -> None:
    """Welch's t on shrunken variances, whatever the changes scatter; the machine counts where not centred."""
    a, b = of(100.0, 101.0), of(105.0, 104.0)
    d = np.array([math.log(104.5 / 100.5)])
    noise = Noise(sd=0.02, degrees=4.0, between_sd=0.03)
    (row,) = judged([(a, b)], d, 0.5, noise, centred=True)
    (apart,) = judged([(a, b)], d, 0.5, noise, centred=False)
    s2 = [(4 * 0.02**2 + float(np.var(np.log(x), ddof=1))) / 5 for x in ([100.0, 101.0], [105.0, 104.0])]
    v = [x / 2 for x in s2]
    nu = sum(v) ** 2 / sum(x**2 / 5 for x in v)
    assert row.p_value == pytest.approx(2 * stats.t.sf(d[0] / math.sqrt(sum(v)), nu))
    assert (row.basis, apart.basis) == (PROCESSES, PROCESSES)
    assert apart.p_value > row.p_value


def test_no_scatter_and_no_distance() -> None:
    """A stack against itself: nothing changed, for sure."""
    (row,) = judged([(of(1.0), of(1.0))], np.zeros(1), 0.0, Noise(), centred=True)
    assert (row.p_value, row.judgement, row.low, row.high) == (1.0, "no clear change", 1.0, 1.0)
    (other,) = judged([(of(1.0), of(2.0))], np.full(1, 0.7), 0.0, Noise(), centred=True)
    assert (other.p_value, other.judgement) == (0.0, "faster")


def test_few_changes_stand_on_the_stores_noise() -> None:
    """With neither processes nor many changes the noise is assumed, machines included."""
    (row,) = judged([(of(1.0), of(1.1))], np.array([math.log(1.1)]), None, Noise(), centred=False)
    se = math.sqrt(2 * (0.02**2 + 0.03**2))
    assert row.p_value == pytest.approx(2 * stats.t.sf(math.log(1.1) / se, 8.0))
    assert row.basis == ASSUMED


@pytest.mark.parametrize(("sd", "known"), [(0.001, stats.norm.sf), (None, lambda z: stats.t.sf(z, 8.0))])
def test_the_interval_inside_the_process_is_a_floor(
    sd: float | None, known: Callable[[float], float]
) -> None:
    """Neither the scatter of the changes nor the store's noise makes a process surer than it is itself."""
    half = 0.1 * stats.norm.ppf(0.975)
    a, b = (
        replace(
            of(t),
            throughput_low=t * math.exp(-half),
            throughput_high=t * math.exp(half),
            interval_basis="samples",
        )
        for t in (1.0, 1.1)
    )
    (row,) = judged([(a, b)], np.array([math.log(1.1)]), sd, Noise(), centred=True)
    assert row.p_value == pytest.approx(2 * known(math.log(1.1) / math.sqrt(2 * 0.1**2)))
    assert row.judgement == "no clear change"
