"""The compiled scores: the same bits as the formulae, whatever lies beside a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import numpy as np
import pytest
from fitment.kernels import formulae, scores
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tests.kernels.inputs import matrix, mixed_matrix
from tests.kernels.strategies import candidates, deterministic, weights

MEMORY: dict[int, Callable[..., np.ndarray]] = {
    scores.RELATIVE: lambda m, capacity: formulae.memory_relative(m),
    scores.RANGE: lambda m, capacity: formulae.memory_range(m),
    scores.HEADROOM: formulae.memory_headroom,
}
COLUMNS = ("throughput", "latency", "memory", "compatibility", "confidence", "suitability")


def by_formulae(t, latency, m, n, w, mode, capacity) -> dict[str, np.ndarray]:
    """One group by formulae.py alone."""
    components = (
        formulae.throughput_component(t),
        formulae.latency_component(latency),
        MEMORY[mode](m, capacity),
    )
    used = tuple(formulae.complete(component) for component in components)
    left = formulae.drop_criteria(formulae.normalise_weights(w), used)
    compatibility = formulae.weighted_sum(*components, *left.tolist())
    c = formulae.confidence(n)
    columns = (*components, compatibility, c, formulae.suitability(compatibility, c))
    return dict(zip(COLUMNS, columns, strict=True)) | {"used": np.array(used)}


def one_group(t, latency, m, n, w=(0.5, 0.3, 0.2)) -> scores.Scores:
    return scores.score_groups([0, t.size], t, latency, m, n, w)


def assert_same_bits(found: np.ndarray, expected: np.ndarray) -> None:
    known = ~np.isnan(expected)
    assert_array_equal(np.isnan(found), ~known)
    assert found[known].tobytes() == expected[known].tobytes()


@pytest.mark.parametrize("seed", range(5))
def test_bits_equal_the_formulae(seed: int) -> None:
    """Every number of every group has the bits that formulae.py gives it, in all memory modes."""
    offsets, *columns, w, modes, capacity = mixed_matrix(np.random.default_rng(seed), 3000)
    found = scores.score_groups(offsets, *columns, w, memory_mode=modes, capacity=capacity)
    for g in range(offsets.size - 1):
        group = slice(offsets[g], offsets[g + 1])
        expected = by_formulae(*(x[group] for x in columns), w, modes[g], capacity[group])
        assert_array_equal(found.used[g], expected.pop("used"))
        for name, column in expected.items():
            assert_same_bits(getattr(found, name)[group], column)


@deterministic
@given(group=candidates(), w=weights)
def test_bits_equal_the_formulae_for_odd_values(group: tuple[np.ndarray, ...], w: tuple[float, ...]) -> None:
    """Also with zeros, negative and infinite values, ties, any weights, and none or one candidate."""
    found = one_group(*group, w)
    expected = by_formulae(*group, w, scores.RELATIVE, None)
    assert_array_equal(found.used[0], expected.pop("used"))
    for name, column in expected.items():
        assert_same_bits(getattr(found, name), column)


@deterministic
@given(group=candidates(), seed=st.integers(0, 99))
def test_order_of_candidates_changes_nothing(group: tuple[np.ndarray, ...], seed: int) -> None:
    """Shuffled candidates get the same scores, shuffled, to the bit."""
    order = np.random.default_rng(seed).permutation(group[0].size)
    found, shuffled = one_group(*group), one_group(*(column[order] for column in group))
    for name in COLUMNS:
        assert_array_equal(getattr(shuffled, name), getattr(found, name)[order])


@deterministic
@given(data=st.data(), group=candidates(complete=True, min_size=1), factor=st.floats(1.0, 50.0))
def test_better_metrics_never_lower_a_score(
    data: st.DataObject, group: tuple[np.ndarray, ...], factor: float
) -> None:
    """A candidate that improves in one metric scores at least as high, beside the same rivals."""
    which = data.draw(st.integers(0, group[0].size - 1))
    metric, direction = data.draw(st.sampled_from([(0, 1), (1, -1), (2, -1)]))
    better = [column.copy() for column in group]
    better[metric][which] *= factor**direction
    assert one_group(*better).compatibility[which] >= one_group(*group).compatibility[which]


@deterministic
@given(group=candidates(complete=True, min_size=2))
def test_dominating_candidate_scores_highest(group: tuple[np.ndarray, ...]) -> None:
    """One that is best in all three criteria has components of 1 and the highest compatibility."""
    t, latency, m, n = (column.copy() for column in group)
    t[0], latency[0], m[0] = t.max(), latency.min(), m.min()
    found = one_group(t, latency, m, n)
    assert (found.throughput[0], found.latency[0], found.memory[0]) == (1, 1, 1)
    assert found.compatibility[0] == found.compatibility.max()


@deterministic
@given(data=st.data(), group=candidates(complete=True, min_size=2))
def test_missing_value_improves_nothing(data: st.DataObject, group: tuple[np.ndarray, ...]) -> None:
    """A lost value drops its criterion for the whole group, so that nobody is scored by other rules."""
    which = data.draw(st.integers(0, group[0].size - 1))
    metric = data.draw(st.integers(0, 2))
    lost = [column.copy() for column in group]
    lost[metric][which] = np.nan
    found = one_group(*lost)
    assert found.used[0].tolist() == [i != metric for i in range(3)]
    without = [column.copy() for column in group]
    without[metric][:] = np.nan
    assert_array_equal(found.compatibility, one_group(*without).compatibility)


@deterministic
@given(group=candidates(), scales=st.tuples(*[st.sampled_from([0.25, 2.0, 1024.0])] * 3))
def test_units_change_nothing(group: tuple[np.ndarray, ...], scales: tuple[float, ...]) -> None:
    """Other units of throughput, latency and memory give the same scores."""
    *metrics, n = group
    scaled = [column * scale for column, scale in zip(metrics, scales, strict=True)]
    assert_array_equal(one_group(*scaled, n).suitability, one_group(*group).suitability)


@deterministic
@given(group=candidates(), w=weights)
def test_scores_lie_between_0_and_1(group: tuple[np.ndarray, ...], w: tuple[float, ...]) -> None:
    """Scores are in [0, 1] up to one rounding, or all NaN; suitability never exceeds compatibility."""
    found = one_group(*group, w)
    if not np.isnan(found.compatibility).all():
        assert ((found.compatibility >= 0) & (found.compatibility <= 1 + 1e-15)).all()
        assert (found.suitability <= found.compatibility).all()


def test_groups_do_not_see_each_other() -> None:
    """A group's scores are the same alone and beside a thousand other groups."""
    offsets, *columns = matrix(np.random.default_rng(7), 5000)
    together = scores.score_groups(offsets, *columns)
    for g in (0, 11, offsets.size - 2):
        group = slice(offsets[g], offsets[g + 1])
        alone = one_group(*(column[group] for column in columns))
        assert_array_equal(alone.suitability, together.suitability[group])


def test_inputs_stay_untouched() -> None:
    """No argument is written to."""
    offsets, *columns = matrix(np.random.default_rng(8), 500, missing=0.1)
    copies = [column.copy() for column in columns]
    scores.score_groups(offsets, *columns)
    for column, copy in zip(columns, copies, strict=True):
        assert_array_equal(column, copy)


def test_repeated_calls_give_the_same_bits() -> None:
    """Two calls on the same arrays agree to the bit."""
    arguments = matrix(np.random.default_rng(9), 5000)
    first, second = (asdict(scores.score_groups(*arguments)) for _ in range(2))
    assert first.pop("coverage") is None  # nothing is known of hardware
    for name, column in first.items():
        assert column.tobytes() == second[name].tobytes()
