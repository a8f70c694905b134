"""One group's Pareto front: strict dominance, and what is missing is worst."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.dominance import costs, front, near_front
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tests.kernels.strategies import candidates, deterministic

NAN = np.nan


def column(*values: float) -> np.ndarray:
    return np.array(values)


def test_the_front_by_hand() -> None:
    """The fastest, the quickest and the smallest stay; what is worse than one of them everywhere goes."""
    t, latency, m = column(100, 50, 20, 40), column(0.4, 0.1, 0.3, 0.2), column(8e9, 4e9, 1e9, 4e9)
    assert front(t, latency, m).tolist() == [True, True, True, False]


def test_equals_are_on_the_front_together() -> None:
    """Dominance is strict: nobody is beaten by an equal."""
    assert front(column(5, 5), column(1, 1), column(3, 3)).tolist() == [True, True]
    assert front(column(5, 5), column(1, 1), column(3, 4)).tolist() == [True, False]


def test_missing_values_win_nothing() -> None:
    """Missing memory is worse than any; what has nothing measured is on no front, even alone."""
    assert front(column(5, 5), column(1, 1), column(9e9, NAN)).tolist() == [True, False]
    assert front(column(5, 6), column(1, 1), column(9e9, NAN)).tolist() == [True, True]
    assert not front(column(NAN, 0), column(NAN, -1), column(np.inf, NAN)).any()


def test_near_is_within_the_tolerance_of_one_member_everywhere() -> None:
    """1 % worse than one member in every criterion is near; 1 % in two and 2 % in the third is not."""
    t, latency, m = column(100, 99.5, 99.5), column(1, 1.009, 1.009), column(1e9, 1.009e9, 1.02e9)
    on_front = front(t, latency, m)
    assert on_front.tolist() == [True, False, False]
    assert near_front(t, latency, m, on_front).tolist() == [False, True, False]
    assert near_front(t, latency, m, on_front, 0.02).tolist() == [False, True, True]


def test_near_one_in_this_and_another_in_that_is_not_near() -> None:
    """The 1 % are held against a single member: here the first in t and m, the second in t and l."""
    t, latency, m = column(100, 50, 99.5), column(1, 3, 3), column(3, 1, 3)
    on_front = front(t, latency, m)
    assert on_front.tolist() == [True, True, False]
    assert not near_front(t, latency, m, on_front).any()


def test_costs_are_what_is_smaller_better() -> None:
    """−t, l and m; a value that cannot be is infinitely bad."""
    found = np.stack(costs(column(2, 0), column(NAN, 3), column(-1, 4)))
    assert_array_equal(found, [[-2, np.inf], [np.inf, 3], [np.inf, 4]])


@deterministic
@given(group=candidates())
def test_never_empty_where_something_is_measured(group: tuple[np.ndarray, ...]) -> None:
    """The front has a member exactly if any value is finite and positive."""
    *columns, _ = group
    measured = any((np.isfinite(x) & (x > 0)).any() for x in columns)
    assert front(*columns).any() == measured


@deterministic
@given(group=candidates(min_size=1), data=st.data())
def test_an_improvement_keeps_a_member_on_the_front(
    group: tuple[np.ndarray, ...], data: st.DataObject
) -> None:
    """Who is on the front and improves stays there; a lost value puts nobody on it who was off."""
    *columns, _ = group
    before = front(*columns)
    which = data.draw(st.integers(0, before.size - 1))
    metric = data.draw(st.integers(0, 2))
    better, lost = ([x.copy() for x in columns] for _ in range(2))
    better[metric][which] *= 2.0 if metric == 0 else 0.5
    lost[metric][which] = NAN
    assert front(*better)[which] or not before[which]
    assert before[which] or not front(*lost)[which]


@pytest.mark.parametrize("scale", [0.25, 1024.0])
def test_units_change_nothing(scale: float) -> None:
    """Seconds or milliseconds, bytes or MB: the same front."""
    rng = np.random.default_rng(0)
    t, latency, m = rng.lognormal(size=(3, 60))
    on_front = front(t, latency, m)
    assert_array_equal(front(t * scale, latency * scale, m * scale), on_front)
    assert_array_equal(
        near_front(t * scale, latency * scale, m * scale, on_front, 0.2),
        near_front(t, latency, m, on_front, 0.2),
    )


def test_the_largest_numbers_are_near_each_other() -> None:
    """Without a warning, and without taking the missing memory of the third for one that is."""
    t, latency, memory = (
        np.array([1.79e308, 1.78e308, 1.79e308]),
        np.ones(3),
        np.array([1.7e308, 1.7e308, np.nan]),
    )
    on_front = front(t, latency, memory)
    assert on_front.tolist() == [True, False, False]
    assert near_front(t, latency, memory, on_front).tolist() == [False, True, False]


def test_further_criteria_bring_more_onto_the_front() -> None:
    """What is slower but cheaper is not dominated; what is slower and as dear is; near needs all of them."""
    t = np.array([100.0, 50.0, 50.0, 99.5])
    same = np.ones(4)
    cost = np.array([2.0, 1.0, 2.0, 2.01])
    assert front(t, same, same).tolist() == [True, False, False, False]
    best = front(t, same, same, cost)
    assert best.tolist() == [True, True, False, False]
    assert near_front(t, same, same, best, 0.01, cost).tolist() == [False, False, False, True]
    assert near_front(t, same, same, best, 0.01, cost * [1, 1, 1, 2]).tolist() == [False] * 4


def test_a_further_criterion_that_none_has_changes_nothing() -> None:
    """NaN throughout: the front of the three."""
    values = np.random.default_rng(3).lognormal(size=(3, 40))
    nothing = np.full(40, np.nan)
    assert front(*values, nothing).tolist() == front(*values).tolist()
