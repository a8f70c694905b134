"""The best order: found among all, the first of those that are as good, and exact up to twenty things."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.kernels.orderings import LARGEST, MOST, best_order
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.kernels.naive_analyses import best_order as by_hand
from tests.kernels.strategies import deterministic

SMALL = st.integers(0, 5).flatmap(lambda n: arrays(np.int64, (n, n), elements=st.integers(-2, 3)))


def test_a_cycle_gives_up_its_lightest_arc() -> None:
    """0 → 1 by 3, 1 → 2 by 2, 2 → 0 by 1: the order 0, 1, 2 keeps 5 of 6, and no other does."""
    found = best_order([[0, 3, 0], [0, 0, 2], [1, 0, 0]])
    assert found.order.tolist() == [0, 1, 2]
    assert (found.agreement, found.orders) == (5, 1)


def test_equally_good_orders_are_counted() -> None:
    """A cycle of equal arcs has three orders that keep two of them; the one that begins with 0 is given.

    Four things of which only 2 → 0 is said: half of the 24 orders are as good.
    """
    cycle = best_order([[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    assert (cycle.order.tolist(), cycle.agreement, cycle.orders) == ([0, 1, 2], 2, 3)
    loose = best_order([[0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]])
    assert (loose.order.tolist(), loose.agreement, loose.orders) == ([1, 2, 0, 3], 1, 12)


@deterministic
@given(SMALL)
def test_none_of_all_orders_is_better(weights: np.ndarray) -> None:
    """The same order, agreement and number as by trying all of them, whatever the diagonal says."""
    found, expected = best_order(weights), by_hand(weights.tolist())
    assert found.order.tolist() == expected["order"]
    assert (found.agreement, found.orders) == (expected["agreement"], expected["orders"])


@pytest.mark.compiled
def test_twenty_things() -> None:
    """A hidden order of twenty comes back; where nothing is said all 20! are as good."""
    hidden = np.random.default_rng(0).permutation(MOST)
    weights = np.zeros((MOST, MOST), np.int64)
    for at, first in enumerate(hidden):
        weights[first, hidden[at + 1 :]] = 1
    found = best_order(weights)
    assert found.order.tolist() == hidden.tolist()
    assert (found.agreement, found.orders) == (190, 1)
    assert best_order(0 * weights).orders == math.factorial(MOST)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([[0, 1]], "a square table, not of shape"),
        ([0, 1], "a square table"),
        (np.zeros((21, 21)), "at most 20 things, not 21"),
        ([[0, 0.5], [0, 0]], "whole numbers"),
        ([[0, np.nan], [0, 0]], "whole numbers"),
        ([[0, LARGEST], [1, 0]], "all together less"),
    ],
)
def test_what_cannot_be_meant(weights: object, message: str) -> None:
    """Tables that are not square, too large, or not of whole numbers are refused by name."""
    with pytest.raises(ValueError, match=message):
        best_order(weights)
