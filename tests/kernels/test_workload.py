"""Hardware over a mix of models: first what runs at all, then geometric means."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.workload import NONE, mix_workload
from numpy.testing import assert_allclose

WEIGHTS = (0.5, 0.3, 0.2)


def mixed(runs: np.ndarray, parts: np.ndarray):
    compatibility = np.where(runs, np.tensordot(WEIGHTS, parts, axes=1), np.nan)
    return mix_workload(runs, parts, compatibility, WEIGHTS)


def test_running_more_goes_before_running_fast() -> None:
    """Hardware 1 is slow and runs all; 0 is the fastest of what both run, and misses a model."""
    runs = np.array([[True, True], [False, True]])
    parts = np.ones((3, 2, 2))
    parts[:, 0, 1] = 0.1
    parts[:, 1, 0] = np.nan
    found = mixed(runs, parts)
    assert found.runnable.tolist() == [1, 2]
    assert found.everywhere.tolist() == [True, False]
    assert found.rank.tolist() == [2, 1]
    assert_allclose(found.means, [[1.0, 0.1]] * 3, rtol=1e-15)


def test_means_are_geometric_for_each_criterion() -> None:
    """√(1 · 1/4) = 1/2 for throughput, latency and memory apart; the worst group is the slow one."""
    runs = np.ones((2, 1), dtype=bool)
    parts = np.array([[[1.0], [0.25]], [[1.0], [1.0]], [[0.04], [1.0]]])
    found = mixed(runs, parts)
    assert_allclose(found.means[:, 0], [0.5, 1.0, 0.2], rtol=1e-15)
    assert_allclose(found.compatibility, [0.25 + 0.3 + 0.04], rtol=1e-15)
    assert found.worst.tolist() == [1]


def test_shares_are_the_exponents_of_the_means() -> None:
    """1^0.75 · (1/16)^0.25 = 1/2, whatever the shares add up to; equal ones are as none."""
    runs = np.ones((2, 1), dtype=bool)
    parts = np.array([[[1.0], [1 / 16]]] * 3)
    for shares in ((0.75, 0.25), (3, 1), (1.5e308, 5e307)):
        found = mix_workload(runs, parts, np.ones((2, 1)), shares=shares)
        assert_allclose(found.means[:, 0], [0.5] * 3, rtol=1e-15)
    equal = mix_workload(runs, parts, np.ones((2, 1)), shares=(7, 7))
    assert_allclose(equal.means, mixed(runs, parts).means, rtol=1e-15)


def test_shares_count_among_the_groups_that_all_run() -> None:
    """A group that one hardware lacks takes its share with it."""
    runs = np.array([[True, True], [True, True], [False, True]])
    parts = np.full((3, 3, 2), 0.25)
    parts[:, 0] = 1.0
    parts[:, 2, 0] = np.nan
    found = mix_workload(runs, parts, np.ones((3, 2)), shares=(1, 1, 98))
    assert_allclose(found.means, np.full((3, 2), 0.5), rtol=1e-15)


@pytest.mark.parametrize("shares", [(1.0,), (1.0, 0.0), (1.0, -1.0), (1.0, np.nan), (1.0, np.inf)])
def test_shares_that_can_not_be_meant(shares: tuple[float, ...]) -> None:
    """One for each group, finite and positive."""
    with pytest.raises(ValueError, match="shares"):
        mix_workload(np.ones((2, 1), bool), np.ones((3, 2, 1)), np.ones((2, 1)), shares=shares)


def test_a_criterion_missing_in_one_group_is_dropped_for_all() -> None:
    """Memory that one candidate of one group lacks counts for no hardware of the mix."""
    parts = np.full((3, 2, 2), 0.5)
    parts[2, 1, 0] = np.nan
    found = mix_workload(np.ones((2, 2), dtype=bool), parts, np.full((2, 2), 0.5), WEIGHTS)
    assert_allclose(found.compatibility, [0.5, 0.5], rtol=1e-15)
    assert np.isnan(found.means[2, 0])
    assert found.rank.tolist() == [1, 1]


def test_hardware_that_runs_nothing_stands_in_nobodys_way() -> None:
    """It ranks last, has no means, and the groups of the others still count as runnable everywhere."""
    runs = np.array([[True, False, True]])
    parts = np.array([[[1.0, np.nan, 0.5]]] * 3)
    found = mixed(runs, parts)
    assert found.everywhere.tolist() == [True]
    assert found.rank.tolist() == [1, 3, 2]
    assert np.isnan(found.compatibility[1])
    assert found.worst.tolist() == [0, NONE, 0]


def test_nothing_common_ranks_by_what_runs() -> None:
    """Without a group that all run there is no score, and equals share a rank."""
    found = mixed(np.eye(2, dtype=bool), np.where(np.eye(2, dtype=bool), np.ones((3, 2, 2)), np.nan))
    assert np.isnan(found.compatibility).all()
    assert found.rank.tolist() == [1, 1]


def test_no_room_left_at_all_is_a_mean_of_0() -> None:
    """A headroom of 0 in one group makes the mean 0, without a warning."""
    parts = np.ones((3, 2, 1))
    parts[2, 0, 0] = 0.0
    assert mixed(np.ones((2, 1), dtype=bool), parts).means[2, 0] == 0.0


@pytest.mark.parametrize("groups", [0, 3])
def test_no_hardware_or_no_groups(groups: int) -> None:
    """An empty mix has an empty answer."""
    found = mix_workload(np.ones((groups, 0), bool), np.ones((3, groups, 0)), np.ones((groups, 0)))
    assert found.rank.size == 0
    nothing = mix_workload(np.ones((0, 2), bool), np.ones((3, 0, 2)), np.ones((0, 2)))
    assert nothing.rank.tolist() == [1, 1]
    assert nothing.worst.tolist() == [NONE, NONE]


def test_shapes_must_agree() -> None:
    """Tables of another shape or kind are refused by name."""
    with pytest.raises(ValueError, match="components must be of shape"):
        mix_workload(np.ones((2, 2), bool), np.ones((2, 2, 2)), np.ones((2, 2)))
    with pytest.raises(ValueError, match="runs must be of shape"):
        mix_workload(np.ones(2, bool), np.ones((3, 2)), np.ones(2))
    with pytest.raises(TypeError, match="runs must hold booleans"):
        mix_workload(np.ones((2, 2)), np.ones((3, 2, 2)), np.ones((2, 2)))


@pytest.mark.parametrize("value", [-0.1, 1.5, np.inf])
def test_components_that_cannot_be(value: float) -> None:
    """They lie in [0, 1]: one beyond would make its hardware the best of all."""
    parts = np.ones((3, 1, 2))
    parts[1, 0, 1] = value
    with pytest.raises(ValueError, match="components must lie between 0 and 1"):
        mix_workload(np.ones((1, 2), np.bool_), parts, np.ones((1, 2)))


def test_suitability_ranks_where_it_is_asked_to() -> None:
    """Compatibility times the geometric mean of c(n), which changes no other number."""
    runs, parts, sure = np.ones((2, 2), bool), np.ones((3, 2, 2)), np.array([[1.0, 0.8], [0.25, 0.8]])
    parts[:, :, 1] = 0.9
    given = {"shares": (3, 1), "confidence": sure}
    plain = mix_workload(runs, parts, np.ones((2, 2)), **given)
    found = mix_workload(runs, parts, np.ones((2, 2)), **given, by_suitability=True)
    assert_allclose(found.confidence, [0.25**0.25, 0.8])
    assert_allclose(found.suitability, [0.25**0.25, 0.72])
    assert (plain.rank.tolist(), found.rank.tolist()) == ([1, 2], [2, 1])
    assert_allclose(plain.suitability, found.suitability)
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
        mix_workload(runs, parts, np.ones((2, 2)), confidence=2 * sure)
