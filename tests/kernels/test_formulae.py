"""The formulae: the stated numbers, and the properties that make them fair."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels import formulae
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tests.kernels.strategies import columns, deterministic, weights

COMPONENTS = {
    "throughput": (formulae.throughput_component, 1),
    "latency": (formulae.latency_component, -1),
    "memory_relative": (formulae.memory_relative, -1),
    "memory_range": (formulae.memory_range, -1),
    "memory_headroom": (lambda m: formulae.memory_headroom(m, 1e6), -1),
}
each_component = pytest.mark.parametrize("name", COMPONENTS)
sizes = st.integers(0, 12)


def test_stated_example() -> None:
    """Twice the throughput at twice the latency: 0.25 + 0.3 against 0.5 + 0.15 by hand, memory equal."""
    t = formulae.throughput_component(np.array([50.0, 100.0]))
    latency = formulae.latency_component(np.array([0.01, 0.02]))
    m = formulae.memory_relative(np.array([1e9, 1e9]))
    assert_array_equal(formulae.weighted_sum(t, latency, m, 0.5, 0.3, 0.2), [0.75, 0.5 + 0.3 * 0.5 + 0.2])


def test_weights_add_in_the_stated_order() -> None:
    """The compatibility is (0.5·T + 0.3·L) + 0.2·M to the bit, not another order of addition."""
    rng = np.random.default_rng(0)
    t, latency, m = rng.random((3, 1000))
    found = formulae.weighted_sum(t, latency, m, 0.5, 0.3, 0.2)
    assert_array_equal(found, (0.5 * t + 0.3 * latency) + 0.2 * m)
    assert (found != 0.5 * t + (0.3 * latency + 0.2 * m)).any()


def test_confidence_by_count() -> None:
    """c is 0 without a run, 0.6, 0.7 … 1 from one to five runs, and 1 from there on."""
    n = np.array([-1, 0, 1, 2, 3, 4, 5, 6, 2**62])
    assert_array_equal(formulae.confidence(n), [0, 0, 0.6, 0.7, 0.8, 0.9, 1, 1, 1])


def test_headroom_of_own_capacity() -> None:
    """Each candidate's memory stands against its own device: half full is 0.5, overfull is 0."""
    found = formulae.memory_headroom(np.array([4.0, 4.0, 9.0, 4.0]), np.array([8.0, 16.0, 8.0, np.nan]))
    assert_array_equal(found, [0.5, 0.75, 0.0, np.nan])


def test_default_weights_stay_exact() -> None:
    """(.5, .3, .2) comes back bit for bit, though .5 + .3 + .2 may not be 1 exactly."""
    assert formulae.normalise_weights((0.5, 0.3, 0.2)).tolist() == [0.5, 0.3, 0.2]
    assert formulae.normalise_weights((0.1, 0.2, 0.7)).tolist() == [0.1, 0.2, 0.7]


def test_dropped_criterion_leaves_the_others_scaled_up() -> None:
    """Without memory, (.5, .3, .2) becomes (.5/.8, .3/.8, 0)."""
    found = formulae.drop_criteria(np.array([0.5, 0.3, 0.2]), (True, True, False))
    assert found.tolist() == [0.5 / 0.8, 0.3 / 0.8, 0.0]


def test_nothing_left_is_no_score() -> None:
    """Where every criterion with weight is dropped the score is NaN, which is not 0."""
    left = formulae.drop_criteria(np.array([1.0, 0.0, 0.0]), (False, True, True))
    known = np.array([1.0])
    assert np.isnan(formulae.weighted_sum(known, known, known, *left.tolist())).all()


def test_ranks_share_ties_and_put_nan_last() -> None:
    """Equal scores share a rank, the next rank counts them all, and NaN ranks after everything."""
    score = np.array([0.5, 0.9, np.nan, 0.9, 0.1, np.nan])
    assert formulae.competition_ranks(score).tolist() == [3, 1, 5, 1, 4, 5]


@each_component
@deterministic
@given(x=columns(sizes))
def test_components_lie_between_0_and_1(name: str, x: np.ndarray) -> None:
    """A component is in [0, 1] where its value is measured, and NaN exactly where it is not."""
    component = COMPONENTS[name][0](x)
    known = np.isfinite(x) & (x > 0)
    assert_array_equal(np.isnan(component), ~known)
    assert ((component[known] >= 0) & (component[known] <= 1)).all()


@each_component
@deterministic
@given(x=columns(sizes), seed=st.integers(0, 99))
def test_components_ignore_the_order(name: str, x: np.ndarray, seed: int) -> None:
    """Shuffled candidates get the same components, shuffled."""
    function = COMPONENTS[name][0]
    order = np.random.default_rng(seed).permutation(x.size)
    assert_array_equal(function(x[order]), function(x)[order])


@each_component
@deterministic
@given(x=columns(sizes), scale=st.sampled_from([2.0**-30, 0.5, 4.0, 2.0**40]))
def test_components_ignore_the_unit(name: str, x: np.ndarray, scale: float) -> None:
    """Another unit for all changes no component (powers of two, so to the bit)."""
    if name != "memory_headroom":  # held against a capacity in the same unit
        function = COMPONENTS[name][0]
        assert_array_equal(function(x * scale), function(x))


@each_component
@deterministic
@given(data=st.data(), x=columns(st.integers(1, 12), complete=True), factor=st.floats(1.001, 100.0))
def test_a_better_value_never_lowers_its_component(
    name: str, data: st.DataObject, x: np.ndarray, factor: float
) -> None:
    """A candidate that improves keeps or raises its component, and raises no rival's."""
    function, direction = COMPONENTS[name]
    which = data.draw(st.integers(0, x.size - 1))
    better = x.copy()
    better[which] *= factor**direction
    before, after = function(x), function(better)
    rivals = np.arange(x.size) != which
    assert after[which] >= before[which]
    if name != "memory_range":  # there a smaller range may lift those between its ends
        assert (after[rivals] <= before[rivals]).all()


@each_component
@deterministic
@given(data=st.data(), x=columns(st.integers(2, 12), complete=True))
def test_a_lost_value_helps_nobody_to_the_top(name: str, data: st.DataObject, x: np.ndarray) -> None:
    """A candidate whose value is lost has no component, and the best of the others is still their best."""
    function, direction = COMPONENTS[name]
    which = data.draw(st.integers(0, x.size - 1))
    lost = x.copy()
    lost[which] = np.nan
    after = function(lost)
    others = np.delete(np.arange(x.size), which)
    assert np.isnan(after[which])
    assert after[others[np.argmax(direction * x[others])]] == after[others].max()


@deterministic
@given(w=weights)
def test_weights_sum_to_one(w: tuple[float, float, float]) -> None:
    """Normalised weights sum to 1, keep their proportions, and stay as they are when normalised again."""
    found = formulae.normalise_weights(w)
    assert abs(found.sum() - 1) < 1e-12
    np.testing.assert_allclose(found * sum(w), w, rtol=1e-12, atol=1e-300)
    assert_array_equal(formulae.normalise_weights(found), found)


@deterministic
@given(score=columns(sizes), seed=st.integers(0, 99))
def test_ranks_ignore_the_order(score: np.ndarray, seed: int) -> None:
    """Shuffled scores get the same ranks, shuffled."""
    order = np.random.default_rng(seed).permutation(score.size)
    ranks = formulae.competition_ranks(score)
    assert_array_equal(formulae.competition_ranks(score[order]), ranks[order])
