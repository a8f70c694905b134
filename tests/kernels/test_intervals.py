from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.kernels.intervals import (
    Interval,
    half_widths,
    location_interval,
    log_ratio_interval,
    order_statistic_interval,
)
from fitment.kernels.student import quantile
from fitment.kernels.variance import MEDIAN_FACTOR, Prior
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.noises import SHAPES

TRIALS = 900  # three times 300, so that what covers 95 % does not fall short by bad luck
ENOUGH = 828  # 276 of each 300
VALUES = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=12)


def contained(shape: str, n: int, sd: float) -> int:
    """How many of 900 intervals of two interleaved measurements of one cell hold a log ratio of 0."""
    rng = np.random.default_rng([n, round(sd * 1e4), *shape.encode()])
    held = 0
    for _ in range(TRIALS):
        values = np.exp(sd * SHAPES[shape](rng, 2 * n)) * 1e-3
        held += log_ratio_interval(values[0::2].tolist(), values[1::2].tolist()).holds(0.0)
    return held


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("n", [3, 5, 10])
@pytest.mark.parametrize("sd", [0.005, 0.02, 0.05, 0.10])
def test_two_measurements_of_one_cell_do_not_differ(shape: str, n: int, sd: float) -> None:
    """Of 900 pairs of one cell at least 828 intervals hold 0, whatever the noise and its size."""
    assert contained(shape, n, sd) >= ENOUGH


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "grouped"])
@pytest.mark.parametrize("sd", [0.005, 0.02, 0.05, 0.10])
def test_two_processes_a_side_suffice_without_groups(shape: str, sd: float) -> None:
    """Two of each tell as much, except of groups: in one of eight pairs each side sees only one of them."""
    n = 2
    assert contained(shape, n, sd) >= ENOUGH


def test_a_difference_is_found() -> None:
    """Two cells that are 20 % apart at 2 % noise are told apart: the intervals are not merely wide."""
    rng = np.random.default_rng(0)
    told = 0
    for _ in range(TRIALS):
        first, second = np.exp(0.02 * rng.normal(size=(2, 5))) * [[1.0], [1.2]]
        told += not log_ratio_interval(first.tolist(), second.tolist()).holds(0.0)
    assert told >= ENOUGH


def test_the_direction_is_second_over_first() -> None:
    """The centre is the log ratio of the medians, positive where the second is larger."""
    assert log_ratio_interval([1.0, 2.0, 9.0], [4.0, 4.0, 5.0]).centre == pytest.approx(math.log(2.0))


def test_one_process_a_side_knows_the_prior_alone() -> None:
    """Its half-width is t(4) · 2 % · √2, whatever was measured, and a prior of 10 % is as much wider."""
    for second in (1.0, 3.0):
        interval = log_ratio_interval([1.0], [second])
        assert interval.high - interval.centre == pytest.approx(quantile(0.975, 4) * 0.02 * math.sqrt(2.0))
    wide = log_ratio_interval([1.0], [1.0], prior=Prior(4.0, 0.10))
    assert wide.high == pytest.approx(quantile(0.975, 4) * 0.10 * math.sqrt(2.0))


def test_a_spread_of_nothing_is_not_believed() -> None:
    """Equal readings have the prior's share of spread: s̃² = ν₀·s₀²/(ν₀ + n − 1)."""
    interval = location_interval([5.0, 5.0, 5.0])
    half = quantile(0.975, 6) * MEDIAN_FACTOR * math.sqrt(4 * 0.02**2 / 6 / 3)
    assert (interval.low, interval.high) == pytest.approx((5.0 * math.exp(-half), 5.0 * math.exp(half)))


def test_a_spread_that_refutes_the_prior_stands_for_itself() -> None:
    """Far above 2 % the half-width is t(n − 1)·1.2533·s/√n."""
    y = np.array([-0.3, 0.0, 0.3])
    half = quantile(0.975, 2) * MEDIAN_FACTOR * 0.3 / math.sqrt(3.0)
    assert location_interval(np.exp(y).tolist()).high == pytest.approx(math.exp(half))


def test_the_mean_of_two_has_no_median_factor() -> None:
    """The median of two processes is their mean."""
    half = quantile(0.975, 1) * math.sqrt(0.02 / 1) / math.sqrt(2.0)
    found = half_widths(np.array([2]), np.array([0.02]))
    assert found == pytest.approx([half])


@pytest.mark.parametrize("sd", [0.005, 0.02, 0.05, 0.10])
@pytest.mark.parametrize("n", [2, 3, 5, 10])
def test_a_location_is_inside_its_interval(n: int, sd: float) -> None:
    """Of 900 intervals of a median at least 828 hold the true one."""
    rng = np.random.default_rng([n, round(sd * 1e4)])
    runs = (np.exp(sd * rng.normal(size=n)).tolist() for _ in range(TRIALS))
    assert sum(location_interval(values).holds(1.0) for values in runs) >= ENOUGH


@given(VALUES)
def test_an_interval_is_around_its_centre(values: list[float]) -> None:
    """low < median < high, all > 0, and the unit of the values does not matter."""
    interval = location_interval(values)
    assert 0.0 < interval.low < interval.centre < interval.high
    assert interval.centre == np.median(values)
    scaled = location_interval([1000.0 * v for v in values])
    assert scaled.high / scaled.centre == pytest.approx(interval.high / interval.centre)


@given(VALUES, VALUES)
def test_a_ratio_turned_round_changes_sign(first: list[float], second: list[float]) -> None:
    """The interval of b / a is that of a / b, mirrored."""
    there, back = log_ratio_interval(first, second), log_ratio_interval(second, first)
    assert (there.low, there.centre) == pytest.approx((-back.high, -back.centre), abs=1e-12)


# David and Nagaraja 2003, §7.1, and any table of the sign test: (n, k) at 95 %.
@pytest.mark.parametrize(("n", "k"), [(6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (15, 4), (20, 6), (25, 8)])
def test_order_statistics_of_the_published_table(n: int, k: int) -> None:
    """The interval reaches from the k-th smallest to the k-th largest."""
    values = [float(i) for i in range(n, 0, -1)]
    interval = order_statistic_interval(values)
    assert interval == Interval(float(k), (n + 1) / 2.0, float(n + 1 - k))


@pytest.mark.parametrize("n", range(1, 6))
def test_five_order_statistics_do_not_reach_95_percent(n: int) -> None:
    """[min, max] of five covers 93.75 %: there is no such interval, and it is not given."""
    assert order_statistic_interval([1.0] * n) is None
    assert n < 5 or order_statistic_interval([1.0] * n, confidence=0.9) is not None
