"""Steps of a series: found where they are, not where there are none, and the same ones each time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.kernels.change_points import ChangePoints, change_points
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.kernels import naive
from tests.kernels.arrays import COMPILED
from tests.kernels.noises import SHAPES

WITHOUT_TIME = [shape for shape in SHAPES if shape != "load"]  # whose processes know of each other
MANY = 1000 if COMPILED else 2
SERIES = arrays(
    np.float64, st.integers(0, 30), elements=st.floats(-1e3, 1e3) | st.sampled_from([0.0, 1.0, np.nan])
)
FAST = {"level": 0.05, "permutations": 99}


def in_one(values: np.ndarray, **options: object) -> ChangePoints:
    """The change points of one series."""
    return change_points([0, len(values)], values, **options)


def in_rows(values: np.ndarray, **options: object) -> ChangePoints:
    """The change points of each row, with a seed of its own."""
    rows, n = values.shape
    return change_points(np.arange(0, rows * n + 1, n), values.ravel(), seed=np.arange(rows), **options)


def test_a_step_is_where_it_is() -> None:
    """Twenty at 1.0 and fifteen at 1.1: one change point, the first of the new level, at the smallest p."""
    found = in_one(np.repeat([1.0, 1.1], [20, 15]), permutations=999)
    assert found.offsets.tolist() == [0, 1]
    assert found.index.tolist() == [20]
    assert found.p_value.tolist() == [0.001]


def test_the_energy_distance_by_hand() -> None:
    """0, 0, 0 | 3, 3, 3: nine distances of 3 between the sides, none inside, so Q = 9/6 · 2 · 3 = 9."""
    assert naive.best_split([0.0, 0.0, 0.0, 3.0, 3.0, 3.0], 3) == (9.0, 3)
    assert naive.best_split([0.0, 1.0, 5.0, 6.0], 2) == (4 / 4 * (2 * 5 - 1 - 1), 2)


def test_several_steps_from_left_to_right() -> None:
    """Up, down and up again at 2 % noise are found at most one point away."""
    rng = np.random.default_rng(0)
    levels = np.repeat([0.0, 0.2, 0.05, 0.3], [30, 25, 40, 20])
    found = in_one(levels + 0.02 * rng.normal(size=levels.size), level=0.01, permutations=99)
    assert np.abs(found.index - [30, 55, 95]).max() <= 1
    assert (found.p_value <= 0.01).all()


@pytest.mark.parametrize("where", [*range(0, 40, 5), 38, 39])
@pytest.mark.parametrize("size", [0.1, 100.0])
def test_one_outlier_is_no_step(where: int, size: float) -> None:
    """A single point far from all others changes no level, wherever it is, the last one included."""
    values = 0.01 * np.random.default_rng(where).normal(size=40)
    values[where] += size
    assert in_one(values).index.size == 0


@pytest.mark.parametrize("n", range(13))
def test_too_few_points_for_a_step(n: int) -> None:
    """Up to 12 points no permutation test reaches .001, however large the step is."""
    step = np.repeat([0.0, 1.0], [n // 2, n - n // 2])
    assert in_one(step).index.size == 0


@pytest.mark.skipif(not COMPILED, reason="takes 9,999 permutations many times")
@pytest.mark.parametrize(("before", "after"), [(7, 7), (25, 3), (3, 25), (40, 3), (10, 10)])
def test_the_smallest_steps_that_are_seen(before: int, after: int) -> None:
    """Seven points a side, or three after some 25 others, are found in most series."""
    values = 0.01 * np.random.default_rng(before).normal(size=(50, before + after))
    values[:, before:] += 0.5
    found = in_rows(values)
    assert (np.diff(found.offsets) == 1).mean() >= 0.8
    assert (found.index == before).mean() >= 0.95


@pytest.mark.skipif(not COMPILED, reason="takes 9,999 permutations many times")
@pytest.mark.parametrize(("size", "share"), [(1.0, 0.3), (1.5, 0.85), (2.0, 0.96), (3.0, 0.98)])
def test_steps_in_noise(size: float, share: float) -> None:
    """Steps of 2 standard deviations in the middle of 60 points are found, most within two points."""
    values = np.random.default_rng(1).normal(size=(50, 60))
    values[:, 30:] += size
    found = in_rows(values)
    assert (np.diff(found.offsets) > 0).mean() >= share
    assert np.median(np.abs(found.index - 30)) <= 4.0 / size


@pytest.mark.parametrize("shape", WITHOUT_TIME)
def test_no_steps_where_nothing_changed(shape: str) -> None:
    """Of 1,000 series without a change at most 5 have one at .001 (1 to be expected), whatever the noise."""
    values = SHAPES[shape](np.random.default_rng([*shape.encode()]), MANY * 40).reshape(MANY, 40)
    assert in_rows(values).index.size <= 5


@pytest.mark.skipif(not COMPILED, reason="takes a thousand series")
def test_the_level_is_kept_elsewhere() -> None:
    """At a level of 10 % at most about every tenth series without a change has one."""
    values = np.random.default_rng(5).normal(size=(MANY, 30))
    found = in_rows(values, level=0.1, permutations=199)
    assert 0.07 <= (np.diff(found.offsets) > 0).mean() <= 0.13
    assert (found.p_value <= 0.1).all()


def test_a_seed_repeats_everything() -> None:
    """The same seed gives the same p-values to the bit; another gives others, and hardly another step."""
    values = np.random.default_rng(2).normal(size=40)
    values[20:] += 1.0
    options = {"level": 0.3, "permutations": 99}
    first, again, other = (in_one(values, seed=seed, **options) for seed in (7, 7, 2**64 - 1))
    np.testing.assert_array_equal(first.p_value, again.p_value)
    np.testing.assert_array_equal(first.index, again.index)
    assert first.index[0] == other.index[0]
    several = [in_one(values, seed=seed, **options).p_value[0] for seed in range(5)]
    assert len(set(several)) > 1
    assert max(several) - min(several) < 0.1


def test_many_series_are_each_alone() -> None:
    """Hundreds of series at once, some empty, give what each gives by itself, for any number of threads."""
    rng = np.random.default_rng(3)
    sizes = rng.integers(0, 60, 300 if COMPILED else 12)
    offsets, seeds = np.concatenate([[0], np.cumsum(sizes)]), rng.integers(0, 2**63, sizes.size)
    values = rng.normal(size=offsets[-1]) + 4.0 * np.cumsum(rng.random(offsets[-1]) < 0.03)
    together = [change_points(offsets, values, seed=seeds, threads=t, **FAST) for t in (1, 2, 4)]
    for found in together[1:]:
        np.testing.assert_array_equal(found.index, together[0].index)
        np.testing.assert_array_equal(found.p_value, together[0].p_value)
    for s in range(0, sizes.size, 7):
        alone = in_one(values[offsets[s] : offsets[s + 1]], seed=int(seeds[s]), **FAST)
        mine = slice(*together[0].offsets[s : s + 2])
        np.testing.assert_array_equal(alone.index, together[0].index[mine])
        np.testing.assert_array_equal(alone.p_value, together[0].p_value[mine])


def test_points_that_were_not_measured_are_passed_over() -> None:
    """NaN and infinite points change nothing but the index, which counts them."""
    values = np.repeat([1.0, 2.0], [10, 10])
    gaps = np.insert(values, [0, 5, 10, 10, 20], [np.nan, np.inf, np.nan, -np.inf, np.nan])
    found, without = in_one(gaps, **FAST), in_one(values, **FAST)
    assert without.index.tolist() == [10]
    assert found.index.tolist() == [14]  # 10, after a NaN, an inf, and the two before the step
    np.testing.assert_array_equal(found.p_value, without.p_value)
    assert in_one(np.full(30, np.nan)).index.size == 0


def test_ties_and_constants() -> None:
    """A constant series has no step, and one that goes to and fro between two values has none either."""
    assert in_one(np.full(50, 3.0)).index.size == 0
    assert in_one(np.tile([1.0, 2.0], 25)).index.size == 0
    assert in_one(np.full(50, 1e-300)).index.size == 0


@pytest.mark.parametrize("shortest", [2, 3, 5])
def test_segments_have_their_least_length(shortest: int) -> None:
    """No two change points, nor one and an end, are nearer than ``shortest``."""
    rng = np.random.default_rng(shortest)
    values = np.cumsum(rng.normal(size=40) * (rng.random(40) < 0.3))
    found = in_one(values, level=0.3, permutations=19, shortest=shortest)
    assert found.index.size >= 2
    assert np.diff([0, *found.index, 40]).min() >= shortest


@settings(max_examples=60)
@given(SERIES, st.sampled_from([1.0, 1e-3, 1024.0]), st.sampled_from([0.0, 8.0]))
def test_scale_and_level_of_the_series_do_not_matter(values: np.ndarray, scale: float, shift: float) -> None:
    """The unit of the values changes nothing, nor does what is added to all of them."""
    rounded = np.round(values, 1)
    found, other = in_one(rounded, **FAST), in_one(scale * (rounded + shift), **FAST)
    np.testing.assert_array_equal(found.index, other.index)
    np.testing.assert_array_equal(found.p_value, other.p_value)


@settings(max_examples=60)
@given(SERIES)
def test_what_comes_back_is_ordered_and_inside(values: np.ndarray) -> None:
    """Indices rise, lie inside the series on measured points, and each has a p of at most the level."""
    found = in_one(values, **FAST)
    assert found.offsets.tolist() == [0, found.index.size]
    assert (np.diff(found.index) >= 3).all()
    assert np.isfinite(values[found.index]).all()
    assert (found.p_value <= 0.05).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"level": 0.0}, "level must lie between 0 and 1"),
        ({"level": math.nan}, "level must lie between 0 and 1"),
        ({"permutations": 0}, "permutations must be at least 1"),
        ({"permutations": 998}, "permutations must be at least 999 for level 0.001, not 998"),
        ({"shortest": 1}, "shortest must be at least 2, not 1"),
        ({"seed": -1}, "seed must lie between 0"),
        ({"seed": [1, 2]}, "seed must be of shape"),
        ({"threads": 0}, "threads must be at least 1"),
    ],
)
def test_what_cannot_be_meant(options: dict[str, object], message: str) -> None:
    """Numbers that no test can be made with are refused by name."""
    with pytest.raises(ValueError, match=message):
        in_one(np.arange(20.0), **options)


def test_just_enough_permutations() -> None:
    """999 permutations reach .001, and 19 reach 5 %, whatever the rounding of the level."""
    step = np.repeat([0.0, 1.0], [20, 20])
    assert in_one(step, permutations=999).p_value.tolist() == [0.001]
    assert in_one(step, level=0.05, permutations=19).p_value.tolist() == [0.05]
    assert in_one(step, level=0.01, permutations=99).p_value.tolist() == [0.01]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"permutations": 9999.5}, "permutations must be a whole number"),
        ({"shortest": 3.5}, "shortest must be a whole number"),
        ({"level": "0.001"}, "level must be a number"),
    ],
)
def test_what_is_no_number(options: dict[str, object], message: str) -> None:
    """Fractions are not cut off on the way to the compiled test."""
    with pytest.raises(TypeError, match=message):
        in_one(np.arange(20.0), **options)


def test_values_whose_distances_overflow() -> None:
    """No step would be found among them, however large: they are refused. The largest others have theirs."""
    step = np.repeat([-1e290, 1e290], 20)
    assert in_one(step).index.tolist() == [20]
    with pytest.raises(ValueError, match="values must lie within"):
        in_one(10.0 * step)
