"""Pairs of processes compared: exact intervals and tests for any noise, and no alarm where nothing is."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from fitment.kernels.false_discovery import adjusted_p_values
from fitment.kernels.intervals import order_statistic_rank
from fitment.kernels.pairs import PairComparisons, compare_pairs, family_pairs, log_ratios, pairs_needed
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.kernels.noises import SHAPES
from tests.kernels.test_recorded_aa import FIGURES, Taken, drawn, recorded, successive

TRIALS = 20_000
SYMMETRIC = ("normal", "heavy", "skewed")  # shapes whose median is 0; "skewed" is so about its median
LOG_RATIOS = st.lists(st.floats(-1.0, 1.0).map(lambda x: round(x, 2)), min_size=1, max_size=30)


def compared(d: np.ndarray, delta: float = 0.05) -> PairComparisons:
    """Each row of ``d`` as the pairs of one benchmark."""
    d = np.atleast_2d(d)
    return compare_pairs(np.arange(0, d.size + 1, d.shape[1]), d.ravel(), delta)


def regressions(d: np.ndarray, delta: float = 0.05) -> np.ndarray:
    """Which rows have an interval that lies above the threshold."""
    return compared(d, delta).low > math.log1p(delta)


def test_eight_pairs_by_hand() -> None:
    """The estimate is the middle of the pairs, the 99 % interval is [min, max], p counts those above 5 %."""
    d = np.array([0.10, 0.02, 0.07, 0.06, 0.30, 0.09, 0.08, -0.01])
    found = compared(d)
    assert (found.estimate, found.low, found.high) == (pytest.approx(0.075), -0.01, 0.30)
    assert (found.count, found.above, found.below) == (8, 6, 2)
    assert found.p_value == (28 + 8 + 1) / 256


@pytest.mark.parametrize(("n", "k"), [(8, 1), (11, 1), (12, 2), (16, 3), (20, 4), (24, 6)])
def test_limits_are_order_statistics(n: int, k: int) -> None:
    """At 99 % the limits are the k-th smallest and the k-th largest of the published table."""
    found = compared(np.arange(n, 0, -1.0))
    assert (found.low, found.high) == (k, n + 1 - k)


@pytest.mark.parametrize("n", range(1, 8))
def test_fewer_than_eight_pairs_have_no_interval(n: int) -> None:
    """Seven pairs have an estimate and a p-value, but no 99 % interval: NaN, which passes no comparison."""
    found = compared(np.full(n, 0.5))
    assert found.estimate == 0.5
    assert np.isnan([found.low, found.high]).all()
    assert found.p_value == 0.5**n
    assert not regressions(np.full(n, 0.5)).any()


@pytest.mark.parametrize("n", [1, 5, 8, 12, 24, 101, 1500])
def test_limits_and_p_values_are_scipys(n: int) -> None:
    """SciPy's interval of a median and its binomial test say the same, also where 2ⁿ overflows a float."""
    rng = np.random.default_rng(n)
    d = rng.normal(0.05, 0.05, n)
    found = compared(d)
    limits = stats.quantile_test(d, p=0.5).confidence_interval(0.99)
    np.testing.assert_array_equal([found.low[0], found.high[0]], [limits.low, limits.high])
    above = int((d > math.log1p(0.05)).sum())
    p = stats.binomtest(above, n, 0.5, alternative="greater").pvalue
    assert found.p_value[0] == pytest.approx(p, rel=1e-9)


@pytest.mark.parametrize("shape", SYMMETRIC)
@pytest.mark.parametrize("n", [8, 12, 16, 24])
def test_intervals_cover_as_often_as_they_say(n: int, shape: str) -> None:
    """Of 20,000 intervals the share that holds the true median is the exact one, ≥ 99 %, for any noise."""
    rng = np.random.default_rng([n, *shape.encode()])
    found = compared(SHAPES[shape](rng, n * TRIALS).reshape(TRIALS, n))
    exact = 1.0 - 2.0 * stats.binom.cdf(order_statistic_rank(n, 0.99) - 1, n, 0.5)
    assert exact >= 0.99
    held = ((found.low <= 0.0) & (found.high >= 0.0)).mean()
    assert abs(held - exact) < 4.0 * math.sqrt(exact * (1.0 - exact) / TRIALS)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("sd", [0.005, 0.02, 0.04])
def test_no_alarm_where_nothing_changed(shape: str, sd: float) -> None:
    """300 simulated comparisons of a revision with itself, up to 24 pairs, drifting: no regression at 5 %."""
    rng = np.random.default_rng([round(sd * 1e3), *shape.encode()])
    drift = np.linspace(0.0, 0.03, 48)
    y = drift + sd * np.stack([SHAPES[shape](rng, 48) for _ in range(300)])
    d = sides_by_turns(y)
    for pairs in range(8, 25, 4):
        assert not regressions(d[:, :pairs]).any()
        assert not regressions(-d[:, :pairs]).any()


def sides_by_turns(y: np.ndarray) -> np.ndarray:
    """d of pairs in ABBA order out of the ln values of successive processes, in the last axis."""
    d = y[..., 1::2] - y[..., 0::2]
    d[..., 1::2] *= -1.0
    return d


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("taken", [drawn, successive])
def test_no_alarm_on_recorded_processes(taken: Taken, figure: str) -> None:
    """300 comparisons out of recorded processes of a busy machine, 8 pairs and 8 to confirm: no alarm."""
    rng = np.random.default_rng(len(figure))
    cells = list(recorded(figure).values())
    y = np.log([taken(rng, cells[trial % len(cells)], 16) for trial in range(300)])
    first, second = np.split(sides_by_turns(y), 2, axis=1)
    assert not (regressions(first) & regressions(second)).any()
    assert not (regressions(-first) & regressions(-second)).any()
    assert (regressions(first) | regressions(-first)).mean() <= 0.02  # unconfirmed: 0.8 % are to be expected


@pytest.mark.parametrize("first", ["A", "ABBA"])
def test_a_tenth_slower_is_found(first: str) -> None:
    """+10 % at 2 % noise is found in 95 of 100 comparisons by 24 pairs, in either order of the sides."""
    rng = np.random.default_rng(4)
    y = 0.02 * rng.normal(size=(2000, 48))
    d = sides_by_turns(y) if first == "ABBA" else y[:, 1::2] - y[:, 0::2]
    found = [regressions(d[:, :pairs] + math.log(1.1)) for pairs in range(8, 25, 4)]
    assert np.any(found, axis=0).mean() >= 0.95


@pytest.mark.parametrize("where", range(8))
def test_one_outlier_is_no_regression(where: int) -> None:
    """Seven equal pairs and one that is three times slower leave the estimate and the verdict alone."""
    d = np.zeros(8)
    d[where] = math.log(3.0)
    found = compared(d)
    assert (found.estimate, found.low, found.p_value) == (0.0, 0.0, pytest.approx(9 / 256 + 246 / 256))
    assert not regressions(d).any()


def test_all_pairs_equal() -> None:
    """Pairs without any spread have an interval without width, and zeros are no evidence."""
    found = compared(np.zeros(8), delta=0.0)
    assert (found.estimate, found.low, found.high, found.p_value) == (0.0, 0.0, 0.0, 1.0)
    assert (found.above, found.below) == (0, 0)


def test_ties_with_the_threshold_keep_the_level() -> None:
    """Where half of the pairs lie on the threshold and most others above it, 5 % are found by chance at most.

    Leaving them out would find 80 % of the others above, though the median is the threshold.
    """
    rng = np.random.default_rng(6)
    limit = math.log1p(0.05)
    d = rng.choice([limit, limit + 0.1, limit - 0.1], p=[0.5, 0.4, 0.1], size=(TRIALS, 16))
    assert (compared(d).p_value <= 0.05).mean() <= 0.05


def test_pairs_that_were_not_measured_count_for_nothing() -> None:
    """NaN and infinite pairs are left out; a benchmark without any pair has no estimate and p = 1."""
    d = np.array([0.3, np.nan, 0.1, np.inf, -np.inf, 0.2])
    found = compare_pairs([0, 6, 6], d, [0.05, 0.05])
    assert found.count.tolist() == [3, 0]
    np.testing.assert_array_equal(found.estimate, [0.2, np.nan])
    assert found.p_value.tolist() == [1 / 8, 1.0]


def test_many_benchmarks_are_each_alone() -> None:
    """Thousands of benchmarks of 0 to 24 pairs at once give what each gives by itself."""
    rng = np.random.default_rng(8)
    sizes = rng.integers(0, 25, 3000)
    offsets, delta = np.concatenate([[0], np.cumsum(sizes)]), rng.choice([0.02, 0.05], 3000)
    d = rng.normal(0.03, 0.04, offsets[-1])
    found = compare_pairs(offsets, d, delta)
    for b in range(0, 3000, 97):
        alone = compare_pairs([0, sizes[b]], d[offsets[b] : offsets[b + 1]], delta[b])
        for name in ("count", "above", "below", "estimate", "low", "high", "p_value"):
            np.testing.assert_array_equal(getattr(found, name)[b], getattr(alone, name)[0])


@given(LOG_RATIOS)
def test_swapped_sides_mirror_everything(d: list[float]) -> None:
    """−d has the mirrored estimate and limits, to the bit, and the order of pairs does not matter."""
    there, back, turned = compared(np.array(d)), compared(-np.array(d)), compared(np.array(d[::-1]))
    np.testing.assert_array_equal([there.estimate, there.low], [-back.estimate, -back.high])
    np.testing.assert_array_equal([there.estimate, there.low], [turned.estimate, turned.low])


@given(LOG_RATIOS)
def test_slower_never_looks_better(d: list[float]) -> None:
    """A head that is slower in each pair has no lower estimate or limits, and no larger p."""
    before, after = compared(np.array(d)), compared(np.array(d) + 0.01)
    known = ~np.isnan(before.low)
    assert (after.estimate >= before.estimate).all()
    assert (after.low >= before.low)[known].all()
    assert (after.high >= before.high)[known].all()
    assert (after.p_value <= before.p_value).all()


def test_log_ratios_say_how_much_slower() -> None:
    """ln(head / base), with the sign turned for throughput; NaN where a side is missing, zero or negative."""
    base = np.array([1.0, 2.0, np.nan, 1.0, 0.0, 1.0, np.inf, 1.0])
    head = np.array([1.1, 2.0, 1.0, np.nan, 1.0, -1.0, 1.0, np.inf])
    d = log_ratios(base, head)
    assert d[:2] == pytest.approx([math.log(1.1), 0.0])
    assert np.isnan(d[2:]).all()
    np.testing.assert_array_equal(log_ratios(head, base), -d)
    np.testing.assert_array_equal(log_ratios(base, head, larger_is_better=True), -d)


def test_the_suite_takes_the_mean_of_a_pass() -> None:
    """The mean of d over the benchmarks of a pass is ln of the geometric mean of their ratios."""
    base, head = np.random.default_rng(2).lognormal(size=(2, 5, 8))
    d = log_ratios(base.ravel(), head.ravel()).reshape(5, 8)
    assert d.mean(axis=0) == pytest.approx(np.log(stats.gmean(head / base, axis=0)))
    assert compared(d.mean(axis=0)).estimate == pytest.approx(np.median(d.mean(axis=0)))


@pytest.mark.parametrize(
    ("n", "wrong", "needed"), [(8, 0, 8), (8, 1, 12), (8, 2, 27), (8, 3, 107), (24, 6, 27), (8, 4, math.inf)]
)
def test_pairs_needed_by_hand(n: int, wrong: int, needed: float) -> None:
    """(2.576 / (1 − 2q))², rounded up, and never fewer than 8: from above the threshold as from below."""
    assert pairs_needed([n], [n - wrong], [wrong]) == needed
    assert pairs_needed([n], [wrong], [n - wrong]) == needed


@pytest.mark.parametrize("q", [0.1, 0.2, 0.3, 0.4])
def test_so_many_pairs_decide_about_every_second_try(q: float) -> None:
    """With the pairs that are said to be needed, a third to three quarters of the intervals are decided."""
    n = int(pairs_needed([100], [100 - round(100 * q)], [round(100 * q)])[0])
    rng = np.random.default_rng(n)
    d = np.where(rng.random((2000, n)) < q, -1.0, 1.0)
    assert 0.3 <= regressions(d).mean() <= 0.75


def test_pairs_on_the_threshold_are_on_the_wrong_side_of_both() -> None:
    """Pairs that equal the threshold help neither verdict; without pairs nothing can be said."""
    assert pairs_needed([8], [6], [0]) == pairs_needed([8], [6], [2])
    assert np.isnan(pairs_needed([0], [0], [0])).all()
    with pytest.raises(ValueError, match="above and below must not exceed count"):
        pairs_needed([3], [4], [0])


@pytest.mark.parametrize(("benchmarks", "pairs"), [(1, 5), (10, 8), (12, 8), (13, 9), (100, 11)])
def test_pairs_of_a_family(benchmarks: int, pairs: int) -> None:
    """So many pairs are enough for a lone regression among others that pass, and one fewer is not."""
    assert family_pairs(benchmarks) == pairs
    for n, is_found in ((pairs, True), (pairs - 1, False)):
        p = np.ones(benchmarks)
        p[0] = compared(np.full(n, 1.0)).p_value[0]
        assert (adjusted_p_values(p)[0] <= 0.05) == is_found


@pytest.mark.parametrize("delta", [-0.01, math.nan, math.inf, [0.05, -1.0], [0.05], "5 %"])
def test_a_tolerance_that_cannot_be_meant(delta: object) -> None:
    """δ is not negative, finite, and one or one for each benchmark."""
    with pytest.raises((ValueError, TypeError), match="delta"):
        compare_pairs([0, 1, 2], [0.1, 0.2], delta)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 99.0, math.nan])
def test_a_confidence_that_cannot_be_meant(confidence: float) -> None:
    """A confidence lies between 0 and 1."""
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
        compare_pairs([0, 2], [0.1, 0.2], 0.05, confidence)


@pytest.mark.parametrize(("benchmarks", "rate", "named"), [(0, 0.05, "benchmarks"), (3, 0.0, "rate")])
def test_a_family_that_cannot_be_meant(benchmarks: int, rate: float, named: str) -> None:
    """A family has a benchmark, and a rate lies between 0 and 1."""
    with pytest.raises(ValueError, match=named):
        family_pairs(benchmarks, rate)
    with pytest.raises(TypeError, match="benchmarks must be a whole number"):
        family_pairs(2.5, 0.05)


def test_a_confidence_next_to_one_is_one_as_well() -> None:
    """The normal quantile of half of what is left stays finite; without benchmarks it is asked for, too."""
    assert pairs_needed([8], [8], [0], 1.0 - 2.0**-53).tolist() == [69.0]
    with pytest.raises(TypeError, match="confidence must be a number"):
        compare_pairs([0], [], 0.05, "0.99")


@pytest.mark.parametrize("delta", [np.ma.masked, np.ma.masked_array(0.5, True), "0.05", None, True])
def test_a_delta_that_is_no_number(delta: object) -> None:
    """Nor one that is masked."""
    with pytest.raises(TypeError, match="delta must"):
        compare_pairs([0, 2], [0.1, 0.2], delta)


def test_the_gate_starts_without_a_compiler() -> None:
    """What every comparison of the gate needs imports neither Numba nor SciPy nor torch."""
    code = "import sys; from fitment.kernels import pairs, false_discovery, threshold; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numba", "scipy", "torch"} & set(ran.stdout.split())
